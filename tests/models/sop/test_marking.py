"""Marking a month: the baseline leaves it out, and what was sold stays what was sold."""

from datetime import date

import pytest

from models.base.errors import NotYours, Refused
from models.sop.marking import mark_month, marked_months
from models.sop.past_sales import past_of
from tests.models.sop.december import DEC, HOUR, at, planned, the_cycle, turn
from tests.world import World

NOV = date(2026, 11, 1)


def test_month_that_is_marked_is_left_out_of_the_baseline_and_of_nothing_else(world: World) -> None:
    planned(world, bookings=(*(100,) * 23, 900))
    turn(world, at("12-01"))
    olga, now = world.person("Olga"), at("12-01", "10:00")
    before = the_cycle(world).baselines["Tents"][0]
    row = mark_month(world.workspace, "Tents", NOV, " A fair. ", by=olga, now=now)
    assert (row.left_out, marked_months(world.workspace)) == ("A fair.", [row])
    closed = past_of(world.workspace, DEC).closed["Tents"]
    assert (closed.history()[-1], closed.booked()[NOV], closed.inventory()) == (None, 900, 40)
    # In the data step it counts at once: 100 again.
    assert before > 100
    assert the_cycle(world).baselines["Tents"] == [100] * 18
    mark_month(world.workspace, "Tents", NOV, "", by=olga, now=now + HOUR)
    assert (marked_months(world.workspace), the_cycle(world).baselines["Tents"][0]) == ([], before)


def test_only_months_that_are_over_are_marked_by_those_who_keep_the_books(world: World) -> None:
    planned(world)
    with pytest.raises(Refused, match="that is over"):
        mark_month(world.workspace, "Tents", DEC, "x", by=world.person("Olga"), now=at("12-01"))
    with pytest.raises(NotYours):
        mark_month(world.workspace, "Tents", NOV, "x", by=world.person("Sara"), now=at("12-01"))
    assert marked_months(world.workspace) == []
