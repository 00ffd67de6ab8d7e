"""Tables as files that spreadsheets read: a CSV, or a workbook. No cell is taken for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from babel import Locale
from babel.numbers import get_decimal_symbol
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from models.files.sheet import FORMULA_MARKS

MADE_AT = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:(created|modified)>")
Cell = str | int | float | Decimal


def csv_of(rows: Iterable[Sequence[Cell]], locale: Locale) -> bytes:
    """Rows as the reader's spreadsheet takes them: where numbers have a comma, semicolons part the cells."""
    has_commas = get_decimal_symbol(locale) == ","
    into = io.StringIO()
    writer = csv.writer(into, delimiter=";" if has_commas else ",", lineterminator="\r\n")
    for row in rows:
        writer.writerow([_with_comma(cell) if has_commas else _safe(cell) for cell in row])
    return into.getvalue().encode("utf-8-sig")


def workbook_of(sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> bytes:
    """Rows by the name of their sheet; the first one of each names its columns, and stays in sight."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_safe(cell) for cell in row])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
        sheet.column_dimensions[get_column_letter(1)].width = 28
    made = io.BytesIO()
    book.save(made)
    return _dateless(made)


def _dateless(book: io.BytesIO) -> bytes:
    """The same workbook without when it was made: the same rows are the same bytes."""
    made = io.BytesIO()
    with ZipFile(book) as read, ZipFile(made, "w", ZIP_DEFLATED) as written:
        for name in read.namelist():
            written.writestr(ZipInfo(name), MADE_AT.sub(b"", read.read(name)), ZIP_DEFLATED)
    return made.getvalue()


def number_in(cell: str) -> str | float:
    """A number, where a text is one."""
    return float(cell) if _is_number(cell) else cell


def _safe(cell: Cell) -> Cell:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe; a number is a number."""
    if not isinstance(cell, str):
        return cell
    cell = ILLEGAL_CHARACTERS_RE.sub("", cell)
    is_like_a_formula = cell.lstrip("'").startswith(FORMULA_MARKS) and not _is_number(cell)
    return f"'{cell}" if is_like_a_formula else cell


def _with_comma(cell: Cell) -> Cell:
    """A number as a spreadsheet reads it that would take a point for that of a date."""
    safe = _safe(cell)
    return str(safe).replace(".", ",") if not isinstance(safe, str) or _is_number(safe) else safe


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdecimal() and cell.isascii()
