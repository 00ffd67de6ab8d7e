"""Columns of amounts: across, by title, or the only numbers."""

from models.sheets.amount_columns import amount_columns
from models.sheets.layout import lay_out
from tests.models.sheets.reading import Reading, read


def found(reading: Reading) -> list[tuple[str, str]]:
    return [(column.title, column.amount) for column in lay_out(reading.board).amounts]


def test_periods_across_leave_totals_out() -> None:
    reading = read("Family;Aug 26;Sep 26;Total", "Tents;1;2;3", measure="bookings")
    assert found(reading) == [("Aug 26", "bookings"), ("Sep 26", "bookings")]


def test_title_that_is_neither_period_nor_name_is_asked() -> None:
    period, name = (
        read("Family;Aug 26;Spe 26;Oct 26", "Tents;1;2;3", measure="bookings"),
        read("Month;Tents;Sheltrs", "2026-08;1;2", measure="bookings"),
    )
    assert (found(period), period.asked) == ([("Aug 26", "bookings"), ("Oct 26", "bookings")], ["across:Spe 26"])
    assert (found(name), name.asked) == ([("Tents", "bookings"), ("Sheltrs", "bookings")], ["name:family:Sheltrs"])


def test_likeliest_title_counts_and_equal_ones_are_asked() -> None:
    assert found(read("family,month,orders,bookings", "Tents,2026-08,1,2")) == [("bookings", "bookings")]
    twice = read("family,month,bookings,Bookings", "Tents,2026-08,1,2")
    assert (found(twice), twice.asked) == ([], ["which:bookings"])


def test_numbers_below_another_title_are_asked() -> None:
    one = read("family,month,price,colours", "Tents,2026-08,400,7", measure="bookings")
    assert (found(one), one.asked) == ([("colours", "bookings")], ["which:amount"])
    several = read("family,month,colours,shapes", "Tents,2026-08,400,7", measure="bookings")
    assert (found(several), several.asked) == ([], ["which:amount"])


def test_what_is_measured_is_asked_where_nothing_says_it() -> None:
    reading = read("Family;Aug 26", "Tents;1")
    assert (amount_columns(reading.board, "", has_measures=False), reading.asked) == ((), ["measure"])
