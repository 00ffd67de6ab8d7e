"""Numbers, money and weeks as a person reads them, in the person's locale."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_skeleton, format_time, get_timezone
from babel.numbers import format_currency, format_decimal, get_decimal_symbol

from models.base.arithmetic import half_up
from models.base.language import ENGLISH, language, ngettext


def plain_number(number: str) -> str:
    """A number as the reader's language writes it, without signs between thousands."""
    return number.replace(".", get_decimal_symbol(language()))


def locale_of(name: str) -> Locale:
    """The locale that Slack names, or English."""
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en", "US")


def in_language(language: str, territory: str | None) -> Locale:
    """A language with the numbers and dates of a country; where those two are not known together, its own."""
    try:
        return Locale(language, territory)
    except UnknownLocaleError:
        return Locale(language, "US" if language == ENGLISH else None)


def company_locale(country: str | None) -> Locale:
    """The language of whoever reads, with the numbers and dates of the company's country, where that is known."""
    return in_language(language(), country or "US")


class HasCurrency(Protocol):
    """A company or a workspace: it has one currency."""

    @property
    def currency(self) -> str:
        """By ISO 4217."""

    @property
    def places(self) -> int:
        """Decimals of its minor unit."""


@dataclass(frozen=True)
class Coinage:
    """A currency by itself: for what is shown after the rows are closed."""

    currency: str
    places: int


def money_text(company: HasCurrency, minor: int, locale: Locale) -> str:
    """Money; whole amounts without decimals."""
    value = Decimal(minor).scaleb(-company.places)
    places = 0 if value == value.to_integral_value() else company.places
    standard = locale.currency_formats["standard"].pattern
    pattern = standard.replace(".00", "." + "0" * places if places else "")
    return format_currency(value, company.currency, pattern, locale=locale, currency_digits=False)


def whole_money_text(company: HasCurrency, minor: int, locale: Locale) -> str:
    """Money of a plan: whole units of the currency."""
    scale = 10**company.places
    return money_text(company, half_up(Fraction(minor, scale)) * scale, locale)


def amount_words(thousandths: int, unit: str, locale: Locale) -> str:
    """An amount of a resource with its unit."""
    number = format_decimal(Decimal(thousandths).scaleb(-3).normalize(), "#,##0.###", locale=locale)
    return f"{number} {plural(unit, thousandths == 1000)}"


def quantity_words(quantity: int, unit: str, locale: Locale) -> str:
    """A quantity of an offer with its unit."""
    times = " ×" if unit[:1].isdigit() else ""
    return f"{format_decimal(quantity, locale=locale)}{times} {plural(unit, quantity == 1)}"


def plural(unit: str, is_one: bool) -> str:
    """A unit as its reader counts it; what is no usual unit stays in other languages as the company writes it."""
    if language() == ENGLISH:
        return english_plural(unit, is_one=is_one)
    number = 1 if is_one else 2
    usual = {
        "hour": ngettext("hour", "hours", number),
        "day": ngettext("day", "days", number),
        "piece": ngettext("piece", "pieces", number),
        "seat": ngettext("seat", "seats", number),
        "metre": ngettext("metre", "metres", number),
        "licence": ngettext("licence", "licences", number),
        "tent": ngettext("tent", "tents", number),
        "unit": ngettext("unit", "units", number),
    }
    return usual.get(unit, unit)


def english_plural(unit: str, *, is_one: bool = False) -> str:
    """English units take an s, canopies too; what is abbreviated, has a number in it or ends in s stays."""
    if is_one or len(unit) < 3 or unit.endswith("s") or any(map(str.isdigit, unit)):
        return unit
    return f"{unit[:-1]}ies" if unit.endswith("y") and unit[-2] not in "aeiou" else f"{unit}s"


def share_text(share: Fraction) -> str:
    """A share as whole percents."""
    return f"{half_up(share * 100)} %"


def decimal_text(value: float | Decimal | Fraction, places: int) -> str:
    """A number with so many decimals, as its reader writes them."""
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(round(float(value), places), pattern, locale=in_language(language(), None))


def signed_text(share: Fraction) -> str:
    """The same with its sign, and a minus that is as wide as the plus."""
    return f"{half_up(share * 100):+} %".replace("-", "−")


def week_text(week: date, locale: Locale) -> str:
    """A week by its Monday, with the year only where it is not obvious."""
    return format_skeleton("MMMd", week, locale=locale)


def month_text(month: date, locale: Locale) -> str:
    """A month with its year."""
    return str(format_skeleton("yMMM", month, locale=locale))


def instant_text(at: datetime, timezone: str, locale: Locale) -> str:
    """An instant where the reader is."""
    local = at.astimezone(get_timezone(timezone))
    return f"{week_text(local.date(), locale)}, {format_time(local, 'short', locale=locale)}"
