"""Placing units as late as there is room, and taking them back."""

from dataclasses import replace
from fractions import Fraction

from models.sop.bands import Band, Level
from models.sop.identities import FamilyPlan
from models.sop.placing import Placement, Room
from tests.models.sop.test_prefilling import an_hour, family, line


def placement(plan: FamilyPlan, *hours: int) -> Placement:
    return Placement(plan, an_hour(len(plan.demand)), Room([line(*hours)]))


def test_units_go_into_the_latest_months_with_room_and_the_rest_is_not_placed() -> None:
    made = placement(family((0, 0, 30)), 5, 10, 12)
    assert made.missing(2) == 30
    assert made.place(2, 30) == 27
    assert (made.supply, made.net, made.missing(2)) == ([5, 10, 12], [5, 15, -3], 3)
    assert (made.place(2, 3), made.limit(2)) == (0, "Line")


def test_what_is_given_back_can_be_taken_again() -> None:
    made = placement(family((5, 5)), 5, 5)
    made.make(0, 5)
    assert made.place_in(0, 1) == 0
    made.make(0, -2)
    assert (made.place_in(0, 9), made.supply, made.net) == (2, [5, 0], [0, -5])


def test_stock_is_trimmed_where_it_would_rise_above_the_ceiling_and_did_not_before() -> None:
    band = Band(ceiling=Level(Fraction(10)))
    plan = replace(family((10, 10, 10), band=band), supply=(10, 20, 20))
    made = placement(plan, 99, 99, 99)
    made.make(0, 5)
    # 0, 10, 20 was planned; with 5 more 5, 15, 25: of the second month 5 are not made, and the third is as it was.
    made.trim(1)
    assert (made.supply, made.net) == ([15, 15, 20], [5, 10, 20])
    open_end = placement(replace(plan, band=Band()), 99, 99, 99)
    open_end.make(0, 5)
    open_end.trim(1)
    assert open_end.net == [5, 15, 25]


def test_overtime_costs_what_is_bought_beyond_what_is_free() -> None:
    one = replace(line(4), overtime=(Fraction(3_000),), overtime_cost=9_000)
    room = Room([one], has_overtime=True)
    made = Placement(family((9,)), an_hour(1), room)
    assert (made.place(0, 4), room.overtime_cost()) == (4, 0)
    assert (made.place(0, 9), room.overtime_cost()) == (3, 27_000)


def test_unknown_resource_limits_nothing() -> None:
    room = Room([])
    work = {("Line", 0): Fraction(1_000)}
    assert (room.units(work, 7), room.left(("Line", 0)), room.tightest(work), room.overtime_cost()) == (7, None, "", 0)
