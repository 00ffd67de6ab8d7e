"""Workbooks (.xlsx): stored values only, and nothing that could hurt."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from posixpath import join, normpath

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from models.base.language import N_, _
from models.sheets.archives import check_archive
from models.sheets.cells import Cell, Grid, clean
from models.sheets.letters import cell_place, column_number
from models.sheets.texts import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    TITLE_ROWS,
    TOO_MANY_ROWS,
    TOO_WIDE,
    BadTable,
    padded,
)

MOST_SHEETS = 50
# What a broken archive and its parts raise, in the library that unpacks and in the one that reads.
BROKEN = (zipfile.BadZipFile, zlib.error, CalamineError, LookupError, ValueError, EOFError, OSError, RuntimeError)
MOST_MERGED = 10_000
MOST_EXACT = 10**15
NOT_A_WORKBOOK = N_("The workbook cannot be read: save it as .xlsx once more, or as CSV.")
REFERENCE = rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["']([A-Za-z]{1,3}\d{1,7})["']"""
# What is empty but for its style, closes itself.
CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["'][^>]*(?<!/)>""")
ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br\s*=\s*["'](\d+)["'][^>]*(?<!/)>""")
FORMULA = rb"""\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"""
HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
# A formula whose cell holds no value, as libraries write it that do not calculate.
UNSAVED = re.compile(
    REFERENCE + rb"[^>]*>" + FORMULA + rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
ERROR = re.compile(REFERENCE + rb"[^>]*>(?:" + FORMULA + rb")?<(?:\w+:)?v>(#[^<]{1,20})</")
SINCE_1904 = re.compile(rb"""\bdate1904\s*=\s*["'](?:1|true)["']""")
SHEET = re.compile(rb"""<(?:\w+:)?sheet\b[^>]*\b\w+:id\s*=\s*["']([^"']+)["']""")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
ATTRIBUTE = re.compile(rb"""(\w+)\s*=\s*["']([^"']*)["']""")


def is_workbook(data: bytes) -> bool:
    """Whether it is a zip, as all workbooks since 2007 are."""
    return data.startswith(b"PK\x03\x04")


def read_workbook(data: bytes) -> list[Grid]:
    """The sheets that are in sight and hold something; what is merged is filled."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive)
            parts = list(_parts(archive))
            is_1904 = SINCE_1904.search(archive.read("xl/workbook.xml")) is not None
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            grids = [_grid(book.get_sheet_by_index(n), part, is_1904=is_1904) for n, part in _visible(book, parts)]
    except BROKEN as error:
        raise BadTable(_(NOT_A_WORKBOOK)) from error
    filled = [grid for grid in grids if grid.width]
    if not filled:
        raise BadTable(_("The workbook holds nothing."))
    return filled


def _parts(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """The parts of the sheets in their order; a range that would take the memory of the machine is refused."""
    relations = archive.read("xl/_rels/workbook.xml.rels")
    attributes = [dict(ATTRIBUTE.findall(found[0])) for found in RELATION.finditer(relations)]
    targets = {each[b"Id"]: each[b"Target"].decode() for each in attributes}
    for found in islice(SHEET.finditer(archive.read("xl/workbook.xml")), MOST_SHEETS):
        target = targets[found[1]]
        path = target.removeprefix("/") if target.startswith("/") else normpath(join("xl", target))
        part = archive.read(path)
        _check_range(part)
        yield part


def _check_range(part: bytes) -> None:
    cells = CELL.findall(part)
    columns = max((column_number(letters.decode().upper()) for letters in {each[0] for each in cells}), default=0)
    rows = max(map(int, [*ROW.findall(part), *(number for _, number in cells)]), default=0)
    if rows > MOST_ROWS + TITLE_ROWS:
        raise BadTable(_(TOO_MANY_ROWS, most=MOST_ROWS))
    if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise BadTable(_(TOO_WIDE, most=MOST_COLUMNS))


def _visible(book: CalamineWorkbook, parts: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
    for number, (sheet, part) in enumerate(zip(book.sheets_metadata, parts, strict=False)):
        if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible:
            yield number, part


def _grid(sheet: CalamineSheet, part: bytes, *, is_1904: bool) -> Grid:
    rows: list[list[Cell]] = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for reference, error in ERROR.findall(part) if b">#" in part else ():
        row, column = _index(reference)
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = error.decode(errors="replace")
    unsaved = frozenset(map(_index, UNSAVED.findall(part) if HAS_FORMULA.search(part) else ()))
    width = max((column + 1 for _, column in unsaved), default=0)
    height = max((row + 1 for row, _ in unsaved), default=0)
    rows += [[] for _ in range(height - len(rows))]
    filled = [list(row) for row in padded(rows, least=width)]
    merged = _fill_merged(filled, sheet)
    return Grid(filled, name=clean(sheet.name), is_1904=is_1904, merged=merged, unsaved=unsaved)


def _index(reference: bytes) -> tuple[int, int]:
    row, column = cell_place(reference.decode().upper())
    return row - 1, column - 1


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        # 15 digits count, and what is beyond them comes from binary fractions.
        return Decimal(f"{value:.15g}") if abs(value) < MOST_EXACT else clean(str(value))
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else clean(str(value))


def _fill_merged(rows: list[list[Cell]], sheet: CalamineSheet) -> frozenset[tuple[int, int]]:
    """The first cell of a merged range stands for all of them, as far as the sheet goes; an amount is there once."""
    filled: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in islice(sheet.merged_cell_ranges or (), MOST_MERGED):
        if top >= len(rows) or left >= len(rows[top]) or isinstance(rows[top][left], Decimal):
            continue
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, len(rows[row]))):
                if (row, column) != (top, left):
                    rows[row][column] = rows[top][left]
                    filled.add((row, column))
    return frozenset(filled)
