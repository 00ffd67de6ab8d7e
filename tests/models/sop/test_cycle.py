"""A cycle lived through: it opens by itself, asks, reminds those who are silent, freezes, is signed and changed."""

from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import select

from models.base.months import month_of_week, weeks_of, working_day
from models.sop.clock import keep_planning, next_planning
from models.sop.forecasting import answer_all_forecasts
from models.sop.past_sales import spread
from models.sop.reviews import moved
from models.sop.settings import current_cycle
from models.sop.steps import Step
from models.sop.tasks import tasks_of
from models.workspace.members import Member, set_roles
from models.workspace.outbox import News, Outbox
from models.workspace.roles import Role
from tests.models.sop.december import DEC, DENVER, JAN, at, planned, the_cycle, turn
from tests.world import NOW, World, learn


def test_months_and_weeks() -> None:
    assert month_of_week(date(2026, 11, 30)) == DEC
    assert month_of_week(date(2026, 12, 28)) == DEC
    assert weeks_of(DEC) == [date(2026, 11, 30), *(date(2026, 12, day) for day in (7, 14, 21, 28))]
    assert [working_day(DEC, n, country="US") for n in (1, 3, 23)] == [DEC, date(2026, 12, 3), date(2026, 12, 31)]
    # New Year's Day is a holiday.
    assert working_day(JAN, 1, country="US") == date(2027, 1, 4)
    assert spread(10, [Fraction(1, 3)] * 3) == [4, 3, 3]
    assert (spread(0, [Fraction(1)]), moved(100, Fraction(-15)), moved(5, Fraction(10))) == ([0], 85, 6)


def test_cycle_goes_from_step_to_step_on_its_working_days(world: World) -> None:
    planned(world)
    steps = [
        (at("12-01", "08:59"), None),
        (at("12-01"), "data"),
        (at("12-03"), "demand"),
        (at("12-09"), "supply"),
        (at("12-14"), "reconciliation"),
        (at("12-16"), "executive"),
    ]
    for now, step in steps:
        turn(world, now)
        found = current_cycle(world.workspace)
        assert (found.step if found else None) == step
    cycle = the_cycle(world)
    assert (cycle.month, cycle.baselines["Tents"][:2], cycle.means) == (DEC, [100, 100], sorted(cycle.baselines))
    assert [row.name for row in cycle.unanswered(Step.DEMAND)] == ["Sara", "Pete"]


def test_five_sellers_with_one_click_each_give_the_baseline_once(world: World) -> None:
    for name in ("Ann", "Ben", "Cid"):
        learn(world.workspace, name)
        set_roles(world.person(name), [Role.SALES], by=None, now=NOW)
    planned(world)
    turn(world, at("12-03"))
    cycle = the_cycle(world)
    for name in ("Sara", "Pete", "Ann", "Ben", "Cid"):
        assert answer_all_forecasts(cycle, by=world.person(name), now=at("12-03", "10:00")) == len(cycle.baselines)
    assert cycle.demand["Tents"] == cycle.baselines["Tents"] == [100] * 18
    assert cycle.unanswered(Step.DEMAND) == []


def test_reminders_reach_those_who_have_not_answered_and_stop_when_they_do(world: World) -> None:
    planned(world)
    told: list[tuple[str, str]] = []

    def until(now: datetime) -> None:
        for _ in range(500):
            due = next_planning(world.session)
            if due is None or due > now:
                return
            keep_planning(world.session, now=due)
            rows = world.session.scalars(select(Outbox).where(Outbox.settled_at.is_(None), Outbox.queued_at == due))
            for row in rows:
                row.settled_at = due
                if row.kind in {News.AGENDA_ANEW, News.SOP_LATE}:
                    name = world.session.get_one(Member, row.member_id).name
                    kind = "told" if row.kind == News.SOP_LATE else "reminded"
                    told.append((f"{due.astimezone(DENVER):%m-%d %H:%M}", f"{name} {kind}"))

    until(at("12-04"))
    answer_all_forecasts(the_cycle(world), by=world.person("Sara"), now=at("12-04", "12:00"))
    until(at("12-11"))
    # Due on working day 6, Tuesday the 8th; the morning before it, that day's, and each one after; two days late: Lea.
    assert [row for row in told if row[1].split()[0] in {"Sara", "Pete", "Lea"}] == [
        ("12-03 09:00", "Sara reminded"),
        ("12-03 09:00", "Pete reminded"),
        ("12-07 09:00", "Pete reminded"),
        ("12-08 09:00", "Pete reminded"),
        ("12-09 09:00", "Pete reminded"),
        ("12-10 09:00", "Pete reminded"),
        ("12-10 17:00", "Lea told"),
        ("12-11 09:00", "Pete reminded"),
    ]
    answer_all_forecasts(the_cycle(world), by=world.person("Pete"), now=at("12-11", "12:00"))
    known = len(told)
    until(at("12-13"))
    assert [row for row in told[known:] if row[1].startswith("Pete")] == []
    assert tasks_of(world.person("Pete"), now=at("12-13")) == []
