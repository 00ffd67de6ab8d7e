"""Approve, counter, ask, decline; accept, revise, withdraw, win: the buttons of both sides and their forms."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from slack_sdk.models.views import View

from handlers.deals import small_forms_view as forms
from handlers.deals.card_view import numbers_view
from handlers.deals.drafts import draft_of
from handlers.deals.live_form import draft_of_deal, live_form, unless_seen, way_taken
from handlers.deals.small_forms_view import head_of
from handlers.deals.targets import AnswerTarget, DealTarget, TakenLine, TermsTarget
from handlers.deals.terms import read_terms
from handlers.deals.terms_view import OURS
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import listens, opens, submits
from handlers.slack.replies import Show
from handlers.slack.values import read_choice, read_day, read_instant
from models.base.language import _
from models.base.words import locale_of
from models.deals import deciding, on_the_spot, proposing, stepping, talking
from models.deals.card import Asked, card_of
from models.deals.deciding import DeclineReason, LossReason
from models.deals.rows import Deal
from models.deals.rules import check_may, check_sees_numbers
from models.deals.speaking import speaks_for
from models.deals.states import Move
from models.deals.transitions import check_version
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

PROPOSING: dict[Callback, Callable[..., None]] = {
    Callback.COUNTER: proposing.counter,
    Callback.COUNTER_BACK: proposing.counter_back,
    Callback.REVISE: proposing.revise,
    Callback.CHANGE: proposing.change,
}


@listens(Act.APPROVE)
def approve(deal: Deal, by: Member, now: datetime, target: DealTarget) -> None:
    """Yes, on the terms that the person saw."""
    deciding.approve(deal, by=by, now=now, version=target.version, overtime=target.overtime or None)


@listens(Act.RECALL)
def recall(deal: Deal, by: Member, now: datetime, target: DealTarget) -> None:
    """The seller changes terms that somebody has agreed to."""
    stepping.recall(deal, by=by, now=now, version=target.version)


@opens(Act.UNDO_DEAL)
def open_undo(deal: Deal, by: Member) -> View:
    """Why it is not yes after all."""
    check_may(deal, Move.UNDO, by=by)
    return forms.undo_view(head_of(deal))


@submits(Callback.UNDO_DEAL)
def undo(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """What was approved on the spot waits for operations."""
    on_the_spot.undo(deal, by=by, now=now, why=form["why"])


@opens(Act.SEND_BACK)
def open_send_back(deal: Deal, by: Member) -> View:
    """What would have to change."""
    check_may(deal, Move.SEND_BACK, by=by)
    return forms.send_back_view(head_of(deal))


@submits(Callback.SEND_BACK)
def send_back(deal: Deal, by: Member, now: datetime, form: Filled, target: DealTarget) -> None:
    """Whoever put the terms forward changes them."""
    deciding.send_back(deal, by=by, now=now, why=form["why"], version=target.version)


@listens(Act.ACCEPT)
def accept(deal: Deal, by: Member, now: datetime, target: DealTarget) -> None:
    """The seller takes the counter."""
    deciding.accept(deal, by=by, now=now, version=target.version)


@listens(Act.WITHDRAW)
def withdraw(deal: Deal, by: Member, now: datetime) -> None:
    """The seller takes the deal, or the change, back."""
    deciding.withdraw(deal, by=by, now=now)


@listens(Act.WIN)
def win(deal: Deal, by: Member, now: datetime) -> None:
    """The promise becomes an order: operations deliver, and are reminded of it."""
    deciding.win(deal, by=by, now=now)


@listens(Act.JOIN_CALL)
def join_call(deal: Deal, by: Member, now: datetime) -> None:
    """Sit in on the customer's call; the seller is told, and sets its time."""
    talking.join_call(deal, by=by, now=now)


@listens(Act.EXTEND)
def extend(deal: Deal, by: Member, now: datetime) -> None:
    """Hold the capacity for longer."""
    proposing.extend_hold(deal, by=by, now=now)


@opens(Act.NUMBERS)
def show_numbers(deal: Deal, by: Member, now: datetime) -> View:
    """Cost and margin, privately: for operations, finance and leadership."""
    check_sees_numbers(by)
    return numbers_view(card_of(deal, now=now))


@opens(Act.COUNTER)
@opens(Act.COUNTER_BACK)
@opens(Act.REVISE)
@opens(Act.CHANGE)
def open_terms(
    workspace: Workspace, deal: Deal, by: Member, now: datetime, act: str, taken: Sequence[TakenLine]
) -> Show:
    """The present terms, or those of a way to yes, to be changed by either side."""
    check_may(deal, Move(act), by=by)
    draft = way_taken(workspace, draft_of_deal(deal, locale_of(by.locale)), taken, locale_of(by.locale))
    target = TermsTarget(deal=deal.id, version=deal.proposal.version)
    heading = _("For {customer}", customer=deal.customer)
    return live_form(workspace, by, now, Callback(act), draft, target, heading=heading)


