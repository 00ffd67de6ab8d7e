"""What is agreed becomes a promise: checked under lock, committed, and told; or refused with what is short."""

from collections.abc import Sequence
from datetime import datetime

from models.base.errors import Refused
from models.base.language import _
from models.base.words import instant_text, locale_of, money_text
from models.base.working_time import add_working_days
from models.deals.deliveries import plan_deliveries
from models.deals.figures import forget_figures, is_overtime_agreed, keep_figures
from models.deals.lost_demand import note_shrunk
from models.deals.reservations import commit_capacity, held_until, takers
from models.deals.rows import Deal
from models.deals.rules import is_possible, may
from models.deals.states import Move
from models.deals.terms import Checked, searchable
from models.deals.transitions import advance
from models.promise import Line, Margin, Offer
from models.promise.check import Verdict
from models.promise.margin import lowest_standard_price
from models.promise.words import shortage_sentence
from models.workspace.members import Member

WIN_DAYS = 15


class DoesNotFit(Refused):
    """Terms that cannot be held or committed; the sentence says what is short where, the check has ways to yes."""

    def __init__(self, sentence: str, checked: Checked, *, way_on: str | None = None) -> None:
        super().__init__(sentence, way_on=way_on)
        self.checked = checked


class NeedsOvertime(DoesNotFit):
    """Terms that now need overtime which operations have not agreed to."""


def refuse_short(deal: Deal, checked: Checked, by: Member, *, now: datetime) -> None:
    """Say what is missing, worst first."""
    worst = checked.check.bottleneck
    if worst:
        unit = checked.company.resources[worst.resource].unit
        sentence = _("This does not fit. {shortage}", shortage=shortage_sentence(worst, unit, locale_of(by.locale)))
        raise DoesNotFit(sentence, searchable(deal.workspace, checked, now=now, deal=deal))


def commit(deal: Deal, checked: Checked, *, by: Member | None, now: datetime, conditions: Sequence[str] = ()) -> None:
    """Nobody's agreement is missing: what was checked under lock is promised. `by` None: on the spot."""
    is_held = held_until(deal, now=now) is not None
    commit_capacity(deal, checked.check.needs, now=now)
    if not is_held:
        forget_figures(deal.proposal)
    margin = keep_figures(deal.proposal, checked.check, now=now).margin
    workspace = deal.workspace
    due = add_working_days(now, WIN_DAYS, timezone=workspace.timezone, country=workspace.country)
    before = deal.promised
    deal.promised_id, deal.promised_at, deal.win_by = deal.proposal.id, now, due.date()
    deal.first_promised_id = deal.first_promised_id or deal.proposal.id
    deal.broken_at = deal.broken_why = None
    note_shrunk(deal, now=now)
    bound: dict[str, object] = {"conditions": list(conditions)} if conditions else {}
    bound |= {"kept": True} if by is None and deal.proposal.steps else {}
    advance(deal, Move.COMMIT, by=by, now=now, details={**_given_away(checked, margin), **bound})
    if deal.was_won:
        plan_deliveries(deal, deal.proposal, before=before)
    stay_won(deal, now=now)


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


def stay_won(deal: Deal, *, now: datetime) -> None:
    """What the customer has ordered stays ordered, on the old promise or on a new one."""
    if deal.was_won and is_possible(deal, Move.RESUME):
        advance(deal, Move.RESUME, by=None, now=now)


def refuse_what_does_not_fit(deal: Deal, checked: Checked, by: Member, now: datetime) -> None:
    """Say what is short, and who took it; or which overtime nobody has agreed to."""
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
        sentence = _(
            "This now needs overtime for {cost}, which operations have not agreed to. Nothing was changed.", cost=cost
        )
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
            return _(
                " Deal #{number} for {customer} took it ({name}, {at}).",
                number=other.number,
                customer=other.customer,
                name=other.seller.name,
                at=at,
            )
    return ""
