"""The columns of a grid while they are given out: which are free, and what stands in them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.base.language import _
from models.sheets.cells import Cell, Grid, is_blank
from models.sheets.fields import SHAPES, Field, Kind
from models.sheets.headers import Column, Header
from models.sheets.letters import column_letters
from models.sheets.names import Known, Names
from models.sheets.numbers import PERCENT, factor_of, read_number
from models.sheets.periods import meaning_of
from models.sheets.questions import Asking
from models.sheets.titles import FOREIGN_UNITS

SAMPLE = 300
MOST, SOME = 0.6, 0.3


@dataclass(frozen=True)
class Request:
    """What a table is read for."""

    kind: Kind
    known: Known
    measure: str = ""
    file_name: str = ""


class Board:
    """The columns of a grid, as their titles say or their person chose; each is given out once."""

    def __init__(self, grid: Grid, header: Header, request: Request, asking: Asking) -> None:
        self.grid, self.header, self.request, self.asking = grid, header, request, asking
        self.shape = SHAPES[request.kind]
        self.columns = [self._answered(column) for column in header.columns]
        self.sample = grid.rows[header.row + 1 : header.row + 1 + SAMPLE]
        self._taken: set[int] = set()

    @property
    def free(self) -> list[Column]:
        """The columns that nobody has taken."""
        return [column for column in self.columns if column.index not in self._taken]

    def take(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """Give columns out."""
        self._taken |= {column.index for column in columns}
        return tuple(columns)

    def titled(self, field: str) -> list[Column]:
        """The free columns whose titles may name a field, the likeliest first."""
        found = [column for column in self.free if column.rank(field) is not None and not column.is_across]
        return sorted(found, key=lambda column: column.rank(field) or 0)

    def names(self, field: Field) -> Names:
        """The names that a field may hold."""
        assert field.of is not None  # noqa: S101 - the table of fields says so
        return self.request.known.names[field.of]

    def cells(self, column: Column) -> Iterator[Cell]:
        """What stands in a column."""
        return (row[column.index] for row in self.sample if not is_blank(row[column.index]))

    def share(self, column: Column, is_one: Callable[[Cell], bool]) -> float:
        """How much of a column is of some sort."""
        cells = list(self.cells(column))
        return sum(map(is_one, cells)) / len(cells) if cells else 0.0

    def share_periods(self, column: Column, *, is_strict: bool = False) -> float:
        """How much of a column may be periods; strictly, a number is none."""
        return self.share(column, lambda cell: self.is_period(cell, is_strict=is_strict))

    def is_period(self, cell: Cell, *, is_strict: bool = False) -> bool:
        """Whether a cell may be a period."""
        if is_strict and (isinstance(cell, Decimal) or (isinstance(cell, str) and read_number(cell) is not None)):
            return False
        return meaning_of(cell, is_1904=self.grid.is_1904) is not None

    def are_numbers(self, column: Column) -> bool:
        """Whether a column holds numbers."""
        return self.share(column, _is_number) >= MOST

    def _answered(self, column: Column) -> Column:
        chosen = self.asking.answers.get(f"column:{label(column)}")
        if chosen is None:
            return column
        fields = ((chosen, 0),) if chosen in self.shape.by_name else ()
        amount = chosen if chosen in self.shape.amounts else ""
        return replace(column, fields=fields, amount=amount, is_aside=not fields, modifiers=frozenset())


def label(column: Column) -> str:
    """A column as it is named to people: by its title, else by its letter."""
    return column.title or _("column {column_letters}", column_letters=column_letters(column.index))


def _is_number(cell: Cell) -> bool:
    reading = read_number(cell) if isinstance(cell, str) else None
    is_counted = reading is not None and (
        factor_of(reading.unit) is not None or reading.unit in FOREIGN_UNITS | {PERCENT}
    )
    return isinstance(cell, Decimal) or is_counted
