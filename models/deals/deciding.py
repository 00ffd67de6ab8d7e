"""Decisions: agree and commit, decline, withdraw, and what became of a promise."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.base.errors import Refused
from models.base.words import instant_text, locale_of, money_text
from models.base.working_time import add_working_days
from models.deals.deliveries import forget_deliveries, plan_deliveries
from models.deals.figures import forget_figures, is_overtime_agreed, keep_figures
from models.deals.lost_demand import note_all_lost, note_shrunk
from models.deals.proposing import DoesNotFit, refuse_short
from models.deals.reservations import (
    commit_capacity,
    held_until,
    prolong_holds,
    release_capacity,
    release_holds,
    takers,
)
from models.deals.rows import Deal
from models.deals.rules import is_possible, may, side_to_agree
from models.deals.states import Move
from models.deals.terms import Checked, check_deal, searchable
from models.deals.transitions import advance, decide, enter
from models.promise import Line, Margin, Offer
from models.promise.check import Verdict
from models.promise.margin import lowest_standard_price
from models.promise.windows import Cell
from models.workspace.members import Member
from models.workspace.roles import Role, Side

WIN_DAYS = 15
LONGEST_WAIT = timedelta(weeks=26)


class NeedsOvertime(DoesNotFit):
    """Terms that now need overtime which operations have not agreed to."""


class DeclineReason(StrEnum):
    """Why operations say no, after they have looked for a way."""

    CAPACITY = "no capacity in time"
    MARGIN = "margin too low"
    MATERIAL = "material not available"
    RISK = "delivery risk too high"
    OTHER = "other"


class LossReason(StrEnum):
    """Why a deal was lost."""

    PRICE = "price"
    DATE = "delivery date"
    COMPETITOR = "competitor"
    BUDGET = "no budget"
    OTHER = "other"


class NeedsWhy(Refused):
    """Whoever lets a deal go below the floor says why; nobody was asked for it yet."""


def approve(
    deal: Deal,
    *,
    by: Member,
    now: datetime,
    version: int | None = None,
    overtime: int | None = None,
    why: str | None = None,
    within: Mapping[Cell, int] | None = None,
) -> None:
    """Agree for operations or finance. `overtime` is the cost, in minor units, of the overtime agreed to.

    Below the floor finance say why. `within` is how much of each cell is meant for it, beside others.
    """
    enter(deal, Move.APPROVE, by=by, version=version)
    if side_to_agree(deal, by) is Side.FINANCE:
        if why is None:
            raise NeedsWhy(f"Say in a sentence why #{deal.number} may go below the floor.")
        _need(why, "Say in a sentence why it may go below the floor.")
    _agree(deal, Move.APPROVE, by=by, now=now, overtime=overtime, why=why or "", within=within)


def send_back(deal: Deal, *, by: Member, now: datetime, why: str, version: int | None = None) -> None:
    """Finance want other terms: whoever put these forward changes them."""
    enter(deal, Move.SEND_BACK, by=by, version=version)
    _need(why, "Say in a sentence what would have to change.")
    decide(deal, Move.SEND_BACK, side=Side.FINANCE, by=by, now=now, why=why.strip())
    advance(deal, Move.SEND_BACK, by=by, now=now, why=why.strip())


def accept(deal: Deal, *, by: Member, now: datetime, version: int | None = None) -> None:
    """The seller agrees to operations' counter."""
    enter(deal, Move.ACCEPT, by=by, version=version)
    _agree(deal, Move.ACCEPT, by=by, now=now)
    if deal.is_open:
        # Accepted in time: what is held waits for whoever has not answered yet.
        prolong_holds(deal, now=now)


