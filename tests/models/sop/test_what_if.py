"""What if: the plan with changes, computed as the plan is, with the arithmetic beside it."""

from dataclasses import replace
from fractions import Fraction

from models.base.months import months_from
from models.sop.plan import Plan
from models.sop.plan_changes import PlanChange, Quantity
from models.sop.what_if import ChangeKind, Outcome, ScenarioChange, changed_plan, outcome_of
from tests.models.sop.december import JAN
from tests.models.sop.test_prefilling import an_hour, family, line

MONTHS = tuple(months_from(JAN, 3))


def plan_of(*, supply: tuple[int, ...] = (10, 10, 10)) -> Plan:
    """15 tents a month are wanted, and the line makes 10; lamps need no time. Cost 300, price 480."""
    overtime = replace(line(10, 10, 10), overtime=(Fraction(2_000),) * 3, overtime_cost=9_000)
    tents, lamps = family((15, 15, 15)), family((4, 4, 4), name="Lamps")
    families = (replace(tents, supply=supply), replace(lamps, supply=(4, 4, 4)))
    return Plan(MONTHS, families, {"Tents": an_hour(3), "Lamps": [{}, {}, {}]}, (overtime,))


def supply_of(change: ScenarioChange) -> tuple[int, ...]:
    return changed_plan(plan_of(), [change]).of("Tents").supply


def test_plan_comes_to_its_gaps_money_service_and_fullest_month() -> None:
    outcome = outcome_of(plan_of())
    # 30 of 45 tents and all 12 lamps are shipped, nothing is left over; short by 5, 10, 15.
    assert outcome == Outcome(
        gaps=outcome.gaps,
        revenue=Fraction(42 * 480),
        margin=Fraction(42 * 180),
        inventory=Fraction(0),
        service=Fraction(42, 57),
        utilisation=Fraction(1),
        fullest=("Line", JAN),
    )
    assert [(gap.family, gap.units) for gap in outcome.gaps] == [("Tents", 15)]
    assert outcome.waiting == 15 * 480


def test_second_shift_fills_supply_in_anew_and_closes_the_gap() -> None:
    shift = ScenarioChange(ChangeKind.CAPACITY, "Line", 0, 2, percent=Fraction(100))
    changed = changed_plan(plan_of(), [shift])
    assert changed.of("Tents").supply == (15, 15, 15)
    outcome = outcome_of(changed)
    assert (outcome.gaps, outcome.service, outcome.utilisation) == ((), Fraction(1), Fraction(3, 4))
    # From February on: 10 in January, and 5 more later.
    assert supply_of(replace(shift, first=1)) == (10, 20, 15)
    # Hours instead of a percentage; a machine that is down; a resource that nobody needs.
    assert supply_of(ScenarioChange(ChangeKind.CAPACITY, "Line", 0, 2, units=2_000)) == (12, 12, 12)
    assert supply_of(ScenarioChange(ChangeKind.CAPACITY, "Line", 1, 1, percent=Fraction(-100))) == (10, 0, 10)
    assert supply_of(ScenarioChange(ChangeKind.CAPACITY, "Kiln", 0, 2, percent=Fraction(100))) == (10, 10, 10)


def test_overtime_that_is_allowed_is_planned_on_and_costs() -> None:
    allowed = ScenarioChange(ChangeKind.OVERTIME, first=0, last=2)
    changed = changed_plan(plan_of(), [allowed])
    assert changed.of("Tents").supply == (12, 12, 12)
    outcome = outcome_of(changed)
    # Six hours at 9,000; utilisation is told without overtime.
    assert outcome.margin == 48 * 180 - 6 * 9_000
    assert outcome.utilisation == Fraction(12, 10)


def test_demand_moves_by_percent_or_units_and_its_family_is_filled_in_anew() -> None:
    less = ScenarioChange(ChangeKind.DEMAND, "Tents", 1, 2, percent=Fraction(-50))
    changed = changed_plan(plan_of(supply=(3, 3, 3)), [less])
    # Half of 15 is 7.5, so 8; what January cannot make is still made later. The planner has said 7 less than was filled
    # in each month, and that stands.
    assert (changed.of("Tents").demand, changed.of("Tents").supply) == ((15, 8, 8), (3, 3, 3))
    assert changed_plan(plan_of(), [less]).of("Tents").supply == (10, 10, 10)
    more = ScenarioChange(ChangeKind.DEMAND, "Lamps", 0, 0, units=6)
    changed = changed_plan(plan_of(supply=(3, 3, 3)), [more])
    assert (changed.of("Lamps").supply, changed.of("Tents").supply) == ((10, 4, 4), (3, 3, 3))


def test_price_and_cost_move_money_and_nothing_else() -> None:
    dearer = [ScenarioChange(ChangeKind.PRICE, "Tents", percent=Fraction(10))]
    dearer.append(ScenarioChange(ChangeKind.COST, percent=Fraction(-50)))
    changed = changed_plan(plan_of(), dearer)
    assert changed.of("Tents").supply == (10, 10, 10)
    outcome = outcome_of(changed)
    assert outcome.revenue == 30 * 528 + 12 * 480
    assert outcome.margin == 30 * (528 - 150) + 12 * (480 - 150)


def test_way_out_is_taken_as_it_is() -> None:
    way = ScenarioChange(ChangeKind.PLAN, changes=(PlanChange("Tents", Quantity.DEMAND, 0, -5),))
    changed = changed_plan(plan_of(), [way])
    assert (changed.of("Tents").demand, changed.of("Tents").supply) == ((10, 15, 15), (10, 10, 10))


def test_launch_begins_like_another_or_in_another_month_and_an_end_ends_it() -> None:
    like = ScenarioChange(ChangeKind.LAUNCH, "Lamps", 1, 2, percent=Fraction(-20), like="Tents")
    assert changed_plan(plan_of(), [like]).of("Lamps").demand == (0, 12, 12)
    later = ScenarioChange(ChangeKind.LAUNCH, "Tents", 1, 2)
    changed = changed_plan(plan_of(), [later]).of("Tents")
    # Ten can be made in a month, and January's lie there until they are wanted.
    assert (changed.demand, changed.supply) == ((0, 15, 15), (10, 10, 10))
    assert changed_plan(plan_of(), [ScenarioChange(ChangeKind.END, "Tents", 0, 0)]).of("Tents").demand == (15, 0, 0)
