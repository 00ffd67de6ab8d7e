"""What a text may mean as a period: days, weeks and months, made from their numbers where there is such a day."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

FIRST_YEAR, LAST_YEAR = 2000, 2060


class Grain(IntEnum):
    """How much time a text names."""

    DAY = 1
    WEEK = 2
    MONTH = 3


@dataclass(frozen=True)
class Period:
    """A day, or a week or month by its first; `ending` where a week is named by its end."""

    first: date
    grain: Grain
    ending: bool = False


@dataclass(frozen=True)
class Meaning:
    """What a text may mean: where the day stands first, and where the month does; None where it cannot be.

    `number` is one of two digits beside a month's name: a year, or a day. `lone` is a month or a week without a year.
    """

    day_first: Period | None = None
    month_first: Period | None = None
    number: int | None = None
    lone: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the order matters."""
        return None not in {self.day_first, self.month_first} and self.day_first != self.month_first

    def as_ending(self) -> "Meaning":
        """The same as the end of a week."""
        day, month = (period and replace(period, ending=True) for period in (self.day_first, self.month_first))
        return replace(self, day_first=day, month_first=month)


def sure(period: Period | None) -> Meaning | None:
    """The only meaning that there is."""
    return Meaning(period, period) if period else None


def either(day_first: Period | None, month_first: Period | None) -> Meaning | None:
    """The meanings that there are."""
    return Meaning(day_first, month_first) if day_first or month_first else None


def day_of(year: str, month: str, day: str) -> Period | None:
    """A day, if there is such a one."""
    return _period(Grain.DAY, lambda: date(_year(year), int(month), int(day)))


def month_of_year(year: str, month: str) -> Period | None:
    """A month, if there is such a one."""
    return _period(Grain.MONTH, lambda: date(_year(year), int(month), 1))


def week_of_year(year: str, week: str) -> Period | None:
    """A week of ISO 8601, if there is such a one."""
    return _period(Grain.WEEK, lambda: date.fromisocalendar(_year(year), int(week), 1))


def _year(text: str) -> int:
    digits = text.strip("'’\u00b4")
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _period(grain: Grain, make: Callable[[], date]) -> Period | None:
    try:
        first = make()
    except ValueError:
        return None
    return Period(first, grain) if FIRST_YEAR <= first.year <= LAST_YEAR else None
