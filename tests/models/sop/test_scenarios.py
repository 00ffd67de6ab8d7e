"""Scenarios of a cycle: kept beside the plan, at most four, and made the plan."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from models.base.errors import NotFound, NotYours, Refused, TooLate
from models.files.months import GivenMonth
from models.setup.company_tables import with_rows
from models.setup.exporting import company_document
from models.setup.importing import change_company
from models.sheets.fields import Kind
from models.sop.actuals import import_actuals
from models.sop.plan import present_plan
from models.sop.scenarios import (
    MetAssumption,
    assumptions_met,
    find_scenario,
    forget,
    imagine,
    imagined,
    make_it_the_plan,
    scenarios_of,
    won_deal,
)
from models.sop.supplying import find_supply
from models.sop.what_if import ChangeKind, ScenarioChange, outcome_of
from tests.models.sop.december import DEC, HOUR, actuals, at, planned, the_cycle, turn
from tests.world import World

FAIR = ScenarioChange(ChangeKind.DEMAND, "Tents", 1, 1, percent=Fraction(30))


def test_scenario_is_kept_as_it_was_made_and_changes_nothing(world: World) -> None:
    planned(world)
    turn(world, at("12-14"))
    cycle, olga, now = the_cycle(world), world.person("Olga"), at("12-14", "10:00")
    before = present_plan(cycle)
    row = imagine(cycle, " A fair ", "They come. ", [FAIR], by=olga, now=now)
    world.session.expire_all()
    assert (row.name, row.assumption, row.changes, scenarios_of(cycle)) == ("A fair", "They come.", (FAIR,), [row])
    assert present_plan(cycle).families == before.families
    assert find_scenario(cycle, row.id) is row
    forget(row, by=olga, now=now)
    assert scenarios_of(cycle) == []
    with pytest.raises(NotFound):
        find_scenario(cycle, 1)


def test_four_stand_side_by_side_each_with_a_name_of_its_own(world: World) -> None:
    planned(world)
    turn(world, at("12-14"))
    cycle, olga, now = the_cycle(world), world.person("Olga"), at("12-14", "10:00")
    for name in "ABCD":
        if name == "D":
            with pytest.raises(Refused, match="of that name already"):
                imagine(cycle, "a", "", [], by=olga, now=now)
        imagine(cycle, name, "", [], by=olga, now=now)
    with pytest.raises(Refused, match="4 scenarios stand side by side"):
        imagine(cycle, "E", "", [], by=olga, now=now)
    with pytest.raises(Refused, match="What is it called"):
        imagine(cycle, " ", "", [], by=olga, now=now)
    with pytest.raises(NotYours, match="they show money"):
        imagine(cycle, "F", "", [], by=world.person("Sara"), now=now)


def test_scenario_that_is_made_the_plan_is_its_reason(world: World) -> None:
    planned(world)
    turn(world, at("12-14"))
    cycle, olga, now = the_cycle(world), world.person("Olga"), at("12-14", "10:00")
    row = imagine(cycle, "A fair", "They come.", [FAIR], by=olga, now=now)
    with pytest.raises(NotYours, match="coordinator’s and leadership’s"):
        make_it_the_plan(row, by=world.person("Otto"), now=now)
    make_it_the_plan(row, by=olga, now=now + HOUR)
    (agreed,) = cycle.consensus
    assert (agreed.units[:3], agreed.reason) == ([None, 130, None], "Scenario A fair: They come.")
    supply = find_supply(cycle, "Tents")
    assert (supply.units[:3], supply.limit, supply.by) == ([60, 130, 100], "Scenario A fair: They come.", olga)
    assert row.adopted_at == now + HOUR


def test_scenario_that_has_become_the_plan_is_not_applied_again(world: World) -> None:
    turn(planned(world), at("12-14"))
    cycle, olga, now = the_cycle(world), world.person("Olga"), at("12-14", "10:00")
    row = imagine(cycle, "A fair", "", [FAIR], by=olga, now=now)
    before = [(one.demand, one.supply) for one in row.applied_to(present_plan(cycle)).families]
    make_it_the_plan(row, by=olga, now=now)
    plan = present_plan(cycle)
    assert [(one.demand, one.supply) for one in plan.families] == before
    assert row.applied_to(plan) == plan
    assert imagined(cycle, plan)[0].outcome == outcome_of(plan)
    # Somebody else had the same window open.
    with pytest.raises(TooLate, match="It is the plan already"):
        make_it_the_plan(row, by=world.person("Lea"), now=now)
    assert [(one.demand, one.supply) for one in present_plan(cycle).families] == before


def test_scenario_is_made_the_plan_of_a_family_that_is_newer_than_its_supply(world: World) -> None:
    turn(planned(world), at("12-14"))
    cycle, olga, now = the_cycle(world), world.person("Olga"), at("12-14", "10:00")
    before = company_document(world.workspace)
    after = with_rows(
        before, Kind.OFFERS, [{"name": "Boat", "family": "Boats", "list_price": "100", "unit_cost": "50"}]
    )
    after = with_rows(after, Kind.NEEDS, [{"offer": "Boat", "resource": "Assembly", "per_unit": "1"}])
    change_company(world.workspace, before, after, by=world.person("Lea"), now=now)
    world.session.expire_all()
    everything = ScenarioChange(ChangeKind.DEMAND, "", 1, 1, units=10)
    make_it_the_plan(imagine(cycle, "Ten more", "", [everything], by=olga, now=now), by=olga, now=now)
    assert present_plan(cycle).of("Boats").demand[1] == 10
    assert find_supply(cycle, "Boats").by == olga


def test_next_month_says_what_came_of_what_was_assumed_for_it(world: World) -> None:
    turn(planned(world), at("12-14"))
    cycle, olga, now = the_cycle(world), world.person("Olga"), at("12-14", "10:00")
    more = ScenarioChange(ChangeKind.DEMAND, "Tents", 0, 1, percent=Fraction(30))
    imagine(cycle, "Strong winter", "", [more], by=olga, now=now)
    # Of January only, which says nothing of December.
    imagine(cycle, "A fair", "", [FAIR], by=olga, now=now)
    assert assumptions_met(cycle) == []
    turn(world, at("12-31") + timedelta(days=10))
    january = the_cycle(world)
    assert assumptions_met(january) == [MetAssumption("Strong winter", "Tents", DEC, 130, None)]
    import_actuals(world.workspace, [GivenMonth("Tents", DEC, (110, 100, 100, 40, 0))], by=world.person("Lea"), now=now)
    assert assumptions_met(january) == [MetAssumption("Strong winter", "Tents", DEC, 130, 110)]


def test_second_shift_is_supplied_once_it_is_made_the_plan(world: World) -> None:
    actuals(world, "Tents", [10_000] * 6)
    turn(planned(world, bookings=()), at("12-14"))
    cycle, olga, now = the_cycle(world), world.person("Olga"), at("12-14", "10:00")
    before = find_supply(cycle, "Tents").units
    shift = ScenarioChange(ChangeKind.CAPACITY, "Assembly", 0, 17, percent=Fraction(100))
    make_it_the_plan(imagine(cycle, "Second shift", "", [shift], by=olga, now=now), by=olga, now=now)
    after = find_supply(cycle, "Tents").units
    assert 1.9 < sum(after) / sum(before) < 2.1
    assert cycle.consensus == []


def test_deal_that_is_won_comes_on_top_of_the_demand_of_its_months(world: World) -> None:
    planned(world)
    turn(world, at("12-14"))
    plan = present_plan(the_cycle(world))
    deal = world.propose(("Summit tent", 120, 48000, date(2027, 1, 18)))
    assert won_deal(deal, plan) == (ScenarioChange(ChangeKind.DEMAND, "Tents", 1, 1, units=120),)
    past = world.propose(("Summit tent", 120, 48000, date(2026, 12, 14)))
    for line in past.proposal.lines:
        line.week = date(2026, 10, 12)
    world.session.flush()
    with pytest.raises(Refused, match="Nothing of this deal"):
        won_deal(past, plan)
