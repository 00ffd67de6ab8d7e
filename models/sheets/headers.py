"""Where a table begins: the row (or two) that names its columns, and what each column is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from models.sheets.cells import Cell, Grid, fold, is_blank, text_of
from models.sheets.counts import without_count
from models.sheets.fields import SHAPES, Field, Kind, Role, Shape
from models.sheets.meanings import Meaning
from models.sheets.names import Known
from models.sheets.numbers import read_number
from models.sheets.periods import SERIAL, meaning_of, years_in
from models.sheets.titles import FILLING, amounts_in, is_aside, is_plan, modifiers, split_unit, words_of

DEEPEST = 60
PER_UNIT = frozenset([Kind.OFFERS, Kind.NEEDS])
MOST_COUNTED = 40


@dataclass(frozen=True)
class Column:
    """A column by what its title says: the fields that it may be, or the period or name whose amounts it holds.

    `name_of` is the field whose name it is.
    """

    index: int
    title: str = ""
    fields: tuple[tuple[str, int], ...] = ()
    modifiers: frozenset[str] = frozenset()
    period: Meaning | None = None
    name: str = ""
    name_of: str = ""
    amount: str = ""
    unit: str = ""
    is_aside: bool = False

    @property
    def is_across(self) -> bool:
        """Whether it holds amounts of a period or of a name."""
        return not self.is_aside and (self.period is not None or bool(self.name))

    def rank(self, field: str) -> int | None:
        """How likely it is this field; None where it is not."""
        return next((rank for name, rank in self.fields if name == field), None)


@dataclass(frozen=True)
class Header:
    """The row of a grid that names the columns (-1 where none does), how much it names, and the texts above it."""

    shape: Shape
    row: int
    columns: tuple[Column, ...]
    score: float = 0
    texts: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether it says where names, periods and amounts stand, by titles or across."""
        is_across = {Role.NAME: any(c.name for c in self.columns), Role.PERIOD: any(c.period for c in self.columns)}
        is_keyed = all(
            is_across.get(each.role) or each.name in self._fields
            for each in self.shape.fields
            if _must_stand_there(each)
        )
        return is_keyed and (any(is_across.values()) or self._has_amounts)

    @property
    def is_named(self) -> bool:
        """Whether titles alone say where everything stands."""
        return self._has_amounts and all(
            each.name in self._fields for each in self.shape.fields if _must_stand_there(each)
        )

    @property
    def _fields(self) -> set[str]:
        return {name for column in self.columns for name, _ in column.fields[:1]}

    @property
    def _has_amounts(self) -> bool:
        is_generic = any("@generic" in column.modifiers for column in self.columns)
        return is_generic or not self.shape.amounts or bool(self._fields & self.shape.amounts.keys())


def find_header(grid: Grid, kind: Kind, known: Known) -> Header:
    """The row whose titles say most about this kind of table."""
    best = Header(SHAPES[kind], -1, tuple(Column(index) for index in range(grid.width)))
    for row in range(min(DEEPEST, len(grid.rows))):
        if sum(cell != "" and (row, column) not in grid.merged for column, cell in enumerate(grid.rows[row])) < min(
            2, grid.width
        ):
            continue
        for above in [True, False] if row else [False]:
            columns = _columns(grid, row, kind, known, has_above=above)
            score = _score(columns) - 0.1 * above
            if score > best.score:
                best = Header(SHAPES[kind], row, columns, score, tuple(_texts(grid, row)))
    row = _likely_titles(grid) if best.row < 0 and any(each.is_asked for each in best.shape.fields) else -1
    return best if row < 0 else replace(best, row=row, columns=_columns(grid, row, kind, known, has_above=False))


def _must_stand_there(field: Field) -> bool:
    return field.is_needed and not field.default


def _likely_titles(grid: Grid) -> int:
    """The first row of texts alone with numbers below, where no title is known; -1 where there is none."""
    for index, (row, below) in enumerate(pairwise(grid.rows[:DEEPEST])):
        texts = [cell for cell in row if not is_blank(cell)]
        are_titles = len(texts) > 1 and all(isinstance(cell, str) and read_number(cell) is None for cell in texts)
        if are_titles and any(isinstance(cell, Decimal) for cell in below):
            return index
    return -1


def _columns(grid: Grid, row: int, kind: Kind, known: Known, *, has_above: bool) -> tuple[Column, ...]:
    above = list(_spread(grid.rows[row - 1])) if has_above else [""] * grid.width
    if len(set(above) - {""}) == 1 and not (years_in([text_of(above[-1])]) or meaning_of(above[-1])):
        above = [""] * grid.width
    titles = [
        Decimal(title) if isinstance(title, str) and SERIAL.fullmatch(title) else title for title in grid.rows[row]
    ]
    are_serials = _are_serials(titles)
    columns = []
    for index, title in enumerate(titles):
        if (
            isinstance(title, Decimal)
            and not are_serials
            and text_of(title) not in {text_of(t) for t in titles if _is_month(t)}
        ):
            columns.append(Column(index, text_of(title), is_aside=is_aside(text_of(title))))
            continue
        column = _column(index, title, kind, known, is_1904=grid.is_1904)
        columns.append(_with_above(column, above[index], kind, known, is_1904=grid.is_1904))
    return _of_one_sort(columns)


def _of_one_sort(columns: list[Column]) -> tuple[Column, ...]:
    """Across stand the names of one field: of that which most of them name."""
    across = Counter(column.name_of for column in columns if column.name)
    if len(across) < 2:
        return tuple(columns)
    ((most, _),) = across.most_common(1)
    return tuple(replace(c, name="", name_of="") if c.name and c.name_of != most else c for c in columns)


