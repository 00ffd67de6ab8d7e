"""The consensus: it counts as demand, sales' number stays beside it, and supply that nobody answered follows."""

import pytest

from models.base.errors import NotFound, NotYours, Refused, TooLate
from models.sop.agreeing import agree_on
from models.sop.page import Change
from models.sop.page_making import page_of
from models.sop.supplying import find_supply
from tests.models.sop.december import DEC, HOUR, JAN, at, planned, the_cycle, turn
from tests.world import World


def test_what_is_agreed_on_counts_as_demand_beside_what_sales_believe(world: World) -> None:
    planned(world)
    turn(world, at("12-14"))
    cycle, olga, now = the_cycle(world), world.person("Olga"), at("12-14", "10:00")
    agree_on(cycle, "Tents", {0: 130, 1: 120}, " A fair. ", by=olga, now=now)
    assert cycle.demand["Tents"][:3] == cycle.demand_for("Tents")[:3] == [130, 120, 100]
    page = page_of(cycle)
    tents = next(plan for plan in page.plans if plan.family == "Tents")
    assert (tents.demand[:3], page.sales["Tents"][:3]) == ((130, 120, 100), (100, 100, 100))
    assert page.agreed == (Change("Tents", "Olga", 50, "A fair.", (DEC, JAN)),)
    # 40 lie in stock; nobody has answered, so supply follows.
    assert find_supply(cycle, "Tents").units[:3] == [90, 120, 100]


def test_a_month_is_sales_number_again_and_with_the_last_nothing_is_left(world: World) -> None:
    planned(world)
    turn(world, at("12-14"))
    cycle, olga, now = the_cycle(world), world.person("Olga"), at("12-14", "10:00")
    agree_on(cycle, "Tents", {0: 130, 1: 120}, "A fair.", by=olga, now=now)
    row = agree_on(cycle, "Tents", {1: None}, "No fair in January.", by=olga, now=now + HOUR)
    assert row is not None
    assert (row.units[:3], row.reason) == ([130, None, None], "No fair in January.")
    assert agree_on(cycle, "Tents", {0: None}, "None at all.", by=world.person("Lea"), now=now + HOUR) is None
    assert (cycle.consensus, cycle.demand["Tents"][0]) == ([], 100)


def test_consensus_is_the_coordinators_with_a_reason_and_after_the_reviews(world: World) -> None:
    planned(world)
    turn(world, at("12-09"))
    cycle, olga, now = the_cycle(world), world.person("Olga"), at("12-09", "10:00")
    with pytest.raises(TooLate, match="The consensus follows the supply review"):
        agree_on(cycle, "Tents", {0: 1}, "x", by=olga, now=now)
    turn(world, at("12-14"))
    with pytest.raises(NotYours, match="coordinator’s and leadership’s"):
        agree_on(cycle, "Tents", {0: 1}, "x", by=world.person("Otto"), now=now)
    with pytest.raises(NotFound):
        agree_on(cycle, "Tarps", {0: 1}, "x", by=olga, now=now)
    with pytest.raises(Refused, match="Why"):
        agree_on(cycle, "Tents", {0: 1}, " ", by=olga, now=now)
    with pytest.raises(Refused, match="Whole numbers"):
        agree_on(cycle, "Tents", {0: -1}, "x", by=olga, now=now)
    assert cycle.consensus == []
