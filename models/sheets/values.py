"""What each field of a row says: by its cell, by the row above, or by one answer for the whole table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.base.language import _
from models.base.months import month_of
from models.sheets.cells import Cell, fold, is_blank, plain_number, text_of
from models.sheets.context import Context, Unread
from models.sheets.fields import Field, Kind, Of, Role
from models.sheets.headers import Column
from models.sheets.numbers import decimal_of
from models.sheets.questions import LEAVE_OUT

MOST_NAMES_ASKED = 20
MOST_NAMES_SHOWN = 100
MOST_TEXT = 200


@dataclass(frozen=True)
class Values:
    """Reads the fields of rows."""

    context: Context

    def of(self, number: int, row: Sequence[Cell]) -> dict[str, str]:
        """The values of all fields that a row says once: names, period, texts."""
        values = {}
        for each in self.context.shape.fields:
            is_amount = each.role is Role.AMOUNT and each.name not in self.context.shape.key
            value = "" if is_amount or self._is_across(each) else self._value(number, row, each)
            if value:
                values[each.name] = value
        return values

    def across(self, number: int, row: Sequence[Cell], column: Column) -> dict[str, str]:
        """The name and the period that the title of a column says."""
        values = {column.name_of or self.context.shape.names[0].name: column.name} if column.name else {}
        period = self.context.shape.period
        if column.period is not None and period:
            year = self.context.layout.year
            first = self.context.key_across(column, text_of(row[year.index]) if year else "")
            values[period.name] = self._checked(number, column.title, first, period)
        return values

    def _is_across(self, each: Field) -> bool:
        amounts = self.context.layout.amounts
        if each.role is Role.NAME:
            first = self.context.shape.names[0].name
            return any(column.name and (column.name_of or first) == each.name for column in amounts)
        return each.role is Role.PERIOD and any(column.period is not None for column in amounts)

    def _value(self, number: int, row: Sequence[Cell], each: Field) -> str:
        column = self._column(row, each)
        cell = row[column.index] if column else ""
        if is_blank(cell):
            cell = self._filled(number, each, has_column=column is not None)
        else:
            self.context.set_above(each.name, cell, is_heading=False)
        if is_blank(cell):
            return ""
        if each.role is Role.NAME:
            return self._name(number, text_of(cell), each)
        if each.role is Role.PERIOD:
            year = self.context.layout.year
            first = self.context.key(cell, text_of(row[year.index]) if year else "")
            return self._checked(number, text_of(cell), first, each)
        return self._other(number, cell, each, column)

    def _column(self, row: Sequence[Cell], each: Field) -> Column | None:
        """The first column of a field in which something stands; a mixed one holds what its headings do not."""
        columns = self.context.layout.fields.get(each.name, ())
        mixed = self.context.layout.mixed
        if mixed and each.role is (Role.PERIOD if self.context.layout.do_names_head else Role.NAME):
            columns = (mixed,)
        if each.role is Role.AMOUNT:
            columns = tuple(column for column in self.context.layout.amounts if column.amount == each.name)
        return next((column for column in columns if not is_blank(row[column.index])), next(iter(columns), None))

    def _filled(self, number: int, each: Field, *, has_column: bool) -> Cell:
        """What an empty cell of the key means: as in the row above, if so; without a column, the same for all."""
        key = self.context.shape.key
        if each.role is Role.AMOUNT:
            return "0"
        if not each.is_needed:
            return ""
        if each.name in self.context.headed:
            return self.context.above[each.name]
        if each.default:
            return self._default(number, each, has_column=has_column)
        if not has_column:
            return self._for_all(each)
        last = self.context.above.get(each.name)
        if last is None or each.name not in key or len(key) < 2:
            raise Unread(_("no {said}", said=each.said))
        sentence = _(
            "Row {number} has no {said}: is it as in the row above ({text_of}), and so below?",
            number=number,
            said=each.said,
            text_of=text_of(last),
        )
        options = {"above": _("As above: {text_of}", text_of=text_of(last))}
        if self.context.asking.ask(f"fill:{each.name}", sentence, options, likely="above") != "above":
            raise Unread(_("no {said}", said=each.said))
        return last

    def _default(self, number: int, each: Field, *, has_column: bool) -> Cell:
        """Where nothing stands, what was said before stays; among others that have one, it may be that above."""
        last = self.context.above.get(each.name)
        if not has_column or last is None:
            return ""
        sentence = _(
            "Row {number} has no {said}: is it as in the row above ({text_of}), and so below?",
            number=number,
            said=each.said,
            text_of=text_of(last),
        )
        options = {
            "above": _("As above: {text_of}", text_of=text_of(last)),
            "none": _("None: what it has, else {default}", default=each.default),
        }
        return last if self.context.asking.ask(f"fill:{each.name}", sentence, options) == "above" else ""

    def _for_all(self, each: Field) -> Cell:
        """There is no column for what tells rows apart: it is asked once for the whole table."""
        if f"which:{each.name}" in self.context.asking.questions:
            raise Unread(_("no {said}", said=each.said))
        options: list[str] = []
        if each.role is Role.NAME:
            options = sorted(set(self.context.names(each).meanings.values()))[:MOST_NAMES_SHOWN]
        texts = [f" {fold(text)} " for text in (*self.context.layout.header.texts, self.context.request.file_name)]
        named = [option for option in options if any(f" {fold(option)} " in text for text in texts)]
        sentence = _("No column says which {said} it is. Which one is it?", said=each.said)
        answer = self.context.asking.ask(
            f"all:{each.name}", sentence, options, likely=named[0] if len(named) == 1 else ""
        )
        if not answer or answer == LEAVE_OUT:
            raise Unread(_("no {said}", said=each.said))
        return answer

    def _name(self, number: int, text: str, each: Field) -> str:
        names, asking = self.context.names(each), self.context.asking
        match = names.match(text)
        if match.name:
            return match.name
        key = f"name:{each.name}:{text[:80]}"
        if key not in asking.questions and sum(k.startswith("name:") for k in asking.questions) >= MOST_NAMES_ASKED:
            asking.ask(
                "names",
                _(
                    "More than {most_names_asked} names are not known: is it the right file?",
                    most_names_asked=MOST_NAMES_ASKED,
                ),
            )
            raise Unread(_("“{text}” is not known", text=text[:80]))
        former = self._former(text, each)
        candidates = tuple(dict.fromkeys([*former, *match.candidates]))
        options = candidates or sorted(set(names.meanings.values()))[:MOST_NAMES_SHOWN]
        which = _("is it {candidates}?", candidates=_(" or ").join(candidates)) if candidates else _("which one is it?")
        sentence = _(
            "Row {number}: there is no {said} “{text}”: {which}",
            number=number,
            said=each.said,
            text=text[:80],
            which=which,
        )
        answer = asking.ask(key, sentence, options, likely="".join(former) or match.likely)
        if not answer or answer == LEAVE_OUT:
            raise Unread(_("“{text}” is no {said} that is known", text=text[:80], said=each.said))
        return answer

    def _former(self, text: str, each: Field) -> list[str]:
        """What is called otherwise now."""
        kind = {Of.OFFER: Kind.OFFERS, Of.RESOURCE: Kind.RESOURCES}.get(each.of) if each.of else None
        now = self.context.request.known.past.renamed.get(kind, {}).get(fold(text)) if kind else None
        return [now] if now else []

    def _checked(self, number: int, text: str, first: date | None, each: Field) -> str:
        known = self.context.request.known
        if first is None:
            self.context.asking.ask(
                f"period:{text[:60]}",
                _("Row {number}: “{text}” is no {said} that is clear.", number=number, text=text[:40], said=each.said),
            )
            raise Unread(_("“{text}” is no {said} that is clear", text=text[:40], said=each.said))
        if known.months is not None and each.name == "month" and first not in known.months:
            raise Unread(_("{first:%Y-%m} is none of the months to be filled in", first=first))
        if self.context.request.kind is Kind.ACTUALS and first >= month_of(known.today):
            raise Unread(_("{first:%Y-%m} is not over yet", first=first))
        return first.isoformat()

    def _other(self, number: int, cell: Cell, each: Field, column: Column | None) -> str:
        text = text_of(cell)
        if each.role is Role.CHOICE:
            return self._choice(number, text, each)
        if each.role is Role.DAY:
            return self._day(number, cell, each)
        if each.role is Role.TEXT or column is None:
            if len(text) > MOST_TEXT:
                self.context.asking.ask(
                    f"long:{each.name}",
                    _(
                        "Row {number}: {said} has more than {most_text} characters.",
                        number=number,
                        said=each.said,
                        most_text=MOST_TEXT,
                    ),
                )
            return text[:MOST_TEXT]
        read = self.context.amounts.share if each.role is Role.SHARE else self.context.amounts.value
        value = read(number, cell, column, each)
        is_turned = each.opposite and each.opposite in fold(column.title).split()
        exact = None if value is None else decimal_of(-value if is_turned else value)
        return "" if exact is None else plain_number(exact)

    def _choice(self, number: int, text: str, each: Field) -> str:
        meant = next((each.choices[word] for word in (fold(text), *fold(text).split()) if word in each.choices), "")
        options = sorted(set(each.choices.values()))
        sentence = _("Row {number}: {said}: what is “{text}”?", number=number, said=each.said, text=text[:40])
        return meant or self.context.asking.ask(f"choice:{text[:40]}", sentence, options).replace(LEAVE_OUT, "")

    def _day(self, number: int, cell: Cell, each: Field) -> str:
        day, text = self.context.day(cell), text_of(cell)
        if day is None:
            self.context.asking.ask(
                f"day:{text[:60]}",
                _(
                    "Row {number}: {said}: “{text}” is no day that is clear.",
                    number=number,
                    said=each.said,
                    text=text[:40],
                ),
            )
        return day.isoformat() if day else ""
