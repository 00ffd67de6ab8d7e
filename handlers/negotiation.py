"""Approve, counter, ask, decline; accept, revise, withdraw, win: the buttons of both sides and their forms."""

from datetime import UTC, datetime, timedelta

from slack_sdk.models.views import View
from sqlalchemy.orm import Session

from handlers.blocks import forms
from handlers.blocks.deals import numbers_view
from handlers.blocks.terms import terms_view
from handlers.forms import Filled, draft_of
from handlers.ids import Act, Callback, Target
from handlers.listening import listens, opens, submits
from handlers.live import draft_of_deal, live_form
from handlers.terms import read_choice, read_terms
from models.deals import deciding, proposing, talking
from models.deals.deciding import DeclineReason, LossReason, Outcome
from models.deals.rows import Deal
from models.deals.rules import check_may, check_sees_numbers, speaks_for
from models.deals.sheet import sheet_of
from models.deals.states import Move
from models.deals.terms import Terms
from models.errors import Refused
from models.members import Member
from models.words import locale_of
from models.workspaces import Workspace


@listens(Act.APPROVE)
def approve(deal: Deal, by: Member, now: datetime, target: Target) -> None:
    """Yes, on the terms that the person saw."""
    deciding.approve(deal, by=by, now=now, version=target.version, overtime=target.overtime or None)


@listens(Act.ACCEPT)
def accept(deal: Deal, by: Member, now: datetime, target: Target) -> None:
    """The seller takes the counter."""
    deciding.accept(deal, by=by, now=now, version=target.version)


@listens(Act.WITHDRAW)
def withdraw(deal: Deal, by: Member, now: datetime) -> None:
    """The seller takes the deal, or the change, back."""
    deciding.withdraw(deal, by=by, now=now)


@listens(Act.WIN)
def win(deal: Deal, by: Member, now: datetime) -> None:
    """The customer has ordered."""
    deciding.win(deal, by=by, now=now)


@listens(Act.JOIN_CALL)
def join_call(deal: Deal, by: Member, now: datetime) -> None:
    """Sit in on the customer's call."""
    talking.join_call(deal, by=by, now=now)


@opens(Act.NUMBERS)
def show_numbers(deal: Deal, by: Member, now: datetime) -> View:
    """Cost and margin, privately."""
    check_sees_numbers(by)
    return numbers_view(sheet_of(deal, now=now))


@opens(Act.COUNTER)
def open_counter(session: Session, workspace: Workspace, deal: Deal, by: Member, now: datetime) -> View:
    """The present terms, to be changed by operations."""
    return _terms_form(session, workspace, deal, by, now, Callback.COUNTER, Move.COUNTER)


@opens(Act.COUNTER_BACK)
def open_counter_back(session: Session, workspace: Workspace, deal: Deal, by: Member, now: datetime) -> View:
    """The present terms, to be answered by the seller."""
    return _terms_form(session, workspace, deal, by, now, Callback.COUNTER_BACK, Move.COUNTER_BACK)


@opens(Act.REVISE)
def open_revise(session: Session, workspace: Workspace, deal: Deal, by: Member, now: datetime) -> View:
    """The seller's own terms, before a decision."""
    return _terms_form(session, workspace, deal, by, now, Callback.REVISE, Move.REVISE)


@opens(Act.CHANGE)
def open_change(session: Session, workspace: Workspace, deal: Deal, by: Member, now: datetime) -> View:
    """The promised terms, to be changed."""
    return _terms_form(session, workspace, deal, by, now, Callback.CHANGE, Move.CHANGE)