def decline(
    deal: Deal, *, by: Member, now: datetime, reason: DeclineReason, why: str, version: int | None = None
) -> None:
    """Say no, with a reason; of a change, say no to the change, and the old promise stands."""
    move = Move.DECLINE_CHANGE if deal.promised_id else Move.DECLINE
    enter(deal, move, by=by, version=version)
    _need(why, "Say in a sentence why, so that the seller can tell the customer.")
    side = Side.OPERATIONS if by.has(Role.OPERATIONS) else Side.FINANCE
    decide(deal, move, side=side, by=by, now=now, code=reason, why=why.strip())
    _give_up_terms(deal, now=now)
    advance(deal, move, by=by, now=now, why=f"{reason}: {why.strip()}")
    if move is Move.DECLINE:
        note_all_lost(deal, reason=f"declined: {reason}", now=now)
    _stay_won(deal, now=now)


def withdraw(deal: Deal, *, by: Member, now: datetime, why: str = "") -> None:
    """The seller takes a deal back; of a change, only the change, and the old promise stands."""
    move = Move.KEEP if deal.promised_id else Move.WITHDRAW
    enter(deal, move, by=by)
    decide(deal, move, side=Side.SALES, by=by, now=now, why=why.strip() or None)
    _give_up_terms(deal, now=now)
    advance(deal, move, by=by, now=now, why=why.strip() or None)
    _stay_won(deal, now=now)


def win(deal: Deal, *, by: Member, now: datetime) -> None:
    """The customer has ordered; the promise stands."""
    enter(deal, Move.WIN, by=by)
    decide(deal, Move.WIN, side=Side.SALES, by=by, now=now)
    plan_deliveries(deal)
    advance(deal, Move.WIN, by=by, now=now)


def lose(deal: Deal, *, by: Member, now: datetime, reason: LossReason, why: str = "") -> None:
    """The customer said no; the capacity is free again."""
    enter(deal, Move.LOSE, by=by)
    decide(deal, Move.LOSE, side=Side.SALES, by=by, now=now, code=reason, why=why.strip() or None)
    release_capacity(deal, now=now)
    note_all_lost(deal, reason=f"lost: {reason}", now=now)
    advance(deal, Move.LOSE, by=by, now=now, why=": ".join(filter(None, (reason, why.strip()))))


def cancel(deal: Deal, *, by: Member, now: datetime, why: str) -> None:
    """The promise is not wanted any more; the capacity is free again."""
    enter(deal, Move.CANCEL, by=by)
    _need(why, "Say in a sentence why it is cancelled.")
    decide(deal, Move.CANCEL, side=Side.SALES, by=by, now=now, why=why.strip())
    release_capacity(deal, now=now)
    forget_deliveries(deal)
    advance(deal, Move.CANCEL, by=by, now=now, why=why.strip())


def set_win_by(deal: Deal, day: date, *, by: Member, now: datetime) -> None:
    """The seller says by when the customer decides; nobody is asked before."""
    enter(deal, Move.SET_WIN_BY, by=by)
    today = deal.workspace.today(now)
    if not today <= day <= today + LONGEST_WAIT:
        raise Refused("Choose a day within the next 26 weeks.", field="win_by")
    deal.win_by = day
    advance(deal, Move.SET_WIN_BY, by=by, now=now, details={"day": day.isoformat()})


def _agree(
    deal: Deal,
    move: Move,
    *,
    by: Member,
    now: datetime,
    overtime: int | None = None,
    why: str = "",
    within: Mapping[Cell, int] | None = None,
) -> None:
    """When nobody's agreement is missing any more, the capacity is committed under lock."""
    side = side_to_agree(deal, by) or Side.SALES
    checked = check_deal(deal, now=now, is_locking=True, within=within)
    figures = deal.proposal.figures if held_until(deal, now=now) else None
    # What was held in time is agreed to at what it cost then.
    deal.proposal.is_below_floor = (figures or checked.check).margin.below_floor > 0
    agreed = overtime if side is Side.OPERATIONS else None
    decide(deal, move, side=side, by=by, now=now, overtime_agreed=agreed, why=why.strip() or None)
    if side is not Side.FINANCE or not deal.awaiting:
        _refuse_what_does_not_fit(deal, checked, by, now)
    if deal.awaiting:
        advance(deal, move, by=by, now=now, why=why.strip() or None, details={"side": side})
    else:
        _commit(deal, checked, by=by, now=now)


