"""The small forms: a reason, a question, an answer, a time, an outcome."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    DateTimePickerElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from handlers.deals.targets import AnswerTarget, DealTarget
from handlers.deals.words import title
from handlers.slack.ids import Act, Callback
from handlers.slack.text import clip
from handlers.slack.view_parts import field, line, modal, quote, small
from models.deals.card import Asked, Card
from models.deals.deciding import DeclineReason, LossReason, Outcome

MOST_TEXT = 1000


def decline_view(card: Card) -> View:
    """No, and why."""
    blocks = [
        small(title(card)),
        field("reason", "Reason", _select(DeclineReason)),
        _sentence("why", "In a sentence, for the seller to tell the customer"),
    ]
    return modal(Callback.DECLINE, "Decline", blocks, target=_target(card), submit="Decline")


def lose_view(card: Card) -> View:
    """Lost, and why."""
    blocks = [
        small(title(card)),
        field("reason", "What decided it?", _select(LossReason)),
        _sentence("why", "In a sentence", is_optional=True),
    ]
    return modal(Callback.LOSE, "Lost", blocks, target=_target(card), submit="Lost")


def win_by_view(card: Card) -> View:
    """By when the customer decides."""
    chosen = card.win_by.isoformat() if card.win_by else None
    picker = DatePickerElement(action_id=Act.EDIT, initial_date=chosen)
    hint = "The morning after it you are asked; five working days later the capacity is free again."
    blocks: list[Block] = [small(title(card)), field("win_by", "The customer decides by", picker, hint=hint)]
    return modal(Callback.WIN_BY, "When it is decided", blocks, target=_target(card), submit="Set")


def cancel_view(card: Card) -> View:
    """Cancelled, and why."""
    told = line(("The promise ends, and its capacity is free for others.",))
    blocks: list[Block] = [small(title(card)), told, _sentence("why", "Why?")]
    return modal(Callback.CANCEL, "Cancel the deal", blocks, target=_target(card), submit="Cancel the deal")


def deliver_view(card: Card) -> View:
    """How the delivery went."""
    radio = RadioButtonsElement(action_id=Act.EDIT, options=_options(Outcome))
    blocks = [
        small(title(card)),
        field("outcome", "It was delivered", radio),
        _sentence("why", "What happened, if not as promised", is_optional=True),
    ]
    return modal(Callback.DELIVER, "Delivered", blocks, target=_target(card), submit="Report")


def ask_view(card: Card, to: str) -> View:
    """A question to the other side."""
    blocks = [small(title(card)), _sentence("question", f"Your question to {to}")]
    return modal(Callback.ASK, "Ask", blocks, target=_target(card), submit="Ask")


def answer_view(card: Card, asked: Asked, begun: str = "") -> View:
    """The answer to a question; it may be begun already."""
    target = AnswerTarget(deal=card.id, version=card.version, question=asked.id)
    said = quote(f"{asked.by}: {clip(asked.text, 2000)}")
    blocks: list[Block] = [small(title(card)), said, _sentence("answer", "Your answer", begun=begun)]
    return modal(Callback.ANSWER, "Answer", blocks, target=target, submit="Answer")


def call_view(card: Card, at: datetime) -> View:
    """When the customer's call is."""
    picker = DateTimePickerElement(action_id=Act.EDIT, initial_date_time=int((card.call_at or at).timestamp()))
    blocks = [small(title(card)), line((f"With {', '.join(card.guests)}.",)), field("call", "The call is on", picker)]
    return modal(Callback.SET_CALL, "The customer’s call", blocks, target=_target(card), submit="Set")


def _target(card: Card) -> DealTarget:
    return DealTarget(deal=card.id, version=card.version)


def _sentence(name: str, label: str, *, is_optional: bool = False, begun: str = "") -> Block:
    element = PlainTextInputElement(
        action_id=Act.EDIT, multiline=True, max_length=MOST_TEXT, initial_value=clip(begun, MOST_TEXT) or None
    )
    return field(name, label, element, is_optional=is_optional)


def _select(choices: Iterable[StrEnum]) -> StaticSelectElement:
    return StaticSelectElement(action_id=Act.EDIT, options=_options(choices))


def _options(choices: Iterable[StrEnum]) -> list[Option]:
    return [Option(text=choice.value.capitalize(), value=choice.value) for choice in choices]
