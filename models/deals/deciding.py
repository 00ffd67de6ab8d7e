"""Decisions: agree and commit, decline, withdraw, and what became of a promise."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.base.errors import Refused, TooLate
from models.base.language import N_, _, reading
from models.deals.approvals import ask_approvers
from models.deals.committing import commit, refuse_what_does_not_fit, stay_won
from models.deals.conditions import GivenCondition, check_conditions
from models.deals.deliveries import forget_deliveries, plan_deliveries
from models.deals.fulfilling import bind
from models.deals.lost_demand import note_all_lost
from models.deals.reservations import held_until, prolong_holds, release_capacity, release_holds
from models.deals.rows import Deal
from models.deals.speaking import step_to_answer
from models.deals.states import Move
from models.deals.terms import check_deal
from models.deals.transitions import advance, decide, enter
from models.promise.windows import Cell
from models.workspace.members import Member
from models.workspace.roles import Role, Side

LONGEST_WAIT = timedelta(weeks=26)


class DeclineReason(StrEnum):
    """Why operations say no, after they have looked for a way."""

    CAPACITY = N_("no capacity in time")
    MARGIN = N_("margin too low")
    MATERIAL = N_("material not available")
    RISK = N_("delivery risk too high")
    OTHER = N_("other")


class LossReason(StrEnum):
    """Why a deal was lost."""

    PRICE = N_("price")
    DATE = N_("delivery date")
    COMPETITOR = N_("competitor")
    BUDGET = N_("no budget")
    OTHER = N_("other")


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
    conditions: Sequence[GivenCondition] = (),
) -> None:
    """Agree in the step that asks. `overtime` is the cost, in minor units, of the overtime agreed to.

    Below the floor one says why. `within` is how much of each cell is meant for it, beside others. `conditions` are
    what the yes is bound to.
    """
    enter(deal, Move.APPROVE, by=by, version=version)
    step = step_to_answer(deal, by)
    if step is not None and step.is_about_margin:
        if why is None:
            raise NeedsWhy(_("Say in a sentence why #{number} may go below the floor.", number=deal.number))
        _need(why, _("Say in a sentence why it may go below the floor."))
    check_conditions(conditions, today=deal.workspace.today(now))
    _agree(deal, Move.APPROVE, by=by, now=now, overtime=overtime, why=why or "", within=within, conditions=conditions)


def send_back(deal: Deal, *, by: Member, now: datetime, why: str, version: int | None = None) -> None:
    """Whoever is asked beside operations wants other terms: whoever put these forward changes them."""
    enter(deal, Move.SEND_BACK, by=by, version=version)
    _need(why, _("Say in a sentence what would have to change."))
    step = step_to_answer(deal, by)
    side = step.side if step else Side.FINANCE
    decide(deal, Move.SEND_BACK, side=side, step=step, by=by, now=now, why=why.strip())
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
    _need(why, _("Say in a sentence why, so that the seller can tell the customer."))
    asked = [step.side for step in deal.proposal.steps if step.asks(by)]
    side = Side.OPERATIONS if by.may_act_as(Role.OPERATIONS) else next(iter(asked), Side.FINANCE)
    decide(deal, move, side=side, by=by, now=now, code=reason, why=why.strip())
    _give_up_terms(deal, now=now)
    with reading(deal.workspace.language):
        reasons = _(reason), _("declined: {reason}", reason=_(reason))
    advance(deal, move, by=by, now=now, why=f"{reasons[0]}: {why.strip()}")
    if move is Move.DECLINE:
        note_all_lost(deal, reason=reasons[1], now=now)
    stay_won(deal, now=now)


def withdraw(deal: Deal, *, by: Member, now: datetime, why: str = "") -> None:
    """The seller takes a deal back; of a change, only the change, and the old promise stands."""
    move = Move.KEEP if deal.promised_id else Move.WITHDRAW
    enter(deal, move, by=by)
    decide(deal, move, side=Side.SALES, by=by, now=now, why=why.strip() or None)
    _give_up_terms(deal, now=now)
    advance(deal, move, by=by, now=now, why=why.strip() or None)
    stay_won(deal, now=now)


def win(deal: Deal, *, by: Member, now: datetime) -> None:
    """The customer has ordered; the promise stands."""
    enter(deal, Move.WIN, by=by)
    decide(deal, Move.WIN, side=Side.SALES, by=by, now=now)
    plan_deliveries(deal, deal.promised or deal.proposal)
    advance(deal, Move.WIN, by=by, now=now)


def lose(deal: Deal, *, by: Member, now: datetime, reason: LossReason, why: str = "") -> None:
    """The customer said no; the capacity is free again."""
    enter(deal, Move.LOSE, by=by)
    decide(deal, Move.LOSE, side=Side.SALES, by=by, now=now, code=reason, why=why.strip() or None)
    release_capacity(deal, now=now)
    with reading(deal.workspace.language):
        reasons = _(reason), _("lost: {reason}", reason=_(reason))
    note_all_lost(deal, reason=reasons[1], now=now)
    advance(deal, Move.LOSE, by=by, now=now, why=": ".join(filter(None, (reasons[0], why.strip()))))


def cancel(deal: Deal, *, by: Member, now: datetime, why: str) -> None:
    """The promise is not wanted any more; the capacity is free again."""
    enter(deal, Move.CANCEL, by=by)
    _need(why, _("Say in a sentence why it is cancelled."))
    decide(deal, Move.CANCEL, side=Side.SALES, by=by, now=now, why=why.strip())
    release_capacity(deal, now=now)
    forget_deliveries(deal)
    advance(deal, Move.CANCEL, by=by, now=now, why=why.strip())


def set_win_by(deal: Deal, day: date, *, by: Member, now: datetime) -> None:
    """The seller says by when the customer decides; nobody is asked before."""
    enter(deal, Move.SET_WIN_BY, by=by)
    today = deal.workspace.today(now)
    if not today <= day <= today + LONGEST_WAIT:
        raise Refused(_("Choose a day within the next 26 weeks."), field="win_by")
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
    conditions: Sequence[GivenCondition] = (),
) -> None:
    """When nobody's agreement is missing any more, the capacity is committed under lock."""
    step = step_to_answer(deal, by) if move is Move.APPROVE else None
    side = step.side if step else Side.SALES
    checked = check_deal(deal, now=now, is_locking=True, within=within)
    figures = deal.proposal.figures if held_until(deal, now=now) else None
    # What was held in time is agreed to at what it cost then.
    ask_approvers(deal, checked, now=now, margin=figures.margin if figures else None)
    step = step if step in deal.proposal.steps else None
    if step is not None and not step.waits_for(by):
        raise TooLate(_("You are not asked about this deal any more."))
    agreed = overtime if side is Side.OPERATIONS or not deal.proposal.asks(Side.OPERATIONS) else None
    said = decide(deal, move, side=side, step=step, by=by, now=now, overtime_agreed=agreed, why=why.strip() or None)
    bind(deal, said, conditions)
    if side in {Side.SALES, Side.OPERATIONS} or not deal.awaiting:
        refuse_what_does_not_fit(deal, checked, by, now)
    if deal.awaiting:
        details = {"side": side, **({"conditions": [one.text for one in conditions]} if conditions else {})}
        advance(deal, move, by=by, now=now, why=why.strip() or None, details=details)
    else:
        commit(deal, checked, by=by, now=now, conditions=[one.text for one in conditions])


def _give_up_terms(deal: Deal, *, now: datetime) -> None:
    release_holds(deal, now=now)
    if deal.promised:
        deal.proposal = deal.promised
        deal.session.flush()


def _need(why: str, sentence: str) -> None:
    if not why.strip():
        raise Refused(sentence, field="why")
