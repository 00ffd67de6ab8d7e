"""A grid that is read: its layout, and what holds for all of its rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from models.sheets.amounts import Amounts
from models.sheets.board import Request
from models.sheets.calendar import Calendar, years_of
from models.sheets.cells import Cell, Grid, is_blank, text_of
from models.sheets.fields import SHAPES, Field, Role, Shape
from models.sheets.headers import Column
from models.sheets.layout import Layout
from models.sheets.meanings import Grain, Meaning
from models.sheets.names import Names
from models.sheets.questions import Asking

# 202634 is a week; so 202611 in the same column is one, too.
WEEK_IN_DIGITS = re.compile(r"20\d{2}(?:1[3-9]|[2-5]\d)", re.ASCII)


class Unread(Exception):
    """Why a row is left out."""


@dataclass
class Context:
    """What all rows of a grid share; `above` is what stood last in a column, or heads the rows below (`headed`)."""

    grid: Grid
    layout: Layout
    request: Request
    asking: Asking
    above: dict[str, Cell] = field(default_factory=dict)
    headed: set[str] = field(default_factory=set)
    months: dict[tuple[Cell, str], date | None] = field(default_factory=dict)

    @cached_property
    def shape(self) -> Shape:
        """The fields of the kind."""
        return SHAPES[self.request.kind]

    @cached_property
    def amounts(self) -> Amounts:
        """How its amounts are read."""
        return Amounts(self.grid, self.layout, self.request, self.asking)

    @cached_property
    def calendar(self) -> Calendar:
        """How its periods are read."""
        plain = self._plain_calendar(self._period_titles)
        columns = [*self._period_columns, *([self.layout.mixed] if self.layout.mixed else [])]
        if not columns:
            refined = (plain.refined(c.title, c.period) for c in self.layout.amounts if c.period is not None)
            return plain.decided(meaning for meaning in refined if meaning is not None)
        return plain.decided(self._meanings(plain, columns[0]))

    @cached_property
    def days(self) -> Calendar:
        """How its days are read that are no periods."""
        plain = self._plain_calendar(())
        names = [each.name for each in self.shape.fields if each.role is Role.DAY]
        columns = [column for name in names for column in self.layout.fields.get(name, ())]
        return plain.decided(meaning for column in columns for meaning in self._meanings(plain, column))

    def key(self, cell: Cell, year: str = "") -> date | None:
        """The month or the week of a cell."""
        if (cell, year) not in self.months:
            meaning = self.calendar.meaning(cell, year)
            self.months[cell, year] = self.calendar.key(text_of(cell), meaning) if meaning else None
        return self.months[cell, year]

    def key_across(self, column: Column, year: str = "") -> date | None:
        """The month or the week of a column; where it has no year, the row has it."""
        is_lone = column.period is not None and bool(column.period.lone)
        meaning = self.calendar.refined(column.title, column.period, year if is_lone else "")
        return self.calendar.key(column.title, meaning) if meaning else None

    def day(self, cell: Cell) -> date | None:
        """The day of a cell."""
        meaning = self.days.meaning(cell)
        period = self.days.chosen(meaning) if meaning else None
        return period.first if period and period.grain is Grain.DAY else None

    def names(self, each: Field) -> Names:
        """The names that a field may hold."""
        assert each.of is not None  # noqa: S101 - the table of fields says so
        return self.request.known.names[each.of]

    def is_known(self, text: str) -> bool:
        """Whether a text is a name of this kind of table."""
        return any(self.names(each).is_known(text) for each in self.shape.names)

    def has_amounts(self, row: Sequence[Cell]) -> bool:
        """Whether a row holds any amount."""
        return any(not is_blank(row[column.index]) for column in self.layout.amounts)

    def is_described(self, row: Sequence[Cell]) -> bool:
        """Whether a row without amounts says what something is: a stock has no hours of a week."""
        said = [each.name for each in self.shape.fields if each.role is Role.CHOICE]
        columns = [column for name in said for column in self.layout.fields.get(name, ())]
        return self.shape.period is None and any(not is_blank(row[column.index]) for column in columns)

    def set_above(self, name: str, cell: Cell, *, is_heading: bool) -> None:
        """Keep what stands in a column, for the empty cells below."""
        self.above[name] = cell
        (self.headed.add if is_heading else self.headed.discard)(name)

    @cached_property
    def key_columns(self) -> tuple[int, ...]:
        """The columns whose cells tell rows apart."""
        keys = [column for name in self.shape.key for column in self.layout.fields.get(name, ())]
        return tuple(column.index for column in (*keys, *([self.layout.mixed] if self.layout.mixed else [])))

    @property
    def _period_columns(self) -> Sequence[Column]:
        return self.layout.fields.get(self.shape.period.name, ()) if self.shape.period else ()

    @property
    def _period_titles(self) -> tuple[str, ...]:
        titles = tuple(column.title for column in self._period_columns)
        cells = (row[column.index] for column in self._period_columns for row in self.grid.rows)
        is_by_week = any(WEEK_IN_DIGITS.fullmatch(text_of(cell)) for cell in cells)
        return (*titles, "week") if is_by_week else titles or self.layout.header.texts

    def _plain_calendar(self, titles: tuple[str, ...]) -> Calendar:
        known = self.request.known
        is_weekly = self.shape.period is not None and self.shape.period.name == "week"
        years = years_of([*self.layout.header.texts, self.request.file_name])
        return Calendar(is_weekly, titles, known.locale, known.today, self.asking, years, self.grid.is_1904)

    def _meanings(self, calendar: Calendar, column: Column) -> Iterator[Meaning]:
        year = self.layout.year.index if self.layout.year else None
        rows = self.grid.rows[self.layout.header.row + 1 :]
        cells = {(row[column.index], text_of(row[year]) if year is not None else "") for row in rows}
        for cell, beside in sorted(cells, key=str):
            meaning = None if is_blank(cell) or self.is_known(text_of(cell)) else calendar.meaning(cell, beside)
            if meaning is not None:
                yield meaning
