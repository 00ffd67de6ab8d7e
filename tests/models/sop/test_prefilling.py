"""Supply as it is filled in: to the target, built ahead, and never outside the band where earlier capacity is free."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from models.base.months import months_from
from models.sop.bands import WITHOUT_STOCK, Band, Level
from models.sop.economics import Economics
from models.sop.identities import FamilyPlan
from models.sop.placing import Room
from models.sop.prefilling import Prefill, prefill
from models.sop.rough_cut import ResourceMonths, Work, rough_cut, work_of
from tests.models.sop.december import JAN

ONE = Fraction(1_000)


def family(demand: Sequence[int], *, net: int = 0, band: Band | None = None, name: str = "Tents") -> FamilyPlan:
    nothing = (0,) * len(demand)
    return FamilyPlan(
        name, Fraction(300), Fraction(480), max(0, net), max(0, -net), tuple(demand), nothing, band or Band()
    )


def line(*hours: int, name: str = "Line") -> ResourceMonths:
    available = tuple(Fraction(1_000 * units) for units in hours)
    nothing = (Fraction(0),) * len(hours)
    return ResourceMonths(name, "hour", available, load=nothing, overtime=nothing)


def an_hour(count: int, *names: str) -> list[Work]:
    """A unit takes an hour of each, in the month of its delivery."""
    return [{(name, month): ONE for name in names or ("Line",)} for month in range(count)]


def filled(plan: FamilyPlan, *hours: int) -> Prefill:
    """What a family that has a line for itself is filled in with."""
    return prefill([plan], {plan.family: an_hour(len(plan.demand))}, [line(*hours)])[plan.family]


def test_stock_is_used_up_first_and_backlog_cleared_first() -> None:
    assert filled(family((10, 10, 10), net=15), 99, 99, 99) == Prefill((0, 5, 10))
    assert filled(family((10, 10, 10), net=-7), 99, 99, 99) == Prefill((17, 10, 10))
    # What one month cannot work off the next does.
    assert filled(family((10, 10, 10), net=-7), 12, 12, 99) == Prefill((12, 12, 13), "Line")


def test_month_that_is_too_full_is_built_ahead_as_late_as_possible() -> None:
    # 30 in the third month: 12 there, 12 - 5 in the second, and the other 11 in the first.
    assert filled(family((0, 5, 30)), 99, 12, 12) == Prefill((11, 12, 12))
    # What no month can make is short until a later one can.
    assert filled(family((0, 30, 0)), 5, 10, 99) == Prefill((5, 10, 15), "Line")


def test_hours_are_not_sold_before_they_are_wanted() -> None:
    # The same 30 in the third month: 12 there, and nobody can be busy with them before.
    assert filled(family((0, 5, 30), band=WITHOUT_STOCK), 99, 12, 12) == Prefill((0, 5, 12), "Line")
    # What waits already is worked off first.
    assert filled(family((10, 10, 10), net=-7, band=WITHOUT_STOCK), 12, 12, 99) == Prefill((12, 12, 13), "Line")


def test_target_is_filled_up_and_a_ceiling_limits_what_is_built_ahead() -> None:
    half = Band(Level(Fraction(1, 2), is_cover=True))
    # At the end of each month half of what the next one sells; after the last one sells as much as it.
    assert filled(family((10, 20, 30), band=half), 99, 99, 99) == Prefill((20, 25, 30))
    ceiling = Band(ceiling=Level(Fraction(4)))
    # 20 are missing in the third month; only 4 may lie in stock before it.
    assert filled(family((0, 0, 30), band=ceiling), 99, 99, 10) == Prefill((0, 4, 10), "Line")


def test_constant_demand_at_95_percent_is_never_short_in_months_of_28_to_31_days() -> None:
    months = months_from(JAN, 18)
    # 400 hours a week; 57 units of an hour a day are 399 a week: 99.75 %; 380 a week are 95 %.
    days = [(later - month).days for month, later in zip(months, months_from(JAN, 19)[1:], strict=True)]
    capacity = ResourceMonths("Line", "hour", tuple(Fraction(400_000 * count, 7) for count in days))
    (loaded,) = rough_cut([capacity], {}, {})
    monthly = 380 * 365 // (7 * 12)
    plan = family((monthly,) * 18)
    made = prefill([plan], {"Tents": an_hour(18)}, [replace(loaded, overtime=(Fraction(0),) * 18)])["Tents"]
    assert made.limit == ""
    assert min(replace(plan, supply=made.units).net) >= 0
    # February has 28 days, 1,600 hours for 1,651 units: January makes the rest.
    assert (monthly, made.units[:3]) == (1651, (1702, 1600, 1651))


def test_families_that_want_the_same_month_each_get_a_part() -> None:
    plans = [family((80,), name="Tents"), family((20,), name="Domes")]
    work = {plan.family: an_hour(1) for plan in plans}
    made = prefill(plans, work, [line(50)])
    # In turns of 10 and 3, until the line is full in the fourth.
    assert made == {"Tents": Prefill((40,), "Line"), "Domes": Prefill((10,), "Line")}


def test_family_that_needs_nothing_is_limited_by_nothing() -> None:
    assert prefill([family((10, 0))], {"Tents": [{}, {}]}, []) == {"Tents": Prefill((10, 0))}
    assert prefill([], {}, [line(1)]) == {}


COUNTS = st.integers(0, 60)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[FamilyPlan], dict[str, list[Work]], list[ResourceMonths]]:
    """Up to three families on two lines, some with targets, ceilings and work before the delivery."""
    count = draw(st.integers(1, 8))
    months = months_from(JAN, count)
    lines = [line(*draw(st.lists(COUNTS, min_size=count, max_size=count)), name=name) for name in ("Cut", "Sew")]
    plans, work = [], {}
    for name in draw(st.sampled_from([("A",), ("A", "B"), ("A", "B", "C")])):
        target = Level(Fraction(draw(st.integers(0, 30))), is_cover=False)
        ceiling = draw(st.none() | st.builds(lambda units: Level(Fraction(units)), COUNTS))
        band = Band(target, ceiling)
        demand = draw(st.lists(COUNTS, min_size=count, max_size=count))
        plans.append(family(demand, net=draw(st.integers(-40, 80)), band=band, name=name))
        needs = draw(
            st.dictionaries(
                st.sampled_from(["Cut", "Sew"]),
                st.dictionaries(st.integers(-6, 0), st.integers(1, 3).map(lambda units: units * ONE), max_size=2),
            )
        )
        work[name] = work_of(Economics(Fraction(1), Fraction(1), needs), months)
    return plans, work, lines


@settings(max_examples=300)
@given(worlds())
def test_prefill_leaves_the_band_only_where_no_earlier_month_has_room(
    world: tuple[list[FamilyPlan], dict[str, list[Work]], list[ResourceMonths]],
) -> None:
    plans, work, lines = world
    made = prefill(plans, work, lines)
    loaded = rough_cut(lines, work, {name: one.units for name, one in made.items()})
    assert not any(one.is_over(month) for one in loaded for month in range(len(one.available)))
    room = Room(loaded)
    for plan in plans:
        supplied = replace(plan, supply=made[plan.family].units)
        for month, net in enumerate(supplied.net):
            if net >= supplied.targets[month]:
                continue
            assert made[plan.family].limit or not work[plan.family][month]
            for earlier in range(month + 1):
                ceilings = supplied.ceilings
                lies = ceilings is None or all(supplied.net[n] < ceilings[n] for n in range(earlier, month))
                assert not (lies and room.units(work[plan.family][earlier], 1)), (plan, month, earlier)
