"""The small forms: a reason, a question, an answer, a time, an outcome."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    DateTimePickerElement,
    DividerBlock,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.deals.targets import AnswerTarget, ApproveTarget, ConditionTarget, DealTarget
from handlers.deals.words import deal_title
from handlers.slack.ids import Act, Callback
from handlers.slack.text import Sentence, clip
from handlers.slack.view_parts import actions, button, field, line, modal, quote, small
from models.base.language import _, at_the_head
from models.deals.card import Asked as AskedQuestion
from models.deals.conditions import MOST_CONDITIONS, Before
from models.deals.deciding import DeclineReason, LossReason
from models.deals.rows import Deal

MOST_TEXT = 1000


@dataclass(frozen=True)
class FormHead:
    """The deal that a small form is about."""

    title: str
    target: DealTarget


def head_of(deal: Deal) -> FormHead:
    """What stands on top of a small form, and what it carries."""
    return FormHead(deal_title(deal), DealTarget(deal=deal.id, version=deal.proposal.version))


def approve_view(
    head: FormHead,
    target: ApproveTarget,
    numbers: Sequence[Block],
    *,
    is_about_margin: bool,
    today: date,
    asked: Sequence[Sentence] = (),
) -> View:
    """Yes, with why one is asked, and the numbers for who may see them; below the floor with a reason."""
    why = _sentence("why", _("Why may it go below the floor?"))
    overtime = (_("It takes overtime, which you agree to with your yes."),) if target.overtime else None
    blocks: list[Block] = [small(head.title), *([line(*asked)] if asked else []), *numbers]
    blocks += [line(overtime)] if overtime else []
    blocks.append(why if is_about_margin else _sentence("why", _("A comment"), is_optional=True))
    for number in range(target.conditions):
        blocks += _condition(number, today)
    if target.conditions < MOST_CONDITIONS:
        label = _("Another condition") if target.conditions else _("Yes, if…")
        blocks += actions([button(Act.ADD_CONDITION, label, target)])
    return modal(Callback.APPROVE_WHY, _("Approve"), blocks, target=target, submit=_("Approve"))


def _condition(number: int, today: date) -> list[Block]:
    text = PlainTextInputElement(action_id=Act.EDIT, max_length=MOST_TEXT, placeholder=_("Deposit paid"))
    befores = {Before.WINNING: _("Before it is won"), Before.DELIVERY: _("Before it is delivered")}
    options = [Option(text=label, value=before) for before, label in befores.items()]
    select = StaticSelectElement(action_id=Act.EDIT, options=options, initial_option=options[0])
    day = DatePickerElement(action_id=Act.EDIT, initial_date=(today + timedelta(days=7)).isoformat())
    return [
        DividerBlock(),
        field(f"condition.{number}", _("If"), text, is_optional=True),
        field(f"owner.{number}", _("Who sees to it"), UserSelectElement(action_id=Act.EDIT), is_optional=True),
        field(f"due.{number}", _("By"), day, is_optional=True),
        field(f"before.{number}", _("It is needed"), select, is_optional=True),
    ]


def waive_view(head: FormHead, target: ConditionTarget, text: str) -> View:
    """It goes without, and why."""
    blocks = [small(head.title), quote(clip(text, MOST_TEXT)), _sentence("why", _("Why is it not needed any more?"))]
    return modal(Callback.WAIVE, _("Waive it"), blocks, target=target, submit=_("Waive"))


def undo_view(head: FormHead) -> View:
    """Not yes after all, and why."""
    sentence: Sentence = (_("Its capacity is free again, and it waits for operations. The seller hears of it."),)
    blocks = [small(head.title), line(sentence), _sentence("why", _("Why? The seller tells the customer."))]
    return modal(Callback.UNDO_DEAL, _("Undo the approval"), blocks, target=head.target, submit=_("Undo"))


def send_back_view(head: FormHead) -> View:
    """Not like this, and what would have to change."""
    blocks = [small(head.title), _sentence("why", _("What would have to change?"))]
    return modal(Callback.SEND_BACK, _("Send back"), blocks, target=head.target, submit=_("Send back"))


def decline_view(head: FormHead) -> View:
    """No, and why."""
    blocks = [
        small(head.title),
        field("reason", _("Reason"), _select(DeclineReason)),
        _sentence("why", _("In a sentence, for the seller to tell the customer")),
    ]
    return modal(Callback.DECLINE, _("Decline"), blocks, target=head.target, submit=_("Decline"))


def lose_view(head: FormHead) -> View:
    """Lost, and why."""
    blocks = [
        small(head.title),
        field("reason", _("What decided it?"), _select(LossReason)),
        _sentence("why", _("In a sentence"), is_optional=True),
    ]
    return modal(Callback.LOSE, _("Lost"), blocks, target=head.target, submit=_("Lost"))


def win_by_view(head: FormHead, day: date | None) -> View:
    """By when the customer decides."""
    chosen = day.isoformat() if day else None
    picker = DatePickerElement(action_id=Act.EDIT, initial_date=chosen)
    hint = _("The morning after it you are asked; five working days later the capacity is free again.")
    blocks: list[Block] = [small(head.title), field("win_by", _("The customer decides by"), picker, hint=hint)]
    return modal(Callback.WIN_BY, _("When it is decided"), blocks, target=head.target, submit=_("Set"))


def cancel_view(head: FormHead) -> View:
    """Cancelled, and why."""
    warning = line((_("The promise ends, and its capacity is free for others."),))
    blocks: list[Block] = [small(head.title), warning, _sentence("why", _("Why?"))]
    return modal(Callback.CANCEL, _("Cancel the deal"), blocks, target=head.target, submit=_("Cancel the deal"))


def ask_view(head: FormHead, to: str) -> View:
    """A question to the other side."""
    blocks = [small(head.title), _sentence("question", _("Your question to {to}", to=to))]
    return modal(Callback.ASK, _("Ask"), blocks, target=head.target, submit=_("Ask"))


def answer_view(head: FormHead, question: AskedQuestion, begun: str = "") -> View:
    """The answer to a question; it may be begun already."""
    target = AnswerTarget(deal=head.target.deal, version=head.target.version, question=question.id)
    quoted = quote(f"{question.by}: {clip(question.text, 2000)}")
    blocks: list[Block] = [small(head.title), quoted, _sentence("answer", _("Your answer"), begun=begun)]
    return modal(Callback.ANSWER, _("Answer"), blocks, target=target, submit=_("Answer"))


def call_view(head: FormHead, guests: Sequence[str], at: datetime) -> View:
    """When the customer's call is."""
    picker = DateTimePickerElement(action_id=Act.EDIT, initial_date_time=int(at.timestamp()))
    blocks = [
        small(head.title),
        line((_("With {guests}.", guests=", ".join(guests)),)),
        field("call", _("The call is on"), picker),
    ]
    return modal(Callback.SET_CALL, _("The customer’s call"), blocks, target=head.target, submit=_("Set"))


def _sentence(name: str, label: str, *, is_optional: bool = False, begun: str = "") -> Block:
    element = PlainTextInputElement(
        action_id=Act.EDIT, multiline=True, max_length=MOST_TEXT, initial_value=clip(begun, MOST_TEXT) or None
    )
    return field(name, label, element, is_optional=is_optional)


def _select(choices: Iterable[StrEnum]) -> StaticSelectElement:
    return StaticSelectElement(action_id=Act.EDIT, options=_options(choices))


def _options(choices: Iterable[StrEnum]) -> list[Option]:
    return [Option(text=at_the_head(_(choice.value)), value=choice.value) for choice in choices]