def _commit(deal: Deal, checked: Checked, *, by: Member, now: datetime) -> None:
    is_held = held_until(deal, now=now) is not None
    commit_capacity(deal, checked.check.needs, now=now)
    if not is_held:
        forget_figures(deal.proposal)
    margin = keep_figures(deal.proposal, checked.check, now=now).margin
    workspace = deal.workspace
    due = add_working_days(now, WIN_DAYS, timezone=workspace.timezone, country=workspace.country)
    deal.promised_id, deal.promised_at, deal.win_by = deal.proposal.id, now, due.date()
    deal.first_promised_id = deal.first_promised_id or deal.proposal.id
    deal.broken_at = deal.broken_why = None
    note_shrunk(deal, now=now)
    advance(deal, Move.COMMIT, by=by, now=now, details=_given_away(checked, margin))
    _stay_won(deal, now=now)


def _given_away(checked: Checked, margin: Margin) -> dict[str, int]:
    """What the scoreboard adds up, as of the promise: money off the list, below the floor, services without a price."""
    offers = checked.company.offers
    off = [
        (offers[x.offer].standard, offers[x.offer].list_price * x.quantity - x.revenue)
        for x in checked.check.deal.lines
    ]
    return {
        "revenue": margin.revenue,
        "discount": sum(max(0, leakage) for is_standard, leakage in off if is_standard),
        "discount_beyond": sum(_beyond(offers[x.offer], x) for x in checked.check.deal.lines),
        "services": sum(max(0, leakage) for is_standard, leakage in off if not is_standard),
        "below_floor": margin.below_floor,
    }


def _beyond(offer: Offer, line: Line) -> int:
    """What a discount gives more than policy allows."""
    return max(0, lowest_standard_price(offer) - line.unit_price) * line.quantity if offer.standard else 0


def _stay_won(deal: Deal, *, now: datetime) -> None:
    """What the customer has ordered stays ordered, on the old promise or on a new one."""
    if deal.was_won and is_possible(deal, Move.RESUME):
        plan_deliveries(deal)
        advance(deal, Move.RESUME, by=None, now=now)


def _refuse_what_does_not_fit(deal: Deal, checked: Checked, by: Member, now: datetime) -> None:
    try:
        refuse_short(deal, checked, by, now=now)
    except DoesNotFit as refused:
        sentence = refused.sentence + _who_took_it(deal, checked, by, now)
        raise DoesNotFit(sentence, refused.checked, way_on=_way_on(deal, by)) from None
    is_held = held_until(deal, now=now) is not None
    if checked.check.verdict is Verdict.OVERTIME and not is_overtime_agreed(
        deal.proposal, checked.check, is_held=is_held
    ):
        cost = money_text(deal.workspace, checked.check.overtime_cost, locale_of(by.locale))
        sentence = f"This now needs overtime for {cost}, which operations have not agreed to. Nothing was changed."
        whole = searchable(deal.workspace, checked, now=now, deal=deal)
        raise NeedsOvertime(sentence, whole, way_on=_way_on(deal, by))


def _way_on(deal: Deal, by: Member) -> Move | None:
    """How a person may take a way to yes."""
    return next((move for move in (Move.COUNTER, Move.COUNTER_BACK) if may(deal, move, by=by)), None)


def _who_took_it(deal: Deal, checked: Checked, by: Member, now: datetime) -> str:
    worst = checked.check.bottleneck
    if worst is None:
        return ""
    others = takers(deal.workspace, worst.resource, worst.week, now=now, without=deal)
    for other, since in others:
        if since >= deal.proposal.proposed_at:
            at = instant_text(since, by.timezone, locale_of(by.locale))
            return f" Deal #{other.number} for {other.customer} took it ({other.seller.name}, {at})."
    return ""


def _give_up_terms(deal: Deal, *, now: datetime) -> None:
    release_holds(deal, now=now)
    if deal.promised:
        deal.proposal = deal.promised
        deal.session.flush()


def _need(why: str, sentence: str) -> None:
    if not why.strip():
        raise Refused(sentence, field="why")
