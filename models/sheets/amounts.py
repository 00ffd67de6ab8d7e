"""The amounts of a table together: which decimal mark they have, and what each cell amounts to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from models.base.arithmetic import half_up
from models.base.language import N_, _
from models.sheets.board import Request
from models.sheets.cells import Cell, Grid, fold, is_blank, text_of
from models.sheets.fields import SHAPES, Field, Role
from models.sheets.headers import Column
from models.sheets.layout import Layout
from models.sheets.numbers import COMMA, PERCENT, POINT, Reading, decimal_mark, decimal_of, factor_of, read_number
from models.sheets.questions import LEAVE_OUT, Asking, shown
from models.sheets.titles import FOREIGN_UNITS, is_money

UNSAVED = N_(
    "The workbook holds formulas without stored values: open it in a spreadsheet program, save it, and bring it again."
)
LARGEST_AMOUNT = 10**9
MARKS = {POINT: "1.5", COMMA: "1,5"}


@dataclass(frozen=True)
class Amounts:
    """Reads the amounts of one grid; one decimal mark for all of it."""

    grid: Grid
    layout: Layout
    request: Request
    asking: Asking

    def value(self, row: int, cell: Cell, column: Column, field: Field, *, unit: str = "") -> Fraction | None:
        """What a cell amounts to, whole or with three decimals; None where that is not clear, which is asked."""
        key = (cell, column.index, field.name, unit)
        if key not in self._known_values:
            self._known_values[key] = self._value(row, cell, column, field, unit)
        return self._known_values[key]

    def _value(self, row: int, cell: Cell, column: Column, field: Field, unit: str) -> Fraction | None:
        if isinstance(cell, Decimal):
            return self._rounded(row, Fraction(cell) * self._factor(row, column, unit, field), field)
        if not isinstance(cell, str):
            return self._ask_cell(row, cell, field, _("“{text_of}” is a date, not a number", text_of=text_of(cell)))
        reading = self._reading(cell)
        if reading is None:
            return self._ask_cell(row, cell, field, _("“{cell}” is no number", cell=cell[:40]))
        why = self._objection(reading, cell, field)
        if why:
            return self._ask_cell(row, cell, field, why)
        value = reading.value(self.mark or "")
        if value is None:
            self._ask_mark(cell, reading)
            return None
        own = reading.unit if reading.unit != PERCENT else ""
        return self._rounded(row, value * self._factor(row, column, own or unit, field), field)

    def quiet(self, cell: Cell) -> Fraction | None:
        """The number in a cell, if it is one; nothing is asked."""
        if isinstance(cell, Decimal):
            return Fraction(cell)
        reading = self._reading(text_of(cell))
        return reading.value(self.mark or "") if reading else None

    def share(self, row: int, cell: Cell, column: Column, field: Field) -> Fraction | None:
        """A share such as 0.1, written as such or in percent."""
        reading = Reading(Fraction(cell), Fraction(cell)) if isinstance(cell, Decimal) else self._reading(text_of(cell))
        value = reading.value(self.mark or "") if reading else None
        if reading is None or value is None or reading.unit not in {"", PERCENT}:
            return self._ask_cell(
                row, cell, field, _("“{text_of}” is no share, such as 10 %", text_of=text_of(cell)[:40])
            )
        return value / 100 if reading.unit == PERCENT or column.index in self._percent_columns else value

    @cached_property
    def mark(self) -> str | None:
        """The decimal mark of the grid's texts; None where it is not clear."""
        fields = SHAPES[self.request.kind].by_name
        plain = [r for r in self._readings if factor_of(r.unit, known=self.request.known.units) in {1, None}]
        is_whole = all(fields[name].is_whole for name in self._fields_read) and all(
            factor_of(column.unit, known=self.request.known.units) in {1, None} for column in self.layout.amounts
        )
        mark = decimal_mark(plain, locale=self.request.known.locale, delimiter=self.grid.delimiter, is_whole=is_whole)
        answered = self.asking.answers.get("mark")
        return answered if mark is None and answered in MARKS else mark

    @cached_property
    def _fields_read(self) -> set[str]:
        named = {column.amount for column in self.layout.amounts if column.amount}
        return named & SHAPES[self.request.kind].by_name.keys() or set(SHAPES[self.request.kind].amounts)

    @cached_property
    def _readings(self) -> list[Reading]:
        texts = {cell for column in self._columns for cell in self._cells(column) if isinstance(cell, str)}
        return [reading for reading in map(self._reading, texts) if reading is not None]

    @cached_property
    def _columns(self) -> Sequence[Column]:
        shares = [f.name for f in SHAPES[self.request.kind].fields if f.role is Role.SHARE]
        return [*self.layout.amounts, *(column for name in shares for column in self.layout.fields.get(name, ()))]

    @cached_property
    def _percent_columns(self) -> frozenset[int]:
        """Columns of shares that are percents although nothing beside the number says so: a share is at most one."""
        found = set()
        for column in self._columns:
            values = [
                Reading(Fraction(c), None) if isinstance(c, Decimal) else self._reading(text_of(c))
                for c in self._cells(column)
            ]
            # What has its own sign says nothing of its neighbours.
            plain = [r for r in values if r is not None and r.unit != PERCENT]
            if PERCENT in column.title or any((r.value(self.mark or "") or 0) > 1 for r in plain):
                found.add(column.index)
        return frozenset(found)

    @cached_property
    def _known_values(self) -> dict[tuple[Cell, int, str, str], Fraction | None]:
        return {}

    @cached_property
    def _known_texts(self) -> dict[str, Reading | None]:
        return {}

    def _reading(self, text: str) -> Reading | None:
        if text not in self._known_texts:
            self._known_texts[text] = read_number(text)
        return self._known_texts[text]

    def _cells(self, column: Column) -> Iterator[Cell]:
        rows = self.grid.rows[self.layout.header.row + 1 :]
        return (row[column.index] for row in rows if not is_blank(row[column.index]))

    def _objection(self, reading: Reading, cell: str, field: Field) -> str:
        if reading.is_rounded:
            return _("“{cell}” has lost digits", cell=cell[:40])
        if reading.is_money and not field.is_money:
            return _("“{cell}” is money, not {said}", cell=cell[:40], said=field.said)
        return _("“{cell}” is a percentage", cell=cell[:40]) if reading.unit == PERCENT else ""

    def _factor(self, row: int, column: Column, unit: str, field: Field) -> Fraction:
        """What the units of cell, row and title come to; a unit that nobody knows is asked."""
        by_title = column.unit if set(column.unit.split()) & FOREIGN_UNITS or factor_of(column.unit) else ""
        unit = unit or by_title
        if not unit or (field.is_money and is_money("", unit)):
            return Fraction(1)
        factor = factor_of(unit, known=self.request.known.units)
        if factor is not None and not (field.is_whole and factor < 1):
            if factor != 1:
                self.asking.note(
                    _(
                        "“{unit}” is {shown}.",
                        unit=unit,
                        shown=shown(factor) if factor > 1 else _("{factor} of an hour", factor=factor),
                    )
                )
            return factor
        answer = self.asking.ask(
            f"unit:{unit}",
            _("Row {row}: how many is one “{unit}” of {said}?", row=row, unit=unit, said=field.said),
            {"1": _("one, as it is counted here")},
        )
        return Fraction(answer) if answer and answer != LEAVE_OUT else Fraction(1)

    def _rounded(self, row: int, value: Fraction, field: Field) -> Fraction | None:
        if abs(value) > LARGEST_AMOUNT:
            return self._ask_cell(row, shown(value), field, _("{shown} is too large", shown=shown(value)))
        exact = decimal_of(value)
        if field.is_whole and (exact is None or exact != exact.to_integral_value()):
            options = {str(half_up(value)): str(half_up(value))}
            sentence = _(
                "Row {row}: {said} is {shown}, and is counted in whole units.",
                row=row,
                said=field.said,
                shown=shown(value),
            )
            answer = self.asking.ask(f"whole:{field.name}:{shown(value)}", sentence, options)
            return Fraction(answer) if answer and answer != LEAVE_OUT else None
        if exact is None:
            self.asking.note(_("Numbers are rounded to three decimals."))
            return Fraction(half_up(value * 1000), 1000)
        return Fraction(exact)

    def _ask_mark(self, cell: str, reading: Reading) -> None:
        options = {
            mark: shown(value) for mark, value in ((POINT, reading.point), (COMMA, reading.comma)) if value is not None
        }
        self.asking.ask(
            "mark", _("Is “{cell}” {values}?", cell=cell[:40], values=_(" or ").join(options.values())), options
        )

    def _ask_cell(self, row: int, cell: Cell, field: Field, why: str) -> Fraction | None:
        text = text_of(cell)
        answer = self.asking.ask(
            f"cell:{field.name}:{fold(text)[:60]}",
            _("Row {row}: {said}: {why}.", row=row, said=field.said, why=why),
            {"0": "0"},
        )
        return Fraction(answer) if answer and answer != LEAVE_OUT else None
