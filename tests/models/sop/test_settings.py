"""How a workspace plans: on which working days, from when on, by whom."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest

from models.base.errors import NotFound, NotYours, Refused
from models.sop.rows import DAYS, Cycle
from models.sop.settings import (
    LAST_DAY,
    MOST_LAG,
    NoCycle,
    current_cycle,
    find_cycle,
    instant,
    plan_monthly,
    planning_of,
    present_cycle,
)
from models.sop.steps import Step
from models.workspace.workspaces import Workspace
from tests.models.sop.december import DEC, JAN, at, planned, the_cycle, turn
from tests.world import NOW, World


def plan(
    world: World, now: datetime = NOW, *, lag: int = 1, coordinator: str = "Olga", days: Mapping[str, int] = DAYS
) -> None:
    plan_monthly(
        world.workspace,
        channel="C0SOP",
        coordinator=world.person(coordinator),
        days={**DAYS, **days},
        lag=lag,
        by=None,
        now=now,
    )


@pytest.mark.parametrize(
    ("days", "sentence", "field"),
    [
        ({"data": 0}, "A working day is from 1 to 23.", "data"),
        ({"executive": LAST_DAY + 1}, "A working day is from 1 to 23.", "executive"),
        ({"demand_due": 8}, "Each step comes on the day of the one before it or later.", "supply"),
        ({"lag": -1}, "From 0 to 6 months ahead.", "lag"),
        ({"lag": MOST_LAG + 1}, "From 0 to 6 months ahead.", "lag"),
    ],
)
def test_days_are_in_order_and_within_a_month(world: World, days: dict[str, int], sentence: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        plan(world, lag=days.get("lag", 1), days={name: day for name, day in days.items() if name != "lag"})
    assert (refused.value.sentence, refused.value.field) == (sentence, field)
    assert planning_of(world.workspace) is None


def test_all_steps_may_come_on_one_day(world: World) -> None:
    plan(world, lag=0, days=dict.fromkeys(DAYS, LAST_DAY))
    planning = planning_of(world.workspace)
    assert planning
    # November has only 20 working days: the last one, Monday 30 November.
    assert (planning.next_at, planning.lag) == (at("11-30"), 0)


def test_coordinator_needs_a_role(world: World) -> None:
    with pytest.raises(NotYours) as refused:
        plan(world, coordinator="Gus")
    assert refused.value.sentence == "The coordinator needs a role. An admin gives one with `/belay roles`."


def test_first_cycle_opens_on_the_first_working_day_that_is_not_half_a_day_over(world: World) -> None:
    for now, opens in (
        (at("11-30"), at("12-01")),
        (at("12-01", "20:59"), at("12-01")),
        (at("12-01", "21:00"), at("01-04").replace(year=2027)),
    ):
        plan(world, now)
        planning = planning_of(world.workspace)
        assert planning
        assert planning.next_at == opens


def test_month_with_a_cycle_is_not_opened_again(world: World) -> None:
    planned(world)
    turn(world, at("12-01"))
    plan(world, at("12-01", "10:00"))
    planning = planning_of(world.workspace)
    assert planning
    assert planning.next_at == at("01-04").replace(year=2027)


def test_without_a_cycle_it_is_said_how_there_will_be_one(world: World) -> None:
    with pytest.raises(NoCycle) as never:
        present_cycle(world.workspace)
    plan(world)
    with pytest.raises(NoCycle) as later:
        present_cycle(world.workspace)
    assert (never.value.sentence, later.value.sentence) == (
        "No cycle has begun yet. An admin sets it up with `/sop schedule`.",
        "No cycle has begun yet. The first one opens Dec 1.",
    )


def test_latest_cycle_is_the_present_one_and_each_is_found_in_its_workspace(world: World) -> None:
    early, late = (
        Cycle(workspace=world.workspace, month=month, opened_at=NOW, baselines={}, means=[]) for month in (DEC, JAN)
    )
    other = Workspace(name="Other", team_id="T2")
    world.session.add_all([late, early, other])
    world.session.flush()
    assert (current_cycle(world.workspace), present_cycle(world.workspace), current_cycle(other)) == (late, late, None)
    assert find_cycle(world.workspace, early.id) is early
    with pytest.raises(NotFound) as refused:
        find_cycle(other, early.id)
    assert refused.value.sentence == "That cycle is not here. `/sop` shows the present one."


def test_step_begins_when_the_company_opens_and_ends_when_it_closes(world: World) -> None:
    assert instant(world.workspace, DEC, 3) == at("12-03")
    assert instant(world.workspace, DEC, 3, is_end=True) == at("12-03", "17:00")
    # New Year's Day is a holiday, and 2 and 3 January are a weekend.
    assert instant(world.workspace, JAN, 1).date() == date(2027, 1, 4)


def test_new_coordinator_takes_over_and_new_days_count_at_once(world: World) -> None:
    planned(world)
    turn(world, at("12-14"))
    cycle, otto = the_cycle(world), world.person("Otto")
    assert cycle.step_at == at("12-16")
    days = {**DAYS, "executive": 15}
    plan_monthly(world.workspace, channel="C0SOP", coordinator=otto, days=days, by=None, now=at("12-14", "10:00"))
    assert (cycle.step_at, cycle.unanswered(Step.RECONCILIATION)) == (at("12-21"), [otto])
