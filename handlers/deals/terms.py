"""From what a person typed to terms: numbers in the person's locale, a price or a discount."""

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from babel import Locale
from babel.numbers import NumberFormatError, format_decimal, get_currency_symbol, parse_decimal

from handlers.slack.forms import LineDraft, TermsDraft
from models.base.arithmetic import half_up, monday
from models.base.errors import BadForm, Refused
from models.company.offers import OfferRow, offers_by_id
from models.deals.terms import TermLine, Terms
from models.workspace.workspaces import Workspace

T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)
NUMBER = re.compile(r"-?\d[\d.,'’ \u00a0\u202f]{0,24}", re.ASCII)
PERCENT = re.compile(r"^\s*([\d.,]+)\s*%\s*(?:off)?\s*$")


def read_terms(workspace: Workspace, draft: TermsDraft, locale: Locale) -> Terms:
    """Read terms; every mistake is named under its field. A line that is empty does not count."""
    errors: dict[str, str] = {}
    lines = [(n, line) for n, line in enumerate(draft.lines) if not line.is_empty or len(draft.lines) == 1]
    read = [_read_line(workspace, n, line, locale, errors) for n, line in lines]
    if errors:
        raise BadForm(errors)
    return Terms(tuple(line for line in read if line), draft.note)


def _read_line(
    workspace: Workspace, number: int, line: LineDraft, locale: Locale, errors: dict[str, str]
) -> TermLine | None:
    offer = _field(errors, f"offer.{number}", lambda: _offer(workspace, line))
    quantity = _field(errors, f"quantity.{number}", lambda: read_quantity(line.quantity, locale))
    day = _field(errors, f"date.{number}", lambda: _day(line.day))
    if offer is None:
        return None
    price = _field(errors, f"price.{number}", lambda: read_price(line.price, workspace, offer, locale))
    if quantity is None or day is None or price is None:
        return None
    return TermLine(offer.id, quantity, price, monday(day))


def read_choice(choices: type[Choice], text: str, field: str) -> Choice:
    """One of the choices of a form."""
    try:
        return choices(text)
    except ValueError:
        raise Refused("Choose one.", field=field) from None


def read_day(text: str, field: str) -> date:
    """A day that was chosen."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("Choose a date.", field=field) from None


def read_time(text: str, field: str) -> time:
    """A time of the day that was chosen."""
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise Refused("Choose a time.", field=field) from None


def read_whole(text: str, field: str, *, most: int) -> int:
    """A whole number from 1 on."""
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= most:
        raise Refused(f"A whole number from 1 to {most}.", field=field)
    return int(text)


def read_units(text: str, field: str) -> int:
    """A whole number of 0 or more."""
    if not (text.isascii() and text.isdecimal()) or int(text) > 10**9:
        raise Refused("A whole number of 0 or more.", field=field)
    return int(text)


def read_change(text: str, locale: Locale, field: str) -> Fraction:
    """A change in percent, up or down."""
    number = _number(text.strip().removesuffix("%").strip().removeprefix("+"), locale)
    if number is None or not -100 <= number <= 1000:
        raise Refused("A percentage from -100 to 1000, such as 10 or -5.", field=field)
    return Fraction(number)


def read_quantity(text: str, locale: Locale) -> int:
    """A whole number of 1 or more."""
    number = _number(text, locale)
    if number is None or number != number.to_integral_value() or not 1 <= number <= 10**9:
        raise Refused("A whole number of 1 or more, such as 200.")
    return int(number)


def read_percent(text: str, locale: Locale, field: str) -> int:
    """A share in percent, with or without its sign, in ten-thousandths."""
    number = _number(text.strip().removesuffix("%").strip(), locale)
    share = number.scaleb(2) if number is not None else None
    if share is None or not 0 <= share <= 10_000 or share != share.to_integral_value():
        example = format_decimal(Decimal("12.5"), locale=locale)
        raise Refused(f"A percentage with at most 2 decimals, such as {example}.", field=field)
    return int(share)


def read_amount(text: str, locale: Locale, field: str) -> int | None:
    """An amount of a resource in thousandths; nothing typed is the usual."""
    if not text.strip():
        return None
    number = _number(text, locale)
    thousandths = number.scaleb(3) if number is not None else None
    if thousandths is None or not 0 <= thousandths <= 10**12 or thousandths != thousandths.to_integral_value():
        raise Refused("A number of 0 or more with at most 3 decimals, such as 320.", field=field)
    return int(thousandths)


def format_amount(thousandths: int, locale: Locale) -> str:
    """An amount as the person would type it."""
    return str(format_decimal(Decimal(thousandths).scaleb(-3), "0.###", locale=locale))


def read_price(text: str, workspace: Workspace, offer: OfferRow, locale: Locale) -> int:
    """A price for one unit, or a discount in percent off the list price; nothing typed is the list price."""
    if not text.strip():
        return offer.list_price
    percent = PERCENT.match(text)
    if percent:
        share = _number(percent[1], locale)
        if share is None or not 0 <= share <= 100:
            raise Refused("A discount is from 0% to 100%.")
        return half_up(offer.list_price * (1 - Fraction(share) / 100))
    price = _number(_without_currency(text, workspace.currency, locale), locale)
    minor = price.scaleb(workspace.places) if price is not None else None
    if minor is None or minor < 0 or minor != minor.to_integral_value() or minor > 10**12:
        raise Refused("A price for one unit, such as 432, or a discount, such as 10%.")
    return int(minor)


def _offer(workspace: Workspace, line: LineDraft) -> OfferRow:
    if not line.offer.isdigit():
        raise Refused("Choose an offer.")
    return offers_by_id(workspace, [int(line.offer)])[int(line.offer)]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("Choose a date.") from None


def _number(text: str, locale: Locale) -> Decimal | None:
    if not NUMBER.fullmatch(text.strip()):
        return None
    try:
        return parse_decimal(text.strip(), locale=locale, strict=True)
    except NumberFormatError:
        return None


def _without_currency(text: str, currency: str, locale: Locale) -> str:
    for mark in (currency, get_currency_symbol(currency, locale=locale)):
        text = text.replace(mark, "")
    return text


def _field(errors: dict[str, str], field: str, read: Callable[[], T]) -> T | None:
    try:
        return read()
    except Refused as refused:
        errors[field] = refused.sentence
        return None
