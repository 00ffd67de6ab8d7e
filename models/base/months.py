"""Months: the unit of the plan. A week belongs to the month of its Thursday."""

from datetime import date, timedelta

from models.base.working_time import DAY, is_working_day

THURSDAY = timedelta(days=3)
MOST_CLOSED = 240


def month_of(day: date) -> date:
    """The month of a day, by its first."""
    return day.replace(day=1)


def month_of_week(monday: date) -> date:
    """The month of a week, by its first."""
    return month_of(monday + THURSDAY)


def month_after(month: date, count: int = 1) -> date:
    """A month some months later, or earlier."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def months_from(month: date, count: int) -> list[date]:
    """So many months, from one on."""
    return [month_after(month, n) for n in range(count)]


def months_between(month: date, later: date) -> int:
    """How many months later one is than the other."""
    return (later.year - month.year) * 12 + later.month - month.month


def closed_months(month: date) -> list[date]:
    """The months before one of which there may be actuals: of the last twenty years."""
    return months_from(month_after(month, -MOST_CLOSED), MOST_CLOSED)


def weeks_of(month: date) -> list[date]:
    """The weeks of a month, by their Mondays."""
    first = month - timedelta(days=month.weekday())
    candidates = [first + n * 7 * DAY for n in range(-1, 6)]
    return [monday for monday in candidates if month_of_week(monday) == month]


def working_day(month: date, number: int, *, country: str | None) -> date:
    """The n-th working day of a month; the last one where it has fewer."""
    days = [month + n * DAY for n in range(31) if month_of(month + n * DAY) == month]
    working = [day for day in days if is_working_day(day, country=country)]
    return working[min(number, len(working)) - 1]
