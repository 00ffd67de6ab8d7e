"""What one unit of an offer is, where a workbook says its prices or times for several pieces: asked once for all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from iso4217 import Currency

from models.base.language import _
from models.setup.company_tables import Document
from models.sheets.board import label
from models.sheets.cells import Grid, fold
from models.sheets.counts import Count, Lot, count_in_all, texts_above
from models.sheets.entry_columns import HOURS, MINUTES
from models.sheets.fields import Kind
from models.sheets.headers import find_header
from models.sheets.names import Known
from models.sheets.numbers import read_number
from models.sheets.preview import TableFile
from models.sheets.questions import Question
from models.sheets.titles import is_money

LOTS = "lots"
LOT, DIVIDED, PIECE = "lot", "divided", "piece"
MONEY = frozenset(["list_price", "unit_cost"])
# Hours are kept in thousandths.
PLACES_OF_TIME = 3


@dataclass(frozen=True)
class Counted:
    """A workbook that says a number of pieces; `sheet` is the first that does, `lost` what would be lost by dividing.

    `is_priced` says that it has prices: what is sold already keeps its unit where it has none.
    """

    count: Count
    sheet: str
    is_priced: bool
    lost: str = ""

    @property
    def question(self) -> Question:
        """What is decided for the whole workbook."""
        number, words = self.count.number, self.count.words
        options = {LOT: _("A unit is {words}; smallest quantities are divided", words=words)} if self.is_priced else {}
        options |= {} if self.lost else {DIVIDED: _("Divide prices, costs and times by {number}", number=number)}
        options |= {PIECE: _("They are per piece")}
        sentence = _("“{sheet}” says “per {words}”: what is one unit?", sheet=self.sheet, words=words)
        sentence += _(" Divided by {number}, {lost} would be lost.", number=number, lost=self.lost) if self.lost else ""
        sentence += (
            "" if self.is_priced else _(" To sell by {words}, bring the price list in the same workbook.", words=words)
        )
        return Question(LOTS, sentence, options, likely=next(iter(options)) if len(options) > 1 else "")

    def lot(self, answer: str) -> Lot:
        """What one unit is, by an answer."""
        return Lot(self.count, is_whole=answer == LOT, is_read=answer in {LOT, DIVIDED})


def counted_in(
    tables: Mapping[str, TableFile], kinds: Mapping[str, Kind | None], known: Known, document: Document
) -> Counted | None:
    """The number of pieces that prices and times of a workbook are for; None where it says none."""
    priced = [name for name in tables if kinds[name] is Kind.OFFERS]
    others = [name for name in tables if kinds[name] in {None, Kind.NEEDS}] if priced or document["offers"] else []
    counts = {name: count_in_all(_texts(tables[name])) for name in (*priced, *others)}
    said = {name: count for name, count in counts.items() if count is not None}
    if not said:
        return None
    most = max(count.pieces for count in said.values())
    likely = [(name, count) for name, count in said.items() if count.pieces == most]
    count = next((count for _, count in likely if count.unit), likely[0][1])
    units = {str(offer.get("unit")) for offer in document["offers"]}
    is_so = bool(units) and all(_is_of(unit, count) for unit in units)
    parts = Fraction(1, most)
    places = Currency(document["company"]["currency"]).exponent or 0
    is_money_lost = any(_is_lost(v * parts, places) for n in priced if n in said for v in _prices(tables[n], known))
    is_time_lost = any(_is_lost(v * parts, PLACES_OF_TIME) for n in others if n in said for v in _times(tables[n]))
    lost = _("parts of the smallest coin") if is_money_lost else _("parts of the times") if is_time_lost else ""
    return Counted(count, likely[0][0], bool(priced) or is_so, lost)


def _texts(table: TableFile) -> Iterator[str]:
    (grid,) = table.grids
    yield grid.name
    yield from texts_above(grid.rows)


def _is_of(unit: str, count: Count) -> bool:
    known = count_in_all([_("per {unit}", unit=unit)])
    return known is not None and known.pieces == count.pieces


def _prices(table: TableFile, known: Known) -> Iterator[Fraction]:
    (grid,) = table.grids
    header = find_header(grid, Kind.OFFERS, known)
    columns = [c.index for c in header.columns if c.amount in MONEY or (c.title and is_money(label(c), c.unit))]
    yield from _numbers(grid, header.row + 1, columns)


def _times(table: TableFile) -> Iterator[Fraction]:
    (grid,) = table.grids
    words = {word for text in _texts(table) for word in fold(text).split()}
    hours = Fraction(1, 60) if MINUTES & words and not HOURS & words else Fraction(1)
    yield from (value * hours for value in _numbers(grid, 0, range(grid.width)))


def _numbers(grid: Grid, first: int, columns: Sequence[int]) -> Iterator[Fraction]:
    for row in grid.rows[first:]:
        for cell in (row[index] for index in columns):
            if isinstance(cell, Decimal):
                yield Fraction(cell)
            elif isinstance(cell, str) and (reading := read_number(cell)) is not None:
                yield from {value for value in (reading.point, reading.comma) if value is not None}


def _is_lost(value: Fraction, places: int) -> bool:
    return Fraction(value * 10**places).denominator > 1