@submits(Callback.COUNTER)
def counter(session: Session, workspace: Workspace, deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """Operations' terms; they hold what they need."""
    terms = _terms(session, workspace, by, form)
    proposing.counter(deal, terms, by=by, now=now, version=form.target.version)


@submits(Callback.COUNTER_BACK)
def counter_back(session: Session, workspace: Workspace, deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """The seller's answer to a counter."""
    terms = _terms(session, workspace, by, form)
    proposing.counter_back(deal, terms, by=by, now=now, version=form.target.version)


@submits(Callback.REVISE)
def revise(session: Session, workspace: Workspace, deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """The seller's new terms."""
    terms = _terms(session, workspace, by, form)
    proposing.revise(deal, terms, by=by, now=now, version=form.target.version)


@submits(Callback.CHANGE)
def change(session: Session, workspace: Workspace, deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """New terms for a promise."""
    terms = _terms(session, workspace, by, form)
    proposing.change(deal, terms, by=by, now=now, version=form.target.version)


@opens(Act.DECLINE)
def open_decline(deal: Deal, by: Member, now: datetime) -> View:
    """Why not."""
    check_may(deal, Move.DECLINE_CHANGE if deal.promised_id else Move.DECLINE, by=by)
    return forms.decline_view(sheet_of(deal, now=now))


@submits(Callback.DECLINE)
def decline(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """No, with a reason."""
    reason = read_choice(DeclineReason, form["reason"], "reason")
    deciding.decline(deal, by=by, now=now, reason=reason, why=form["why"], version=form.target.version)


@opens(Act.LOSE)
def open_lose(deal: Deal, by: Member, now: datetime) -> View:
    """What decided it."""
    check_may(deal, Move.LOSE, by=by)
    return forms.lose_view(sheet_of(deal, now=now))


@submits(Callback.LOSE)
def lose(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """The customer said no."""
    deciding.lose(deal, by=by, now=now, reason=read_choice(LossReason, form["reason"], "reason"), why=form["why"])


@opens(Act.CANCEL)
def open_cancel(deal: Deal, by: Member, now: datetime) -> View:
    """Why it is not wanted any more."""
    check_may(deal, Move.CANCEL, by=by)
    return forms.cancel_view(sheet_of(deal, now=now))


@submits(Callback.CANCEL)
def cancel(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """The promise ends."""
    deciding.cancel(deal, by=by, now=now, why=form["why"])


@opens(Act.DELIVER)
def open_deliver(deal: Deal, by: Member, now: datetime) -> View:
    """How it went."""
    check_may(deal, Move.DELIVER, by=by)
    return forms.deliver_view(sheet_of(deal, now=now))


@submits(Callback.DELIVER)
def deliver(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """Delivered: on time, late or short."""
    outcome = read_choice(Outcome, form["outcome"], "outcome")
    deciding.deliver(deal, by=by, now=now, outcome=outcome, why=form["why"])


@opens(Act.ASK)
def open_ask(deal: Deal, by: Member, now: datetime) -> View:
    """A question to the other side."""
    check_may(deal, Move.ASK, by=by)
    return forms.ask_view(sheet_of(deal, now=now), "operations" if by.id == deal.seller_id else deal.seller.name)


@submits(Callback.ASK)
def ask(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """Ask it."""
    talking.ask(deal, form["question"], by=by, now=now)


@opens(Act.ANSWER)
def open_answer(deal: Deal, by: Member, now: datetime) -> View:
    """The oldest question that waits for the person."""
    check_may(deal, Move.ANSWER, by=by)
    sheet = sheet_of(deal, now=now)
    return forms.answer_view(sheet, next(asked for asked in sheet.questions if asked.to in speaks_for(deal, by)))


@submits(Callback.ANSWER)
def answer(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """Answer it."""
    talking.answer(deal, form.target.question, form["answer"], by=by, now=now)


@opens(Act.SET_CALL)
def open_set_call(deal: Deal, by: Member, now: datetime) -> View:
    """When the call is."""
    check_may(deal, Move.SET_CALL, by=by)
    return forms.call_view(sheet_of(deal, now=now), now + timedelta(days=1))


@submits(Callback.SET_CALL)
def set_call(deal: Deal, by: Member, now: datetime, form: Filled) -> None:
    """The call has a time."""
    if not form["call"].isdigit():
        raise Refused("Choose a day and a time.", field="call")
    talking.set_call(deal, datetime.fromtimestamp(int(form["call"]), UTC), by=by, now=now)


def _terms_form(
    session: Session, workspace: Workspace, deal: Deal, by: Member, now: datetime, callback: Callback, move: Move
) -> View:
    check_may(deal, move, by=by)
    draft = draft_of_deal(deal, locale_of(by.locale))
    target = Target(deal=deal.id, version=deal.proposal.version)
    return terms_view(live_form(session, workspace, by, now, callback, draft, target, heading=f"For {deal.customer}"))


def _terms(session: Session, workspace: Workspace, by: Member, form: Filled) -> Terms:
    return read_terms(session, workspace, draft_of(form), locale_of(by.locale))
