"""Tables as files: exact numbers, no formulas, no letters that a workbook refuses."""

import io
from decimal import Decimal

import pytest
from babel import Locale
from openpyxl import load_workbook

from handlers.slack.sheets import Cell, csv_of, number_in, workbook_of
from models.sheets.texts import read_text

US, DE = Locale("en", "US"), Locale("de", "DE")
ROWS: list[list[Cell]] = [["name", "sum"], ["=1+1", Decimal("1.50")], ["a\x0bb, “c”", -2], ["-5", 0]]


def test_csv_is_what_spreadsheets_read() -> None:
    assert csv_of(ROWS, US) == '\ufeffname,sum\r\n\'=1+1,1.50\r\n"ab, “c”",-2\r\n-5,0\r\n'.encode()


def test_csv_is_what_a_spreadsheet_with_decimal_commas_reads() -> None:
    rows: list[list[Cell]] = [["Größe", "sum"], ["a;b", Decimal("1.50")], ["1.2.3", "2.5"], ["=1", -2]]
    assert csv_of(rows, DE) == '\ufeffGröße;sum\r\n"a;b";1,50\r\n1.2.3;2,5\r\n\'=1;-2\r\n'.encode()


def test_workbook_has_its_sheets_with_numbers_as_numbers() -> None:
    book = load_workbook(io.BytesIO(workbook_of({"One": ROWS, "Two": [["head"]]})))
    assert book.sheetnames == ["One", "Two"]
    values = [[cell.value for cell in row] for row in book["One"].iter_rows()]
    assert values == [["name", "sum"], ["'=1+1", 1.5], ["ab, “c”", -2], ["-5", 0]]
    assert (book["One"].freeze_panes, book["One"]["A1"].font.bold) == ("A2", True)


@pytest.mark.parametrize(("text", "value"), [("12", 12.0), ("-1.5", -1.5), ("1.2.3", "1.2.3"), ("", ""), ("٤", "٤")])
def test_number_is_read_where_a_text_is_one(text: str, value: str | float) -> None:
    assert number_in(text) == value


@pytest.mark.parametrize("text", ["-5 %", "'-5 %", "''=x", "'quoted'", "=1+1", "@Sara", "+1", "-5", "’tis", "'"])
def test_text_comes_back_as_it_went_however_often(text: str) -> None:
    again = text
    for _ in range(3):
        written = csv_of([["reason"], [again]], US).decode("utf-8-sig")
        again = str(read_text(written.encode()).rows[1][0])
        assert again == text
