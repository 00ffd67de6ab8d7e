"""What terms beyond the lines of a deal may be: of which kind, as text that is kept, and as people read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberFormatError, format_decimal, parse_decimal

from models.base.errors import Refused
from models.base.language import _

LARGEST = 10**12
MOST_DECIMALS = 6
MOST_CHOICES = 20
MOST_CHOICE = 75
MOST_TEXT = 300
MOST_NAME = 60


class ClauseKind(StrEnum):
    """What a clause is filled in with."""

    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True)
class GivenClause:
    """A clause as somebody defines it; `standard` is plain, and empty where nothing is standard."""

    name: str
    kind: ClauseKind
    standard: str = ""
    choices: tuple[str, ...] = ()


def plain_value(
    kind: ClauseKind, text: str, locale: Locale, *, choices: Sequence[str] = (), field: str | None = None
) -> str:
    """What was typed, as it is kept: a choice as it reads, a number in plain digits, a date by ISO 8601.

    Refused where it is none of these; nothing typed is nothing.
    """
    text = " ".join(text.split())[:MOST_TEXT]
    if not text:
        return ""
    match kind:
        case ClauseKind.CHOICE if text not in choices:
            raise Refused(_("Choose one of the list."), field=field)
        case ClauseKind.NUMBER:
            try:
                number = parse_decimal(text, locale=locale)
            except (NumberFormatError, ArithmeticError):
                number = Decimal("NaN")
            if not number.is_finite() or abs(number) >= LARGEST or round(number, MOST_DECIMALS) != number:
                raise Refused(_("A number, such as 24."), field=field)
            return f"{number.normalize():f}"
        case ClauseKind.DATE:
            try:
                return date.fromisoformat(text).isoformat()
            except ValueError:
                raise Refused(_("Choose a date."), field=field) from None
    return text


def value_words(kind: ClauseKind, value: str, locale: Locale) -> str:
    """A value as people read it."""
    if not value:
        return "none"
    match kind:
        case ClauseKind.NUMBER:
            return str(format_decimal(Decimal(value), locale=locale))
        case ClauseKind.DATE:
            return str(format_date(date.fromisoformat(value), "medium", locale=locale))
    return value


def check_clause(given: GivenClause) -> None:
    """Refuse what cannot be filled in."""
    if not given.name.strip():
        raise Refused(_("What is it called?"), field="name")
    if len(given.name) > MOST_NAME:
        raise Refused(_("A name has at most {most_name} characters.", most_name=MOST_NAME), field="name")
    if given.kind is not ClauseKind.CHOICE:
        return
    if not 2 <= len(set(given.choices)) <= MOST_CHOICES:
        raise Refused(_("From two to {most_choices} choices, a line each.", most_choices=MOST_CHOICES), field="choices")
    if any(len(one) > MOST_CHOICE for one in given.choices):
        raise Refused(_("A choice has at most {most_choice} characters.", most_choice=MOST_CHOICE), field="choices")
    if given.standard not in given.choices:
        raise Refused(_("The standard is one of the choices."), field="standard")
