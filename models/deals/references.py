"""What other tools call a deal: its key in the CRM or the ERP, by which a repeated call finds it again."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.columns import Name, Word
from models.base.declarative import Base
from models.base.errors import Refused
from models.base.language import _
from models.deals.rows import Deal
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.workspaces import OfWorkspace, Workspace

SYSTEM = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII)
LONGEST = 200


class DealReference(OfWorkspace, Base):
    """The key of a deal in another system: one there is one here, and the other way round."""

    __tablename__ = "deal_reference"
    __table_args__ = (
        UniqueConstraint("workspace_id", "system", "external_id"),
        UniqueConstraint("deal_id", "system"),
    )

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"))
    system: Mapped[Word]
    external_id: Mapped[Name]
    deal: Mapped[Deal] = relationship()


def check_references(references: Mapping[str, str]) -> None:
    """A system is called in small letters; a key is not empty."""
    for system, key in references.items():
        if not SYSTEM.fullmatch(system):
            raise Refused(_("A system is called in small letters, such as salesforce."), field="external")
        if not 0 < len(key.strip()) <= LONGEST:
            raise Refused(
                _("The key in {system} has 1 to {longest} characters.", system=system, longest=LONGEST),
                field="external",
            )


def refer(deal: Deal, references: Mapping[str, str], *, by: Member, now: datetime) -> None:
    """From now on other systems find the deal by these keys; a key belongs to one deal for good."""
    check_references(references)
    known = references_of(deal.workspace, [deal.id]).get(deal.id, {})
    for system, key in references.items():
        other = find_referred(deal.workspace, {system: key})
        if other is not None and other.id != deal.id:
            raise Refused(
                _("{key} in {system} is deal #{number} already.", key=key.strip(), system=system, number=other.number),
                field="external",
            )
        if known.get(system, key.strip()) != key.strip():
            raise Refused(
                _(
                    "Deal #{number} is {known} in {system} already.",
                    number=deal.number,
                    known=known[system],
                    system=system,
                ),
                field="external",
            )
        if system not in known:
            row = DealReference(workspace=deal.workspace, deal=deal, system=system, external_id=key.strip())
            deal.session.add(row)
            deal.session.flush()
            details = {"deal": deal.number, "system": system, "key": row.external_id}
            record(row, "refer", by=by, now=now, details=details)


def find_referred(workspace: Workspace, references: Mapping[str, str]) -> Deal | None:
    """The deal that another system calls so; None where none is."""
    for system, key in references.items():
        rows = select(DealReference).where(DealReference.workspace_id == workspace.id, DealReference.system == system)
        row = workspace.session.scalar(rows.where(DealReference.external_id == key.strip()))
        if row is not None:
            return row.deal
    return None


def references_of(workspace: Workspace, deal_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """What deals are called elsewhere, by their ids and by system, in one query."""
    rows = select(DealReference).where(DealReference.workspace_id == workspace.id)
    by_deal: dict[int, dict[str, str]] = {}
    for row in workspace.session.scalars(rows.where(DealReference.deal_id.in_(list(deal_ids))).order_by("system")):
        by_deal.setdefault(row.deal_id, {})[row.system] = row.external_id
    return by_deal
