"""Ways out of a gap: what each does, and its cost, number by number; and that following them repairs the plan."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from models.base.months import months_from
from models.base.words import Coinage
from models.sop.bands import Band, Level
from models.sop.gaps import gaps_of, ranked_gaps
from models.sop.identities import FamilyPlan
from models.sop.open_deals import OpenUnits
from models.sop.plan_changes import PlanChange, Quantity, changed_plans
from models.sop.rough_cut import ResourceMonths, Work, rough_cut
from models.sop.way_words import way_out_text
from models.sop.ways_out import Remedies, WayOut, WayOutKind
from tests.models.sop.test_prefilling import worlds

JAN = date(2027, 1, 1)
MONTHS = months_from(JAN, 4)
FEB, MAR, APR = MONTHS[1:]
US = Locale("en", "US")
DOLLARS = Coinage("USD", 2)


def plan_of(demand: tuple[int, ...], supply: tuple[int, ...], *, net: int = 0, name: str = "Tents") -> FamilyPlan:
    """A family of $300 unit cost and $480 unit price."""
    return FamilyPlan(name, Fraction(30_000), Fraction(48_000), max(0, net), max(0, -net), demand, supply)


def remedies(*plans: FamilyPlan, deals: tuple[OpenUnits, ...] = (), overtime: int = 20_000) -> Remedies:
    """Two hours a unit on a line of 160 hours a month, with 20 hours of overtime at $90; 2 % a week for lateness."""
    line = ResourceMonths("Line", "hour", (Fraction(160_000),) * 4, (), (Fraction(overtime),) * 4, 9_000)
    work: dict[str, list[Work]] = {plan.family: [{("Line", n): Fraction(2_000)} for n in range(4)] for plan in plans}
    return Remedies(
        months=MONTHS,
        plans={plan.family: plan for plan in plans},
        work=work,
        resources=rough_cut([line], work, {plan.family: plan.supply for plan in plans}),
        late_cost=Decimal("0.02"),
        carrying_rate=Decimal("0.24"),
        open_deals={("Tents", FEB): deals},
    )


def ways(*plans: FamilyPlan, deals: tuple[OpenUnits, ...] = (), overtime: int = 20_000) -> list[WayOut]:
    """The ways out of the gap that is worth most."""
    return list(remedies(*plans, deals=deals, overtime=overtime).ways_out(ranked_gaps(plans)[0]))


def supply(month: int, units: int, family: str = "Tents") -> PlanChange:
    return PlanChange(family, Quantity.SUPPLY, month, units)


def test_launch_may_come_later_by_as_few_months_as_close_the_gap() -> None:
    # The line makes 80 a month of 100: 80 are missing in April. A month later a hundred fewer are wanted by then.
    plan = plan_of((100, 100, 100, 100), (80, 80, 80, 80))
    gap = ranked_gaps([plan])[0]

    def later(**launches: int) -> list[WayOut]:
        searched = replace(remedies(plan), launches=launches)
        return [way for way in searched.ways_out(gap) if way.kind is WayOutKind.LAUNCH_LATER]

    launch = WayOut(WayOutKind.LAUNCH_LATER, 100, 20, (demand(0, -100),), extra=100 * 48_000, months=(FEB,))
    assert later(Tents=0) == [launch]
    assert way_out_text(DOLLARS, launch, US) == "launch in Feb 2027: $48,000 not sold; net stock 20"
    # What has begun before is not launched later, nor what would begin beyond the horizon.
    assert later() == later(Tents=3) == []


def demand(month: int, units: int, family: str = "Tents") -> PlanChange:
    return PlanChange(family, Quantity.DEMAND, month, units)


def test_month_with_room_makes_it_and_no_other_way_is_needed() -> None:
    # Twenty are missing in February, and there is room for them there.
    assert ways(plan_of((40, 80, 40, 40), (40, 60, 40, 40))) == [
        WayOut(WayOutKind.MORE, 20, 0, (supply(1, 20),), spend=600_000, months=(FEB,))
    ]


def test_month_that_is_full_is_made_up_earlier_and_what_lies_in_stock_meanwhile_costs() -> None:
    # February is full with 80, and 15 are missing from it on: January makes them, and they lie there for a month.
    found = ways(plan_of((40, 95, 80, 80), (40, 80, 80, 80)))
    assert found == [
        # 15 x $300 x 2 % a month.
        WayOut(WayOutKind.MORE, 15, 0, (supply(0, 15),), spend=450_000, extra=9_000, months=(JAN,))
    ]
    assert (
        way_out_text(DOLLARS, found[0], US)
        == "make 15 more in Jan 2027: $4,500 to make, $90 to keep it in stock; net stock 0"
    )


def test_what_no_month_carries_takes_overtime_deals_or_promises() -> None:
    # Every month is full; from February on 40 are missing. Overtime makes 10 a month: January's and February's 20.
    acme, brown = OpenUnits(7, "Acme", 12, Fraction(47_000)), OpenUnits(9, "Brown", 30, Fraction(45_000))
    found = ways(plan_of((80, 120, 40, 80), (80, 80, 80, 80)), deals=(acme, brown))
    assert found == [
        # March makes up for it, so both deals may come then, four weeks late.
        WayOut(WayOutKind.RETIME, 12, -28, (demand(1, -12), demand(2, 12)), extra=45_120, months=(MAR,), deal=acme),
        WayOut(WayOutKind.RETIME, 30, -10, (demand(1, -30), demand(2, 30)), extra=108_000, months=(MAR,), deal=brown),
        # 20 h of February and 20 h of January at $90; 10 tents in stock in January and 20 from March on, at $6 a month.
        WayOut(WayOutKind.OVERTIME, 20, -20, (supply(0, 10), supply(1, 10)), 600_000, 360_000 + 30_000, (JAN, FEB)),
        WayOut(WayOutKind.SHRINK, 12, -28, (demand(1, -12),), extra=564_000, deal=acme),
        WayOut(WayOutKind.SHRINK, 30, -10, (demand(1, -30),), extra=1_350_000, deal=brown),
        WayOut(WayOutKind.TAKE_BACK, 40, 0, (demand(1, -40),), extra=1_920_000, months=(FEB,)),
    ]
    assert [way_out_text(DOLLARS, way, US) for way in found] == [
        "#7 Acme takes 12 in Mar 2027: $451 of lateness; net stock −28",
        "#9 Brown takes 30 in Mar 2027: $1,080 of lateness; net stock −10",
        "make 20 more with overtime in Jan 2027–Feb 2027: $6,000 to make, $3,900 on top; net stock −20",
        "#7 Acme takes 12 fewer: $5,640 not sold; net stock −28",
        "#9 Brown takes 30 fewer: $13,500 not sold; net stock −10",
        "promise 40 fewer in Feb 2027: $19,200 not sold; net stock 0",
    ]


def test_another_family_gives_what_it_has_above_its_target_and_never_more() -> None:
    # The line is full with 40 tents and 40 domes a month. 25 domes lie in stock for ever; 30 tents are missing.
    tents, domes = plan_of((40, 70, 40, 40), (40,) * 4), plan_of((40,) * 4, (40,) * 4, net=25, name="Domes")
    found = ways(tents, domes, overtime=0)
    shift = next(way for way in found if way.kind is WayOutKind.SHIFT)
    changes = (supply(1, 25), supply(1, -25, "Domes"))
    assert shift == WayOut(WayOutKind.SHIFT, 25, -5, changes, months=(FEB,), other="Domes")
    assert way_out_text(DOLLARS, shift, US) == "make 25 more in Feb 2027, fewer of Domes: $0 to make; net stock −5"
    # A family that has no more than it needs gives nothing.
    bare = plan_of((40,) * 4, (40,) * 4, name="Domes")
    assert WayOutKind.SHIFT not in {way.kind for way in ways(tents, bare, overtime=0)}


def test_backlog_that_stands_from_the_beginning_is_worked_off_where_there_is_room() -> None:
    # 500 are owed, and 10 a month are made: there is room for 70 more in each month.
    found = ways(plan_of((10,) * 4, (10,) * 4, net=-500), overtime=0)
    assert found[0].changes == tuple(supply(month, 70) for month in range(4))
    assert (found[0].units, found[0].net) == (70, -430)


def test_what_lies_above_the_ceiling_is_not_made_as_far_as_later_months_allow() -> None:
    band = Band(ceiling=Level(Fraction(20)))
    plan = replace(plan_of((40, 40, 90, 40), (90, 40, 40, 40)), band=band)
    assert plan.net == [50, 50, 0, 0]
    # All 50 are wanted in March, so that fewer would leave it short.
    assert ways(plan) == []
    spare = replace(plan_of((40, 40, 70, 40), (90, 40, 40, 40)), band=band)
    found = ways(spare)
    assert found == [WayOut(WayOutKind.LESS, 20, 30, (supply(0, -20),), spend=-600_000, months=(JAN,))]
    assert way_out_text(DOLLARS, found[0], US) == "make 20 fewer in Jan 2027: $6,000 not spent; net stock 30"


def test_what_closes_hardly_anything_is_no_way() -> None:
    # The line carries 80 of 479; one hour is left.
    assert [way.kind for way in ways(plan_of((479, 0, 0, 0), (80, 0, 0, 0), net=0), overtime=2_000)] == [
        WayOutKind.TAKE_BACK
    ]


@settings(max_examples=200)
@given(worlds(), st.data())
def test_first_way_of_each_gap_in_turn_never_lowers_net_stock_and_ends_without_a_gap_that_a_way_closes(
    world: tuple[list[FamilyPlan], dict[str, list[Work]], list[ResourceMonths]], data: st.DataObject
) -> None:
    plans, work, lines = world
    count = len(plans[0].demand)
    units = st.lists(st.integers(0, 60), min_size=count, max_size=count)
    plans = [replace(plan, supply=tuple(data.draw(units))) for plan in plans]

    def worst(plan: FamilyPlan) -> int:
        return min(0, *(net - target for net, target in zip(plan.net, plan.targets, strict=True)))

    for _ in range(200):
        before = {plan.family: worst(plan) for plan in plans}
        searched = Remedies(
            months=months_from(JAN, count),
            plans={plan.family: plan for plan in plans},
            work=work,
            resources=rough_cut(lines, work, {plan.family: plan.supply for plan in plans}),
            late_cost=Decimal("0.02"),
            carrying_rate=Decimal("0.20"),
            open_deals={},
        )
        first = next((ways[0] for gap in ranked_gaps(plans) if (ways := searched.ways_out(gap))), None)
        if first is None:
            return
        money = sum(gap.money for plan in plans for gap in gaps_of(plan))
        plans = changed_plans(plans, first.changes)
        assert {plan.family: worst(plan) >= before[plan.family] for plan in plans} == dict.fromkeys(before, True)
        assert sum(gap.money for plan in plans for gap in gaps_of(plan)) < money
    raise AssertionError("the ways out do not come to an end")
