"""What the clock does to planning, and what it does not do twice."""

from datetime import date

import pytest
from sqlalchemy import select

from models.base.errors import TooLate
from models.sop.clock import keep_planning, next_planning
from models.sop.forecasting import answer_all_forecasts
from models.sop.rows import Cycle, Resolution
from models.sop.settings import planning_of
from models.sop.signing import close, record_decision
from models.sop.steps import Step
from models.sop.tasks import tasks_of
from models.workspace.members import Member, set_roles
from models.workspace.outbox import News, Outbox, settle
from tests.models.sop.december import DEC, FEB, JAN, at, planned, the_cycle, turn
from tests.world import NOW, World

JANUARY = at("12-05").replace(year=2027, month=1)
FEBRUARY = date(2027, 2, 1)


def test_nothing_is_due_until_somebody_plans(world: World) -> None:
    assert next_planning(world.session) is None
    keep_planning(world.session, now=NOW)
    planned(world)
    assert next_planning(world.session) == at("12-01")


def test_cycle_opens_once_and_the_next_one_a_month_later(world: World) -> None:
    planned(world)
    for _ in range(2):
        keep_planning(world.session, now=at("12-01"))
    assert [cycle.month for cycle in world.session.scalars(select(Cycle))] == [DEC]
    planning = planning_of(world.workspace)
    assert planning
    assert planning.next_at == at("01-04").replace(year=2027)


def test_months_without_a_bot_are_not_caught_up(world: World) -> None:
    planned(world)
    turn(world, at("12-01"))
    keep_planning(world.session, now=at("12-20").replace(year=2027, month=2))
    assert [cycle.month for cycle in world.session.scalars(select(Cycle).order_by(Cycle.month))] == [DEC, FEB]
    # All steps of February are made up for at once; December's stand still.
    assert [(cycle.step, cycle.step_at) for cycle in world.session.scalars(select(Cycle).order_by(Cycle.month))] == [
        (Step.DATA, None),
        (Step.EXECUTIVE, None),
    ]


def test_owner_of_a_decision_is_reminded_from_its_day_on_until_it_is_closed(world: World) -> None:
    planned(world)
    turn(world, at("12-14"))
    lea, olga = world.person("Lea"), world.person("Olga")
    day = date(2026, 12, 21)
    row = record_decision(
        the_cycle(world), "Hire.", family="Tents", month=JAN, owner=olga, due=day, by=lea, now=at("12-14")
    )

    def reminded(now: str) -> list[str]:
        for old in world.session.scalars(select(Outbox).where(Outbox.settled_at.is_(None))):
            settle(old, now=NOW)
        turn(world, at(now))
        news = select(Outbox).where(Outbox.settled_at.is_(None), Outbox.kind == News.AGENDA_ANEW)
        return [world.session.get_one(Member, row.member_id).name for row in world.session.scalars(news)]

    cycle = the_cycle(world)
    reminded("12-20")
    for step in Step:
        for task in cycle.open_tasks(step):
            task.done_at = NOW
    assert (reminded("12-21"), row.next_at) == (["Olga"], at("12-22"))
    set_roles(olga, [], by=None, now=NOW)
    assert (reminded("12-22"), row.next_at) == ([], at("12-23"))
    close(world.workspace, row.id, by=lea, now=at("12-22", "10:00"))
    assert (reminded("12-23"), row.next_at) == ([], None)
    assert world.session.scalars(select(Resolution.closed_at)).all() == [at("12-22", "10:00")]


def test_what_an_unsigned_month_still_waits_for_ends_with_it(world: World) -> None:
    planned(world)
    turn(world, at("12-16"))
    december, sara = the_cycle(world), world.person("Sara")
    assert [task.step for task in tasks_of(sara, now=at("12-16"))] == [Step.DEMAND]
    turn(world, JANUARY)
    assert the_cycle(world) is not december
    assert [december.unanswered(step) for step in Step] == [[]] * len(Step)
    with pytest.raises(TooLate, match="last month's cycle"):
        answer_all_forecasts(december, by=sara, now=JANUARY)
    with pytest.raises(TooLate, match="last month's cycle"):
        record_decision(
            december,
            "No.",
            family="Tents",
            month=None,
            owner=sara,
            due=FEBRUARY,
            by=world.person("Lea"),
            now=JANUARY,
        )


def test_step_survives_a_bot_that_was_down_on_the_day(world: World) -> None:
    planned(world)
    keep_planning(world.session, now=at("12-15"))
    cycle = the_cycle(world)
    assert (cycle.month, cycle.step) == (DEC, "reconciliation")
    assert all(row.frozen is not None for row in cycle.forecasts)
    assert cycle.supplies != []
