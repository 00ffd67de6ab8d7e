"""Lost demand: units that were asked for and refused, lost or shrunk in negotiation, by family and month."""

from collections import Counter
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.columns import Name
from models.base.declarative import Base
from models.base.language import _, reading
from models.base.months import month_of_week
from models.deals.proposals import Proposal
from models.deals.rows import Deal
from models.workspace.roles import Side
from models.workspace.workspaces import OfWorkspace

Units = Counter[tuple[str, date]]


class LostDemand(OfWorkspace, Base):
    """Units that a negotiation refused or shrank: the market talking."""

    __tablename__ = "lost_demand"
    __table_args__ = (UniqueConstraint("deal_id", "family", "month"), Index(None, "workspace_id", "month"))

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"))
    family: Mapped[Name]
    month: Mapped[date]
    units: Mapped[int]
    reason: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
    deal: Mapped[Deal] = relationship()


def note_all_lost(deal: Deal, *, reason: str, now: datetime) -> None:
    """The whole of what the customer asked for is lost."""
    _note(deal, _units(_asked(deal)), reason, now)


def note_shrunk(deal: Deal, *, now: datetime) -> None:
    """What the customer asked for and was not promised, by family; in the months in which it was asked for."""
    promised: Counter[str] = Counter()
    for (family, _month), units in _units(deal.proposal).items():
        promised[family] += units
    lost: Units = Counter()
    for (family, month), units in sorted(_units(_asked(deal)).items()):
        kept = min(units, promised[family])
        promised[family] -= kept
        lost[family, month] = units - kept
    with reading(deal.workspace.language):
        _note(deal, +lost, _("shrunk in negotiation"), now)


def _asked(deal: Deal) -> Proposal:
    """What the seller asked for before operations made a counter: the last of their own proposals until then."""
    asked = deal.proposals[0]
    for proposal in deal.proposals:
        if proposal.side == Side.OPERATIONS:
            break
        asked = proposal
    return asked


def _units(proposal: Proposal) -> Units:
    """Units by family and month; an added service is no demand of its own."""
    units: Units = Counter()
    for line in proposal.lines:
        if line.offer.standard:
            units[line.offer.family, month_of_week(line.week)] += line.quantity
    return units


def _note(deal: Deal, units: Units, reason: str, now: datetime) -> None:
    session = deal.session
    known = {
        (row.family, row.month): row for row in session.scalars(select(LostDemand).where(LostDemand.deal_id == deal.id))
    }
    for key, row in known.items():
        if key not in units:
            session.delete(row)
    for (family, month), count in units.items():
        row = known.get((family, month)) or LostDemand(workspace=deal.workspace, deal=deal, family=family, month=month)
        row.units, row.reason, row.at = count, reason[:80], now
        session.add(row)
    session.flush()
