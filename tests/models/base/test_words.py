"""Numbers, money and dates as a person reads them."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from babel import Locale

from models.base.words import (
    Coinage,
    amount_words,
    company_locale,
    instant_text,
    locale_of,
    money_text,
    month_text,
    plural,
    quantity_words,
    share_text,
    signed_text,
    week_text,
    whole_money_text,
)

US, GB, DE, JP = Locale("en", "US"), Locale("en", "GB"), Locale("de", "DE"), Locale("ja", "JP")
USD, JPY, KWD = Coinage("USD", 2), Coinage("JPY", 0), Coinage("KWD", 3)


@pytest.mark.parametrize(
    ("name", "locale"), [("de-DE", DE), ("en-GB", GB), ("xx-XX", US), ("", US), ("not a locale", US)]
)
def test_locale_that_nobody_knows_is_english(name: str, locale: Locale) -> None:
    assert locale_of(name) == locale


@pytest.mark.parametrize(("country", "locale"), [("GB", GB), ("US", US), (None, US), ("XX", US)])
def test_company_speaks_english_with_the_numbers_of_its_country(country: str | None, locale: Locale) -> None:
    assert company_locale(country) == locale


@pytest.mark.parametrize(
    ("coinage", "minor", "locale", "text"),
    [
        (USD, 231_000, US, "$2,310"),
        (USD, 231_050, US, "$2,310.50"),
        (USD, 0, US, "$0"),
        (USD, 5, US, "$0.05"),
        (USD, -4_050, US, "-$40.50"),
        (USD, 231_050, DE, "2.310,50\xa0$"),
        (USD, 231_000, DE, "2.310\xa0$"),
        (JPY, 231_050, US, "¥231,050"),
        (KWD, 1_200_505, DE, "1.200,505\xa0KWD"),
        (KWD, 1_200_000, DE, "1.200\xa0KWD"),
    ],
)
def test_money_has_its_decimals_only_where_they_are(coinage: Coinage, minor: int, locale: Locale, text: str) -> None:
    assert money_text(coinage, minor, locale) == text


@pytest.mark.parametrize(
    ("minor", "text"), [(149, "$1"), (150, "$2"), (-150, "-$1"), (-151, "-$2"), (49, "$0"), (0, "$0")]
)
def test_money_of_a_plan_is_whole_and_rounds_halves_up(minor: int, text: str) -> None:
    assert whole_money_text(USD, minor, US) == text


@pytest.mark.parametrize(
    ("thousandths", "unit", "text"),
    [
        (1_000, "hour", "1 hour"),
        (62_500, "hour", "62.5 hours"),
        (1, "hour", "0.001 hours"),
        (0, "hour", "0 hours"),
        (1_234_000, "kg", "1,234 kg"),
        (2_000, "press", "2 press"),
    ],
)
def test_amount_comes_with_its_unit(thousandths: int, unit: str, text: str) -> None:
    assert amount_words(thousandths, unit, US) == text


def test_quantity_comes_with_its_unit() -> None:
    words = [quantity_words(quantity, "tent", US) for quantity in (0, 1, 2, 12_000)]
    assert words == ["0 tents", "1 tent", "2 tents", "12,000 tents"]
    assert quantity_words(12_000, "tent", DE) == "12.000 tents"


@pytest.mark.parametrize(("unit", "many"), [("visit", "visits"), ("kg", "kg"), ("glass", "glass"), ("set", "sets")])
def test_one_unit_is_as_it_is_named(unit: str, many: str) -> None:
    assert (plural(unit, True), plural(unit, False)) == (unit, many)


def test_shares_are_whole_percents_halves_up() -> None:
    assert [share_text(Fraction(n, 1000)) for n in (0, 4, 5, 125, 1000)] == ["0 %", "0 %", "1 %", "13 %", "100 %"]
    assert [signed_text(Fraction(n, 100)) for n in (12, 0, -12)] == ["+12 %", "+0 %", "−12 %"]


def test_dates_are_written_as_the_reader_writes_them() -> None:
    day = date(2027, 1, 4)
    assert [week_text(day, locale) for locale in (US, GB, DE, JP)] == ["Jan 4", "4 Jan", "4. Jan.", "1月4日"]
    assert [month_text(day, locale) for locale in (US, DE)] == ["Jan 2027", "Jan. 2027"]


def test_instant_is_told_where_the_reader_is() -> None:
    at = datetime(2027, 1, 4, 2, 30, tzinfo=UTC)
    assert instant_text(at, "America/Denver", US) == "Jan 3, 7:30\N{NARROW NO-BREAK SPACE}PM"
    assert instant_text(at, "Europe/Berlin", DE) == "4. Jan., 03:30"
