"""Schedules: every date that they name once, in every zone, in any number of processes, and after downtime."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from importlib.resources import files
from itertools import islice, pairwise, takewhile
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.database import Database
from models.base.errors import NotFound, NotYours, Refused
from models.base.working_time import is_working_day
from models.digests.schedules import (
    MOST_SCHEDULES,
    Digest,
    Occurrence,
    Pattern,
    Rhythm,
    ScheduleSettings,
    add_schedule,
    change_schedule,
    end_schedule,
    find_schedule,
    make_due,
    next_three,
    pause_schedule,
    post_now,
    resume_schedule,
    schedules_of,
    skipped_before,
)
from models.workspace.members import set_roles
from models.workspace.outbox import News, Outbox, settle
from models.workspace.roles import Role
from tests.places import ROOT
from tests.world import NOW, World

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
TIMES = (time(0), time(0, 30), time(2, 30), time(9), time(23, 30))
FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)
EVERY_DAY = frozenset(range(7))


def zones() -> list[str]:
    """Every zone of the tz database; of those that are the same under several names, one."""
    names = files("tzdata").joinpath("zones").read_text().split()
    assert len(names) > 590
    known: dict[str, str] = {}
    for name in names:
        data = files("tzdata.zoneinfo").joinpath(*name.split("/")).read_bytes()
        known.setdefault(sha256(data).hexdigest(), name)
    return list(known.values())


def the_instant(zone: ZoneInfo, local: datetime) -> datetime:
    """The oracle: the first instant at which the clocks there show a time; in a gap, as if nobody had turned them.

    It asks for the offsets around, and never for a fold.
    """
    around = [
        (local - timedelta(hours=hours)).replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()
        for hours in (36, 24, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, -1, -2, -3, -4, -5, -6, -7, -8, -9, -10)
    ]
    candidates = [(local - offset).replace(tzinfo=UTC) for offset in dict.fromkeys(around)]
    shown = [at for at in candidates if at.astimezone(zone).replace(tzinfo=None) == local]
    return min(shown) if shown else (local - around[0]).replace(tzinfo=UTC)


def test_daily_and_weekly_occur_once_for_each_date_in_every_zone() -> None:
    dates = [FIRST + n * DAY for n in range((LAST - FIRST).days + 1)]
    checked = 0
    for name in zones():
        zone = ZoneInfo(name)
        changes = near_changes(zone, dates)
        for at in TIMES:
            daily = Rhythm(Pattern.WEEKDAYS, at, name, weekdays=EVERY_DAY)
            made = list(takewhile(lambda one: one[0] <= LAST, daily.since(FIRST)))
            assert [day for day, _ in made] == dates
            assert all(earlier < later for (_, earlier), (_, later) in pairwise(made)), (name, at)
            for day, instant in made:
                if day in changes:
                    assert instant == the_instant(zone, datetime.combine(day, at)), (name, day, at)
                    checked += 1
                else:
                    local = instant.astimezone(UTC).astimezone(zone)
                    assert (local.date(), local.time()) == (day, at), (name, day, at)
            weekly = Rhythm(Pattern.WEEKDAYS, at, name, weekdays=frozenset({6}))
            sundays = takewhile(lambda one: one[0] <= LAST, weekly.since(FIRST))
            assert list(sundays) == [one for one in made if one[0].weekday() == 6]
    assert checked > 10_000


def near_changes(zone: ZoneInfo, dates: list[date]) -> set[date]:
    """Dates around which the clocks are changed."""
    offsets = [datetime(day.year, day.month, day.day, 12, tzinfo=UTC).astimezone(zone).utcoffset() for day in dates]
    found: set[date] = set()
    for n in range(1, len(dates)):
        if offsets[n] != offsets[n - 1]:
            found |= set(dates[max(0, n - 2) : n + 3])
    return found


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant"),
    [
        # 02:30 is left out: half an hour after the clocks jump, by the old time.
        ("America/New_York", "2027-03-14", "02:30", "2027-03-14T07:30"),
        ("Europe/Berlin", "2027-03-28", "02:30", "2027-03-28T01:30"),
        # Twice: the first.
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30"),
        # Where the clocks jump at midnight.
        ("America/Santiago", "2026-09-06", "00:30", "2026-09-06T04:30"),
        ("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23T22:00"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45"),
    ],
)
def test_occurrence_at_a_change_of_the_clocks(zone: str, day: str, at: str, instant: str) -> None:
    rhythm = Rhythm(Pattern.WEEKDAYS, time.fromisoformat(at), zone, weekdays=EVERY_DAY)
    made = rhythm.instant(date.fromisoformat(day))
    assert made == the_instant(ZoneInfo(zone), datetime.fromisoformat(f"{day}T{at}"))
    assert made == datetime.fromisoformat(f"{instant}:00+00:00")


def test_working_days_and_monthly_heed_the_country() -> None:
    working = Rhythm(Pattern.WORKING_DAYS, time(9), "America/Denver", "US")
    days = [day for day, _ in islice(working.since(date(2026, 11, 23)), 6)]
    assert days == [date(2026, 11, day) for day in (23, 24, 25, 27, 30)] + [date(2026, 12, 1)]
    first = Rhythm(Pattern.MONTHLY, time(9), "America/Denver", "US", working_day=1)
    # New Year's Day is a Friday, and 1 May a Saturday.
    assert [day for day, _ in islice(first.since(date(2026, 12, 2)), 5)] == [
        date(2027, 1, 4),
        date(2027, 2, 1),
        date(2027, 3, 1),
        date(2027, 4, 1),
        date(2027, 5, 3),
    ]
    last = Rhythm(Pattern.MONTHLY, time(9), "America/Denver", "US", working_day=23)
    day = next(last.since(date(2027, 2, 1)))[0]
    assert (day, is_working_day(day, country="US")) == (date(2027, 2, 26), True)


def plan(digest: Digest = Digest.QUEUE, channel: str = "C0TENTS", **rhythm: Any) -> ScheduleSettings:
    usual = Rhythm(Pattern.WEEKDAYS, time(9), "America/Denver", weekdays=EVERY_DAY)
    return ScheduleSettings(digest, channel, replace(usual, **rhythm))


def made(world: World) -> list[tuple[date, bool]]:
    rows = world.session.scalars(select(Occurrence).order_by(Occurrence.local_date))
    return [(row.local_date, row.is_skipped) for row in rows]


def posts(world: World) -> list[dict[str, Any]]:
    return [row.details for row in world.session.scalars(select(Outbox).where(Outbox.kind == News.DIGEST))]


def test_occurrence_is_made_at_its_time_and_once(world: World) -> None:
    row = add_schedule(world.workspace, plan(), by=world.person("Sara"), now=NOW)
    due = NOW + DAY
    assert row.next_at == due
    for now in (due - timedelta(seconds=1), due, due, due + timedelta(minutes=1)):
        make_due(world.session, now=now)
    assert made(world) == [(date(2026, 11, 24), False)]
    assert posts(world) == [{"schedule": row.id, "day": "2026-11-24", "due": due.isoformat()}]
    assert row.next_at == due + DAY


def test_after_downtime_a_day_old_is_late_an_older_one_is_skipped_and_that_is_said(world: World) -> None:
    row = add_schedule(world.workspace, plan(), by=world.person("Sara"), now=NOW)
    back = NOW + 4 * DAY + timedelta(hours=3)
    make_due(world.session, now=back)
    days = [date(2026, 11, day) for day in (24, 25, 26, 27)]
    assert made(world) == [(days[0], True), (days[1], True), (days[2], True), (days[3], False)]
    due = (NOW + 4 * DAY).isoformat()
    assert posts(world) == [{"schedule": row.id, "day": "2026-11-27", "due": due}]
    assert [skipped_before(row, day) for day in days] == [0, 1, 2, 3]
    post = world.session.scalars(select(Outbox).where(Outbox.kind == News.DIGEST)).one()
    # One with nothing to say is not posted: the next one still says that three were left out.
    settle(post, now=back)
    make_due(world.session, now=NOW + 5 * DAY)
    assert skipped_before(row, date(2026, 11, 28)) == 3
    settle(post, now=back, ts="1795400000.000100")
    assert skipped_before(row, date(2026, 11, 28)) == 0


def test_date_is_made_once_although_its_time_is_changed(world: World) -> None:
    sara = world.person("Sara")
    row = add_schedule(world.workspace, plan(), by=sara, now=NOW)
    make_due(world.session, now=NOW + DAY)
    later = NOW + DAY + timedelta(hours=1)
    change_schedule(row, plan(at=time(15)), by=sara, now=later)
    assert row.next_date == date(2026, 11, 25)
    pause_schedule(row, by=sara, now=later)
    change_schedule(row, plan(timezone="Pacific/Honolulu"), by=sara, now=later)
    resume_schedule(row, by=sara, now=later)
    assert row.next_date == date(2026, 11, 25)
    make_due(world.session, now=NOW + 3 * DAY)
    assert [day for day, _ in made(world)] == [date(2026, 11, 24), date(2026, 11, 25)]


def test_schedule_is_paused_resumed_changed_and_ended(world: World) -> None:
    sara = world.person("Sara")
    row = add_schedule(world.workspace, plan(), by=sara, now=NOW)
    pause_schedule(row, by=sara, now=NOW)
    make_due(world.session, now=NOW + 3 * DAY)
    assert (made(world), row.next_at) == ([], None)
    with pytest.raises(Refused, match="paused already"):
        pause_schedule(row, by=sara, now=NOW)
    change_schedule(row, plan(at=time(8)), by=sara, now=NOW + 3 * DAY)
    assert row.next_at is None
    resume_schedule(row, by=sara, now=NOW + 3 * DAY)
    with pytest.raises(Refused, match="not paused"):
        resume_schedule(row, by=sara, now=NOW)
    assert row.next_at == NOW + 4 * DAY - timedelta(hours=1)
    post_now(row, by=sara, now=NOW + 3 * DAY)
    assert posts(world) == [{"schedule": row.id}]
    end_schedule(row, by=sara, now=NOW + 3 * DAY)
    make_due(world.session, now=NOW + 9 * DAY)
    assert (made(world), schedules_of(world.workspace)) == ([], [])
    with pytest.raises(NotFound):
        find_schedule(world.workspace, row.id)


def test_schedule_is_for_people_with_a_role_and_there_are_not_too_many(world: World) -> None:
    with pytest.raises(NotYours):
        add_schedule(world.workspace, plan(), by=world.person("Gus"), now=NOW)
    with pytest.raises(Refused, match="at least one weekday"):
        add_schedule(world.workspace, plan(weekdays=frozenset()), by=world.person("Sara"), now=NOW)
    for _ in range(MOST_SCHEDULES):
        add_schedule(world.workspace, plan(), by=world.person("Sara"), now=NOW)
    with pytest.raises(Refused, match="which is the most"):
        add_schedule(world.workspace, plan(), by=world.person("Sara"), now=NOW)


COUNT = 60


def test_four_processes_that_are_killed_at_random_make_each_once(database: Database, database_url: str) -> None:
    with World.build(database) as world:
        add_schedule(world.workspace, plan(), by=world.person("Sara"), now=NOW)
    worker = [
        sys.executable,
        "-m",
        "tests.models.digests.schedule_worker",
        database_url,
        str(COUNT),
    ]
    kills = int(subprocess.run(worker, cwd=ROOT, check=True, capture_output=True, text=True, timeout=120).stdout)
    with database.reading() as session:
        made = [(row.local_date, row.is_skipped) for row in session.scalars(select(Occurrence).order_by(Occurrence.id))]
        queued = [row.details["day"] for row in session.scalars(select(Outbox).where(Outbox.kind == News.DIGEST))]
    assert kills > 30
    assert len(made) >= COUNT
    assert made == [(NOW.date() + n * DAY, False) for n in range(1, len(made) + 1)]
    assert queued == [day.isoformat() for day, _ in made]


def test_next_three_are_those_that_will_be(world: World) -> None:
    rhythm = plan(pattern=Pattern.MONTHLY, working_day=3, country="US").rhythm
    shown = next_three(rhythm, now=NOW)
    set_roles(world.person("Gus"), [Role.SALES], by=None, now=NOW)
    add_schedule(world.workspace, ScheduleSettings(Digest.QUEUE, "C0TENTS", rhythm), by=world.person("Gus"), now=NOW)
    make_due(world.session, now=NOW + 90 * DAY)
    rows = world.session.scalars(select(Occurrence.due_at).order_by(Occurrence.due_at)).all()
    assert list(rows)[:3] == shown
