"""How many pieces a price, a cost or a time is for: “per 1,000 pcs”, “je 100 Stück”, “‰ Stk”, “per dozen”."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.base.language import _
from models.sheets.cells import Cell, fold
from models.sheets.numbers import PIECE

THOUSAND = 1000
BY_WORD = {
    **dict.fromkeys(["thousand", "tausend", "mille", "tsd"], THOUSAND),
    **dict.fromkeys(["hundred", "hundert"], 100),
    **dict.fromkeys(["dozen", "dutzend", "doz", "dtzd", "dz"], 12),
}
COUNTS = frozenset([10, 12, 50, 100, 144, 500, THOUSAND, 10_000])
NUMBER = r"\d{1,3}(?:[.,'’ ]\d{3})+|\d+"
PER = re.compile(
    rf"(?:\b(?:per|je|pro)\s+|(?<![\d/])\s*/\s*)(?:(?P<number>{NUMBER})(?![\d/.,]*\d)|(?:an?\s+)?(?P<word>{'|'.join(BY_WORD)})\b\.?)"
    r"(?:\s*(?P<unit>[^\W\d_]+)\b\.?)?|(?P<mille>‰)(?:\s*(?P<of>[^\W\d_]+)\b\.?)?",
    re.IGNORECASE,
)
ONE = re.compile(
    r"\b(?:each|(?:per|je|pro)\s+(?:pcs?|pieces?|units?|items?|st(?:ue|ü)ck|stk|einheit|artikel|job|part|teil)|einzelpreis|st(?:ue|ü)ck(?:preis|kosten|zeit))\b",
    re.IGNORECASE,
)
UNITS = frozenset(PIECE) | {"items", "parts", "teile", "sheets", "bogen", "blatt", "copies", "ex", "labels", "m", "kg"}
# What something else is for than goods.
OTHERS = frozenset(
    ["km", "kilometer", "miles", "eur", "euro", "usd", "gbp", "chf", "h", "hours", "stunden", "days", "tage", "orders"]
)
EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")
MOST_LOOKED = 20


@dataclass(frozen=True)
class Count:
    """A number of pieces, and how the file writes it."""

    pieces: int
    number: str
    unit: str = ""

    @property
    def words(self) -> str:
        """As the unit of an offer."""
        return f"{self.number} {self.unit or 'pieces'}"


@dataclass(frozen=True)
class Lot:
    """What one unit of an offer is, as whoever brings a file decided: as many pieces as it says, or a single one.

    Where it is not read, amounts stay as they stand.
    """

    count: Count
    is_whole: bool = False
    is_read: bool = True

    @property
    def pieces(self) -> int:
        """How many pieces a unit is."""
        return self.count.pieces if self.is_whole else 1

    @property
    def words(self) -> str:
        """What a unit is called."""
        return self.count.words if self.is_whole else _("one piece")


def count_in(text: str) -> Count | None:
    """The number of pieces that a title or a note says that amounts are for."""
    return next((count for found in PER.finditer(text) if (count := _count(found))), None)


def count_in_all(texts: Iterable[str]) -> Count | None:
    """That of several texts; one that names its unit says most."""
    counts = [count for text in texts if (count := count_in(text))]
    return next((count for count in counts if count.unit), next(iter(counts), None))


def is_of_one(text: str) -> bool:
    """Whether a text says that amounts are for a single piece."""
    return ONE.search(text) is not None


def without_count(title: str) -> str:
    """A title without the number of pieces that it is for."""
    found = next((each for each in PER.finditer(title) if _count(each)), None)
    if found is None:
        return title
    unit = "unit" if found["unit"] else "of"
    is_other = found[unit] and fold(found[unit]) not in UNITS
    end = found.start(unit) if is_other else found.end()
    return " ".join(EMPTY_BRACKETS.sub(" ", f"{title[: found.start()]} {title[end:]}").split()) or title


def texts_above(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """The texts above the first number: notes and titles."""
    for row in rows[:MOST_LOOKED]:
        if any(isinstance(cell, Decimal) for cell in row):
            return
        yield from (cell for cell in row if isinstance(cell, str) and cell)


def _count(found: re.Match[str]) -> Count | None:
    unit = found["unit"] or found["of"] or ""
    if fold(unit) in OTHERS:
        return None
    written = (found["number"] or "").strip()
    digits = "".join(c for c in written if c.isdecimal())
    pieces = int(digits) if digits else BY_WORD[found["word"].casefold()] if found["word"] else THOUSAND
    if pieces not in COUNTS:
        return None
    number = written if written != digits else f"{pieces:,}"
    return Count(pieces, number, unit if fold(unit) in UNITS else "")
