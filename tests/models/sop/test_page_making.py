"""The page of a cycle: its numbers, what was lost and changed, who is silent, and what is decided."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from sqlalchemy import delete, event, select

from models.deals.deciding import DeclineReason, approve, decline, win
from models.deals.delivering import deliver
from models.sop.accuracy import Accuracy
from models.sop.forecasting import Believed, answer_all_forecasts, answer_forecast, find_forecast
from models.sop.identities import FamilyPlan
from models.sop.page import Change, Lost, MonthBefore
from models.sop.page_making import page_of
from models.sop.resolutions import Decided, resolutions_due
from models.sop.rows import DAYS, Actual, Forecast, SupplyPlan
from models.sop.settings import plan_monthly
from models.sop.signing import close, record_decision
from models.sop.steps import Step
from tests.models.sop.december import DEC, FEB, JAN, at, planned, the_cycle, turn
from tests.world import NOW, World


def test_supply_is_what_is_wanted_until_it_is_on_the_table(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    page = page_of(the_cycle(world))
    tents = next(plan for plan in page.plans if plan.family == "Tents")
    assert tents == FamilyPlan("Tents", Fraction(23_500), Fraction(39_000), 40, 0, (100,) * 18, (100,) * 18)
    assert (page.month, page.step, page.version, page.gaps, page.limits) == (DEC, "demand", 0, (), {})
    assert page.contingent["Tents"] == (100,) * 18
    page.check()


def test_changes_of_sellers_come_with_their_reasons_the_largest_first(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    cycle, now = the_cycle(world), at("12-03", "10:00")
    for name, units, reason in (("Sara", 60, "A fair."), ("Pete", 30, "A shop closes.")):
        row = find_forecast(cycle, world.person(name), "Tents")
        answer_forecast(row, Believed((0, 0, 0), (units, 50, 50), reason=reason), by=world.person(name), now=now)
    assert page_of(cycle).changes == (
        Change("Tents", "Pete", -20, "A shop closes.", (DEC,)),
        Change("Tents", "Sara", 10, "A fair.", (DEC,)),
    )


def test_silent_are_those_who_have_not_answered_by_step(world: World) -> None:
    planned(world)
    turn(world, at("12-16"))
    cycle = the_cycle(world)
    assert page_of(cycle).silent == {
        Step.DEMAND: ("Sara", "Pete"),
        Step.SUPPLY: ("Olga", "Otto"),
        Step.RECONCILIATION: ("Olga",),
        Step.EXECUTIVE: ("Lea",),
    }
    for name in ("Sara", "Pete"):
        answer_all_forecasts(cycle, by=world.person(name), now=at("12-16"))
    assert Step.DEMAND not in page_of(cycle).silent


def test_lost_demand_of_three_months_and_of_what_is_planned_comes_largest_first(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    for units, week in ((30, date(2027, 1, 18)), (50, date(2027, 2, 8))):
        deal = world.propose(("Summit tent", units, 48000, week))
        decline(deal, by=world.person("Lea"), now=NOW, reason=DeclineReason.RISK, why="No.")
    reason = "declined: delivery risk too high"
    assert page_of(the_cycle(world)).lost == (
        Lost("Tents", FEB, 50, reason, 2, "Acme"),
        Lost("Tents", JAN, 30, reason, 1, "Acme"),
    )


def test_decisions_are_due_on_their_day_and_done_when_they_are_closed(world: World) -> None:
    planned(world)
    turn(world, at("12-14"))
    cycle, olga, lea, now = the_cycle(world), world.person("Olga"), world.person("Lea"), at("12-14", "10:00")
    rows = [
        record_decision(cycle, text, family="Tents", month=JAN, owner=olga, due=due, by=lea, now=now)
        for text, due in (("Later.", date(2026, 12, 21)), ("Sooner.", date(2026, 12, 18)))
    ]
    later, sooner = (Decided(row.id, "Tents", JAN, row.text, "Olga", "UOLGA", row.due, is_closed=False) for row in rows)
    assert page_of(cycle).open_decisions == (sooner, later)
    assert resolutions_due(olga, now=at("12-17", "23:59")) == []
    assert resolutions_due(olga, now=at("12-18", "00:00")) == [rows[1]]
    assert resolutions_due(lea, now=at("12-31")) == []
    close(world.workspace, rows[1].id, by=olga, now=now)
    page = page_of(cycle)
    assert (page.decided, page.open_decisions) == ((replace(sooner, is_closed=True), later), (later,))


def test_page_takes_as_many_queries_with_three_families_as_with_one(world: World) -> None:
    planned(world)
    turn(world, at("12-16"))
    cycle = the_cycle(world)

    def count() -> int:
        world.session.flush()
        world.session.expire_all()
        seen: list[str] = []

        def listen(conn: object, cursor: object, statement: str, *_: object) -> None:
            seen.append(statement)

        event.listen(world.database.engine, "before_cursor_execute", listen)
        page_of(cycle)
        event.remove(world.database.engine, "before_cursor_execute", listen)
        return len(seen)

    many = count()
    families = len(cycle.baselines)
    assert families > 2
    for kind in (Forecast, SupplyPlan):
        for row in world.session.scalars(select(kind).where(kind.family != "Tents")).all():
            world.session.delete(row)
    assert abs(count() - many) <= 1


def test_page_tells_what_the_last_month_was(world: World) -> None:
    olga, sara = world.person("Olga"), world.person("Sara")
    for units in (30, 12):
        deal = world.propose(("Summit tent", units, 48000, date(2026, 12, 14)))
        approve(deal, by=olga, now=NOW)
        win(deal, by=sara, now=NOW)
        if units == 30:
            deliver(deal, by=olga, now=NOW)
    plan_monthly(world.workspace, channel="C0SOP", coordinator=olga, days=dict(DAYS), by=None, now=NOW)
    turn(world, at("12-13").replace(year=2027, month=1))
    before = page_of(the_cycle(world)).before
    # Tents and lamps do not add up, so that they are told at list price: 42, 30 and 12 Summit tents at $480.
    price = 48_000
    assert before == MonthBefore(DEC, 42 * price, 30 * price, 0, 12 * price, Accuracy(None, None), is_money=True)
    tents = next(plan for plan in page_of(the_cycle(world)).plans if plan.family == "Tents")
    assert (tents.inventory, tents.backlog) == (0, 12)


def test_two_missing_months_leave_the_baseline_as_it_is_and_are_named(world: World) -> None:
    planned(world, bookings=(100,) * 24)
    for month in (date(2026, 8, 1), date(2026, 9, 1)):
        world.session.execute(delete(Actual).where(Actual.family == "Tents", Actual.month == month))
    turn(world, at("12-03"))
    page = page_of(the_cycle(world))
    assert page.unknown == {"Tents": (date(2026, 8, 1), date(2026, 9, 1))}
    assert the_cycle(world).baselines["Tents"] == [100] * 18


def test_families_keep_the_month_of_a_stock_that_is_old(world: World) -> None:
    planned(world)
    for row in world.session.scalars(select(Actual).where(Actual.month == date(2026, 11, 1))):
        row.inventory = row.backlog = None
    world.session.add(Actual(workspace=world.workspace, family="Lamps", month=date(2026, 9, 1), inventory=7))
    turn(world, at("12-03"))
    assert page_of(the_cycle(world)).old_stock == {"Lamps": date(2026, 9, 1)}
