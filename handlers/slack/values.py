"""What a person typed or chose, as values: numbers in the person's locale; a refusal names the field."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from babel import Locale
from babel.numbers import NumberFormatError, format_decimal, parse_decimal

from models.base.errors import Refused
from models.base.language import _

Choice = TypeVar("Choice", bound=StrEnum)
MOST_DIGITS = 18
MOST_ID = 2**31 - 1
YEARS = range(2000, 2100)
NUMBER = re.compile(r"-?\d[\d.,'’ \u00a0\u202f]{0,24}", re.ASCII)


def read_choice(choices: type[Choice], text: str, field: str) -> Choice:
    """One of the choices of a form."""
    try:
        return choices(text)
    except ValueError:
        raise Refused(_("Choose one."), field=field) from None


def whole(text: str, *, most: int = MOST_ID) -> int | None:
    """A whole number of 0 or more in plain digits; None where it is none, or more than there can be."""
    number = int(text) if _is_whole(text) else most + 1
    return number if number <= most else None


def read_day(text: str, field: str) -> date:
    """A day that was chosen; one that no plan reaches is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused(_("Choose a date."), field=field) from None
    if day.year not in YEARS:
        raise Refused(_("Choose a date from {years} to {years_2}.", years=YEARS[0], years_2=YEARS[-1]), field=field)
    return day


def read_time(text: str, field: str) -> time:
    """A time of the day that was chosen."""
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise Refused(_("Choose a time."), field=field) from None


def read_instant(text: str, field: str) -> datetime:
    """A day and a time that were chosen, which Slack tells in seconds."""
    try:
        return datetime.fromtimestamp(int(text if _is_whole(text) else ""), UTC)
    except (ValueError, OverflowError, OSError):
        raise Refused(_("Choose a day and a time."), field=field) from None


def read_whole(text: str, field: str, *, most: int) -> int:
    """A whole number from 1 on."""
    number = whole(text, most=most)
    if not number:
        raise Refused(_("A whole number from 1 to {most}.", most=most), field=field)
    return number


def read_units(text: str, field: str) -> int:
    """A whole number of 0 or more."""
    number = whole(text, most=10**9)
    if number is None:
        raise Refused(_("A whole number of 0 or more."), field=field)
    return number


def read_change(text: str, locale: Locale, field: str) -> Fraction:
    """A change in percent, up or down."""
    number = number_of(text.strip().removesuffix("%").strip().removeprefix("+"), locale)
    if number is None or not -100 <= number <= 1000:
        raise Refused(_("A percentage from -100 to 1000, such as 10 or -5."), field=field)
    return Fraction(number)


def read_quantity(text: str, locale: Locale) -> int:
    """A whole number of 1 or more."""
    number = number_of(text, locale)
    if number is None or number != number.to_integral_value() or not 1 <= number <= 10**9:
        raise Refused(_("A whole number of 1 or more, such as 200."))
    return int(number)


def read_percent(text: str, locale: Locale, field: str) -> int:
    """A share in percent, with or without its sign, in ten-thousandths."""
    number = number_of(text.strip().removesuffix("%").strip(), locale)
    share = number.scaleb(2) if number is not None else None
    if share is None or not 0 <= share <= 10_000 or share != share.to_integral_value():
        example = format_decimal(Decimal("12.5"), locale=locale)
        raise Refused(_("A percentage with at most 2 decimals, such as {example}.", example=example), field=field)
    return int(share)


def read_amount(text: str, locale: Locale, field: str) -> int | None:
    """An amount of a resource in thousandths; nothing typed is the usual."""
    if not text.strip():
        return None
    number = number_of(text, locale)
    thousandths = number.scaleb(3) if number is not None else None
    if thousandths is None or not 0 <= thousandths <= 10**12 or thousandths != thousandths.to_integral_value():
        raise Refused(_("A number of 0 or more with at most 3 decimals, such as 320."), field=field)
    return int(thousandths)


def format_amount(thousandths: int, locale: Locale) -> str:
    """An amount as the person would type it."""
    return str(format_decimal(Decimal(thousandths).scaleb(-3), "0.###", locale=locale))


def number_of(text: str, locale: Locale) -> Decimal | None:
    """A number as the person's locale writes it; None where it is none."""
    if not NUMBER.fullmatch(text.strip()):
        return None
    try:
        return parse_decimal(text.strip(), locale=locale, strict=True)
    except NumberFormatError:
        return None


def _is_whole(text: str) -> bool:
    """Python refuses to read thousands of digits; nobody means them."""
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
