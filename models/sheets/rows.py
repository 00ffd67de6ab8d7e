"""Row by row: what is left out and why, and the entries that the others hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from models.base.language import _
from models.sheets.cells import Cell, fold, is_blank, text_of
from models.sheets.context import Context, Unread
from models.sheets.exclusions import Exclusions
from models.sheets.headers import Column
from models.sheets.titles import words_of
from models.sheets.values import Values

Key = tuple[str, ...]


class Entry(NamedTuple):
    """One amount or text of a row, by the row's key; `cells` and `label` tell rows of the same key from each other."""

    row: int
    key: Key
    field: str
    value: Fraction | str
    cells: Sequence[Cell] = ()
    label: str = ""
    day: str = ""


@dataclass
class Rows:
    """What the rows of a grid hold, and which of them are left out."""

    keys: dict[Key, int] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    left_out: dict[int, str] = field(default_factory=dict)


def read_rows(context: Context) -> Rows:
    """Read all rows below the header; what stands above it is left out."""
    reader = _Reader(context)
    top, first = context.layout.header.row, context.grid.first
    for index, row in enumerate(context.grid.rows):
        if index < top and not all(is_blank(cell) for cell in row):
            reader.rows.left_out[index + first] = _("above the table")
        elif index > top:
            reader.read(index, row)
    return reader.rows


class _Reader:
    def __init__(self, context: Context) -> None:
        self.context, self.layout, self.shape = context, context.layout, context.shape
        self.exclusions, self.values, self.rows = Exclusions(context), Values(context), Rows()

    def read(self, index: int, row: Sequence[Cell]) -> None:
        """Read one row, or leave it out."""
        if all(is_blank(cell) for cell in row) and not self.exclusions.is_unsaved(index):
            return
        number = index + self.context.grid.first
        try:
            self.exclusions.check(index, row)
            values = self.values.of(number, row)
            for column in self.layout.amounts:
                if not is_blank(row[column.index]):
                    self._enter_amount(number, row, column, values)
            if not self.context.has_amounts(row):
                self._enter(number, row, values)
        except Unread as why:
            self.rows.left_out[number] = str(why)

    def _enter_amount(self, number: int, row: Sequence[Cell], column: Column, values: Mapping[str, str]) -> None:
        name = column.amount or self._measure(row)
        if not name or name in self.shape.key:
            return
        own = {**values, **self.values.across(number, row, column)}
        unit = fold(text_of(row[self.layout.unit.index])) if self.layout.unit else ""
        value = self.context.amounts.value(number, row[column.index], column, self.shape.by_name[name], unit=unit)
        if value is None:
            self.rows.left_out[number] = _("{said} is not clear", said=self.shape.by_name[name].said)
            return
        self.exclusions.add(column.index, value)
        self._enter(number, row, own, (name, value), column)

    def _measure(self, row: Sequence[Cell]) -> str:
        """What a row measures, where a column says it for each."""
        if self.layout.measures is None:
            return self.layout.measure
        text = text_of(row[self.layout.measures.index])
        found = [name for name, _ in words_of(self.context.request.kind).fields_of(text) if name in self.shape.amounts]
        if not found:
            raise Unread(_("“{text}” is not read", text=text[:40]))
        return found[0]

    def _enter(
        self,
        number: int,
        row: Sequence[Cell],
        values: Mapping[str, str],
        amount: tuple[str, Fraction] | None = None,
        column: Column | None = None,
    ) -> None:
        key = tuple(values.get(name, "") for name in self.shape.key)
        for name in self.shape.key:
            if name not in values:
                raise Unread(_("no {said}", said=self.shape.by_name[name].said))
        self.rows.keys.setdefault(key, number)
        texts = [(name, value) for name, value in values.items() if name not in self.shape.key]
        label, day = self._label(row), self._day(row, column)
        values_read: list[tuple[str, Fraction | str]] = [*texts, *([amount] if amount else [])]
        for name, value in values_read:
            self.rows.entries.append(Entry(number, key, name, value, row, label, day))

    def _label(self, row: Sequence[Cell]) -> str:
        """The name as the row writes it: of a family, or of one of its offers."""
        names = self.layout.fields.get(self.shape.names[0].name, ()) if self.shape.names else ()
        return text_of(next((row[c.index] for c in names if not is_blank(row[c.index])), ""))

    def _day(self, row: Sequence[Cell], column: Column | None) -> str:
        period = self.layout.first(self.shape.period.name) if self.shape.period else None
        return text_of(row[period.index]) if period else column.title if column else ""
