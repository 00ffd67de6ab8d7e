"""A seller's forecast: their own, with a reason where it is other than what was filled in."""

from fractions import Fraction

import pytest

from models.base.errors import NotFound, NotYours, Refused
from models.files.months import GivenMonth
from models.files.sheet import BadRows
from models.sop.forecasting import (
    DEMAND_REVIEW,
    Believed,
    answer_all_forecasts,
    answer_forecast,
    answer_forecasts,
    find_forecast,
    forecasts_due,
)
from models.sop.steps import Step
from tests.models.sop.december import DEC, FEB, HOUR, JAN, at, planned, the_cycle, turn
from tests.world import World, user_id

NOW = at("12-03", "10:00")


def test_families_that_are_not_answered_come_first(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    cycle, sara = the_cycle(world), world.person("Sara")
    assert [row.family for row in forecasts_due(cycle, sara)] == ["Lamps", "Parts", "Tents"]
    row = find_forecast(cycle, sara, "Lamps")
    answer_forecast(row, Believed((0, 0, 0), (0, 0, 0)), by=sara, now=NOW)
    world.session.flush()
    assert [row.family for row in forecasts_due(cycle, sara)] == ["Parts", "Tents", "Lamps"]
    assert DEMAND_REVIEW.left(cycle, sara) == ["Parts", "Tents"]
    assert DEMAND_REVIEW.families(cycle, sara) == ["Lamps", "Parts", "Tents"]


def test_agreeing_to_all_leaves_what_was_answered_and_ends_the_task(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    cycle, sara = the_cycle(world), world.person("Sara")
    row = find_forecast(cycle, sara, "Tents")
    answer_forecast(row, Believed((1, 2, 3), (50, 50, 50), reason="A fair."), by=sara, now=NOW)
    world.session.flush()
    assert [member.name for member in cycle.unanswered(Step.DEMAND)] == ["Sara", "Pete"]
    assert answer_all_forecasts(cycle, by=sara, now=NOW + HOUR) == 2
    assert (row.units[:4], row.answered_at) == ([51, 52, 53, 50], NOW)
    assert [member.name for member in cycle.unanswered(Step.DEMAND)] == ["Pete"]


def test_rest_of_the_months_moves_and_never_falls_below_what_is_certain(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    cycle, sara = the_cycle(world), world.person("Sara")
    row = find_forecast(cycle, sara, "Tents")
    row.certain, row.contingent = [0] * 3 + [45, 10] + [0] * 13, [50] * 3 + [5, 40] + [50] * 13
    world.session.flush()
    less = Believed((0, 0, 0), (50, 50, 50), Fraction(-20), "A shop closes.")
    answer_forecast(row, less, by=sara, now=NOW)
    # 50 less a fifth are 40: of those 45 are certain already, or 10.
    assert (row.certain[3:6], row.contingent[3:6]) == ([45, 10, 0], [0, 30, 40])


def test_family_of_nobody_is_not_found(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    for name, family in (("Sara", "Tarps"), ("Gus", "Tents")):
        with pytest.raises(NotFound) as refused:
            find_forecast(the_cycle(world), world.person(name), family)
        assert refused.value.sentence == "That family is not yours to forecast in this cycle."


def test_forecast_is_answered_with_a_reason_by_its_own_seller(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    cycle, sara, pete = the_cycle(world), world.person("Sara"), world.person("Pete")
    row = find_forecast(cycle, sara, "Tents")
    more = Believed((0, 10, 0), (60, 60, 60), Fraction(10))
    with pytest.raises(Refused, match="Why is it other") as refused:
        answer_forecast(row, more, by=sara, now=at("12-03", "10:00"))
    assert refused.value.field == "reason"
    with pytest.raises(NotYours):
        answer_forecast(row, more, by=pete, now=at("12-03", "10:00"))
    with pytest.raises(Refused, match="Whole numbers"):
        answer_forecast(row, Believed((0, -1, 0), (1, 1, 1), reason="x"), by=sara, now=at("12-03", "10:00"))
    answer_forecast(
        row, Believed((0, 10, 0), (60, 60, 60), Fraction(10), "The fair."), by=sara, now=at("12-03", "10:00")
    )
    assert row.units == [60, 70, 60] + [55] * 15
    assert cycle.demand["Tents"][:4] == [110, 120, 110, 105]


def test_forecasts_of_an_outsider_to_sales_are_none(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    assert forecasts_due(the_cycle(world), world.person("Gus")) == []
    assert user_id("Gus") == "UGUS"


def test_agreeing_twice_and_without_a_role_is_said(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    cycle, now = the_cycle(world), at("12-03", "10:00")
    answer_all_forecasts(cycle, by=world.person("Sara"), now=now)
    with pytest.raises(NotFound, match="Nothing of your forecast is left"):
        answer_all_forecasts(cycle, by=world.person("Sara"), now=now)
    with pytest.raises(NotYours, match="Forecasts are for sales"):
        answer_all_forecasts(cycle, by=world.person("Gus"), now=now)


def test_forecasts_of_a_file_are_taken_whole_or_not_at_all(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    cycle, sara = the_cycle(world), world.person("Sara")
    tents, lamps = (find_forecast(cycle, sara, family) for family in ("Tents", "Lamps"))
    given = [GivenMonth("Tents", JAN, (5, 60), "A fair."), GivenMonth("Lamps", FEB, (0, 9))]
    with world.session.begin_nested() as attempt:
        with pytest.raises(BadRows) as refused:
            answer_forecasts(cycle, given, by=sara, now=at("12-03", "10:00"))
        attempt.rollback()
    assert refused.value.wrong == ["Lamps: Why is it other than the baseline? A sentence is enough."]
    assert (tents.answered_at, tents.units[1]) == (None, 50)
    given[1] = GivenMonth("Lamps", FEB, (None, 9), "A shop.")
    assert answer_forecasts(cycle, given, by=sara, now=at("12-03", "10:00")) == 2
    assert (tents.certain[:3], tents.contingent[:3], tents.reason) == ([0, 5, 0], [50, 60, 50], "A fair.")
    assert (lamps.units[:3], lamps.reason) == ([0, 0, 9], "A shop.")
    assert "Sara" in [member.name for member in cycle.unanswered(Step.DEMAND)]
    assert answer_forecasts(cycle, [GivenMonth("Parts", DEC, (None, None))], by=sara, now=at("12-03", "11:00")) == 1
    assert "Sara" not in [member.name for member in cycle.unanswered(Step.DEMAND)]
