"""Launches and ends: like another family, ramped, until there is a year of its own; nothing after the last month."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.base.errors import Refused
from models.base.months import months_from
from models.sop.launches import FamilyLife, launched_in, lived, lives_of, set_life
from tests.models.sop.december import DEC, FEB, JAN, actuals, at, planned, the_cycle, turn
from tests.world import World

MONTHS = months_from(DEC, 5)
TENTS = [100, 120, 80, 40, 60]


def life(**given: Any) -> dict[str, FamilyLife]:
    return {"Domes": FamilyLife(family="Domes", **{"level": Decimal(100), "ramp": 0} | given)}


def domes(lives: dict[str, FamilyLife], *, known: int = 0) -> list[int]:
    return lived({"Tents": TENTS, "Domes": [7] * 5}, MONTHS, lives, {"Domes": known})["Domes"]


def test_launch_sells_like_another_from_its_month_on_and_ramps_up() -> None:
    assert domes(life(like="Tents", since=JAN, level=Decimal(50))) == [0, 60, 40, 20, 30]
    # A third, two thirds, all.
    assert domes(life(like="Tents", since=JAN, ramp=3)) == [0, 40, 53, 40, 60]
    # It began in October: in December it is in its third month of four.
    assert domes(life(like="Tents", since=date(2026, 10, 1), ramp=4))[:2] == [75, 120]


def test_family_with_a_year_of_its_own_goes_by_itself_and_an_end_ends_it() -> None:
    assert domes(life(like="Tents", since=JAN), known=12) == [7] * 5
    assert domes(life(ends=JAN)) == [7, 7, 0, 0, 0]
    assert domes(life(like="Tents", since=DEC, ends=JAN)) == [100, 120, 0, 0, 0]
    assert domes(life(like="Tarps", since=JAN)) == [7] * 5
    assert domes({}) == [7] * 5


def test_family_that_begins_in_another_month_takes_its_ramp_along() -> None:
    assert launched_in([0, 40, 53, 80, 60], 2) == [0, 0, 40, 53, 80]
    # Earlier: what lies beyond the horizon then is as it was in its month.
    assert launched_in([0, 40, 53, 80, 60], 0) == [40, 53, 80, 60, 60]
    assert launched_in([0, 0, 0], 1) == [0, 0, 0]


def test_baseline_of_the_cycle_goes_by_it(world: World) -> None:
    planned(world)
    actuals(world, "Lamps", [])
    by, now = world.person("Olga"), at("11-30")
    set_life(world.workspace, "Lamps", like="Tents", level=Decimal(20), since=JAN, by=by, now=now)
    set_life(world.workspace, "Tents", ends=FEB, by=by, now=now)
    turn(world, at("12-03"))
    baselines = the_cycle(world).baselines
    assert (baselines["Lamps"][:3], baselines["Tents"][:4]) == ([0, 20, 20], [100, 100, 100, 0])
    assert set(lives_of(world.workspace)) == {"Lamps", "Tents"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"like": "Lamps", "since": JAN}, "like"),
        ({"like": "Tents"}, "since"),
        ({"level": Decimal(0)}, "level"),
        ({"ramp": 25}, "ramp"),
        ({"like": "Tents", "since": FEB, "ends": JAN}, "ends"),
    ],
)
def test_what_cannot_be_is_refused(world: World, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        set_life(world.workspace, "Lamps", by=world.person("Olga"), now=at("12-01"), **given)
    assert refused.value.field == field
    assert lives_of(world.workspace) == {}
