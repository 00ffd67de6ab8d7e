"""Headers: the row, or the two rows, that name the columns."""

from tests.models.sheets.reading import read


def test_header_stands_below_titles() -> None:
    header = read("Bookings report,,", "as of today,,", "family,month,bookings", "Tents,2026-08,1").header
    assert (header.row, [column.title for column in header.columns]) == (2, ["family", "month", "bookings"])
    assert header.texts == ("", "Bookings report", "as of today")
    assert header.is_complete


def test_header_of_two_rows_is_read_together() -> None:
    header = read(";2026;", "Family;Aug;Sep", "Tents;1;2").header
    periods = [column.period and column.period.day_first for column in header.columns]
    assert (header.row, [period and str(period.first) for period in periods]) == (1, [None, "2026-08-01", "2026-09-01"])


def test_measures_stand_below_months_or_above() -> None:
    for lines in ((";Aug 26;", "Family;Bookings;Shipments"), (";Bookings;Shipments", "Family;Aug 26;Aug 26")):
        columns = read(*lines, "Tents;1;2").header.columns
        assert [column.amount for column in columns] == ["", "bookings", "shipments"]
        assert [column.period is not None for column in columns] == [False, True, True]


def test_totals_years_and_plans_are_beside() -> None:
    columns = read("Family;Aug 26;Aug 26 Plan;2026;Total", "Tents;1;2;3;4").header.columns
    assert [column.is_aside for column in columns] == [False, False, True, True, True]


def test_table_without_titles_has_no_header() -> None:
    header = read("Tents,2026-08,1180", "Tents,2026-09,940").header
    assert (header.row, header.is_complete, header.is_named) == (-1, False, False)
