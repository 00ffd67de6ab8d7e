"""Rows that are left out, and why."""

from tests.models.sheets.reading import read

HEADER = "family,month,bookings"


def test_rows_that_are_no_data_are_left_out() -> None:
    rows = read(
        "A report,,",
        HEADER,
        "Tents,2026-08,5",
        HEADER,
        "Tents Total,,5",
        "Total,,5",
        "Tents,2026-09,-",
        "Page 1,,",
        ",,5",
    ).rows
    assert rows.left_out == {
        1: "above the table",
        4: "the header again",
        5: "a total",
        6: "a total",
        7: "no amount",
        8: "no amount",
        9: "a total",
    }


def test_numbers_without_name_that_are_no_sum_are_asked_about() -> None:
    reading = read(HEADER, "Tents,2026-08,5", ",,7")
    assert (reading.rows.left_out, reading.asked) == ({}, ["fill:family", "fill:month"])


def test_headings_hold_for_the_rows_below() -> None:
    reading = read("month,bookings", "Tents,", "2026-08,5", "Shelters,", "2026-08,7")
    assert [row["family"] for row in reading.summed] == ["Tents", "Shelters"]
    assert reading.rows.left_out == {2: "a heading", 4: "a heading"}


def test_plans_and_cancelled_rows_are_left_out() -> None:
    lines = (
        "family,month,scenario,status,bookings",
        "Tents,2026-08,Plan,open,9",
        "Tents,2026-08,Actual,cancelled,1",
        "Tents,2026-08,Actual,open,5",
    )
    reading = read(*lines)
    assert (reading.rows.left_out, reading.asked) == ({2: "“Plan”, not actuals", 3: "cancelled"}, ["status"])
    assert read(*lines, answers={"status": "count"}).summed == [
        {"family": "Tents", "month": "2026-08", "bookings": "6"}
    ]
