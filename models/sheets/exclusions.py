"""Rows that are no data: a header again, headings, totals, footers, what was planned or cancelled."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from models.base.language import _
from models.sheets.amounts import UNSAVED
from models.sheets.cells import Cell, fold, is_blank, text_of
from models.sheets.context import Context, Unread
from models.sheets.fields import Kind
from models.sheets.layout import VERSIONS
from models.sheets.numbers import factor_of
from models.sheets.titles import amounts_in, is_plan, is_total

CANCELLED = ("cancel", "storn", "abgesagt", "annul", "void", "rejected", "abgelehnt")


class Exclusions:
    """Says of each row of a grid why it is left out."""

    def __init__(self, context: Context) -> None:
        self.context, self.layout = context, context.layout
        self.sums: dict[int, Fraction] = {}
        self.is_over = False

    def check(self, index: int, row: Sequence[Cell]) -> None:
        """Refuse a row that holds no data of its own."""
        if self.is_over:
            raise Unread(_("below another table"))
        if self._is_header(row):
            raise Unread(_("the header again"))
        self._check_next_table(index, row)
        self._check_units(index, row)
        self._check_total(row)
        if self.is_unsaved(index):
            self.context.asking.ask("unsaved", _(UNSAVED))
            raise Unread(_("a formula without a stored value"))
        if self.layout.amounts and not self.context.has_amounts(row) and not self.context.is_described(row):
            self._head(row)
        self._check_mixed(row)
        self._check_version(row)
        self._check_status(row)

    def add(self, column: int, value: Fraction) -> None:
        """Count an amount in, so that its total is known for one."""
        self.sums[column] = self.sums.get(column, Fraction(0)) + value

    def is_unsaved(self, index: int) -> bool:
        """Whether a row has a formula without a value where something is read."""
        columns = (*self.context.key_columns, *(column.index for column in self.layout.amounts))
        return bool(self.context.grid.unsaved) and any(
            (index, column) in self.context.grid.unsaved for column in columns
        )

    def _is_header(self, row: Sequence[Cell]) -> bool:
        top = self.layout.header.row
        titles = self.context.grid.rows[top] if top >= 0 else ()
        return top >= 0 and all(
            text_of(a).casefold() == text_of(b).casefold() for a, b in zip(row, titles, strict=True)
        )

    @cached_property
    def _label_columns(self) -> list[int]:
        amounts = {column.index for column in self.layout.amounts}
        return [column.index for column in self.layout.header.columns if column.index not in amounts]

    def _check_next_table(self, index: int, row: Sequence[Cell]) -> None:
        """Below the table another one may begin, of other amounts or periods, which is not read with it."""
        is_header = any(isinstance(cell := row[n], str) and cell.casefold() == title for n, title in self._key_titles)
        if not is_header and not self._names_other_amounts(row):
            return
        self.is_over = True
        sentence = _(
            "Row {index}: another table begins there, which is not read: leave it out?",
            index=index + self.context.grid.first,
        )
        self.context.asking.ask("next", sentence, {"out": _("Leave it out")})
        raise Unread(_("another table"))

    @cached_property
    def _key_titles(self) -> list[tuple[int, str]]:
        top = self.layout.header.row
        titles = self.context.grid.rows[top] if top >= 0 else ()
        named = [(n, text_of(titles[n]).casefold()) for n in self.context.key_columns if top >= 0]
        return [(n, title) for n, title in named if title]

    def _names_other_amounts(self, row: Sequence[Cell]) -> bool:
        """A title below the rows that have been read, which mentions what they do not hold."""
        if not self.sums or any(not is_blank(row[column.index]) for column in self.layout.amounts):
            return False
        texts = {text_of(cell) for cell in row if not is_blank(cell)}
        measured = {column.amount for column in self.layout.amounts} | {self.layout.measure}
        return len(texts) == 1 and bool(amounts_in(self.context.request.kind, texts) - measured)

    def _check_units(self, index: int, row: Sequence[Cell]) -> None:
        """A row of units below the titles; units that change the numbers are asked."""
        is_first = index == self.layout.header.row + 1
        if not is_first or any(not is_blank(row[column]) for column in self.context.key_columns):
            return
        cells = [fold(text_of(row[column.index])) for column in self.layout.amounts if not is_blank(row[column.index])]
        factors = [factor_of(cell, known=self.context.request.known.units) for cell in cells]
        if not factors or None in factors:
            return
        if set(factors) != {1}:
            sentence = _(
                "Row {index} says “{cells}”: put it into the title, as in “Bookings (k)”.",
                index=index + self.context.grid.first,
                cells=cells[0],
            )
            self.context.asking.ask("units", sentence)
        raise Unread("units")

    def _check_total(self, row: Sequence[Cell]) -> None:
        keys = [row[column] for column in self.context.key_columns]
        if self.context.shape.period and keys and not any(is_blank(cell) or is_total(text_of(cell)) for cell in keys):
            return
        texts = [text_of(row[column]) for column in self._label_columns if not is_blank(row[column])]
        totals = [text for text in texts if is_total(text) and not self.context.is_known(text)]
        if totals and (self.context.shape.period or len(texts) == 1):
            raise Unread(_("a total"))
        if keys and not texts and self._is_sum(row):
            raise Unread(_("a total"))

    def _is_sum(self, row: Sequence[Cell]) -> bool:
        """Whether a row without any label holds the sums of the rows above."""
        cells = {column.index: row[column.index] for column in self.layout.amounts if not is_blank(row[column.index])}
        values = {n: self.context.amounts.quiet(cell) for n, cell in cells.items()}
        return bool(values) and all(value is not None and value == self.sums.get(n) for n, value in values.items())

    def _head(self, row: Sequence[Cell]) -> None:
        """A row without amounts: the name or the period of the rows below, or nothing that is read."""
        cells = list(dict.fromkeys(cell for cell in row if not is_blank(cell)))
        if len(cells) == 1:
            self._head_with(cells[0])
        raise Unread(_("no amount"))

    def _head_with(self, cell: Cell) -> None:
        for each in self.context.shape.names:
            if self.context.names(each).is_known(text_of(cell)):
                self.context.set_above(each.name, cell, is_heading=True)
                raise Unread(_("a heading"))
        period = self.context.shape.period
        if period and not self.layout.fields.get(period.name) and self.context.calendar.meaning(cell):
            self.context.set_above(period.name, cell, is_heading=True)
            raise Unread(_("a heading"))

    def _check_mixed(self, row: Sequence[Cell]) -> None:
        """In a column of names and periods, the ones that come first head the others."""
        mixed, period = self.layout.mixed, self.context.shape.period
        if mixed is None or period is None or is_blank(row[mixed.index]):
            return
        cell = row[mixed.index]
        is_name = self.context.is_known(text_of(cell))
        if is_name == self.layout.do_names_head:
            name = self.context.shape.names[0].name if is_name else period.name
            self.context.set_above(name, cell, is_heading=True)
            raise Unread(_("a subtotal"))

    def _check_version(self, row: Sequence[Cell]) -> None:
        if self.layout.version is None:
            return
        text, kind = text_of(row[self.layout.version.index]), self.context.request.kind
        is_other = (
            is_plan(text) if kind is Kind.ACTUALS else kind in {Kind.FORECAST, Kind.SUPPLY} and fold(text) in VERSIONS
        )
        if is_other:
            raise Unread(_("“{text}”, not {kind}", text=text[:40], kind=kind))

    def _check_status(self, row: Sequence[Cell]) -> None:
        if self.layout.status is None:
            return
        text = text_of(row[self.layout.status.index])
        if not any(word in fold(text) for word in CANCELLED):
            return
        if (
            self.context.asking.ask(
                "status", _("Do rows count that are “{text}”?", text=text[:40]), {"count": _("They count")}
            )
            != "count"
        ):
            raise Unread(text[:40])
