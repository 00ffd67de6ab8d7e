"""Terms beyond the lines of a deal: their fields in the form, and what is said of them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal
from slack_sdk.models.blocks import (
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement

from handlers.deals.drafts import CLAUSE
from handlers.slack.ids import Act, block_id
from handlers.slack.text import Bold, Sentence, clip
from handlers.slack.view_parts import AS_TYPED, field
from models.base.language import _
from models.deals.clauses import ClauseChange, ClauseField, Departure
from models.policy.clauses import MOST_TEXT, ClauseKind, value_words

# A card has room for so much of them.
MOST_SHOWN = 5
MOST_NAME, MOST_VALUE = 30, 40
MOST_HINT = 200


def clause_block(one: ClauseField, typed: str | None, revision: int, locale: Locale) -> InputBlock:
    """A term as it is typed, or as it stands; below it what is standard."""
    value = clause_text(one.kind, one.value, locale) if typed is None else typed
    hint = (
        _("Standard: {standard}", standard=clip(value_words(one.kind, one.standard, locale), MOST_HINT))
        if one.standard
        else None
    )
    element = clause_element(one.kind, value, one.choices)
    block = block_id(f"{CLAUSE}{one.id}", revision)
    return field(block, one.name, element, hint=hint, is_optional=one.kind is not ClauseKind.CHOICE, is_live=True)


def clause_text(kind: ClauseKind, value: str, locale: Locale) -> str:
    """A value as somebody would type it."""
    if kind is ClauseKind.NUMBER and value:
        return str(format_decimal(Decimal(value), "0.##########", locale=locale))
    return value


def clause_element(kind: ClauseKind, value: str, choices: Sequence[str] = ()) -> InputInteractiveElement:
    """A field by what the term is; a choice that is none any more stays to be seen."""
    match kind:
        case ClauseKind.CHOICE:
            options = [Option(text=text, value=text) for text in dict.fromkeys([*choices, *filter(None, [value])])]
            chosen = next((option for option in options if option.value == value), None)
            return StaticSelectElement(action_id=Act.EDIT, options=options, initial_option=chosen)
        case ClauseKind.DATE:
            return DatePickerElement(action_id=Act.EDIT, initial_date=value or None)
    return PlainTextInputElement(
        action_id=Act.EDIT, initial_value=value or None, max_length=MOST_TEXT, dispatch_action_config=AS_TYPED
    )


def clause_change_sentences(changes: Iterable[ClauseChange]) -> list[Sentence]:
    """What changed of them."""
    listed = list(changes)
    sentences: list[Sentence] = [
        (Bold(clip(one.name, MOST_NAME)), f": {clip(one.before, MOST_VALUE)} → ", Bold(clip(one.after, MOST_VALUE)))
        for one in listed[:MOST_SHOWN]
    ]
    return sentences + ([(_("And {count} more.", count=len(listed) - MOST_SHOWN),)] if len(listed) > MOST_SHOWN else [])


def departure_sentence(departing: Sequence[Departure]) -> Sentence | None:
    """Those that are not as they are by standard."""
    if not departing:
        return None
    words = [
        f"{clip(one.name, MOST_NAME)} {clip(one.said, MOST_VALUE)} ({clip(one.standard, MOST_VALUE)})"
        for one in departing[:MOST_SHOWN]
    ]
    words += [_("{count} more", count=len(departing) - MOST_SHOWN)] if len(departing) > MOST_SHOWN else []
    return (Bold(_("Other terms")), _(" (standard in brackets): "), "; ".join(words))
