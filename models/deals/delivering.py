"""Delivering: operations report what came and when, and the seller may object to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.base.errors import Refused, TooLate
from models.base.language import _, reading
from models.deals.deliveries import OBJECTION_DAYS, Delivery, Outcome, deliveries_of, objection_until, open_deliveries
from models.deals.reservations import release_coming
from models.deals.rows import Deal
from models.deals.rules import check_may
from models.deals.states import Move
from models.deals.transitions import advance, decide, enter
from models.workspace.leads import lead_of
from models.workspace.members import Member, members_with
from models.workspace.outbox import News, Payload, queue
from models.workspace.roles import Role, Side


@dataclass(frozen=True)
class Report:
    """What operations report of a delivery: how much came, and in which week by its Monday."""

    delivery: int
    delivered: int
    arrived: date


@dataclass(frozen=True)
class Objection(Payload):
    """What a seller says against a report, for whoever leads a side."""

    deal: int
    history: int


def deliver(
    deal: Deal,
    *,
    by: Member,
    now: datetime,
    reports: Sequence[Report] | None = None,
    rest: date | None = None,
    why: str = "",
) -> None:
    """Operations report deliveries; without reports all of them, as promised.

    What is short comes in the week of `rest`, as a delivery of its own, or ends. A deal is delivered when all are.
    """
    enter(deal, Move.DELIVER, by=by)
    this_week = deal.workspace.this_week(now)
    owed = {one.id: one for one in open_deliveries(deal)}
    given = [Report(one.id, one.quantity, min(one.week, this_week)) for one in owed.values()]
    reported = [_reported(owed, one, by, now) for one in (given if reports is None else reports)]
    if not reported:
        raise Refused(_("Fill in what was delivered."))
    outcome = _worst(reported, why)
    if rest is not None:
        _open_rest(deal, reported, rest, this_week)
    for one in reported:
        one.why = why.strip() or None
    move = Move.DELIVER_PART if open_deliveries(deal) else Move.DELIVER
    decide(deal, move, side=Side.OPERATIONS, by=by, now=now, code=outcome, why=why.strip() or None)
    if move is Move.DELIVER:
        release_coming(deal, now=now)
    details = {"deliveries": [one.id for one in reported]}
    with reading(deal.workspace.language):
        told = ": ".join(filter(None, (_(outcome), why.strip())))
    advance(deal, move, by=by, now=now, why=told, details=details)


def object_to_delivery(deal: Deal, *, by: Member, now: datetime, why: str) -> None:
    """The customer says otherwise: the seller tells both leads within three working days of the report."""
    enter(deal, Move.OBJECT, by=by)
    if not why.strip():
        raise Refused(_("What does the customer say?"), field="why")
    check_may_object(deal, by=by, now=now)
    decide(deal, Move.OBJECT, side=Side.SALES, by=by, now=now, why=why.strip())
    act = advance(deal, Move.OBJECT, by=by, now=now, why=why.strip())
    for lead in _leads(deal, by):
        objection = Objection(deal=deal.id, history=act.id)
        queue(deal.workspace, News.OBJECTION, stream=lead.user_id, member_id=lead.id, payload=objection, now=now)


def _leads(deal: Deal, by: Member) -> list[Member]:
    """Whoever leads sales and operations; leadership where a side has no lead."""
    leads = [lead_of(deal.workspace, side) for side in (Side.SALES, Side.OPERATIONS)]
    above = members_with(deal.workspace, Role.LEADERSHIP) if None in leads else []
    return list(dict.fromkeys(lead for lead in [*leads, *above] if lead is not None and lead.id != by.id))


def check_may_object(deal: Deal, *, by: Member, now: datetime) -> None:
    """A seller may object to what was reported lately."""
    check_may(deal, Move.OBJECT, by=by)
    known = deliveries_of(deal.workspace, [deal.id]).get(deal.id, [])
    if not any(one.reported_at and now <= objection_until(deal.workspace, one.reported_at) for one in known):
        raise TooLate(
            _(
                "A delivery can be objected to within {objection_days} working days of its report.",
                objection_days=OBJECTION_DAYS,
            )
        )


def _reported(owed: dict[int, Delivery], report: Report, by: Member, now: datetime) -> Delivery:
    """What became of a delivery, each once."""
    one = owed.pop(report.delivery, None)
    if one is None:
        raise TooLate(_("That delivery was reported already. Look again."))
    if not 0 <= report.delivered <= one.quantity:
        raise Refused(_("From 0 to {quantity}: more was not promised in that delivery.", quantity=one.quantity))
    if report.arrived > one.workspace.this_week(now):
        raise Refused(_("What is still to come is reported when it has arrived."))
    if report.arrived < one.workspace.this_week(one.deal.proposed_at):
        raise Refused(_("Nothing arrives before it was proposed."))
    one.delivered, one.arrived = report.delivered, report.arrived
    one.reported_at, one.reported_by_id = now, by.id
    one.session.flush()
    return one


def _worst(reported: Sequence[Delivery], why: str) -> Outcome:
    outcomes = {one.outcome for one in reported}
    worst = next(each for each in (Outcome.SHORT, Outcome.LATE, Outcome.ON_TIME) if each in outcomes)
    if worst is not Outcome.ON_TIME and not why.strip():
        raise Refused(_("Say in a sentence what happened."), field="why")
    return worst


def _open_rest(deal: Deal, reported: Sequence[Delivery], week: date, this_week: date) -> None:
    if week < this_week:
        raise Refused(_("The rest comes in this week or later."), field="rest")
    for one in reported:
        missing = one.quantity - (one.delivered or 0)
        if missing > 0:
            row = Delivery(workspace=deal.workspace, deal=deal, offer_id=one.offer_id, week=week, quantity=missing)
            deal.session.add(row)
    deal.session.flush()
