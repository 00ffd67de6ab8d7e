"""The plan as a picture: demand and supply, and below it stock, or the hours of the fullest team."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from handlers.sop.page_picture import draw_plan, plan_picture
from models.sop.rough_cut import ResourceMonths
from tests.handlers.sop.test_page_sections import DOLLARS, TENTS, page

LABELS = ["Dec 2026", "Jan 2027"]
NOTHING = (Fraction(0),) * 2


def month(name: str, *load: int) -> ResourceMonths:
    return ResourceMonths(name, "day", (Fraction(100_000),) * 2, tuple(Fraction(n * 1000) for n in load), NOTHING)


@pytest.fixture
def panels() -> Any:
    from matplotlib.figure import Figure

    return Figure().subplots(2, 1)


def test_stock_lies_below_with_its_target_and_red_where_somebody_waits(panels: Any) -> None:
    above, below = panels
    draw_plan(above, below, page(TENTS), LABELS, DOLLARS)
    # 6 tents at $480 wait in December.
    assert [bar.get_height() for bar in below.patches] == [-2880.0, 0.0]
    assert below.get_title(loc="left") == "Net stock and its target"


def test_without_stock_the_fullest_team_is_shown_with_its_days(panels: Any) -> None:
    capacity = (month("Juniors", 50, 60), month("Seniors", 90, 110))
    above, below = panels
    draw_plan(above, below, replace(page(TENTS), keeps_stock=False, capacity=capacity), LABELS, DOLLARS)
    assert [bar.get_height() for bar in below.patches] == [90.0, 110.0]
    assert below.get_title(loc="left") == "Seniors: load and capacity, day"


def test_picture_says_its_numbers_to_who_cannot_see_it() -> None:
    picture = plan_picture(page(TENTS), LABELS, DOLLARS)
    assert picture.alt == "The plan. Dec 2026: demand 4800, supply 1920; Jan 2027: demand 4800, supply 7680"
