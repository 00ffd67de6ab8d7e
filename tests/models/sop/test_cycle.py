"""A cycle lived through: it opens by itself, asks, reminds those who are silent, freezes, is signed and changed."""

from datetime import date, datetime
from fractions import Fraction

import pytest
from sqlalchemy import event, select

from models.base.errors import NotYours, Refused, TooLate
from models.base.months import month_of_week, weeks_of, working_day
from models.deals.deciding import approve, win
from models.sop.clock import keep_planning, next_planning
from models.sop.forecasting import Believed, answer_all_forecasts, answer_forecast, find_forecast, forecasts_due
from models.sop.owners import name_owner
from models.sop.page import decided_in, page_of
from models.sop.past_sales import past_of, spread
from models.sop.reviews import moved
from models.sop.rows import DAYS, Forecast, SupplyPlan
from models.sop.rules import check_may_name_owners
from models.sop.settings import current_cycle, plan_monthly
from models.sop.signing import close, record_decision, sign
from models.sop.steps import Step
from models.sop.supplying import answer_supply, find_supply
from models.sop.tasks import tasks_of
from models.workspace.members import Member, set_roles
from models.workspace.outbox import News, Outbox
from models.workspace.roles import Role
from tests.models.sop.december import DAY, DEC, DENVER, HOUR, JAN, actuals, at, planned, the_cycle, turn
from tests.world import NOW, World, learn, user_id


def test_months_and_weeks() -> None:
    assert month_of_week(date(2026, 11, 30)) == DEC
    assert month_of_week(date(2026, 12, 28)) == DEC
    assert weeks_of(DEC) == [date(2026, 11, 30), *(date(2026, 12, day) for day in (7, 14, 21, 28))]
    assert [working_day(DEC, n, country="US") for n in (1, 3, 23)] == [DEC, date(2026, 12, 3), date(2026, 12, 31)]
    # New Year's Day is a holiday.
    assert working_day(JAN, 1, country="US") == date(2027, 1, 4)
    assert spread(10, [Fraction(1, 3)] * 3) == [4, 3, 3]
    assert (spread(0, [Fraction(1)]), moved(100, Fraction(-15)), moved(5, Fraction(10))) == ([0], 85, 6)


def test_cycle_goes_from_step_to_step_on_its_working_days(world: World) -> None:
    planned(world)
    steps = [
        (at("12-01", "08:59"), None),
        (at("12-01"), "data"),
        (at("12-03"), "demand"),
        (at("12-09"), "supply"),
        (at("12-14"), "reconciliation"),
        (at("12-16"), "executive"),
    ]
    for now, step in steps:
        turn(world, now)
        found = current_cycle(world.workspace)
        assert (found.step if found else None) == step
    cycle = the_cycle(world)
    assert (cycle.month, cycle.baselines["Tents"][:2], cycle.means) == (DEC, [100, 100], sorted(cycle.baselines))
    assert [row.name for row in cycle.unanswered(Step.DEMAND)] == ["Sara", "Pete"]


def test_step_survives_a_bot_that_was_down_on_the_day(world: World) -> None:
    planned(world)
    keep_planning(world.session, now=at("12-15"))
    cycle = the_cycle(world)
    assert (cycle.month, cycle.step) == (DEC, "reconciliation")
    assert all(row.frozen is not None for row in cycle.forecasts)
    assert cycle.supplies != []


def test_five_sellers_with_one_click_each_give_the_baseline_once(world: World) -> None:
    for name in ("Ann", "Ben", "Cid"):
        learn(world.workspace, name)
        set_roles(world.person(name), [Role.SALES], by=None, now=NOW)
    planned(world)
    turn(world, at("12-03"))
    cycle = the_cycle(world)
    for name in ("Sara", "Pete", "Ann", "Ben", "Cid"):
        assert answer_all_forecasts(cycle, by=world.person(name), now=at("12-03", "10:00")) == len(cycle.baselines)
    assert cycle.demand["Tents"] == cycle.baselines["Tents"] == [100] * 18
    assert cycle.unanswered(Step.DEMAND) == []


