"""Archives that are refused before they are unpacked."""

import io
import zipfile

import pytest

from models.sheets.texts import BadTable
from models.sheets.workbooks import read_workbook
from tests.models.sheets.books import book, rewritten

PLAIN = book({"A": [["a", 1]]})
SHEET = "xl/worksheets/sheet1.xml"


def refused(data: bytes) -> str:
    with pytest.raises(BadTable) as error:
        read_workbook(data)
    return error.value.sentence


def test_workbook_with_macros_is_refused() -> None:
    with_macros = rewritten(PLAIN, "xl/vbaProject.bin", lambda _: b"x")
    by_type = rewritten(
        PLAIN, "[Content_Types].xml", lambda part: part.replace(b"sheet.main", b"sheet.macroEnabled.main")
    )
    sentence = "A workbook with macros is not taken: save it as .xlsx, without macros."
    assert [refused(with_macros), refused(by_type)] == [sentence, sentence]


def test_bomb_is_refused() -> None:
    bomb = rewritten(PLAIN, SHEET, lambda part: part + b" " * 100_000_000)
    assert len(bomb) < 200_000
    assert refused(bomb) == "The workbook is too large when it is unpacked."


def test_archive_that_is_no_workbook_is_refused() -> None:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr("a.txt", "a")
    sentence = "The file is an archive, not a workbook: bring it as .xlsx, or as CSV."
    assert refused(into.getvalue()) == sentence
    assert refused(rewritten(PLAIN, SHEET, lambda part: b'<!DOCTYPE x [<!ENTITY a "a">]>' + part)) == sentence
