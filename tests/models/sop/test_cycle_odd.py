"""What may go wrong with a cycle: late months, people who change, families that come and go."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import select

from models.base.errors import NotYours, Refused
from models.company.offers import OfferRow
from models.sop.forecasting import Believed, answer_forecast, find_forecast
from models.sop.kept_pages import kept_page
from models.sop.page_making import page_of
from models.sop.rows import Task
from models.sop.rules import check_may_name_owners
from models.sop.signing import record_decision, sign
from models.sop.supplying import answer_supply, find_supply
from models.workspace.members import set_roles
from tests.models.sop.december import DEC, at, planned, the_cycle, turn
from tests.world import NOW, World

HOUR = timedelta(hours=1)
JANUARY = at("12-05").replace(year=2027, month=1)
FEBRUARY = date(2027, 2, 1)
NOTHING = Fraction(0)


def test_percentage_moves_what_stands_and_nothing_keeps_it(world: World) -> None:
    planned(world)
    turn(world, at("12-09"))
    cycle, sara, olga, now = the_cycle(world), world.person("Sara"), world.person("Olga"), at("12-09", "10:00")
    row, supply = find_forecast(cycle, sara, "Tents"), find_supply(cycle, "Tents")
    answer_forecast(row, Believed((0, 0, 0), (50, 50, 50), Fraction(20), "A fair."), by=sara, now=now)
    answer_forecast(row, Believed((0, 0, 0), (50, 50, 70), NOTHING, "A fair."), by=sara, now=now + HOUR)
    assert row.units == [50, 50, 70, *[60] * 15]
    answer_supply(supply, (90, 90, 90), rest_percent=Fraction(-10), limit="Cloth", by=olga, now=now)
    answer_supply(supply, (90, 90, 80), rest_percent=NOTHING, limit="Cloth", by=olga, now=now + HOUR)
    # Supply that nobody had answered had followed demand to 110.
    assert supply.units == [90, 90, 80, *[99] * 15]


def test_who_has_no_role_any_more_neither_decides_nor_is_asked(world: World) -> None:
    planned(world)
    turn(world, at("12-14"))
    cycle, olga, sara, now = the_cycle(world), world.person("Olga"), world.person("Sara"), at("12-14", "10:00")
    for member in (olga, sara):
        set_roles(member, [], by=None, now=now)
    with pytest.raises(NotYours):
        record_decision(cycle, "No.", family="Tents", month=None, owner=olga, due=FEBRUARY, by=olga, now=now)
    with pytest.raises(NotYours):
        check_may_name_owners(world.workspace, olga, frozenset())
    turn(world, at("12-15"))
    waiting = world.session.scalars(select(Task).where(Task.cycle_id == cycle.id, Task.done_at.is_(None)))
    assert {task.member.name for task in waiting} == {"Pete", "Otto"}


def test_family_that_is_renamed_stays_in_the_plan_and_a_new_one_joins_it(world: World) -> None:
    planned(world)
    turn(world, at("12-04"))
    for offer in world.session.scalars(select(OfferRow).where(OfferRow.family == "Tents")):
        offer.family = "Shelters"
    turn(world, at("12-16"))
    cycle = the_cycle(world)
    page = page_of(cycle)
    plans = {plan.family: plan for plan in page.plans}
    assert (plans["Tents"].demand[0], plans["Tents"].unit_cost, page.gone) == (100, Fraction(23_500), ("Tents",))
    assert (plans["Shelters"].demand[0], page.unasked) == (0, ("Shelters",))
    assert cycle.families == ["Lamps", "Parts", "Shelters", "Tents"]
    signed = sign(cycle, by=world.person("Lea"), now=at("12-16", "10:00"))
    assert signed.numbers["Tents"]["demand"] == [100] * 18


def test_without_sellers_the_baseline_counts(world: World) -> None:
    for name in ("Sara", "Pete"):
        set_roles(world.person(name), [], by=None, now=NOW)
    planned(world)
    turn(world, at("12-16"))
    page = page_of(the_cycle(world))
    tents = next(plan for plan in page.plans if plan.family == "Tents")
    # 40 lie in stock.
    assert (tents.demand, tents.supply, "Tents" in page.unasked) == ((100,) * 18, (60, *(100,) * 17), True)


def test_signed_version_keeps_who_believed_what(world: World) -> None:
    planned(world)
    turn(world, at("12-16"))
    cycle, sara, lea, now = the_cycle(world), world.person("Sara"), world.person("Lea"), at("12-16", "10:00")
    row = find_forecast(cycle, sara, "Tents")
    answer_forecast(row, Believed((10, 0, 0), (80, 50, 50), NOTHING, "An order."), by=sara, now=now)
    first = sign(cycle, by=lea, now=now)
    answer_forecast(row, Believed((0, 0, 0), (500, 50, 50), NOTHING, "More."), by=sara, now=now + HOUR)
    page = kept_page(first).page
    assert [(change.seller, change.units, change.reason) for change in page.changes] == [("Sara", 40, "An order.")]
    assert (page.contingent["Tents"][0], page_of(cycle).contingent["Tents"][0]) == (130, 550)
    assert page.month == DEC
    with pytest.raises(Refused):
        sign(cycle, by=sara, now=now)
