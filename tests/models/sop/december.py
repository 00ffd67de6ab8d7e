"""A cycle of December 2026 in the small world, for every test that lives through one."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from models.base.months import month_after
from models.sop.clock import keep_planning, next_planning
from models.sop.rows import DAYS, Actual, Cycle
from models.sop.settings import current_cycle, plan_monthly
from tests.world import NOW, World

DENVER = ZoneInfo("America/Denver")
DEC, JAN, FEB = date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at(day: str, clock: str = "09:00") -> datetime:
    """An instant of 2026 in Denver."""
    return datetime.combine(date.fromisoformat(f"2026-{day}"), time.fromisoformat(clock), DENVER)


def actuals(world: World, family: str, bookings: Sequence[int], **last: int) -> None:
    """A history that ends with November, and what November left."""
    for number, units in enumerate(reversed(bookings), 1):
        row = Actual(workspace=world.workspace, family=family, month=month_after(DEC, -number), bookings=units)
        if number == 1:
            row.inventory, row.backlog = last.get("inventory"), last.get("backlog")
        world.session.add(row)
    world.session.flush()


def planned(world: World, *, bookings: Sequence[int] = (100,) * 6) -> World:
    """Tents have a history; Olga coordinates."""
    actuals(world, "Tents", bookings, inventory=40, backlog=0)
    by, channel = world.person("Lea"), "C0SOP"
    plan_monthly(world.workspace, channel=channel, coordinator=world.person("Olga"), days=dict(DAYS), by=by, now=NOW)
    return world


def turn(world: World, to: datetime) -> None:
    """Let everything happen that is due until an instant, each at its time."""
    turn_clock(world.session, to)


def turn_clock(session: Session, to: datetime) -> None:
    """The same, of all workspaces."""
    for _ in range(500):
        due = next_planning(session)
        if due is None or due > to:
            return
        keep_planning(session, now=due)
    raise AssertionError("the clock does not get on")


def the_cycle(world: World) -> Cycle:
    """The present cycle."""
    cycle = current_cycle(world.workspace)
    assert cycle
    return cycle
