"""Working days and working hours, over weekends, public holidays and changes of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.base.working_time import WorkingHours, add_working_days, is_working_day

DENVER = ZoneInfo("America/Denver")
HOURS = WorkingHours("America/Denver", "US")
HOUR = timedelta(hours=1)


def at(day: str, clock: str = "09:00", zone: ZoneInfo = DENVER) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), zone)


@pytest.mark.parametrize(
    ("day", "country", "works"),
    [
        (date(2026, 11, 25), "US", True),
        (date(2026, 11, 26), "US", False),
        (date(2026, 11, 26), None, True),
        (date(2026, 11, 26), "DE", True),
        (date(2026, 11, 28), None, False),
        (date(2027, 1, 1), "US", False),
    ],
)
def test_weekday_is_worked_unless_it_is_a_holiday_of_the_country(day: date, country: str | None, works: bool) -> None:
    assert is_working_day(day, country=country) is works


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        # Monday; a day that is just full ends at its closing, not at the opening after it.
        (at("2026-11-23"), 0, at("2026-11-23")),
        (at("2026-11-23"), 8, at("2026-11-23", "17:00")),
        (at("2026-11-23"), 9, at("2026-11-24", "10:00")),
        (at("2026-11-23", "16:00"), 2, at("2026-11-24", "10:00")),
        (at("2026-11-23", "06:00"), 1, at("2026-11-23", "10:00")),
        (at("2026-11-23", "22:00"), 1, at("2026-11-24", "10:00")),
        # Wednesday evening before Thanksgiving; Friday afternoon; Saturday.
        (at("2026-11-25", "16:00"), 2, at("2026-11-27", "10:00")),
        (at("2026-11-27", "16:00"), 2, at("2026-11-30", "10:00")),
        (at("2026-11-28", "12:00"), 1, at("2026-11-30", "10:00")),
        (at("2026-11-23"), 80, at("2026-12-07", "17:00")),
    ],
)
def test_working_time_passes_only_while_somebody_works(start: datetime, hours: int, end: datetime) -> None:
    assert HOURS.after(start, hours * HOUR) == end
    assert HOURS.between(start, end) == hours * HOUR


@pytest.mark.parametrize(
    ("start", "end", "passed"),
    [
        (at("2026-11-23", "12:00"), at("2026-11-23", "10:00"), timedelta()),
        (at("2026-11-23", "17:00"), at("2026-11-24"), timedelta()),
        (at("2026-11-28"), at("2026-11-29"), timedelta()),
        (at("2026-11-23", "10:00"), at("2026-11-23", "10:20"), timedelta(minutes=20)),
    ],
)
def test_no_working_time_passes_at_night_on_weekends_or_backwards(
    start: datetime, end: datetime, passed: timedelta
) -> None:
    assert HOURS.between(start, end) == passed


@pytest.mark.parametrize(
    ("instant", "morning"),
    [
        (at("2026-11-23", "08:59"), at("2026-11-23")),
        (at("2026-11-23"), at("2026-11-24")),
        (at("2026-11-25", "12:00"), at("2026-11-27")),
        (at("2026-11-27", "12:00"), at("2026-11-30")),
        # In Greenwich it is Tuesday already.
        (datetime(2026, 11, 24, 5, tzinfo=UTC), at("2026-11-24")),
    ],
)
def test_next_morning_is_the_first_opening_after_an_instant(instant: datetime, morning: datetime) -> None:
    assert HOURS.morning_after(instant) == morning


def test_change_of_the_clock_neither_adds_nor_takes_an_hour() -> None:
    night = WorkingHours("Europe/Berlin", None, time(0), time(23))
    berlin = ZoneInfo("Europe/Berlin")
    # Monday after the change of 25 October 2026: 22 h from Friday 12:00 are 11 h then and 11 h on Monday.
    assert night.after(at("2026-10-23", "12:00", berlin), 22 * HOUR) == at("2026-10-26", "11:00", berlin)
    # The same local time over the change: 15:00 is 13:00 in Greenwich before it, and 14:00 after it.
    later = night.add_days(at("2026-10-23", "15:00", berlin), 1)
    assert later.astimezone(UTC) == datetime(2026, 10, 26, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "country", "end"),
    [
        (0, "US", at("2026-11-25", "16:30")),
        (1, "US", at("2026-11-27", "16:30")),
        (1, None, at("2026-11-26", "16:30")),
        (2, "US", at("2026-11-30", "16:30")),
        (15, "US", at("2026-12-17", "16:30")),
    ],
)
def test_working_days_keep_the_local_time(days: int, country: str | None, end: datetime) -> None:
    start = at("2026-11-25", "16:30").astimezone(UTC)
    assert add_working_days(start, days, timezone="America/Denver", country=country) == end
