"""Deliveries: what a won deal owes line by line and week by week, and what became of each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.declarative import Base
from models.base.language import N_
from models.base.working_time import add_working_days
from models.company.offers import OfferRow
from models.deals.proposals import Proposal
from models.deals.rows import Deal
from models.deals.states import State
from models.workspace.workspaces import OfWorkspace, Workspace

OBJECTION_DAYS = 3


class Outcome(StrEnum):
    """How a delivery went against its promise."""

    ON_TIME = N_("on the promised date")
    LATE = N_("late")
    SHORT = N_("short")


class Delivery(OfWorkspace, Base):
    """So much of an offer in a week, as promised; `arrived` and `delivered` are what became of it, once reported."""

    __tablename__ = "delivery"
    __table_args__ = (Index(None, "deal_id"), Index(None, "workspace_id", "week"))

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    week: Mapped[date]
    quantity: Mapped[int]
    arrived: Mapped[date | None]
    delivered: Mapped[int | None]
    reported_at: Mapped[datetime | None]
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    why: Mapped[str | None] = mapped_column(Text)
    deal: Mapped[Deal] = relationship()
    offer: Mapped[OfferRow] = relationship(lazy="joined", innerjoin=True)

    @property
    def is_open(self) -> bool:
        """Whether nobody has reported it yet."""
        return self.reported_at is None

    @property
    def outcome(self) -> Outcome | None:
        """How it went; None while it is open. What is short is short, whenever it came."""
        if self.arrived is None or self.delivered is None:
            return None
        if self.delivered < self.quantity:
            return Outcome.SHORT
        return Outcome.LATE if self.arrived > self.week else Outcome.ON_TIME


def deliveries_of(workspace: Workspace, deal_ids: Iterable[int]) -> Mapping[int, list[Delivery]]:
    """The deliveries of deals, by their ids, in the order of weeks; in one query."""
    known = select(Delivery).where(Delivery.workspace_id == workspace.id, Delivery.deal_id.in_(set(deal_ids)))
    by_deal: defaultdict[int, list[Delivery]] = defaultdict(list)
    for delivery in workspace.session.scalars(known.order_by(Delivery.week, Delivery.id)):
        by_deal[delivery.deal_id].append(delivery)
    return by_deal


def open_deliveries(deal: Deal) -> list[Delivery]:
    """What is still to be delivered, or to be reported, in the order of weeks."""
    return [one for one in deliveries_of(deal.workspace, [deal.id]).get(deal.id, []) if one.is_open]


def plan_deliveries(deal: Deal, promise: Proposal, *, before: Proposal | None = None) -> None:
    """Owe what is promised, and no more of it than has not come yet; `before` is what was promised until now.

    What has come, or was given up, counts for the earliest weeks. An offer of which the same is promised as before is
    owed as before, with the rests that were agreed on.
    """
    owed, done = open_deliveries(deal), done_by_offer(deal, before)
    was, is_now = _by_offer(before), _by_offer(promise)
    for offer in was.keys() | is_now.keys():
        if was.get(offer) == is_now.get(offer):
            continue
        for one in owed:
            if one.offer_id == offer:
                deal.session.delete(one)
        for week, quantity in sorted(is_now.get(offer, {}).items()):
            left = max(0, quantity - done[offer])
            done[offer] -= quantity - left
            if left:
                row = Delivery(workspace=deal.workspace, deal=deal, offer_id=offer, week=week, quantity=left)
                deal.session.add(row)
    deal.session.flush()


def done_by_offer(deal: Deal, promise: Proposal | None) -> Counter[int]:
    """How much of each offer of a promise has come, or was given up: all but what is still owed."""
    done = Counter({offer: weeks.total() for offer, weeks in _by_offer(promise).items()})
    for one in open_deliveries(deal):
        done[one.offer_id] -= one.quantity
    return done


def _by_offer(proposal: Proposal | None) -> dict[int, Counter[date]]:
    """How much of each offer, week by week."""
    offers: defaultdict[int, Counter[date]] = defaultdict(Counter)
    for line in proposal.lines if proposal else ():
        offers[line.offer_id][line.week] += line.quantity
    return offers


def forget_deliveries(deal: Deal) -> None:
    """What was never reported is not owed any more."""
    for one in open_deliveries(deal):
        deal.session.delete(one)
    deal.session.flush()


def due_week(deal: Deal) -> date | None:
    """The week of the earliest delivery that is still open; None when nothing is owed."""
    owed = open_deliveries(deal) if deal.state is State.WON else []
    return owed[0].week if owed else None


def objection_until(workspace: Workspace, reported_at: datetime) -> datetime:
    """Until when a report can be objected to."""
    return add_working_days(reported_at, OBJECTION_DAYS, timezone=workspace.timezone, country=workspace.country)
