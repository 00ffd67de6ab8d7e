"""Working days of a country, and working hours of a person or a company."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import count
from zoneinfo import ZoneInfo, available_timezones

DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingHours:
    """When somebody works: weekdays that are no public holidays of the country, from when until when, local time.

    Hours are counted between instants, so that a change to or from summer time neither adds nor takes one.
    """

    timezone: str
    country: str | None
    opens: time = time(9)
    closes: time = time(17)

    def after(self, start: datetime, amount: timedelta) -> datetime:
        """When so much working time has passed: at a closing rather than at the opening that follows."""
        left = amount
        for opening, closing in self._shifts(start):
            begins = max(opening, start)
            if begins + left <= closing:
                return begins + left
            left -= max(timedelta(), closing - begins)
        raise AssertionError("the days do not end")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time passes from one instant to another; nothing when it is the earlier one."""
        passed = timedelta()
        for opening, closing in self._shifts(start):
            if opening >= end:
                return passed
            passed += max(timedelta(), min(closing, end) - max(opening, start))
        raise AssertionError("the days do not end")

    def morning_after(self, instant: datetime) -> datetime:
        """The first opening later than an instant."""
        return next(opening for opening, _ in self._shifts(instant) if opening > instant)

    def add_days(self, now: datetime, days: int) -> datetime:
        """The same local time, a number of working days later."""
        return add_working_days(now, days, timezone=self.timezone, country=self.country)

    def _shifts(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        zone = ZoneInfo(self.timezone)
        first = since.astimezone(zone).date() - DAY
        for number in count():
            day = first + number * DAY
            if is_working_day(day, country=self.country):
                opening, closing = (datetime.combine(day, at, zone).astimezone(UTC) for at in (self.opens, self.closes))
                yield opening, closing


@cache
def time_zones() -> frozenset[str]:
    """All that are known here: Python looks them up in its folders each time that it is asked, milliseconds long."""
    return frozenset(available_timezones())


def is_working_day(day: date, *, country: str | None) -> bool:
    """A weekday that is no public holiday of the country."""
    return day.weekday() < 5 and (country is None or day not in _public_holidays(country, day.year))


def load_holidays() -> None:
    """Import all countries of the library, which come together, before somebody waits for one."""
    _public_holidays("US", 2026)


def add_working_days(now: datetime, days: int, *, timezone: str, country: str | None) -> datetime:
    """The same local time, a number of working days later."""
    local = now.astimezone(ZoneInfo(timezone))
    day = local.date()
    while days > 0:
        day += DAY
        days -= is_working_day(day, country=country)
    return datetime.combine(day, local.timetz().replace(fold=0))


@lru_cache(maxsize=512)
def _public_holidays(country: str, year: int) -> frozenset[date]:
    # Working a year out takes milliseconds, and a form asks for each day of a hold.
    from holidays import country_holidays

    return frozenset(country_holidays(country, years=year))
