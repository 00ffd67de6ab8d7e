"""Working days of a country."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays


def is_working_day(day: date, *, country: str | None) -> bool:
    """A weekday that is no public holiday of the country."""
    return day.weekday() < 5 and (country is None or day not in _public_holidays(country, day.year))


def add_working_days(now: datetime, days: int, *, timezone: str, country: str | None) -> datetime:
    """The same local time, a number of working days later."""
    local = now.astimezone(ZoneInfo(timezone))
    day = local.date()
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day, country=country)
    return datetime.combine(day, local.timetz().replace(fold=0))


@lru_cache(maxsize=512)
def _public_holidays(country: str, year: int) -> frozenset[date]:
    # Working a year out takes milliseconds, and a form asks for each day of a hold.
    return frozenset(country_holidays(country, years=year))
