"""Workbooks: stored values, dates of both calendars, what is merged, and ranges that would take the memory."""

from datetime import date
from decimal import Decimal

import pytest

from models.sheets.texts import BadTable
from models.sheets.workbooks import is_workbook, read_workbook
from tests.models.sheets.books import book, rewritten

SHEET = "xl/worksheets/sheet1.xml"


def test_cells_are_texts_numbers_and_days() -> None:
    data = book({"A": [["a", 1, 2.5, date(2026, 8, 1), True, None, 0.1 + 0.2]]})
    (grid,) = read_workbook(data)
    assert grid.rows == [["a", Decimal(1), Decimal("2.5"), date(2026, 8, 1), "true", "", Decimal("0.3")]]
    assert (is_workbook(data), is_workbook(b"a,b"), grid.name, grid.is_1904) == (True, False, "A", False)


def test_days_since_1904_are_the_same_days() -> None:
    (grid,) = read_workbook(book({"A": [[date(2026, 8, 1)]]}, is_1904=True))
    assert (grid.rows, grid.is_1904) == ([[date(2026, 8, 1)]], True)


def test_merged_texts_are_filled_and_amounts_are_not() -> None:
    (grid,) = read_workbook(book({"A": [["a", 1, 2], [None, None, 3]]}, merged=["A1:A2", "B1:B2"]))
    assert (grid.rows, grid.merged) == ([["a", Decimal(1), Decimal(2)], ["a", "", Decimal(3)]], frozenset({(1, 0)}))


def test_formula_without_value_is_marked_and_its_value_counts_where_it_is_stored() -> None:
    data = book({"A": [["a", "=1+1"]]})
    (grid,) = read_workbook(data)
    assert (grid.rows, grid.unsaved) == ([["a", ""]], frozenset({(0, 1)}))
    stored = rewritten(data, SHEET, lambda part: part.replace(b"<v />", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>"))
    (grid,) = read_workbook(stored)
    assert (grid.rows, grid.unsaved) == ([["a", Decimal(2)]], frozenset())


def test_error_of_a_formula_is_shown() -> None:
    data = rewritten(
        book({"A": [["a", 7]]}),
        SHEET,
        lambda part: part.replace(b'<c r="B1" t="n"><v>7</v></c>', b'<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
    )
    assert read_workbook(data)[0].rows == [["a", "#DIV/0!"]]


def test_hidden_and_empty_sheets_are_not_read() -> None:
    grids = read_workbook(book({"A": [["a"]], "B": [["b"]], "C": []}, hidden="B"))
    assert [grid.name for grid in grids] == ["A"]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (b'<c r="XFD1048576"><v>1</v></c>', "At most 50000 rows at a time."),
        (b'<c s="1" r="A1048576"><v>1</v></c>', "At most 50000 rows at a time."),
        (b'<x:c r="XFD2" xmlns:x="urn:x"><x:v>1</x:v></x:c>', "The sheet is too wide: at most 1000 columns."),
    ],
)
def test_range_of_a_gigabyte_is_refused(cell: bytes, sentence: str) -> None:
    data = rewritten(
        book({"A": [["a"]]}), SHEET, lambda part: part.replace(b"</row>", b"</row><row>" + cell + b"</row>")
    )
    with pytest.raises(BadTable) as error:
        read_workbook(data)
    assert error.value.sentence == sentence


def test_cells_that_only_have_a_style_do_not_count() -> None:
    empty = b'</row><row r="90000"><c r="A90000" s="1"/></row>'
    data = rewritten(
        book({"A": [["a"]]}), SHEET, lambda part: part.replace(b"</row>", empty.replace(b'<row r="90000">', b"<row>"))
    )
    assert read_workbook(data)[0].rows == [["a"]]


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 500, book({"A": [["a"]]})[:-200]])
def test_broken_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(BadTable):
        read_workbook(data)


def test_empty_workbook_is_refused() -> None:
    with pytest.raises(BadTable, match="The workbook holds nothing"):
        read_workbook(book({"A": []}))