def test_what_is_won_is_certain_and_the_share_is_what_was_sold(world: World) -> None:
    for units, by in ((30, "Sara"), (10, "Pete")):
        deal = world.propose(("Summit tent", units, 48000, date(2027, 1, 18)), by=by)
        approve(deal, by=world.person("Olga"), now=NOW)
        if by == "Sara":
            win(deal, by=world.person(by), now=NOW)
    planned(world)
    past = past_of(world.workspace, JAN)
    assert past.certain(world.person("Sara").id, "Tents")[0] == 30
    turn(world, at("12-03"))
    row = find_forecast(the_cycle(world), world.person("Sara"), "Tents")
    # Nobody sold any in the trailing year: half of the baseline each, of which 30 in January are certain.
    assert (row.certain[1], row.contingent[1], row.prefill[1]) == (30, 20, 50)


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


def test_reminders_reach_those_who_have_not_answered_and_stop_when_they_do(world: World) -> None:
    planned(world)
    told: list[tuple[str, str]] = []

    def until(now: datetime) -> None:
        for _ in range(500):
            due = next_planning(world.session)
            if due is None or due > now:
                return
            keep_planning(world.session, now=due)
            rows = world.session.scalars(select(Outbox).where(Outbox.settled_at.is_(None), Outbox.queued_at == due))
            for row in rows:
                row.settled_at = due
                if row.kind in {News.AGENDA_ANEW, News.SOP_LATE}:
                    name = world.session.get_one(Member, row.member_id).name
                    kind = "told" if row.kind == News.SOP_LATE else "reminded"
                    told.append((f"{due.astimezone(DENVER):%m-%d %H:%M}", f"{name} {kind}"))

    until(at("12-04"))
    answer_all_forecasts(the_cycle(world), by=world.person("Sara"), now=at("12-04", "12:00"))
    until(at("12-11"))
    # Due on working day 6, Tuesday the 8th; the morning before it, that day's, and each one after; two days late: Lea.
    assert [row for row in told if row[1].split()[0] in {"Sara", "Pete", "Lea"}] == [
        ("12-03 09:00", "Sara reminded"),
        ("12-03 09:00", "Pete reminded"),
        ("12-07 09:00", "Pete reminded"),
        ("12-08 09:00", "Pete reminded"),
        ("12-09 09:00", "Pete reminded"),
        ("12-10 09:00", "Pete reminded"),
        ("12-10 17:00", "Lea told"),
        ("12-11 09:00", "Pete reminded"),
    ]
    answer_all_forecasts(the_cycle(world), by=world.person("Pete"), now=at("12-11", "12:00"))
    known = len(told)
    until(at("12-13"))
    assert [row for row in told[known:] if row[1].startswith("Pete")] == []
    assert tasks_of(world.person("Pete"), now=at("12-13")) == []


def test_supply_is_cut_to_capacity_and_less_takes_what_limits_it(world: World) -> None:
    actuals(world, "Tents", [10_000] * 3)
    plan_monthly(world.workspace, channel="C0SOP", coordinator=world.person("Olga"), days=dict(DAYS), by=None, now=NOW)
    turn(world, at("12-09"))
    cycle, olga = the_cycle(world), world.person("Olga")
    row = find_supply(cycle, "Tents")
    page = page_of(cycle)
    assembly = next(one for one in page.capacity if one.name == "Assembly")
    assert assembly.load[1] > assembly.available[1]
    assert 0 < row.prefill[1] < 10_000
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