def _column(index: int, cell: Cell, kind: Kind, known: Known, *, is_1904: bool) -> Column:
    text = text_of(cell)
    if not isinstance(cell, str):
        return Column(index, text, period=meaning_of(cell, is_1904=is_1904))
    if is_blank(text):
        return Column(index)
    # What a price or a time is for is no part of what it is.
    base, unit = split_unit(without_count(text) if kind in PER_UNIT else text)
    column = Column(index, text, unit=unit)
    fields = words_of(kind).fields_of(base)
    others = frozenset(name for name, _ in modifiers().fields_of(base))
    name, name_of = _name(kind, known, base)
    if name and not any(rank == 0 for _, rank in fields):
        return replace(column, name=name, name_of=name_of)
    if fields or others:
        is_beside = not fields and is_aside(base)
        return replace(column, fields=fields, modifiers=others, amount=_amount(kind, fields), is_aside=is_beside)
    if is_aside(base):
        return replace(column, is_aside=True)
    return _period_column(column, base, kind)


def _amount(kind: Kind, fields: tuple[tuple[str, int], ...]) -> str:
    return next((name for name, _ in fields if name in SHAPES[kind].amounts), "")


def _name(kind: Kind, known: Known, text: str) -> tuple[str, str]:
    """The name that a title is, and the field whose name it is: what an offer needs may stand across either way."""
    for field in SHAPES[kind].names if kind is Kind.NEEDS else SHAPES[kind].names[:1]:
        if field.of and known.names[field.of].is_known(text):
            return known.names[field.of].match(text).name, field.name
    return "", ""


def _period_column(column: Column, base: str, kind: Kind) -> Column:
    """A period, perhaps with an amount or the word plan beside it: “Aug 26 bookings”, “Aug 26 plan”."""
    meaning = meaning_of(base)
    if meaning is not None:
        return replace(column, period=meaning)
    words = base.split()
    for cut in range(1, min(4, len(words))):
        for rest, period in ((words[:cut], words[cut:]), (words[-cut:], words[:-cut])):
            meaning = meaning_of(" ".join(period))
            if meaning is not None and not meaning.lone:
                fields = words_of(kind).fields_of(" ".join(rest))
                amount = _amount(kind, fields)
                is_other = is_plan(" ".join(rest))
                if amount or is_other or set(fold(" ".join(rest)).split()) <= FILLING:
                    return replace(column, period=meaning, amount=amount, is_aside=is_other)
    return column


def _with_above(column: Column, above: Cell, kind: Kind, known: Known, *, is_1904: bool) -> Column:
    """What the row above adds: a year to a month, an amount to a period, a period to an amount, a name to either."""
    if above == "" or (column.fields and not column.amount):
        return column
    upper = _column(column.index, above, kind, known, is_1904=is_1904)
    title = f"{text_of(above)} {column.title}".strip()
    if column.period is not None and column.period.lone:
        years = years_in([text_of(above)])
        dated = meaning_of(f"{column.title} {years.pop()}") if len(years) == 1 else None
        column = replace(column, period=dated or column.period, title=title)
    if upper.is_aside and not column.fields and upper.period is None and not years_in([text_of(above)]):
        return replace(column, title=title, is_aside=True)
    if is_plan(text_of(above)) and not upper.amount:
        return replace(column, title=title, is_aside=True)
    amount = column.amount or upper.amount or _mentioned(kind, above)
    if (
        column.period is None
        and upper.period is not None
        and not upper.is_aside
        and (column.amount or column.name or not column.title)
    ):
        return replace(column, title=title, period=upper.period, amount=amount)
    if upper.name and (column.period is not None or column.amount):
        return replace(column, title=title, name=upper.name, name_of=upper.name_of, amount=amount)
    return replace(column, title=title, amount=amount) if column.is_across and amount else column


def _mentioned(kind: Kind, above: Cell) -> str:
    amounts = amounts_in(kind, [text_of(above)])
    return amounts.pop() if len(amounts) == 1 else ""


def _spread(cells: Sequence[Cell]) -> Iterator[Cell]:
    """A row in which each cell stands for the empty ones to its right."""
    last: Cell = ""
    for cell in cells:
        last = cell if cell != "" else last
        yield last


def _is_month(cell: Cell) -> bool:
    """202608 as a number."""
    return isinstance(cell, Decimal) and 200_001 <= cell <= 206_012 and meaning_of(cell) is not None


def _are_serials(titles: Sequence[Cell]) -> bool:
    """Whether the numbers of a row are days of a spreadsheet, a week or a month apart."""
    numbers = [title for title in titles if isinstance(title, Decimal)]
    return len(numbers) > 1 and all(
        meaning_of(number) is not None and later - number in {7, 28, 29, 30, 31} for number, later in pairwise(numbers)
    )


def _score(columns: Sequence[Column]) -> float:
    fields = {name for column in columns for name, _ in column.fields[:1]}
    score = 2.0 * len(fields) + 0.5 * sum(bool(column.modifiers) and not column.fields for column in columns)
    for across in ({c.index for c in columns if c.period}, {c.name for c in columns if c.name}):
        if len(across) > 1 or (across and fields):
            score += min(len(across), MOST_COUNTED)
    score -= sum(0.2 for column in columns if column.period and column.period.lone)
    return score + sum(0.25 for column in columns if column.is_across and column.amount)


def _texts(grid: Grid, row: int) -> Iterator[str]:
    yield grid.name
    for above in grid.rows[:row]:
        yield from (cell for cell in above if isinstance(cell, str) and cell and not is_blank(cell))
