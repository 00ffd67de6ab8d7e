"""Text files of cells: which encoding, which delimiter."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from models.base.errors import Refused
from models.base.language import N_, _
from models.sheets.cells import Cell, Grid, clean

MOST_ROWS = 50_000
MOST_COLUMNS = 1000
MOST_CELLS = 5_000_000
TITLE_ROWS = 100
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What older systems write where it is no Unicode: detectors of charsets need more text than a table has.
OLD_ENCODINGS = ("cp1252", "cp850", "mac_roman")
LETTERS = frozenset("äöüÄÖÜßéèêëàâçîïôûùñóíáúæøåÅØÆœ’–€°²\u00a0")
DELIMITERS = ",;\t|^~"
NAMED_DELIMITER = re.compile(r'"?sep=(.)"?[^\n\r]*(?:\r\n|\r|\n)', re.IGNORECASE)
TOO_MANY_ROWS = N_("At most {most} rows at a time.")
TOO_WIDE = N_("The sheet is too wide: at most {most} columns.")


class BadTable(Refused):
    """A file that is no table that can be read."""


def read_text(data: bytes) -> Grid:
    """Read cells from a text: its encoding and its delimiter are what makes sense of it."""
    text = decode(data)
    named = NAMED_DELIMITER.match(text)
    body = text[named.end() :] if named else text
    delimiter = named[1] if named else _delimiter(body)
    rows = _split(body, delimiter)
    if all(len(row) <= 1 for row in rows) and any(mark in body for mark in DELIMITERS):
        # Each line was quoted as a whole by somebody's export.
        body = "\n".join(str(row[0]) if row else "" for row in rows)
        delimiter = _delimiter(body)
        rows = _split(body, delimiter)
    return Grid(padded(rows), first=2 if named else 1, delimiter=delimiter)


def decode(data: bytes) -> str:
    """The text of a file: Unicode by its mark or by trial, else what an older system would have written."""
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "") or _utf_16_without_mark(data)
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        text = "" if encoding else _decode_old(data)
    if not text.strip():
        raise BadTable(_("The file is empty.") if not data.strip() else _("The file holds no text that can be read."))
    if "\0" in text:
        raise BadTable(_("The file is no table: bring it as .xlsx, or as CSV."))
    return text


def padded(rows: Sequence[Sequence[Cell]], *, least: int = 0) -> list[Sequence[Cell]]:
    """Rows of one width, without the empty columns behind the last one that says something."""
    width = max(max((_filled(row) for row in rows), default=0), least)
    if width > MOST_COLUMNS or width * len(rows) > MOST_CELLS:
        raise BadTable(_(TOO_WIDE, most=MOST_COLUMNS))
    return [[*row[:width], *[""] * (width - len(row))] for row in rows]


def _filled(row: Sequence[Cell]) -> int:
    return next((n for n in range(len(row), 0, -1) if row[n - 1] != ""), 0)


def _utf_16_without_mark(data: bytes) -> str:
    head = data[:400]
    if not head or head.count(0) < len(head) / 4:
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _decode_old(data: bytes) -> str:
    texts = []
    for encoding in OLD_ENCODINGS:
        try:
            texts.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return max(texts, key=_likeness)


def _likeness(text: str) -> int:
    odd = Counter(c for c in text if not c.isascii())
    return sum(count if c in LETTERS else -count for c, count in odd.items())


def _delimiter(text: str) -> str:
    head = "\n".join(text.splitlines()[:TITLE_ROWS])
    return max(DELIMITERS, key=lambda mark: _regularity(head, mark))


def _regularity(head: str, delimiter: str) -> tuple[int, int]:
    """How many lines have as many cells as most, and how many those are; one cell a line is no table."""
    widths = Counter(len(row) for row in _parse(head, delimiter) if len(row) > 1)
    if not widths:
        return 0, 0
    width, lines = max(widths.items(), key=lambda item: (item[1], item[0]))
    return lines, width


def _parse(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter, skipinitialspace=True)
    rows = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MOST_ROWS + TITLE_ROWS:
                raise BadTable(_(TOO_MANY_ROWS, most=MOST_ROWS))
    except csv.Error as error:
        raise BadTable(
            _("Row {line_num} cannot be read as CSV ({error}).", line_num=reader.line_num, error=error)
        ) from None
    return rows


def _split(text: str, delimiter: str) -> list[list[Cell]]:
    return [[clean(cell) for cell in row] for row in _parse(text, delimiter)]
