"""What stands in a person's calendar: calls with customers, and the weeks in which something is to be delivered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from models.deals.deliveries import Delivery
from models.deals.questions import CallGuest
from models.deals.rows import Deal
from models.deals.states import State
from models.workspace.members import Member
from models.workspace.outbox import FileInThread
from models.workspace.roles import Role

CALL_LASTS = timedelta(hours=1)
# A call that was yesterday is not looked for any more.
KEPT = timedelta(days=1)
CALLED = (State.PROPOSED, State.COUNTERED, State.APPROVED, State.WON)


@dataclass(frozen=True)
class CalendarFile(FileInThread):
    """The calendar of a person, as a file."""

    member: int = 0


@dataclass(frozen=True)
class Appointment:
    """Something that is to be: a call at an instant, or a delivery in a week by its Monday; `key` stays the same."""

    key: str
    deal: Deal
    at: datetime | None = None
    delivery: Delivery | None = None

    @property
    def week(self) -> date | None:
        """The week of a delivery."""
        return self.delivery.week if self.delivery else None


def appointments_of(member: Member, *, now: datetime) -> list[Appointment]:
    """Calls of the person's own deals and those that they join; deliveries of their own, and for operations of all."""
    return [*_calls(member, now), *_deliveries(member)]


def _calls(member: Member, now: datetime) -> Iterator[Appointment]:
    joined = select(CallGuest.deal_id).where(CallGuest.member_id == member.id)
    rows = select(Deal).where(Deal.workspace_id == member.workspace_id, Deal.call_at > now - KEPT)
    rows = rows.where(Deal.state.in_(CALLED), or_(Deal.seller_id == member.id, Deal.id.in_(joined)))
    for deal in member.session.scalars(rows.order_by(Deal.call_at).options(selectinload(Deal.proposal))):
        yield Appointment(f"deal-{deal.number}-call", deal, at=deal.call_at)


def _deliveries(member: Member) -> Iterator[Appointment]:
    rows = select(Delivery).join(Delivery.deal).where(Delivery.workspace_id == member.workspace_id)
    rows = rows.where(Delivery.reported_at.is_(None), Deal.state == State.WON)
    rows = rows if member.has(Role.OPERATIONS) else rows.where(Deal.seller_id == member.id)
    for one in member.session.scalars(rows.order_by(Delivery.week, Delivery.id).options(joinedload(Delivery.deal))):
        yield Appointment(f"delivery-{one.id}", one.deal, delivery=one)
