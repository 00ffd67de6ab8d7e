"""What operations will supply: less than is wanted takes what limits it."""

from fractions import Fraction

import pytest

from models.base.errors import NotFound, NotYours, Refused, TooLate
from models.files.months import GivenMonth
from models.files.sheet import BadRows
from models.sop.forecasting import answer_forecasts
from models.sop.owners import name_owner
from models.sop.page_making import page_of
from models.sop.rows import DAYS
from models.sop.settings import plan_monthly
from models.sop.steps import Step
from models.sop.supplying import SUPPLY_REVIEW, answer_supplies, answer_supply, find_supply, supplies_due
from tests.models.sop.december import DEC, HOUR, actuals, at, planned, the_cycle, turn
from tests.world import NOW, World

NOTHING = Fraction(0)


def test_planner_answers_for_their_families_those_that_are_not_answered_first(world: World) -> None:
    planned(world)
    turn(world, at("12-09"))
    cycle, olga, otto, now = the_cycle(world), world.person("Olga"), world.person("Otto"), at("12-09", "10:00")
    name_owner(world.workspace, "Tents", otto, by=olga, now=now)
    assert [row.family for row in supplies_due(cycle, olga)] == ["Lamps", "Parts"]
    assert supplies_due(cycle, world.person("Sara")) == []
    answer_supply(find_supply(cycle, "Lamps"), (0, 0, 0), rest_percent=NOTHING, limit="", by=olga, now=now)
    assert [row.family for row in supplies_due(cycle, olga)] == ["Parts", "Lamps"]
    assert (SUPPLY_REVIEW.left(cycle, olga), SUPPLY_REVIEW.families(cycle, olga)) == (["Parts"], ["Lamps", "Parts"])


def test_supply_of_just_what_is_wanted_takes_no_reason(world: World) -> None:
    planned(world)
    turn(world, at("12-09"))
    cycle, olga, now = the_cycle(world), world.person("Olga"), at("12-09", "10:00")
    row = find_supply(cycle, "Tents")
    # 40 lie in stock: 60 are enough in December, and a month that makes less than sells is none short.
    answer_supply(row, (60, 100, 100), rest_percent=NOTHING, limit=" ", by=olga, now=now)
    assert (row.units, row.limit, row.by, row.answered_at) == ([60, *[100] * 17], "", olga, now)
    answer_supply(row, (90, 70, 100), rest_percent=NOTHING, limit=" ", by=olga, now=now)
    # Five of a hundred are within the tolerance, six are not.
    answer_supply(row, (60, 95, 100), rest_percent=NOTHING, limit=" ", by=olga, now=now)
    with pytest.raises(Refused) as refused:
        answer_supply(row, (60, 94, 100), rest_percent=NOTHING, limit=" ", by=olga, now=now)
    assert (refused.value.sentence, refused.value.field) == (
        "What limits it? Net stock is below its target in some month.",
        "limit",
    )


def test_family_without_a_plan_is_not_found(world: World) -> None:
    planned(world)
    turn(world, at("12-09"))
    with pytest.raises(NotFound) as refused:
        find_supply(the_cycle(world), "Tarps")
    assert refused.value.sentence == "There is no supply plan of that family in this cycle."


def test_supply_is_cut_to_capacity_and_less_takes_what_limits_it(world: World) -> None:
    actuals(world, "Tents", [10_000] * 3)
    plan_monthly(world.workspace, channel="C0SOP", coordinator=world.person("Olga"), days=dict(DAYS), by=None, now=NOW)
    turn(world, at("12-09"))
    cycle, olga = the_cycle(world), world.person("Olga")
    row = find_supply(cycle, "Tents")
    page = page_of(cycle)
    assembly = next(one for one in page.capacity if one.name == "Assembly")
    # Every month is full, and none is over: no month is starved by the one before it.
    assert all(Fraction(9, 10) < (assembly.utilisation(month) or 0) <= 1 for month in range(17))
    assert 0 < row.prefill[1] < 10_000
    assert row.limit == "Assembly"
    plan = next(one for one in page.plans if one.family == "Tents")
    assert plan.supply == tuple(row.prefill)
    first = tuple(row.prefill[:3])
    now = at("12-09", "10:00")
    with pytest.raises(Refused, match="What limits it"):
        answer_supply(row, first, rest_percent=Fraction(0), limit="", by=olga, now=now)
    with pytest.raises(NotYours):
        answer_supply(row, first, rest_percent=Fraction(0), limit="x", by=world.person("Sara"), now=now)
    answer_supply(row, first, rest_percent=Fraction(0), limit="Assembly", by=olga, now=now)
    assert page_of(cycle).limits == {"Tents": "Assembly"}


def test_answer_of_another_planner_is_not_written_over_unseen(world: World) -> None:
    planned(world)
    turn(world, at("12-09"))
    cycle, olga, otto, now = the_cycle(world), world.person("Olga"), world.person("Otto"), at("12-09", "10:00")
    row = find_supply(cycle, "Tents")
    answer_supply(row, (90, 90, 90), rest_percent=NOTHING, limit="Cloth", by=olga, now=now)
    with pytest.raises(TooLate, match="Olga has answered this family meanwhile"):
        answer_supply(row, (70, 70, 70), rest_percent=NOTHING, limit="x", by=otto, now=now + HOUR)
    answer_supply(row, (70, 70, 70), rest_percent=NOTHING, limit="x", by=otto, now=now + HOUR, seen=now)
    assert (row.units[:3], row.by) == ([70, 70, 70], otto)


def test_supply_of_a_file_says_what_limits_it(world: World) -> None:
    planned(world)
    turn(world, at("12-09"))
    cycle, olga = the_cycle(world), world.person("Olga")
    months, now = cycle.months, at("12-09", "10:00")
    less = [GivenMonth(row.family, month, (0,)) for row in cycle.supplies for month in months[:2]]
    with world.session.begin_nested() as attempt:
        with pytest.raises(BadRows, match="Tents: What limits it"):
            answer_supplies(cycle, less, by=olga, now=now)
        attempt.rollback()
    assert find_supply(cycle, "Tents").units[:2] == [60, 100]
    said = [GivenMonth(entry.family, entry.month, entry.amounts, "No cloth.") for entry in less]
    assert answer_supplies(cycle, said, by=olga, now=now) == 3
    row = find_supply(cycle, "Tents")
    assert (row.units[:3], row.limit, row.by) == ([0, 0, 100], "No cloth.", olga)
    assert cycle.unanswered(Step.SUPPLY) == []
    with pytest.raises(NotYours, match="Forecasts are for sales"):
        answer_forecasts(cycle, [GivenMonth("Tents", DEC, (1, 1))], by=olga, now=now)
