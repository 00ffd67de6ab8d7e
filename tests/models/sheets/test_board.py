"""Columns while they are given out."""

from models.sheets.board import label
from tests.models.sheets.reading import read


def test_column_is_given_out_once() -> None:
    board = read("family,month,bookings", "Tents,2026-08,1").board
    (family,) = board.take(board.titled("family"))
    assert (label(family), [column.title for column in board.free]) == ("family", ["month", "bookings"])
    assert board.titled("family") == []


def test_columns_are_told_by_what_stands_in_them() -> None:
    board = read("family,month,bookings,", "Tents,2026-08,1180 pcs,x", "12 pallets,,-,").board
    assert [board.are_numbers(column) for column in board.columns] == [False, False, True, False]
    assert [board.share_periods(column, is_strict=True) for column in board.columns] == [0, 1, 0, 0]
    assert [label(column) for column in board.columns] == ["family", "month", "bookings", "column D"]


def test_person_chooses_what_a_column_is() -> None:
    board = read(
        "family,month,units,bookings", "Tents,2026-08,1,2", answers={"column:units": "bookings", "column:bookings": ""}
    ).board
    assert [column.title for column in board.titled("bookings")] == ["units"]
