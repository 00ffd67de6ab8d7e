"""Periods as people and spreadsheets write them."""

from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from babel.dates import format_date

from models.sheets.meanings import Grain
from models.sheets.periods import is_coarse, meaning_of, years_in

AUG, DAY = date(2026, 8, 1), date(2027, 1, 4)


@pytest.mark.parametrize(
    ("text", "first", "grain"),
    [
        ("2026-08", AUG, Grain.MONTH),
        ("202608", AUG, Grain.MONTH),
        ("08.2026", AUG, Grain.MONTH),
        ("08/26", AUG, Grain.MONTH),
        ("Aug. 26", AUG, Grain.MONTH),
        ("août 2026", AUG, Grain.MONTH),
        ("2026M08", AUG, Grain.MONTH),
        ("20260801", AUG, Grain.DAY),
        ("2026-08-01T00:00:00Z", AUG, Grain.DAY),
        ("Sat, 1 Aug 2026", AUG, Grain.DAY),
        ("August 1st, 2026", AUG, Grain.DAY),
        ("1. August 2026", AUG, Grain.DAY),
        ("46235", AUG, Grain.DAY),
        ("Mo 04.01.2027", DAY, Grain.DAY),
        ("w/c 4 Jan 2027", DAY, Grain.DAY),
        ("KW 1/2027", DAY, Grain.WEEK),
        ("2027-W01-1", DAY, Grain.WEEK),
        ("202653", date(2026, 12, 28), Grain.WEEK),
        ("04.01.-10.01.2027", DAY, Grain.WEEK),
        ("Jan 4 - Jan 10, 2027", DAY, Grain.WEEK),
        ("1/3/2027 - 1/9/2027", None, None),
    ],
)
def test_text_means_a_period(text: str, first: date | None, grain: Grain | None) -> None:
    meaning = meaning_of(text)
    period = meaning.day_first if meaning else None
    assert (period and period.first, period and period.grain) == (first, grain)


def test_day_or_month_may_stand_first() -> None:
    meaning, only = meaning_of("1/4/2027"), meaning_of("13/4/2027")
    assert meaning is not None and meaning.day_first is not None and meaning.month_first is not None
    assert (meaning.day_first.first, meaning.month_first.first) == (date(2027, 4, 1), DAY)
    assert only is not None and only.month_first is None


@pytest.mark.parametrize("text", ["", "Total", "Aug 5", "2026", "Q3 2026", "1180", "32.01.2027", "x" * 61, "2026-13"])
def test_what_is_no_period_is_none(text: str) -> None:
    assert meaning_of(text) is None


def test_numbers_are_days_of_either_calendar_of_spreadsheets() -> None:
    days = [meaning_of(Decimal(46235)), meaning_of(Decimal(46235 - 1462), is_1904=True), meaning_of(Decimal(202608))]
    assert [meaning and meaning.day_first and meaning.day_first.first for meaning in days] == [AUG] * 3


def test_months_and_weeks_without_year_are_lone() -> None:
    assert [meaning and meaning.lone for meaning in map(meaning_of, ("Aug", "Oktober", "KW 1", "W01"))] == [
        "M8", "M10", "W1", "W01"
    ]  # fmt: skip


def test_what_is_longer_than_a_month_is_coarse() -> None:
    assert [is_coarse(text) for text in ("Q3 26", "2026", "H1 2026", "2026 Q3", "Aug 26", "")] == [True] * 4 + [
        False
    ] * 2


def test_years_are_named_but_for_the_day_of_writing() -> None:
    texts = ["Bookings 2026", "Exported 2025-11-02", "as of 2.11.2024", "2023-01-05", "Stand November 2022"]
    assert years_in(texts) == {2026}


@pytest.mark.parametrize("language", ["en_US", "en_GB", "de_DE", "de_AT", "fr_FR", "it_IT", "es_ES", "nl_NL"])
@pytest.mark.parametrize(
    "form", ["MMM yyyy", "MMMM yyyy", "MMM yy", "LLL yyyy", "d MMM yyyy", "EEE d MMM yyyy", "d. MMMM yyyy"]
)
def test_all_months_are_known_as_each_language_writes_them(language: str, form: str) -> None:
    locale = Locale.parse(language)
    months = [date(2026, month, 1) for month in range(1, 13)]
    meanings = [meaning_of(format_date(month, form, locale=locale)) for month in months]
    assert [meaning and meaning.day_first and meaning.day_first.first for meaning in meanings] == months