def test_plan_is_signed_once_changed_with_a_version_and_decisions_are_carried_over(world: World) -> None:
    planned(world)
    turn(world, at("12-16"))
    cycle, lea, olga, sara = the_cycle(world), world.person("Lea"), world.person("Olga"), world.person("Sara")
    now = at("12-16", "10:00")
    kept = record_decision(
        cycle, "Hire two for January.", family="Tents", month=JAN, owner=olga, due=date(2027, 1, 8), by=lea, now=now
    )
    with pytest.raises(NotYours):
        record_decision(cycle, "No.", family="Tents", month=None, owner=olga, due=date(2027, 1, 8), by=sara, now=now)
    with pytest.raises(NotYours, match="Leadership signs"):
        sign(cycle, by=olga, now=now)
    first = sign(cycle, by=lea, now=now)
    assert (first.version, first.changes, cycle.step) == (1, "", "signed")
    assert [row.details for row in world.session.scalars(select(Outbox).where(Outbox.kind == News.SOP_PAGE))] == [
        {"signed": first.id}
    ]
    assert tasks_of(lea, now=now) == tasks_of(sara, now=now) == []
    with pytest.raises(TooLate, match="nothing has changed since"):
        sign(cycle, by=lea, now=now)
    row = find_forecast(cycle, sara, "Tents")
    answer_forecast(row, Believed((0, 0, 0), (80, 50, 50), reason="An order."), by=sara, now=now + HOUR)
    second = sign(cycle, by=lea, now=now + 2 * HOUR)
    assert (second.version, second.changes) == (2, "Tents: demand +30 units in 1 month")
    assert cycle.latest_signed is second
    # Whatever came later, a version is published with its own numbers.
    published = next(plan for plan in page_of(cycle, first).plans if plan.family == "Tents")
    assert (list(published.demand), page_of(cycle, first).version) == (first.numbers["Tents"]["demand"], 1)
    assert first.numbers["Tents"]["demand"] != second.numbers["Tents"]["demand"]
    turn(world, datetime(2027, 1, 5, 16, tzinfo=DENVER))
    following = the_cycle(world)
    assert (following.month, [one.id for one in decided_in(following)]) == (JAN, [kept.id])
    with pytest.raises(NotYours):
        close(world.workspace, kept.id, by=sara, now=now)
    close(world.workspace, kept.id, by=olga, now=now + 20 * DAY)
    assert decided_in(following) == ()
    with pytest.raises(TooLate):
        close(world.workspace, kept.id, by=olga, now=now + 20 * DAY)


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


def test_forecasts_of_an_outsider_to_sales_are_none(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    assert forecasts_due(the_cycle(world), world.person("Gus")) == []
    assert user_id("Gus") == "UGUS"


def test_owner_of_a_family_is_asked_for_its_supply_and_nobody_else(world: World) -> None:
    olga, otto, sara = world.person("Olga"), world.person("Otto"), world.person("Sara")
    planned(world)
    turn(world, at("12-09"))
    cycle, now = the_cycle(world), at("12-09", "10:00")
    assert {row.name for row in cycle.unanswered(Step.SUPPLY)} == {"Olga", "Otto"}
    with pytest.raises(Refused, match="Sara is not in operations"):
        name_owner(world.workspace, "Tents", sara, by=olga, now=now)
    with pytest.raises(NotYours, match="Only workspace admins"):
        check_may_name_owners(world.workspace, otto, frozenset())
    check_may_name_owners(world.workspace, olga, frozenset())
    for family in ("Lamps", "Parts", "Tents"):
        name_owner(world.workspace, family, otto, by=olga, now=now)
    # Nothing is left for Olga to answer, so nobody asks her; given a family back, she is asked again.
    assert [row.name for row in cycle.unanswered(Step.SUPPLY)] == ["Otto"]
    with pytest.raises(NotYours, match="another planner's"):
        answer_supply(find_supply(cycle, "Tents"), (1, 1, 1), rest_percent=Fraction(0), limit="x", by=olga, now=now)
    name_owner(world.workspace, "Tents", None, by=olga, now=now)
    assert {row.name for row in cycle.unanswered(Step.SUPPLY)} == {"Olga", "Otto"}
    answer_supply(find_supply(cycle, "Tents"), (1, 1, 1), rest_percent=Fraction(0), limit="x", by=olga, now=now)
    assert [row.name for row in cycle.unanswered(Step.SUPPLY)] == ["Otto"]
    # What is signed asks nobody any more, whatever is answered later.
    turn(world, at("12-16"))
    sign(cycle, by=world.person("Lea"), now=at("12-16", "10:00"))
    answer_supply(
        find_supply(cycle, "Tents"), (2, 2, 2), rest_percent=Fraction(0), limit="x", by=olga, now=at("12-16", "11:00")
    )
    assert cycle.unanswered(Step.SUPPLY) == []
