"""What customers ask for beyond standard terms, counted by offer: candidates for the standard catalogue."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.base.arithmetic import WEEK
from models.base.declarative import Base
from models.base.errors import NotFound, NotYours, Refused
from models.base.language import _
from models.company.offers import OfferRow
from models.deals.proposals import Proposal
from models.deals.rows import Deal
from models.deals.states import State
from models.deals.terms import Checked
from models.promise import Deviation
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.roles import Role
from models.workspace.workspaces import OfWorkspace, Workspace

QUARTER = timedelta(days=91)
OFTEN = 3
SHARE = 10_000


class Beyond(StrEnum):
    """In what terms leave the standard; the same words as in a check."""

    DISCOUNT = "discount"
    LEAD_TIME = "lead_time"
    NOT_STANDARD = "not_standard"
    LOT = "lot"


class DeviationRow(OfWorkspace, Base):
    """A deal that asked for more than is standard, once for each offer and kind.

    `asked`: of a discount ten-thousandths off the list price, of a lead time weeks, of a lot the quantity, else 0.
    """

    __tablename__ = "request"
    __table_args__ = (UniqueConstraint("deal_id", "offer_id", "kind"),)

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), index=True)
    kind: Mapped[Beyond]
    asked: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    deal: Mapped[Deal] = relationship()
    offer: Mapped[OfferRow] = relationship()


@dataclass(frozen=True)
class Candidate:
    """A deviation that was asked for often: how many deals, what they won and lost, in minor units.

    `proposed` would have made half of them standard, in the units of `DeviationRow.asked`.
    """

    offer: OfferRow
    kind: Beyond
    deals: int
    won: int
    lost: int
    proposed: int


def note_deviations(deal: Deal, checked: Checked, *, now: datetime) -> None:
    """Count what a seller's terms ask for beyond the standard; what was counted already is not counted twice."""
    known = select(DeviationRow).where(DeviationRow.deal_id == deal.id)
    rows = {(row.offer_id, row.kind): row for row in deal.session.scalars(known)}
    for deviation in checked.check.deviations:
        if deviation.offer is None or deviation.kind not in set(Beyond):
            continue
        key = (checked.ids[deviation.offer], Beyond(deviation.kind))
        if key not in rows:
            row = DeviationRow(workspace=deal.workspace, deal=deal, offer_id=key[0], kind=key[1], at=now)
            row.asked = _asked(deviation, checked)
            deal.session.add(row)
            rows[key] = row


def candidates(workspace: Workspace, *, now: datetime) -> list[Candidate]:
    """What was asked for three times or more in the last 13 weeks and is not standard yet, the most often first."""
    recent = select(DeviationRow).where(DeviationRow.workspace_id == workspace.id, DeviationRow.at > now - QUARTER)
    with_terms = joinedload(DeviationRow.deal).selectinload(Deal.proposals).selectinload(Proposal.lines)
    rows = workspace.session.scalars(
        recent.options(with_terms, joinedload(DeviationRow.offer)).order_by(DeviationRow.id)
    )
    groups: defaultdict[tuple[OfferRow, Beyond], list[DeviationRow]] = defaultdict(list)
    for row in rows:
        if not is_standard(row.offer, row.kind, row.asked):
            groups[row.offer, row.kind].append(row)
    often = [_candidate(offer, kind, asked) for (offer, kind), asked in groups.items() if len(asked) >= OFTEN]
    return sorted(often, key=lambda one: (-one.deals, -one.won, one.offer.name, one.kind))


def find_candidate(workspace: Workspace, offer_id: int, kind: str, *, now: datetime) -> Candidate:
    """A candidate by its offer and kind."""
    for candidate in candidates(workspace, now=now):
        if (candidate.offer.id, candidate.kind) == (offer_id, kind):
            return candidate
    raise NotFound(_("That is standard already, or is asked for less often now."))


def check_may_make_standard(by: Member) -> None:
    """The catalogue is leadership's."""
    if not by.has(Role.LEADERSHIP):
        raise NotYours(_("Leadership decides what is standard."))


def make_standard(offer: OfferRow, kind: Beyond, asked: int, *, by: Member, now: datetime) -> None:
    """Change the offer, so that what is asked for is standard from now on."""
    check_may_make_standard(by)
    offer.lock()
    if is_standard(offer, kind, asked):
        raise Refused(_("That is standard already."), field="value")
    match kind:
        case Beyond.DISCOUNT:
            if not 0 < asked < SHARE:
                raise Refused(_("A discount between 0 % and 100 %."), field="value")
            offer.max_discount = Decimal(asked) / SHARE
        case Beyond.LEAD_TIME:
            offer.lead_weeks = asked
        case Beyond.LOT:
            offer.min_lot = max(1, asked)
        case Beyond.NOT_STANDARD:
            offer.standard = True
    record(offer, "make_standard", by=by, now=now, details={"kind": kind, "asked": asked})


def is_standard(offer: OfferRow, kind: Beyond, asked: int) -> bool:
    """Whether an offer as it is now allows what was asked for."""
    match kind:
        case Beyond.DISCOUNT:
            return Decimal(asked) / SHARE <= offer.max_discount
        case Beyond.LEAD_TIME:
            return asked >= offer.lead_weeks
        case Beyond.LOT:
            return asked >= offer.min_lot
        case Beyond.NOT_STANDARD:
            return offer.standard


def count_deviations(workspace: Workspace, *, since: datetime, until: datetime) -> dict[Beyond, int]:
    """How many requests of each kind came in a period."""
    known = select(DeviationRow.kind).where(
        DeviationRow.workspace_id == workspace.id, DeviationRow.at >= since, DeviationRow.at < until
    )
    kinds = workspace.session.scalars(known).all()
    return {kind: kinds.count(kind) for kind in Beyond if kind in kinds}


def _asked(deviation: Deviation, checked: Checked) -> int:
    asked = deviation.asked
    offer = checked.company.offers[deviation.offer or ""]
    match deviation.kind:
        case "discount" if isinstance(asked, int) and offer.list_price:
            return -(-(offer.list_price - asked) * SHARE // offer.list_price)
        case "lead_time" if isinstance(asked, date):
            return (asked - checked.check.deal.first_week) // WEEK
        case "lot" if isinstance(asked, int):
            return asked
        case _:
            return 0


def _candidate(offer: OfferRow, kind: Beyond, rows: Sequence[DeviationRow]) -> Candidate:
    # A deeper discount covers the shallower ones; a shorter lead time or a smaller lot the longer and larger ones.
    asked = sorted((row.asked for row in rows), reverse=kind is not Beyond.DISCOUNT)
    won, lost = (State.WON, State.DELIVERED), (State.LOST, State.DECLINED)
    return Candidate(
        offer=offer,
        kind=kind,
        deals=len(rows),
        won=sum(_revenue(row.deal) for row in rows if row.deal.state in won),
        lost=sum(_revenue(row.deal) for row in rows if row.deal.state in lost),
        proposed=asked[len(asked) // 2],
    )


def _revenue(deal: Deal) -> int:
    return sum(line.quantity * line.unit_price for line in deal.proposal.lines)
