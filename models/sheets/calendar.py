"""The periods of a column together: in which order day and month stand, and which month or week each cell means."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from babel import Locale

from models.base.arithmetic import monday
from models.base.language import _
from models.base.months import month_after, month_of, month_of_week
from models.sheets.cells import Cell, text_of
from models.sheets.meanings import Grain, Meaning, Period
from models.sheets.periods import meaning_of, years_in
from models.sheets.questions import Asking
from models.sheets.titles import is_word_of

DAY_FIRST, MONTH_FIRST = "day", "month"
SUNDAY = 6
ENDING = re.compile(r"\b(end|ending|ende|bis|w/e|we)\b", re.IGNORECASE)
BEGINNING = re.compile(
    r"\b(of|start|starting|begin|beginning|commencing|beginn|ab|vom|from|w/[cb]|wc)\b", re.IGNORECASE
)
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Calendar:
    """How the periods of a table are read, decided once for all of its cells."""

    is_weekly: bool
    titles: tuple[str, ...]
    locale: Locale
    today: date
    asking: Asking
    years: frozenset[int] = frozenset()
    is_1904: bool = False
    order: str = ""
    are_sundays: bool = False

    def decided(self, meanings: Iterable[Meaning]) -> "Calendar":
        """The calendar by which all of these are read."""
        given = list(meanings)
        ordered = replace(self, order=self._order(given))
        days = {day.first for day in map(ordered.chosen, given) if day and day.grain is Grain.DAY}
        self._check_numbers(given)
        return replace(ordered, are_sundays=bool(days) and all(day.weekday() == SUNDAY for day in days))

    def meaning(self, cell: Cell, year: str = "") -> Meaning | None:
        """What a cell may mean in this column, with the year beside it, or the one that the sheet names."""
        return self.refined(text_of(cell), meaning_of(cell, is_1904=self.is_1904), year)

    def refined(self, text: str, meaning: Meaning | None, year: str = "") -> Meaning | None:
        """What a text means by itself, and then in this column."""
        if year and text:
            return self._in_year(text, year)
        if meaning is not None and meaning.lone and len(self.years) == 1:
            return self._in_year(text, str(next(iter(self.years)))) or meaning
        if meaning is None or not self._is_by_week or not self._is_month_in_digits(text, meaning):
            return meaning
        numbers = DIGITS.findall(text)
        year, week = sorted(numbers, key=len, reverse=True) if len(numbers) > 1 else (text[:4], text[4:6])
        return meaning_of(f"{year}-W{week}")

    def key(self, text: str, meaning: Meaning) -> date | None:
        """The first of the month, or the Monday, that is meant; None where it is not clear which."""
        if meaning.lone:
            meaning = self._asked_year(text)
        period = self.chosen(meaning)
        if period is None:
            return None
        return self._week(period) if self.is_weekly else self._month(period)

    def chosen(self, meaning: Meaning) -> Period | None:
        """The one of its meanings that counts here."""
        if meaning.day_first == meaning.month_first:
            return meaning.day_first
        return {DAY_FIRST: meaning.day_first, MONTH_FIRST: meaning.month_first}.get(self.order)

    def _asked_year(self, text: str) -> Meaning:
        years = [str(self.today.year + offset) for offset in (0, -1, 1)]
        year = self.asking.ask("year", _("Of which year is “{text}”?", text=text), years)
        return (self._in_year(text, year) if year.isdecimal() else None) or Meaning(lone="")

    def _in_year(self, text: str, year: str) -> Meaning | None:
        digits = DIGITS.findall(text)
        if self._is_by_week and len(digits) == 1 and len(digits[0]) <= 2:
            return meaning_of(f"{year[:4]}-W{digits[0]}")
        if text.isdecimal() and len(text) <= 2:
            return meaning_of(f"{year[:4]}-{text}")
        whole = meaning_of(text)
        return whole if whole is not None and not whole.lone else meaning_of(f"{text} {year[:4]}")

    @cached_property
    def _is_by_week(self) -> bool:
        return any(is_word_of("week", title) for title in self.titles)

    def _is_month_in_digits(self, text: str, meaning: Meaning) -> bool:
        is_month = meaning.day_first is not None and meaning.day_first.grain is Grain.MONTH
        return is_month and not any(c.isalpha() for c in text)

    def _order(self, meanings: list[Meaning]) -> str:
        """Which stands first, where it matters: what only one order can mean, else as the locale writes it."""
        ambiguous = [meaning for meaning in meanings if meaning.day_first != meaning.month_first]
        if not ambiguous:
            return ""
        can_day = all(meaning.day_first for meaning in ambiguous)
        can_month = all(meaning.month_first for meaning in ambiguous)
        if can_day != can_month:
            return DAY_FIRST if can_day else MONTH_FIRST
        usual = _usual_order(self.locale)
        other = MONTH_FIRST if usual == DAY_FIRST else DAY_FIRST
        if can_day and not (self._fits(ambiguous, other) and not self._fits(ambiguous, usual)):
            return usual
        read = {name: getattr(ambiguous[0], f"{name}_first") for name in (DAY_FIRST, MONTH_FIRST)}
        options = {name: f"{period.first:%Y-%m-%d}" for name, period in read.items() if period}
        which = _(" or ").join(options.values())
        return self.asking.ask(
            "order", _("Does the day or the month stand first: is the first date {which}?", which=which), options
        )

    def _fits(self, meanings: list[Meaning], order: str) -> bool:
        """Whether in this order all are one weekday, or firsts of months, as tables of weeks and months have them."""
        days = {period.first for m in meanings if (period := getattr(m, f"{order}_first"))}
        if len(days) < 2:
            return False
        return len({day.weekday() for day in days}) == 1 if self.is_weekly else all(day.day == 1 for day in days)

    def _check_numbers(self, meanings: list[Meaning]) -> None:
        """Beside the names of months, two digits are years only if the months then follow each other."""
        numbered = [m for m in meanings if m.number is not None and m.day_first]
        months = sorted({m.day_first.first for m in numbered if m.day_first})
        if not months:
            return
        is_one = len({m.number for m in numbered}) == 1
        is_row = all(month_after(month) == later for month, later in pairwise(months))
        is_behind = all((m.number or 0) > 0 for m in numbered) or (is_one and months[0].year == self.today.year)
        is_near = all(abs(month.year - self.today.year) <= 10 for month in months)
        if is_behind and is_near and (is_one or is_row):
            return
        self.asking.ask(
            "short_years",
            _("Is the number beside the month a year, as in {months:%Y-%m}?", months=months[0]),
            {"year": _("It is the year")},
        )

    def _month(self, period: Period) -> date:
        if period.grain is Grain.WEEK or (self._is_by_week and period.grain is Grain.DAY):
            return month_of_week(self._week(period) or monday(period.first))
        return month_of(period.first)

    def _week(self, period: Period) -> date | None:
        if period.grain is Grain.MONTH:
            return None
        day = period.first
        if not self.are_sundays or period.grain is Grain.WEEK:
            return monday(day)
        return monday(day) + timedelta(weeks=0 if self._end_on_sunday(period) else 1)

    def _end_on_sunday(self, period: Period) -> bool:
        """Sundays end the week, or begin it as in America: as the title says, else as the locale has it, asked."""
        text = " ".join(self.titles)
        if period.ending or ENDING.search(text):
            return True
        if BEGINNING.search(text) or self.locale.first_week_day == SUNDAY:
            return False
        options = {"end": "end", "begin": "begin"}
        return self.asking.ask("sunday", "All days are Sundays: do they begin or end the week?", options) == "end"


def _usual_order(locale: Locale) -> str:
    pattern = locale.date_formats["short"].pattern.casefold()
    return DAY_FIRST if pattern.index("d") < pattern.index("m") else MONTH_FIRST


def years_of(texts: Iterable[str]) -> frozenset[int]:
    """The years that the texts above a table name."""
    return frozenset(years_in(texts))
