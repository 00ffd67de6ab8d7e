"""Rough-cut capacity: what months offer by their days, and what units load them with where the work falls."""

from datetime import date
from fractions import Fraction

from models.base.months import months_from
from models.company.resources import ResourceRow
from models.sop.economics import Economics
from models.sop.rough_cut import ResourceMonths, Work, capacity_of, rough_cut, with_later, work_of
from tests.models.sop.december import DEC, JAN
from tests.world import World

ZERO = Fraction(0)


def at_once(months: int, **needs: int) -> list[Work]:
    """A family that takes so many thousandths a unit, in the month of the delivery."""
    return [{(name, month): Fraction(need) for name, need in needs.items()} for month in range(months)]


def saw(*available: int, name: str = "Saw", overtime: int = 0) -> ResourceMonths:
    every = tuple(Fraction(amount) for amount in available)
    return ResourceMonths(name, "hour", every, overtime=(Fraction(overtime),) * len(available))


def test_load_adds_up_over_the_families_that_need_it() -> None:
    work = {"Chairs": at_once(2, Saw=500), "Tables": at_once(2, Saw=2_000), "Rugs": at_once(2)}
    units = {"Chairs": [10, 0], "Tables": [3, 1], "Rugs": [99, 99]}
    (loaded,) = rough_cut([saw(8_000, 8_000)], work, units)
    assert list(loaded.load) == [11_000, 2_000]
    assert [loaded.is_over(month) for month in (0, 1)] == [True, False]
    assert [loaded.utilisation(month) for month in (0, 1)] == [Fraction(11, 8), Fraction(1, 4)]
    assert [loaded.free(month) for month in (0, 1)] == [0, 6_000]
    assert rough_cut([saw(1)], work, {})[0].load == (Fraction(0),)


def test_month_that_offers_nothing_has_no_utilisation() -> None:
    (loaded,) = rough_cut([saw(0, 0)], {"Chairs": at_once(2, Saw=500)}, {"Chairs": [0, 1]})
    assert [loaded.utilisation(month) for month in (0, 1)] == [None, None]
    assert [loaded.is_over(month) for month in (0, 1)] == [False, True]


def test_overtime_is_left_beyond_what_is_planned_on_it() -> None:
    work, units = {"Chairs": at_once(4, Saw=1_000)}, {"Chairs": [7, 8, 10, 20]}
    (loaded,) = rough_cut([saw(8_000, 8_000, 8_000, 8_000, overtime=5_000)], work, units)
    assert [loaded.overtime_left(month) for month in range(4)] == [5_000, 5_000, 3_000, 0]


def test_last_months_carry_the_work_of_what_is_delivered_after_them() -> None:
    # An hour, four weeks before the delivery of each unit; ten a month, and twelve in June.
    months = months_from(DEC, 18)
    economics = {"Chairs": Economics(ZERO, ZERO, {"Saw": {-4: Fraction(1_000)}})}
    units = {"Chairs": [12 if month.month == 6 else 10 for month in months]}
    work = {"Chairs": work_of(economics["Chairs"], months)}
    alone = rough_cut([saw(*[0] * 18)], work, units)[0].load
    enough = saw(*[99_000] * 18)
    (loaded,) = rough_cut(with_later([enough], economics, units, months), work, units)
    assert loaded.load[:17] == alone[:17]
    # Of May 2028's ten its last three days of 31, and of June's twelve, as in 2027, all but two of 30.
    assert (alone[17], loaded.load[17]) == (
        10_000 * Fraction(3, 31),
        10_000 * Fraction(3, 31) + 12_000 * Fraction(28, 30),
    )
    assert with_later([saw(*[0] * 18)], {"Chairs": Economics(ZERO, ZERO, {})}, units, months)[0].later == (ZERO,) * 18


def test_project_of_sixteen_weeks_loads_the_months_in_which_its_work_falls() -> None:
    # 100 h in each of sixteen weeks from fifteen weeks before the delivery on, which is in April 2027.
    months = months_from(JAN, 4)
    economics = Economics(ZERO, ZERO, {"Consultants": dict.fromkeys(range(-15, 1), Fraction(100_000))})
    work = work_of(economics, months)
    offered = tuple(Fraction(1) for _ in months)
    (loaded,) = rough_cut([ResourceMonths("Consultants", "hour", offered)], {"P": work}, {"P": [0, 0, 0, 1]})
    # A delivery on any day of April, and the work of week k lies 7 k days before it: what falls before January is over.
    expected = [0] * 4
    for day in range(30):
        for week in range(16):
            month = date.fromordinal(date(2027, 4, 1).toordinal() + day - 7 * week)
            if month >= JAN:
                expected[month.month - 1] += 1
    assert [load * 30 for load in loaded.load] == [units * 100_000 for units in expected]
    # In hours: of the 1,600, 80 are December's.
    assert [round(float(load) / 1000) for load in loaded.load] == [413, 400, 440, 267]


def test_work_before_the_horizon_loads_nothing() -> None:
    work = work_of(Economics(ZERO, ZERO, {"Saw": {-8: Fraction(700)}}), months_from(JAN, 3))
    # 56 days before January is last year; before March it is 4 January to 3 February.
    assert work[0] == {}
    assert work[2] == {("Saw", 0): Fraction(700 * 28, 31), ("Saw", 1): Fraction(700 * 3, 31)}


def test_months_offer_their_days_with_what_differs_in_their_weeks(world: World) -> None:
    assembly, lamps = capacity_of(world.workspace, [DEC, JAN])
    # 400 h a week are 400 x 31 / 7 h a month; in one week of January 80 h and the 80 h of overtime are missing.
    month = Fraction(400_000 * 31, 7)
    overtime = Fraction(80_000 * 31, 7)
    assert assembly == ResourceMonths(
        "Assembly", "hour", (month, month - 80_000), (), (overtime, overtime - 80_000), 5_500
    )
    assert (lamps.name, lamps.available) == ("Last ten", (Fraction(10_000 * 31, 7),) * 2)
    row = world.session.query(ResourceRow).filter(ResourceRow.name == "Assembly").one()
    row.weeks[0].available = None
    # What is not said of a week is as usual.
    assert capacity_of(world.workspace, [JAN])[0].available == (month,)


def test_week_that_lies_in_two_months_is_shared_by_its_days(world: World) -> None:
    row = world.session.query(ResourceRow).filter(ResourceRow.name == "Assembly").one()
    # The week of Monday 29 March 2027 has three days in March and four in April.
    row.weeks[0].week, row.weeks[0].available, row.weeks[0].overtime = date(2027, 3, 29), 330_000, None
    march, april = capacity_of(world.workspace, [date(2027, 3, 1), date(2027, 4, 1)])[0].available
    assert (march, april) == (
        Fraction(400_000 * 31, 7) - Fraction(70_000 * 3, 7),
        Fraction(400_000 * 30, 7) - Fraction(70_000 * 4, 7),
    )


def test_resource_of_which_nothing_is_taken_is_no_need() -> None:
    work = work_of(Economics(ZERO, ZERO, {"Saw": {0: ZERO}, "Glue": {0: Fraction(5)}}), months_from(JAN, 1))
    assert work == [{("Glue", 0): Fraction(5)}]
