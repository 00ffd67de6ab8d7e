"""Rough-cut capacity: what months offer, what units load them with, and what fits."""

from fractions import Fraction

from models.company.resources import ResourceRow
from models.sop.past_sales import Economics
from models.sop.rough_cut import ResourceMonths, capacity_of, cut_to_capacity, rough_cut, tightest
from tests.models.sop.december import DEC, JAN
from tests.world import World

ZERO = Fraction(0)


def made_of(**needs: int) -> Economics:
    """A family that needs so many thousandths of resources for a unit."""
    return Economics(ZERO, ZERO, {name: Fraction(need) for name, need in needs.items()})


def saw(*available: int, name: str = "Saw", overtime: int = 0) -> ResourceMonths:
    return ResourceMonths(name, "hour", available, overtime=(overtime,) * len(available))


def test_load_adds_up_over_the_families_that_need_it() -> None:
    economics = {"Chairs": made_of(Saw=500), "Tables": made_of(Saw=2_000), "Rugs": made_of()}
    units = {"Chairs": [10, 0], "Tables": [3, 1], "Rugs": [99, 99]}
    (loaded,) = rough_cut([saw(8_000, 8_000)], economics, units)
    assert list(loaded.load) == [11_000, 2_000]
    assert [loaded.is_over(month) for month in (0, 1)] == [True, False]
    assert [loaded.utilisation(month) for month in (0, 1)] == [Fraction(11, 8), Fraction(1, 4)]
    assert [loaded.free(month) for month in (0, 1)] == [0, 6_000]
    assert rough_cut([saw(1)], economics, {})[0].load == (Fraction(0),)


def test_month_that_offers_nothing_has_no_utilisation() -> None:
    (loaded,) = rough_cut([saw(0, 0)], {"Chairs": made_of(Saw=500)}, {"Chairs": [0, 1]})
    assert [loaded.utilisation(month) for month in (0, 1)] == [None, None]
    assert [loaded.is_over(month) for month in (0, 1)] == [False, True]


def test_overtime_is_left_beyond_what_is_planned_on_it() -> None:
    economics, units = {"Chairs": made_of(Saw=1_000)}, {"Chairs": [7, 8, 10, 20]}
    (loaded,) = rough_cut([saw(8_000, 8_000, 8_000, 8_000, overtime=5_000)], economics, units)
    assert [loaded.overtime_left(month) for month in range(4)] == [5_000, 5_000, 3_000, 0]


def test_demand_is_cut_by_the_tightest_resource_and_rounded_down() -> None:
    economics = {"Chairs": made_of(Saw=1_000, Glue=1_000), "Rugs": made_of()}
    demand = {"Chairs": [10, 10, 7], "Rugs": [500, 500, 500]}
    resources = rough_cut([saw(8_000, 20_000, 6_999), saw(9_000, 10_000, 9_000, name="Glue")], economics, demand)
    # Eight of ten; all ten, just; 6,999 of 7,000, which is less than seven.
    assert cut_to_capacity(resources, economics, demand) == {"Chairs": [8, 10, 6], "Rugs": [500, 500, 500]}


def test_nothing_is_made_where_nothing_is_offered() -> None:
    economics = {"Chairs": made_of(Saw=1_000)}
    resources = rough_cut([saw(0, 0)], economics, {"Chairs": [3, 0]})
    assert cut_to_capacity(resources, economics, {"Chairs": [3, 0]}) == {"Chairs": [0, 0]}
    assert tightest(resources, economics["Chairs"]) == "Saw"


def test_tightest_resource_is_the_most_overloaded_one_that_is_needed() -> None:
    economics = {"Chairs": made_of(Saw=1_000, Glue=1_000), "Rugs": made_of(Loom=1_000)}
    capacity = [saw(8_000, 8_000), saw(10_000, 5_000, name="Glue"), saw(1, 1, name="Loom")]
    resources = rough_cut(capacity, economics, {"Chairs": [10, 10], "Rugs": [9, 9]})
    assert tightest(resources, economics["Chairs"]) == "Glue"
    assert tightest(resources, economics["Rugs"]) == "Loom"
    within = rough_cut(capacity, economics, {"Chairs": [5, 5], "Rugs": [0, 0]})
    assert (tightest(within, economics["Chairs"]), tightest([], economics["Chairs"])) == ("", "")


def test_months_offer_their_weeks_with_what_differs_in_them(world: World) -> None:
    assembly, lamps = capacity_of(world.workspace, [DEC, JAN])
    # December has five weeks of 400 h; January four, one of them of 320 h and without the 80 h of overtime.
    assert assembly == ResourceMonths("Assembly", "hour", (2_000_000, 1_520_000), (), (400_000, 240_000), 5_500)
    assert (lamps.name, lamps.available) == ("Last ten", (50_000, 40_000))
    row = world.session.query(ResourceRow).filter(ResourceRow.name == "Assembly").one()
    row.weeks[0].available = None
    # What is not said of a week is as usual.
    assert capacity_of(world.workspace, [JAN])[0].available == (1_600_000,)
