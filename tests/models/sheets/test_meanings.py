"""Periods from their numbers, where there is such a day."""

from datetime import date

from models.sheets.meanings import Grain, Meaning, Period, day_of, either, month_of_year, sure, week_of_year


def test_periods_are_named_by_their_first_day() -> None:
    assert day_of("26", "8", "31") == Period(date(2026, 8, 31), Grain.DAY)
    assert month_of_year("2026", "08") == Period(date(2026, 8, 1), Grain.MONTH)
    assert week_of_year("2027", "1") == Period(date(2027, 1, 4), Grain.WEEK)


def test_there_is_no_such_day() -> None:
    assert [
        day_of("2026", "2", "30"),
        month_of_year("2026", "13"),
        week_of_year("2027", "53"),
        day_of("1999", "1", "1"),
    ] == [None] * 4


def test_a_meaning_is_open_where_the_order_matters() -> None:
    first, second = day_of("2026", "8", "1"), day_of("2026", "1", "8")
    assert [m.is_open for m in (Meaning(first, second), Meaning(first, first), Meaning(first, None))] == [
        True,
        False,
        False,
    ]
    assert (sure(None), either(None, None), either(first, None)) == (None, None, Meaning(first, None))
    assert Meaning(first, None).as_ending() == Meaning(Period(date(2026, 8, 1), Grain.DAY, ending=True), None)
