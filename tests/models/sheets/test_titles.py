"""Titles: which field, unit, total or plan they name."""

import pytest

from models.sheets.fields import Kind
from models.sheets.titles import amounts_in, is_aside, is_money, is_plan, is_total, is_word_of, split_unit, words_of


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Produktfamilie", "family"),
        ("PRODUCT_FAMILY", "family"),
        ("Sum of Bookings", "bookings"),
        ("Bookings 2026", "bookings"),
        ("Actual bookings qty", "bookings"),
        ("Auftragseingänge", "bookings"),
        ("Colour", ""),
    ],
)
def test_title_names_a_field(title: str, field: str) -> None:
    found = words_of(Kind.ACTUALS).fields_of(title)
    assert (found[0][0] if found else "") == field


def test_unit_stands_behind_a_title() -> None:
    titles = ("Load (h)", "Bookings [k]", "Bookings in Tsd.", "Orders in house", "Capacity (days)", "Capacity")
    assert [split_unit(title) for title in titles] == [
        ("Load", "h"),
        ("Bookings", "k"),
        ("Bookings", "tsd"),
        ("Orders in house", ""),
        ("Capacity", "days"),
        ("Capacity", ""),
    ]


def test_totals_are_told_from_names() -> None:
    totals = (
        "Total",
        "Tents Total",
        "Grand Total",
        "Total 2026",
        "Summe",
        "Zwischensumme Zelte",
        "Gesamtergebnis",
        "Σ",
    )
    assert [text for text in totals if not is_total(text)] == []
    assert [text for text in ("Tents", "Summit tent", "Totem", "") if is_total(text)] == []


def test_years_and_quarters_are_beside_the_months() -> None:
    assert [is_aside(text) for text in ("2026", "Q3 26", "YTD", "Aug 26")] == [True, True, True, False]


def test_money_and_plans_are_named() -> None:
    assert [is_money("Revenue", ""), is_money("Bookings", "eur"), is_money("Bookings", "k")] == [True, True, False]
    assert [is_plan(text) for text in ("Budget", "Bookings PY", "Actual")] == [True, True, False]
    assert [is_word_of("week", "KW"), is_word_of("ship_date", "Ship date"), is_word_of("week", "Month")] == [
        True,
        True,
        False,
    ]


def test_the_longest_phrase_says_what_is_measured() -> None:
    assert amounts_in(Kind.WEEKS, ["Overtime hours 2027"]) == {"overtime"}
    assert amounts_in(Kind.ACTUALS, ["Bookings and shipments"]) == {"bookings", "shipments"}
