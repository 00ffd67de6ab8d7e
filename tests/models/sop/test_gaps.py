"""Gaps: runs of months outside the band, with the arithmetic beside them."""

from fractions import Fraction

from models.sop.bands import Band, Level
from models.sop.gaps import Gap, GapKind, gaps_of, ranked_gaps
from models.sop.identities import FamilyPlan

# A season of eighteen months: twelve of 60 and 140 by turns of half a year, and once more 60. In the mean 100 - 40/18.
SEASON = (*(60,) * 6, *(140,) * 6, *(60,) * 6)
LEVEL = (100,) * 18


def tents(
    demand: tuple[int, ...], supply: tuple[int, ...], *, net: int = 0, band: Band | None = None, price: int = 480
) -> FamilyPlan:
    stock, owed = max(0, net), max(0, -net)
    return FamilyPlan("Tents", Fraction(300), Fraction(price), stock, owed, demand, supply, band or Band())


def test_level_plan_against_a_season_is_no_gap_where_the_stock_is_enough() -> None:
    # Half a year of 40 more than sells makes 240, half a year of 40 less uses it up, and the last half year makes 240.
    plan = tents(SEASON, LEVEL)
    assert (min(plan.net), plan.net[5], plan.net[11], plan.net[17]) == (0, 240, 0, 240)
    assert list(gaps_of(plan)) == []


def test_level_plan_that_begins_with_the_season_is_short_by_what_is_missing_at_its_end() -> None:
    # 140 sell first: net 100 - 40 - 80 … 100 - 240 = -140 after six months, then 40 more each month.
    demand = (*(140,) * 6, *(60,) * 12)
    plan = tents(demand, LEVEL, net=100)
    assert plan.net[:11] == [60, 20, -20, -60, -100, -140, -100, -60, -20, 20, 60]
    # A tolerance of 5 % is 7 units of 140, 3 of 60: from the third month (-20) to the ninth (-20).
    # At its worst customers wait for 140 x 480, and 140 x 300 are to be made.
    assert list(gaps_of(plan)) == [Gap("Tents", GapKind.SHORT, 2, 8, 5, 140, -140, 67_200, 42_000)]
    # With 240 in stock nobody ever waits.
    assert list(gaps_of(tents(demand, LEVEL, net=240))) == []


def test_opening_backlog_that_nothing_works_off_is_a_gap_of_all_months() -> None:
    # 500 are owed, and as much is made as sells: 500 are owed for ever, whatever is free.
    plan = tents((10,) * 18, (10,) * 18, net=-500)
    assert list(gaps_of(plan)) == [Gap("Tents", GapKind.SHORT, 0, 17, 0, 500, -500, 240_000, 150_000)]
    # Once it is worked off in the first month there is none.
    assert list(gaps_of(tents((10,) * 18, (510, *(10,) * 17), net=-500))) == []


def test_target_and_ceiling_have_a_tolerance_of_the_months_demand() -> None:
    band = Band(Level(Fraction(50)), Level(Fraction(80)), Fraction(10))
    # Demand 100, so 10 of tolerance: 40 is no gap, 39 is; 90 is none, 91 is.
    assert list(gaps_of(tents((100,), (100,), net=40, band=band))) == []
    assert list(gaps_of(tents((100,), (100,), net=39, band=band))) == [
        # Nobody waits; 11 to the target, at 300.
        Gap("Tents", GapKind.SHORT, 0, 0, 0, 11, 39, 0, 3_300)
    ]
    assert list(gaps_of(tents((100,), (100,), net=90, band=band))) == []
    assert list(gaps_of(tents((100,), (100,), net=91, band=band))) == [
        Gap("Tents", GapKind.LONG, 0, 0, 0, 11, 91, 0, 3_300)
    ]


def test_short_and_long_months_in_a_row_are_two_gaps_and_the_largest_money_comes_first() -> None:
    band = Band(ceiling=Level(Fraction(10)))
    plan = tents((10, 10, 10), (0, 40, 10), band=band)
    assert plan.net == [-10, 20, 20]
    short = Gap("Tents", GapKind.SHORT, 0, 0, 0, 10, -10, 4_800, 3_000)
    long = Gap("Tents", GapKind.LONG, 1, 2, 1, 10, 20, 0, 3_000)
    assert list(gaps_of(plan)) == [short, long]
    assert (short.is_short, long.is_short, short.money) == (True, False, 4_800)
    dear = FamilyPlan("Domes", Fraction(10**6), Fraction(10**6), 0, 0, (1, 0, 0), (0, 0, 0))
    assert [gap.family for gap in ranked_gaps([plan, dear])] == ["Domes", "Tents", "Tents"]


def test_plan_without_demand_or_months_has_no_gap() -> None:
    assert list(gaps_of(tents((0,) * 18, (0,) * 18))) == []
    assert list(gaps_of(tents((), ()))) == []
