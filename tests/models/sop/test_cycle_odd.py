"""What may go wrong with a cycle: late months, people who change, families that come and go."""

from datetime import date, timedelta
from fractions import Fraction
from functools import partial

import pytest
from sqlalchemy import select

from models.base.errors import NotFound, NotYours, Refused, TooLate
from models.company.offers import OfferRow
from models.sop.clock import keep_planning
from models.sop.forecasting import Believed, answer_all_forecasts, answer_forecast, find_forecast
from models.sop.page import page_of
from models.sop.rows import DAYS, Task
from models.sop.rules import check_may_name_owners
from models.sop.settings import plan_monthly
from models.sop.signing import reconcile, record_decision, sign
from models.sop.steps import Step
from models.sop.supplying import answer_supply, find_supply
from models.sop.tasks import tasks_of
from models.workspace.agendas import agenda_of
from models.workspace.members import set_roles
from models.workspace.outbox import News, Outbox
from tests.models.sop.december import DEC, at, planned, the_cycle, turn
from tests.world import NOW, World

HOUR = timedelta(hours=1)
JANUARY = at("12-05").replace(year=2027, month=1)
FEBRUARY = date(2027, 2, 1)
NOTHING = Fraction(0)


def test_what_an_unsigned_month_still_waits_for_ends_with_it(world: World) -> None:
    planned(world)
    turn(world, at("12-16"))
    december, sara = the_cycle(world), world.person("Sara")
    assert [task.step for task in tasks_of(sara, now=at("12-16"))] == [Step.DEMAND]
    turn(world, JANUARY)
    assert the_cycle(world) is not december
    assert [december.unanswered(step) for step in Step] == [[]] * len(Step)
    with pytest.raises(TooLate, match="last month's cycle"):
        answer_all_forecasts(december, by=sara, now=JANUARY)
    with pytest.raises(TooLate, match="last month's cycle"):
        record_decision(
            december,
            "No.",
            family="Tents",
            month=None,
            owner=sara,
            due=FEBRUARY,
            by=world.person("Lea"),
            now=JANUARY,
        )


def test_agreeing_twice_and_without_a_role_is_said(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    cycle, now = the_cycle(world), at("12-03", "10:00")
    answer_all_forecasts(cycle, by=world.person("Sara"), now=now)
    with pytest.raises(NotFound, match="Nothing of your forecast is left"):
        answer_all_forecasts(cycle, by=world.person("Sara"), now=now)
    with pytest.raises(NotYours, match="Forecasts are for sales"):
        answer_all_forecasts(cycle, by=world.person("Gus"), now=now)


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


def test_reconciliation_is_done_by_saying_so_and_a_decision_stands_once(world: World) -> None:
    planned(world)
    turn(world, at("12-16"))
    cycle, lea, olga = the_cycle(world), world.person("Lea"), world.person("Olga")
    assert cycle.unanswered(Step.RECONCILIATION) == [olga]
    with pytest.raises(NotYours):
        reconcile(cycle, by=world.person("Sara"), now=at("12-16"))
    reconcile(cycle, by=olga, now=at("12-16"))
    assert cycle.unanswered(Step.RECONCILIATION) == []
    with pytest.raises(TooLate, match="reconciled already"):
        reconcile(cycle, by=olga, now=at("12-16"))
    turn(world, at("12-17").replace(year=2027, month=1))
    following = the_cycle(world)
    now = at("12-18").replace(year=2027, month=1)
    hire = partial(
        record_decision, following, "Hire.", family="Tents", month=None, owner=olga, due=FEBRUARY, by=lea, now=now
    )
    hire()
    assert following.unanswered(Step.RECONCILIATION) == [olga]
    with pytest.raises(TooLate, match="recorded already"):
        hire()


def test_new_coordinator_takes_over_and_new_days_count_at_once(world: World) -> None:
    planned(world)
    turn(world, at("12-14"))
    cycle, otto = the_cycle(world), world.person("Otto")
    assert cycle.step_at == at("12-16")
    days = {**DAYS, "executive": 15}
    plan_monthly(world.workspace, channel="C0SOP", coordinator=otto, days=days, by=None, now=at("12-14", "10:00"))
    assert (cycle.step_at, cycle.unanswered(Step.RECONCILIATION)) == (at("12-21"), [otto])


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


def test_leadership_hears_two_days_after_somebody_was_asked(world: World) -> None:
    planned(world)
    turn(world, at("12-01"))
    turn(world, at("12-02"))
    # Nothing ran until the 17th: everybody is asked for the first time, and nobody is late yet.
    keep_planning(world.session, now=at("12-17", "10:00"))
    assert list(world.session.scalars(select(Outbox).where(Outbox.kind == News.SOP_LATE))) == []
    turn(world, at("12-22", "12:00"))
    assert list(world.session.scalars(select(Outbox).where(Outbox.kind == News.SOP_LATE))) != []


def test_family_that_is_renamed_stays_in_the_plan_and_a_new_one_joins_it(world: World) -> None:
    planned(world)
    turn(world, at("12-04"))
    for offer in world.session.scalars(select(OfferRow).where(OfferRow.family == "Tents")):
        offer.family = "Shelters"
    turn(world, at("12-16"))
    cycle = the_cycle(world)
    page = page_of(cycle)
    plans = {plan.family: plan for plan in page.plans}
    assert (plans["Tents"].demand[0], plans["Tents"].unit_cost, page.gone) == (100, Fraction(0), ("Tents",))
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
    assert (tents.demand, tents.supply, "Tents" in page.unasked) == ((100,) * 18, (100,) * 18, True)


def test_signed_version_keeps_who_believed_what(world: World) -> None:
    planned(world)
    turn(world, at("12-16"))
    cycle, sara, lea, now = the_cycle(world), world.person("Sara"), world.person("Lea"), at("12-16", "10:00")
    row = find_forecast(cycle, sara, "Tents")
    answer_forecast(row, Believed((10, 0, 0), (80, 50, 50), NOTHING, "An order."), by=sara, now=now)
    first = sign(cycle, by=lea, now=now)
    answer_forecast(row, Believed((0, 0, 0), (500, 50, 50), NOTHING, "More."), by=sara, now=now + HOUR)
    page = page_of(cycle, first)
    assert [(change.seller, change.units, change.reason) for change in page.changes] == [("Sara", 40, "An order.")]
    assert (page.contingent["Tents"][0], page_of(cycle).contingent["Tents"][0]) == (130, 550)
    assert page.month == DEC
    with pytest.raises(Refused):
        sign(cycle, by=sara, now=now)


def test_reminder_of_a_role_that_is_gone_ends_and_the_message_says_so(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    sara = world.person("Sara")
    agenda_of(sara).ts = "1.0"
    for row in world.session.scalars(select(Outbox)):
        row.settled_at = at("12-03")
    set_roles(sara, [], by=None, now=at("12-03", "10:00"))
    turn(world, at("12-07"))
    told = select(Outbox).where(Outbox.member_id == sara.id, Outbox.kind == News.AGENDA)
    assert len(list(world.session.scalars(told))) == 1
    assert tasks_of(sara, now=at("12-07")) == []
