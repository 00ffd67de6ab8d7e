"""The plan of a cycle: targets, what it keeps from its opening, and changes of it."""

from decimal import Decimal
from fractions import Fraction

from models.sop.bands import Band, Level
from models.sop.past_sales import past_of
from models.sop.plan import bands_of, keep_economics, present_plan
from models.sop.plan_changes import PlanChange, Quantity
from models.sop.rows import StockTarget
from tests.models.sop.december import at, planned, the_cycle, turn
from tests.world import World


def test_target_of_a_family_is_filled_up_by_its_prefill(world: World) -> None:
    planned(world)
    row = StockTarget(workspace=world.workspace, family="Tents", target=Decimal("0.5"), is_target_cover=True)
    row.ceiling, row.is_ceiling_cover, row.tolerance = Decimal(200), False, Decimal(10)
    world.session.add(row)
    turn(world, at("12-09"))
    cycle = the_cycle(world)
    half = Band(Level(Fraction(1, 2), is_cover=True), Level(Fraction(200)), Fraction(10))
    assert bands_of(cycle) == {"Tents": half}
    tents = present_plan(cycle).of("Tents")
    # 40 lie in stock, 100 sell, and 50 are to stay.
    assert (tents.supply[:3], tents.net[:3], tents.targets[0]) == ((110, 100, 100), [50, 50, 50], 50)


def test_changes_make_another_plan_and_another_load(world: World) -> None:
    planned(world)
    turn(world, at("12-09"))
    plan = present_plan(the_cycle(world))
    changed = plan.changed([PlanChange("Tents", Quantity.SUPPLY, 0, 10), PlanChange("Tents", Quantity.DEMAND, 1, -500)])
    assert (changed.of("Tents").supply[0], changed.of("Tents").demand[:2]) == (70, (100, 0))
    assert changed.of("Lamps") is plan.of("Lamps")
    before, after = (next(one for one in p.resources if one.name == "Assembly").load[0] for p in (plan, changed))
    assert after > before


def test_what_is_kept_stays_and_what_is_new_is_kept_too(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    cycle = the_cycle(world)
    cycle.economics = {"Tents": {**cycle.economics["Tents"], "cost": "7"}}
    keep_economics(cycle, past_of(world.workspace, cycle.month))
    assert (cycle.economics["Tents"]["cost"], set(cycle.economics)) == ("7", {"Tents", "Lamps", "Parts"})
