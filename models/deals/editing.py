"""What may be put right after posting: customer, likelihood, what the customer told us, a note; and attachments."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.columns import Name
from models.base.declarative import Base
from models.base.errors import Refused
from models.base.language import _
from models.deals.rows import Deal
from models.deals.states import Move
from models.deals.transitions import advance, enter
from models.workspace.members import Member
from models.workspace.roles import Side
from models.workspace.workspaces import OfWorkspace, Workspace

LONGEST_ADDRESS = 2000
MOST_ATTACHED = 20


class Attachment(OfWorkspace, Base):
    """A file in Slack, or a page elsewhere, that belongs to a deal: a purchase order, a mail, a record of the CRM."""

    __tablename__ = "attachment"
    __table_args__ = (Index(None, "deal_id"),)

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"))
    title: Mapped[Name] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    added_at: Mapped[datetime]
    added_by: Mapped[Member] = relationship()


def edit(
    deal: Deal,
    *,
    by: Member,
    now: datetime,
    customer: str,
    told: str,
    likelihood: int | None,
    note: str | None = None,
    campaign: str | None = None,
) -> None:
    """The seller puts words right; terms are changed by revising them. What it said before stands in the history."""
    enter(deal, Move.EDIT, by=by)
    if not customer.strip():
        raise Refused(_("Who is the customer?"), field="customer")
    changed: dict[str, Any] = {}
    words: dict[str, Any] = {"customer": customer.strip()[:200], "told": told.strip(), "likelihood": likelihood}
    if campaign is not None and deal.promised_id is None:
        words["campaign"] = campaign.strip()[:80] or None
    for name, value in words.items():
        if getattr(deal, name) != value:
            changed[name] = [getattr(deal, name), value]
            setattr(deal, name, value)
    proposal = deal.proposal
    if note is not None and proposal.side == Side.SALES and proposal.note != note.strip():
        changed["note"] = [proposal.note, note.strip()]
        proposal.note = note.strip()
    if not changed:
        raise Refused(_("Nothing is different. Change something, or close this."), field="customer")
    advance(deal, Move.EDIT, by=by, now=now, details={"changed": changed})


def attach(deal: Deal, title: str, url: str, *, by: Member, now: datetime) -> None:
    """Keep the address of a file or a page with a deal; its cards show it as a link."""
    enter(deal, Move.ATTACH, by=by)
    address = url.strip()
    if not address.startswith(("https://", "http://")) or len(address) > LONGEST_ADDRESS or len(address.split()) != 1:
        raise Refused(_("An address such as https://crm.example.com/deals/4711."), field="url")
    if len(attachments_of(deal.workspace, [deal.id]).get(deal.id, [])) >= MOST_ATTACHED:
        raise Refused(
            _("A deal holds at most {most_attached} files and links.", most_attached=MOST_ATTACHED), field="url"
        )
    name = title.strip()[:200] or address[:200]
    row = Attachment(workspace=deal.workspace, deal_id=deal.id, title=name, url=address, added_by=by, added_at=now)
    deal.session.add(row)
    deal.session.flush()
    advance(deal, Move.ATTACH, by=by, now=now, details={"title": name, "url": address})


def attachments_of(workspace: Workspace, deal_ids: list[int]) -> dict[int, list[Attachment]]:
    """What is attached to deals, by their ids, in one query."""
    known = select(Attachment).where(Attachment.workspace_id == workspace.id, Attachment.deal_id.in_(deal_ids))
    by_deal: dict[int, list[Attachment]] = {}
    for row in workspace.session.scalars(known.order_by(Attachment.id)):
        by_deal.setdefault(row.deal_id, []).append(row)
    return by_deal
