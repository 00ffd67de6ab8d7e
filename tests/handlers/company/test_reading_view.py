"""How a file was read, in words."""

from datetime import date
from typing import Any

import pytest
from babel import Locale

from handlers.company.reading import Book, kind_field
from handlers.company.reading_view import nothing_read, read_sentences, together, unread_sentences
from handlers.slack.forms import Filled
from handlers.slack.sheets import workbook_of
from handlers.slack.text import plain
from handlers.slack.uploads import HandedIn, Import
from models.sheets.preview import TableFile
from sandbox.render import render_blocks
from tests.handlers.company.test_reading import ALL, STOCK, WORKSHOP
from tests.models.setup.test_company_tables import ridgeline


def read(sheets: dict[str, Any], **chosen: str) -> Book:
    form = Filled({kind_field(name): kind for name, kind in chosen.items()}, {}, {"sheets": ("0",)})
    table = TableFile.open(workbook_of(sheets), "a.xlsx")
    handed = Import("company_file", "Bring a file", "", table, HandedIn(), form)
    company = {"company": ridgeline()["company"], "offers": [], "resources": []}
    book = Book(handed, company, Locale("en", "GB"), date(2026, 11, 23))
    book.read_all()
    return book


def test_each_sheet_is_named_once() -> None:
    told = [plain(sentence) for sentence in read_sentences(read(ALL))]
    *notes, stock = told
    assert stock.startswith("The sheet Stock is not read: ")
    names = ["Prices 2026", "Workshop", "Hours", "Customers"]
    assert [note.count(name) for note, name in zip(notes, names, strict=True)] == [1, 1, 1, 1]


def test_sheet_that_its_person_leaves_out_is_said() -> None:
    told = [plain(sentence) for sentence in unread_sentences(read(ALL, Customers="out"))]
    assert told[1] == "The sheet Customers is not read: you leave it out."


@pytest.mark.parametrize("sheets", [{"Stock": STOCK}, {"Stock": STOCK, "Notes": [["Read", "me"], ["a", "b"]]}])
def test_where_nothing_is_read_there_is_a_way_on(sheets: dict[str, Any]) -> None:
    text = render_blocks([block.to_dict() for block in nothing_read(read(sheets))])
    assert "Name, price and cost are enough to begin." in text
    assert "[ Send me a workbook ]" in text
    assert all(f"What “{name}” holds" in text for name in sheets)


def test_workbook_of_many_wide_sheets_fits_into_a_form() -> None:
    wide = [["Name", "Price", "Cost", *(f"More {n}" for n in range(15))], ["Table", 1150, 310, *range(15)]]
    book = read({f"Prices {n}": [*wide[:1], [f"Table {n}", *wide[1][1:]]] for n in range(30)})
    book.handed.form.many["sheets"] = tuple(map(str, range(30)))  # type: ignore[index]
    assert len(read_sentences(book)) == 13
    assert len(together(book).choosers) <= 57


def test_columns_of_a_chosen_sheet_are_its_own() -> None:
    labels = [str(block.to_dict().get("label", {}).get("text")) for block in together(read(ALL)).choosers]
    assert "Prices 2026: Piece" in labels
    assert not any(label.startswith("Workshop") for label in labels)
    assert together(read({"Workshop": WORKSHOP})).choosers == ()
