"""Amounts of a table: one decimal mark for all, units and what is not clear."""

from models.sheets.fields import SHAPES, Kind
from tests.models.sheets.reading import Reading, read

BOOKINGS = SHAPES[Kind.ACTUALS].by_name["bookings"]


def amounts(reading: Reading) -> list[int | None]:
    context = reading.context
    (column,) = context.layout.amounts
    rows = context.grid.rows[1:]
    values = [context.amounts.value(n, row[column.index], column, BOOKINGS) for n, row in enumerate(rows, 2)]
    return [None if value is None else int(value) for value in values]


def test_mark_of_one_number_is_the_mark_of_all() -> None:
    reading = read("family;month;bookings", "Tents;2026-08;1.180", "Tents;2026-09;940,0")
    assert (amounts(reading), reading.asked) == ([1180, 940], [])


def test_mark_that_is_not_clear_is_asked_once_and_answered_for_all() -> None:
    lines = ("family,month,bookings", "Tents,2026-08,1.180", "Tents,2026-09,1.320")
    reading, answered = read(*lines), read(*lines, answers={"mark": ","})
    assert (amounts(reading), reading.asked) == ([None, None], ["mark"])
    assert (amounts(answered), answered.asked) == ([1180, 1320], [])


def test_units_of_cells_and_titles_multiply() -> None:
    assert amounts(read("family,month,bookings (k)", "Tents,2026-08,1.18", "Tents,2026-09,2 dozen")) == [1180, 24]


def test_what_is_no_amount_is_asked() -> None:
    reading = read(
        "family,month,bookings",
        *(f"Tents,2026-08,{cell}" for cell in ("tbd", "12 %", "$5", "1.5", "3 pallets", "1.2E+03", "7", "8", "9")),
    )
    assert amounts(reading) == [None, None, None, None, 3, None, 7, 8, 9]
    assert reading.asked == [
        "cell:bookings:tbd",
        "cell:bookings:12 %",
        "cell:bookings:$5",
        "whole:bookings:1.5",
        "unit:pallets",
        "cell:bookings:1 2e 03",
    ]
