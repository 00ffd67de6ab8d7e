"""Rows of one key become one: amounts are added up, levels are not, and what stands there twice is asked."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from models.base.language import _
from models.sheets.cells import fold, plain_number
from models.sheets.context import Context
from models.sheets.fields import Kind, Role
from models.sheets.numbers import decimal_of
from models.sheets.questions import Asking, shown
from models.sheets.rows import Entry, Key, Rows
from models.sheets.titles import is_bare_total

MONTHS = {Kind.ACTUALS, Kind.BUDGET, Kind.HISTORY, Kind.FORECAST, Kind.SUPPLY}
# What stands there for three days of a week or more, is told day by day.
LEAST_DAYS = 3
ADDED = MONTHS | {Kind.COMMITMENTS}


def add_up(rows: Rows, context: Context) -> list[dict[str, str]]:
    """One row for each key, those of a name together and in the order of time."""
    values: dict[Key, dict[str, list[Entry]]] = {key: {} for key in rows.keys}
    for entry in rows.entries:
        values[entry.key].setdefault(entry.field, []).append(entry)
    adder = _Adder(context)
    read = [adder.row(key, values[key]) for key in values]
    return _ordered(read, context)


class _Adder:
    def __init__(self, context: Context) -> None:
        self.context, self.shape, self.kind = context, context.shape, context.request.kind
        self.asking: Asking = context.asking

    def row(self, key: Key, entries: Mapping[str, Sequence[Entry]]) -> dict[str, str]:
        """A key with all that is said of it."""
        row = dict(zip(self.shape.key, key, strict=True))
        for name in self.shape.by_name:
            if name in entries:
                row[name] = self._value(name, entries[name])
        if self.shape.period and self.shape.period.name == "month":
            row["month"] = row["month"][:7]
        return {name: row[name] for name in self.shape.by_name if row.get(name)}

    def _value(self, name: str, entries: Sequence[Entry]) -> str:
        if self.shape.by_name[name].role is not Role.AMOUNT:
            texts = list(dict.fromkeys(str(entry.value) for entry in entries))
            if len(texts) > 1 and self.shape.by_name[name].role is not Role.TEXT:
                self._ask_twice(name, entries)
            return "; ".join(texts) if self.kind in ADDED | {Kind.WEEKS} else texts[0]
        total = self._total(name, entries)
        if total < 0 and not self.shape.by_name[name].may_be_negative:
            what = ", ".join(filter(None, entries[0].key))
            answer = self.asking.ask(
                f"negative:{name}:{'|'.join(entries[0].key)}",
                _(
                    "Row {row}: {said} is {shown} ({what}), and cannot be below 0 here.",
                    row=entries[0].row,
                    said=self._said(name),
                    shown=shown(total),
                    what=what,
                ),
                {"0": _("Count it as 0")},
            )
            if answer:
                return "0" if answer == "0" else ""
        exact = decimal_of(total)
        return plain_number(exact) if exact is not None else shown(total)

    def _said(self, name: str) -> str:
        return self.shape.by_name[name].said

    def _total(self, name: str, entries: Sequence[Entry]) -> Fraction:
        if len(entries) == 1:
            return _amount(entries[0])
        entries = self._without_subtotal(entries)
        distinct = list({tuple(entry.cells): entry for entry in entries}.values())
        are_rows = len({entry.row for entry in entries}) == len(entries)
        if len(distinct) < len(entries) and are_rows and self._ask_twice(name, entries) == "once":
            entries = distinct
        days = {entry.day for entry in entries}
        if self.shape.by_name[name].is_level and len(days) > 1:
            return self._level(name, entries)
        are_days = len(days) == len(entries) and len(days) >= LEAST_DAYS
        if self.kind not in ADDED and not are_days:
            self._ask_twice(name, entries)
        if len(entries) > 1:
            self.asking.note(
                _(
                    "Several rows of the same {key} are added up.",
                    key=_(" and ").join(self.shape.by_name[each].said for each in self.shape.key),
                )
            )
        return sum(map(_amount, entries), Fraction(0))

    def _without_subtotal(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """A family above its own offers is their sum, and counts once; where it is something else, that is asked."""
        if self.kind not in MONTHS:
            return entries
        family = fold(entries[0].key[0])
        whole = [entry for entry in entries if _is_total(entry)]
        if not whole and len({entry.label for entry in entries}) > 1:
            whole = [entry for entry in entries if fold(entry.label) == family]
        parts = [entry for entry in entries if entry not in whole]
        if not whole or not parts:
            return entries
        if sum(map(_amount, whole), Fraction(0)) == sum(map(_amount, parts), Fraction(0)):
            self.asking.note(
                _("{key} stands there with its parts and as their sum: it counts once.", key=entries[0].key[0])
            )
            return parts
        sentence = _(
            "Row {row}: is {label} the sum of the other rows of it, or is it added to them?",
            row=whole[0].row,
            label=whole[0].label,
        )
        answer = self.asking.ask(
            "levels",
            sentence,
            {"whole": _("It is the sum"), "parts": _("Only the others count"), "add": _("It is added")},
        )
        return {"whole": whole, "parts": parts}.get(answer, entries)

    def _level(self, name: str, entries: Sequence[Entry]) -> Fraction:
        """What there was at several moments of a month is not added up by itself: its person says what counts."""
        options = {"last": _("The last one counts"), "add": _("They are added up")}
        sentence = _(
            "{name} stands several times in a month (rows {row} and {row_2}): which one counts?",
            name=name,
            row=entries[0].row,
            row_2=entries[1].row,
        )
        if self.asking.ask(f"level:{name}", sentence, options) == "last":
            return _amount(max(entries, key=lambda entry: (entry.day, entry.row)))
        return sum(map(_amount, entries), Fraction(0))

    def _ask_twice(self, name: str, entries: Sequence[Entry]) -> str:
        first, second = entries[0], entries[1]
        what = ", ".join(filter(None, first.key))
        sentence = _(
            "Rows {row} and {second_row} both say {said} of {what}: are they added up?",
            row=first.row,
            second_row=second.row,
            said=self._said(name),
            what=what,
        )
        return self.asking.ask(
            "twice", sentence, {"add": _("They are added up"), "once": _("They are the same, and count once")}
        )


def _is_total(entry: Entry) -> bool:
    return any(isinstance(cell, str) and is_bare_total(cell) for cell in entry.cells)


def _amount(entry: Entry) -> Fraction:
    assert isinstance(entry.value, Fraction)  # noqa: S101 - entries of amounts hold amounts
    return entry.value


def _ordered(rows: list[dict[str, str]], context: Context) -> list[dict[str, str]]:
    period = context.shape.period.name if context.shape.period else ""
    first: dict[tuple[str, ...], int] = {}
    names = [
        tuple(value for name, value in row.items() if name in context.shape.key and name != period) for row in rows
    ]
    for name in names:
        first.setdefault(name, len(first))
    paired = sorted(zip(names, rows, strict=True), key=lambda pair: (first[pair[0]], pair[1].get(period, "")))
    return [row for _, row in paired]
