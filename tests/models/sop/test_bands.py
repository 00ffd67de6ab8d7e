"""Where the net stock should lie: in units, or in months of the demand to come."""

from fractions import Fraction

import pytest

from models.sop.bands import Band, Level
from models.sop.identities import FamilyPlan

DEMAND = (100, 120, 80, *(60,) * 9, 90, 110, 70, 50, 40, 30)


@pytest.mark.parametrize(
    ("level", "month", "units"),
    [
        (Level(Fraction(40)), 0, 40),
        # A month of cover is what the next month sells; one and a half half of the one after it as well.
        (Level(Fraction(1), is_cover=True), 0, 120),
        (Level(Fraction(3, 2), is_cover=True), 0, 160),
        (Level(Fraction(1, 2), is_cover=True), 1, 40),
        (Level(Fraction(0), is_cover=True), 1, 0),
        # After the last month comes what sold a year before: 60 in the seventh, 60 in the eighth.
        (Level(Fraction(1), is_cover=True), 17, 60),
        (Level(Fraction(2), is_cover=True), 16, 90),
    ],
)
def test_level_in_units_and_in_months_of_cover(level: Level, month: int, units: int) -> None:
    assert level.units(DEMAND, month) == units


def test_short_horizon_goes_on_with_its_last_month() -> None:
    assert Level(Fraction(2), is_cover=True).units((10, 20), 1) == 40


def test_ceiling_is_never_below_the_target() -> None:
    band = Band(Level(Fraction(50)), Level(Fraction(1), is_cover=True))
    plan = FamilyPlan("Tents", Fraction(1), Fraction(2), 0, 0, (10, 80, 40), (10, 80, 40), band)
    assert (plan.targets, plan.ceilings) == ([50, 50, 50], [80, 50, 50])
    assert FamilyPlan("Tents", Fraction(1), Fraction(2), 0, 0, (10,), (10,)).ceilings is None
