"""What a cycle says of itself."""

from datetime import date

from models.base.months import month_after
from models.sop.identities import HORIZON
from models.sop.rows import Cycle, Forecast, Signed, SupplyPlan
from models.sop.steps import Step
from models.sop.tasks import finish, give_task
from tests.models.sop.december import DEC, FEB, JAN
from tests.world import NOW, World


def cycle_of(world: World, month: date = DEC, **fields: int) -> Cycle:
    baselines = {"Tents": [100] * HORIZON, "Tarps": [7] * HORIZON}
    cycle = Cycle(workspace=world.workspace, month=month, opened_at=NOW, baselines=baselines, means=[], **fields)
    world.session.add(cycle)
    world.session.flush()
    return cycle


def forecast(world: World, cycle: Cycle, name: str, certain: int, contingent: int) -> Forecast:
    row = Forecast(workspace=world.workspace, cycle=cycle, member=world.person(name), family="Tents")
    row.certain, row.contingent, row.prefill = [certain] * HORIZON, [contingent] * HORIZON, [0] * HORIZON
    world.session.add(row)
    world.session.flush()
    return row


def test_plan_goes_eighteen_months_from_its_own_on() -> None:
    months = Cycle(month=DEC).months
    assert (len(months), months[0], months[-1]) == (18, DEC, date(2028, 5, 1))


def test_families_are_those_it_began_with_and_what_is_sold_now(world: World) -> None:
    assert cycle_of(world).families == ["Lamps", "Parts", "Tarps", "Tents"]


def test_demand_is_what_sellers_believe_and_the_baseline_where_nobody_was_asked(world: World) -> None:
    cycle = cycle_of(world)
    assert cycle.demand == {"Tents": [100] * HORIZON, "Tarps": [7] * HORIZON}
    sara, pete = forecast(world, cycle, "Sara", 3, 20), forecast(world, cycle, "Pete", 0, 0)
    assert (sara.units, pete.units) == ([23] * HORIZON, [0] * HORIZON)
    assert cycle.demand == {"Tents": [23] * HORIZON, "Tarps": [7] * HORIZON}
    # Nothing that is believed is nothing, not the baseline.
    assert cycle.demand_in([pete]) == {"Tents": [0] * HORIZON, "Tarps": [7] * HORIZON}
    families = {family: cycle.demand_for(family)[0] for family in ("Tents", "Tarps", "Lamps")}
    assert families == {"Tents": 23, "Tarps": 7, "Lamps": 0}
    assert cycle.baselines["Tents"] == [100] * HORIZON


def test_rows_come_by_family_and_person(world: World) -> None:
    cycle = cycle_of(world)
    pete, sara = forecast(world, cycle, "Pete", 1, 0), forecast(world, cycle, "Sara", 1, 0)
    plans = [
        SupplyPlan(workspace=world.workspace, cycle=cycle, family=family, units=[], prefill=[])
        for family in ("Tents", "Lamps")
    ]
    world.session.add_all(plans)
    assert cycle.forecasts == [sara, pete]
    assert cycle.supplies == plans[::-1]


def test_month_before_is_unsigned_when_nobody_signed_the_one_just_before(world: World) -> None:
    first, second, third = (cycle_of(world, month_after(DEC, n), version=n) for n in (0, 1, 2))
    assert [cycle.unsigned_before for cycle in (first, second, third)] == [None, DEC, None]
    assert [cycle.is_present for cycle in (first, second, third)] == [False, False, True]
    assert third.month == FEB


def test_latest_version_is_the_signed_one(world: World) -> None:
    cycle = cycle_of(world)
    assert cycle.latest_signed is None
    first, second = (
        Signed(workspace=world.workspace, cycle=cycle, version=n, by=world.person("Lea"), at=NOW, numbers={})
        for n in (1, 2)
    )
    world.session.add_all([second, first])
    world.session.flush()
    assert cycle.latest_signed is second
    assert cycle_of(world, JAN).latest_signed is None


def test_unanswered_are_those_of_one_step(world: World) -> None:
    cycle, sara, olga = cycle_of(world), world.person("Sara"), world.person("Olga")
    give_task(cycle, Step.DEMAND, sara, due=NOW, now=NOW)
    give_task(cycle, Step.SUPPLY, olga, due=NOW, now=NOW)
    assert [cycle.unanswered(step) for step in (Step.DEMAND, Step.SUPPLY, Step.EXECUTIVE)] == [[sara], [olga], []]
    finish(cycle, Step.DEMAND, sara, now=NOW)
    assert (cycle.unanswered(Step.DEMAND), cycle.open_tasks(Step.SUPPLY)[0].member) == ([], olga)