@submits(Callback.COUNTER)
@submits(Callback.COUNTER_BACK)
@submits(Callback.REVISE)
@submits(Callback.CHANGE)
def put_forward(
    workspace: Workspace, deal: Deal, by: Member, now: datetime, form: Filled, target: TermsTarget, callback: str
) -> Show | None:
    """New terms of either side, as they were seen; those of operations hold what they need."""
    check_may(deal, Move(callback), by=by)
    check_version(deal, target.version, by=by)
    draft = draft_of(form, target.lines)
    terms = read_terms(workspace, draft, locale_of(by.locale), deal.proposal)
    unseen = unless_seen(workspace, by, now, Callback(callback), draft, target)
    if unseen is None:
        put = PROPOSING[Callback(callback)]
        if callback == Callback.CHANGE:
            put = partial(proposing.change, is_customers_wish=form["whose"] != OURS)
        put(deal, terms, by=by, now=now, version=target.version)
    return unseen


@opens(Act.DECLINE)
def open_decline(deal: Deal, by: Member) -> View:
    """A reason, and why: operations decline only where they countered, or no way was found."""
    check_may(deal, Move.DECLINE_CHANGE if deal.promised_id else Move.DECLINE, by=by)
    return forms.decline_view(head_of(deal))


@submits(Callback.DECLINE)
def decline(deal: Deal, by: Member, now: datetime, form: Filled, target: DealTarget) -> None:
    """The deal ends; a change is dropped, and the earlier promise stands."""
    reason = read_choice(DeclineReason, form["reason"], "reason")
    deciding.decline(deal, by=by, now=now, reason=reason, why=form["why"], version=target.version)


@opens(Act.LOSE)
def open_lose(deal: Deal, by: Member) -> View:
    """A reason, so that lost demand counts in the plan."""
    check_may(deal, Move.LOSE, by=by)
    return forms.lose_view(head_of(deal))


@submits(Callback.LOSE)
def lose(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """The promise ends, its capacity is free, and what was lost counts as demand."""
    deciding.lose(deal, by=by, now=now, reason=read_choice(LossReason, form["reason"], "reason"), why=form["why"])


@opens(Act.SET_WIN_BY)
def open_win_by(deal: Deal, by: Member) -> View:
    """By when the customer decides."""
    check_may(deal, Move.SET_WIN_BY, by=by)
    return forms.win_by_view(head_of(deal), deal.win_by)


@submits(Callback.WIN_BY)
def set_win_by(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """Nobody asks the seller how it stands before that day."""
    day = read_day(form["win_by"], "win_by")
    deciding.set_win_by(deal, day, by=by, now=now)


@opens(Act.CANCEL)
def open_cancel(deal: Deal, by: Member) -> View:
    """Why it is not wanted any more; a won deal, too, can be cancelled."""
    check_may(deal, Move.CANCEL, by=by)
    return forms.cancel_view(head_of(deal))


@submits(Callback.CANCEL)
def cancel(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """The promise ends, and its capacity is free for others."""
    deciding.cancel(deal, by=by, now=now, why=form["why"])


@opens(Act.ASK)
def open_ask(deal: Deal, by: Member) -> View:
    """A question to the other side."""
    check_may(deal, Move.ASK, by=by)
    return forms.ask_view(head_of(deal), _("operations") if by.represents(deal.seller_id) else deal.seller.name)


@submits(Callback.ASK)
def ask(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """The other side owes an answer from now on, and is reminded of it."""
    talking.ask(deal, form["question"], by=by, now=now)


@opens(Act.ANSWER)
def open_answer(deal: Deal, by: Member, target: AnswerTarget) -> View:
    """The oldest question that waits for the person; with what they have written in the thread."""
    check_may(deal, Move.ANSWER, by=by)
    question = next(question for question in deal.open_questions if question.to_side in speaks_for(deal, by))
    asked = Asked(question.id, question.text, question.asked_by.name, question.to_side)
    return forms.answer_view(head_of(deal), asked, target.begun)


@submits(Callback.ANSWER)
def answer(deal: Deal, by: Member, now: datetime, form: Filled, target: AnswerTarget) -> None:
    """Whoever asked is told, and the question waits no more."""
    talking.answer(deal, target.question, form["answer"], by=by, now=now)


@opens(Act.SET_CALL)
def open_set_call(deal: Deal, by: Member, now: datetime) -> View:
    """When the customer is called; whoever joined is named."""
    check_may(deal, Move.SET_CALL, by=by)
    return forms.call_view(
        head_of(deal), [guest.member.name for guest in deal.guests], deal.call_at or now + timedelta(days=1)
    )


@submits(Callback.SET_CALL)
def set_call(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """Whoever joined is told the time."""
    talking.set_call(deal, read_instant(form["call"], "call"), by=by, now=now)
