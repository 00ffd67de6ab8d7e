"""Customers whom the company knows: their tier, who looks after them, and what other tools call them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.base.columns import Name, Word
from models.base.declarative import Base
from models.base.errors import Refused
from models.base.language import _
from models.files.company import GivenCustomer
from models.workspace.members import Member
from models.workspace.workspaces import OfWorkspace, Workspace


class CustomerRow(OfWorkspace, Base):
    """A customer; `external_id` is its key in the tool that the company keeps customers in."""

    __tablename__ = "customer"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    name: Mapped[Name]
    tier: Mapped[Word | None] = mapped_column(String(40))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    external_id: Mapped[Name | None] = mapped_column(String(200))
    retired_at: Mapped[datetime | None]
    owner: Mapped[Member | None] = relationship()


def customers(workspace: Workspace, text: str = "") -> Sequence[CustomerRow]:
    """Those whose name holds the text, by their names."""
    rows = select(CustomerRow).where(CustomerRow.workspace_id == workspace.id, CustomerRow.retired_at.is_(None))
    sought = func.lower(CustomerRow.name).contains(text.strip().lower(), autoescape=True)
    found = rows.where(sought).order_by(CustomerRow.name).options(joinedload(CustomerRow.owner))
    return workspace.session.scalars(found).all()


def tiers_of(workspace: Workspace) -> dict[str, str]:
    """The tier of each customer that has one, by its name in small letters."""
    rows = select(CustomerRow.name, CustomerRow.tier).where(CustomerRow.workspace_id == workspace.id)
    # In Python: SQLite knows small letters of ASCII only.
    known = workspace.session.execute(rows.where(CustomerRow.tier.is_not(None)))
    return {name.strip().lower(): tier for name, tier in known if tier}


def take_customers(workspace: Workspace, given: Iterable[GivenCustomer]) -> None:
    """Who is named is afterwards as it is given; what is not given stays."""
    rows = workspace.session.scalars(select(CustomerRow).where(CustomerRow.workspace_id == workspace.id))
    known = {row.name: row for row in rows}
    for entry in given:
        row = known.get(entry.name)
        if row is None:
            row = known[entry.name] = CustomerRow(workspace=workspace, name=entry.name)
            workspace.session.add(row)
        row.retired_at = None
        row.tier = entry.tier[:40] if entry.tier else row.tier
        row.external_id = entry.external_id or row.external_id
        row.owner = person_called(workspace, entry.owner, what=entry.name) if entry.owner else row.owner


def person_called(workspace: Workspace, name: str, *, what: str) -> Member:
    """Somebody by the name that stands in Slack, or by their id there; `what` names them, for whoever is to mend it."""
    sought = str(name).strip().removeprefix("@").lower()
    rows = select(Member).where(Member.workspace_id == workspace.id).order_by(Member.id)
    people = workspace.session.scalars(rows).all()
    person = next((one for one in people if sought in {one.name.lower(), one.user_id.lower()}), None)
    if person is None:
        raise Refused(
            _("{what}: nobody here is called “{name}”. Write the name as it stands in Slack.", what=what, name=name)
        )
    return person
