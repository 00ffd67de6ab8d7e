"""What a person typed or chose becomes a value, by the locale; a refusal names the field and what would be right."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from babel import Locale

from handlers.slack.values import (
    format_amount,
    number_of,
    read_amount,
    read_change,
    read_choice,
    read_day,
    read_instant,
    read_percent,
    read_quantity,
    read_time,
    read_units,
    read_whole,
)
from models.base.errors import Refused
from models.deals.deciding import LossReason

US, DE, CH, FR = Locale("en", "US"), Locale("de", "DE"), Locale("de", "CH"), Locale("fr", "FR")
NO_QUANTITY = "A whole number of 1 or more, such as 200."


@pytest.mark.parametrize(
    ("locale", "text", "number"),
    [
        (US, "1,432.50", Decimal("1432.50")),
        (DE, "1.432,50", Decimal("1432.50")),
        (CH, "1’432.50", Decimal("1432.50")),
        (FR, "1\u202f432,50", Decimal("1432.50")),
        (DE, " -0,5 ", Decimal("-0.5")),
        # What means something else elsewhere, or nothing at all, is none.
        *((US, text, None) for text in ("", "1.432,50", "1432,5", "1,43", "1 432", "1e3", "٣", "0x1", "1" * 27)),
        *((DE, text, None) for text in ("1,432.50", "1.43", "+1", "1-", "NaN")),
    ],
)
def test_number_is_one_of_the_locale_or_none(locale: Locale, text: str, number: Decimal | None) -> None:
    assert number_of(text, locale) == number


@pytest.mark.parametrize(
    ("locale", "text", "quantity"),
    [
        (US, "1", 1),
        (US, " 200 ", 200),
        (US, "1,000", 1_000),
        (US, "200.0", 200),
        (US, "1000000000", 1_000_000_000),
        (DE, "200", 200),
        (DE, "1.000", 1_000),
    ],
)
def test_quantity_is_read_by_the_locale(locale: Locale, text: str, quantity: int) -> None:
    assert read_quantity(text, locale) == quantity


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        *((US, text) for text in ("", "0", "-1", "1.5", "1,5", "1 000", "two", "²", "10%", "nan", "sNaN", "inf")),
        *((US, text) for text in ("1000000001", "1e999999", "200 tents", "=1+1")),
        pytest.param(US, "9" * 3000, id="3,000 digits"),
        (DE, "1,5"),
        (DE, "1.5"),
    ],
)
def test_quantity_that_is_none_is_refused(locale: Locale, text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_quantity(text, locale)
    assert refused.value.sentence == NO_QUANTITY


def test_choice_is_one_of_those_offered() -> None:
    assert read_choice(LossReason, "delivery date", "reason") is LossReason.DATE
    for text in ("", "DATE", "Delivery date", "weather"):
        with pytest.raises(Refused) as refused:
            read_choice(LossReason, text, "reason")
        assert (refused.value.sentence, refused.value.field) == ("Choose one.", "reason")


@pytest.mark.parametrize(
    ("locale", "text", "share"),
    [
        (US, "12.5", 1250),
        (US, "12.5 %", 1250),
        (DE, "12,5%", 1250),
        (FR, "12,5 %", 1250),
        (US, "0", 0),
        (US, "100", 10_000),
    ],
)
def test_percentage_is_a_share_in_ten_thousandths(locale: Locale, text: str, share: int) -> None:
    assert read_percent(text, locale, "floor") == share


@pytest.mark.parametrize(("locale", "example"), [(US, "12.5"), (DE, "12,5")])
def test_percentage_that_is_none_is_refused_with_an_example_of_the_locale(locale: Locale, example: str) -> None:
    for text in ("", "%", "-1", "100.01", "100,01", "12.345", "12,345", "12 %%", "a"):
        with pytest.raises(Refused) as refused:
            read_percent(text, locale, "floor")
        sentence = f"A percentage with at most 2 decimals, such as {example}."
        assert (refused.value.sentence, refused.value.field) == (sentence, "floor")


@pytest.mark.parametrize(
    ("locale", "text", "change"),
    [(US, "+10%", 10), (US, "-5", -5), (DE, "2,5 %", Fraction(5, 2)), (US, "-100", -100), (US, "1,000 %", 1000)],
)
def test_change_is_an_exact_percentage(locale: Locale, text: str, change: Fraction) -> None:
    assert read_change(text, locale, "change") == change


@pytest.mark.parametrize(
    ("locale", "text", "thousandths"),
    [(US, "320", 320_000), (US, "1,000.125", 1_000_125), (DE, "0,5", 500), (US, "0", 0), (US, "  ", None)],
)
def test_amount_is_in_thousandths_and_nothing_typed_is_the_usual(
    locale: Locale, text: str, thousandths: int | None
) -> None:
    assert read_amount(text, locale, "available") == thousandths


@pytest.mark.parametrize("thousandths", [0, 1, 500, 320_000, 1_000_125, 10**12])
@pytest.mark.parametrize("locale", [US, DE, CH, FR], ids=str)
def test_amount_that_is_shown_is_read_back(locale: Locale, thousandths: int) -> None:
    assert read_amount(format_amount(thousandths, locale), locale, "available") == thousandths


READ: dict[str, tuple[Callable[[str], Any], str]] = {
    "day": (lambda text: read_day(text, "at"), "Choose a date."),
    "time": (lambda text: read_time(text, "at"), "Choose a time."),
    "whole": (lambda text: read_whole(text, "at", most=23), "A whole number from 1 to 23."),
    "units": (lambda text: read_units(text, "at"), "A whole number of 0 or more."),
    "change": (lambda text: read_change(text, US, "at"), "A percentage from -100 to 1000, such as 10 or -5."),
    "amount": (
        lambda text: read_amount(text, US, "at"),
        "A number of 0 or more with at most 3 decimals, such as 320.",
    ),
}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *(("day", text) for text in ("", "soon", "2027-02-30", "18 Jan")),
        *(("time", text) for text in ("", "24:01", "9 o’clock")),
        *(("whole", text) for text in ("", "0", "24", "-1", "1.0", "²", "٣", "9" * 3000)),
        *(("units", text) for text in ("", "-1", "1,000", "1000000001", "²", "9" * 3000)),
        *(("change", text) for text in ("", "%", "-100.1", "1001", "ten", "++5", "10.5.5")),
        *(("amount", text) for text in ("-1", "0.0001", "1000000000.001", "many")),
    ],
    ids=lambda value: value[:20],
)
def test_what_is_none_is_refused_under_its_field(kind: str, text: str) -> None:
    read, sentence = READ[kind]
    with pytest.raises(Refused) as refused:
        read(text)
    assert (refused.value.sentence, refused.value.field) == (sentence, "at")


def test_what_a_picker_gives_is_read() -> None:
    values = [
        read_day("2027-01-18", "at"),
        read_time("09:30", "at"),
        read_whole("23", "at", most=23),
        read_units("0", "at"),
    ]
    assert values == [date(2027, 1, 18), time(9, 30), 23, 0]


def test_instant_is_the_seconds_that_slack_tells() -> None:
    assert read_instant("1795536000", "call") == datetime(2026, 11, 24, 16, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "soon", "-1", "²", "9" * 18, "9" * 20, "9" * 5000])
def test_instant_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_instant(text, "call")
    assert (refused.value.sentence, refused.value.field) == ("Choose a day and a time.", "call")


@pytest.mark.parametrize("read", [read_units, partial(read_whole, most=9)])
def test_thousands_of_digits_are_refused_as_any_other_number(read: Callable[[str, str], int]) -> None:
    with pytest.raises(Refused):
        read("9" * 5000, "lag")
