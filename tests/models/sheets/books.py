"""Workbooks for tests, as spreadsheet programs and libraries write them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

Rows = Sequence[Sequence[Any]]


def book(sheets: Mapping[str, Rows], *, merged: Sequence[str] = (), is_1904: bool = False, hidden: str = "") -> bytes:
    """A workbook with some sheets; dates are dates, and what begins with = is a formula without a value."""
    made = Workbook()
    made.remove(made.worksheets[0])
    if is_1904:
        made.epoch = CALENDAR_MAC_1904
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in merged:
            sheet.merge_cells(area)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
    into = io.BytesIO()
    made.save(into)
    return into.getvalue()


def rewritten(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same archive with one part changed; a part that is not there is added."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return into.getvalue()
