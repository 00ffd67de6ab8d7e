"""A sheet as its file holds it, before anything is read into it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

Cell = str | Decimal | date
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
# What an export writes to keep a number as text: ="00123".
TEXT_FORMULA = re.compile(r'="(.*)"')
# A spreadsheet's mark of a text that would else be a number or a formula.
APOSTROPHE = re.compile(r"'(?:\d|'*[=+\-@])")
DASHES = re.compile(r"[-–—−_.*=]*", re.ASCII)
BLANKS = frozenset(
    {"n/a", "na", "n.a.", "#n/a", "#nv", "k.a.", "k. a.", "none", "nil", "null", "nan", "(blank)", "(leer)"}
)
LONGEST_BLANK = max(map(len, BLANKS))
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
UNPRINTED = re.compile(r"[^\w%$€£]+|_")


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet, each row as wide as the widest; `first` is the number of its first row in the file.

    `delimiter` parts the cells of a text; `merged` cells were filled from the one that the file merges them with;
    `unsaved` are formulas without a stored value, by row and column.
    """

    rows: Sequence[Sequence[Cell]]
    name: str = ""
    first: int = 1
    delimiter: str = ""
    is_1904: bool = False
    merged: frozenset[tuple[int, int]] = frozenset()
    unsaved: frozenset[tuple[int, int]] = field(default=frozenset(), repr=False)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else 0

    def transposed(self) -> "Grid":
        """The same with rows for columns."""
        turned = [frozenset((column, row) for row, column in marked) for marked in (self.merged, self.unsaved)]
        return replace(self, rows=list(zip(*self.rows, strict=True)), first=1, merged=turned[0], unsaved=turned[1])


def clean(text: str) -> str:
    """A cell's text without what nobody sees: spaces of all kinds, marks of direction, the apostrophe of a text."""
    if text.isalnum():
        return text
    text = " ".join(INVISIBLE.sub("", text).split())
    quoted = TEXT_FORMULA.fullmatch(text)
    text = quoted[1] if quoted else text
    if not APOSTROPHE.match(text):
        return text
    return text[1:-1] if text.endswith("'") and text[1].isdigit() else text[1:]


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, a dash, or a word for nothing."""
    if not isinstance(cell, str):
        return False
    if len(cell) > LONGEST_BLANK and cell[0].isalnum():
        return False
    return not cell or DASHES.fullmatch(cell) is not None or cell.casefold() in BLANKS


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """A text by which others are the same: without capitals, accents and punctuation."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(UMLAUTS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return UNPRINTED.sub(" ", plain).strip()


def text_of(cell: Cell) -> str:
    """A cell as it is shown to people."""
    if isinstance(cell, Decimal):
        return plain_number(cell)
    return cell if isinstance(cell, str) else cell.isoformat()


def plain_number(value: Decimal) -> str:
    """A number without exponent and without zeros that say nothing."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
