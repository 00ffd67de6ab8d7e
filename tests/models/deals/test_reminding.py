"""What the clock does to turns: who is reminded when, who above them is told, and how a promise ends."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models.deals.deciding import approve, win
from models.deals.reminding import LateTurns, keep_turns, next_turn
from models.deals.reservations import promised_cells
from models.deals.states import State
from models.deals.turns import turns_of
from models.deals.waiting import snooze
from models.workspace.leads import set_leads
from models.workspace.members import Member, set_roles
from models.workspace.outbox import News, Outbox, settle
from models.workspace.roles import Role, Side
from tests.world import NOW, World

HALF, DUE = timedelta(hours=4), timedelta(hours=8)
DAY = timedelta(days=1)


def denver(day: str, at: str = "09:00") -> datetime:
    return datetime.combine(date.fromisoformat(f"2026-{day}"), time.fromisoformat(at), ZoneInfo("America/Denver"))


def queued(world: World, kind: News, now: datetime) -> list[Outbox]:
    """What is queued when all happens that is due; what was queued before is sent."""
    for row in world.session.scalars(select(Outbox).where(Outbox.settled_at.is_(None))):
        settle(row, now=NOW)
    keep_turns(world.session, now=now)
    return list(world.session.scalars(select(Outbox).where(Outbox.settled_at.is_(None), Outbox.kind == kind)))


def sent_to(world: World, kind: News, now: datetime) -> list[str]:
    """Who is sent a message of a kind when all happens that is due."""
    return [world.session.get_one(Member, row.member_id).name for row in queued(world, kind, now)]


def test_nothing_is_due_without_turns(world: World) -> None:
    assert next_turn(world.session) is None
    keep_turns(world.session, now=NOW)
    assert world.session.scalars(select(Outbox)).all() == []


def test_side_is_reminded_at_half_time_at_the_end_and_each_morning_after_it(world: World) -> None:
    world.propose()
    assert next_turn(world.session) == NOW + HALF
    assert sent_to(world, News.AGENDA_ANEW, NOW + HALF - timedelta(seconds=1)) == []
    assert sent_to(world, News.AGENDA_ANEW, NOW + HALF) == ["Olga", "Otto"]
    assert next_turn(world.session) == NOW + DUE
    assert sent_to(world, News.AGENDA_ANEW, NOW + DUE) == ["Olga", "Otto"]
    assert next_turn(world.session) == denver("11-24")
    assert sent_to(world, News.AGENDA_ANEW, denver("11-24")) == ["Olga", "Otto"]


def test_one_person_hears_of_all_that_waits_in_one_message(world: World) -> None:
    for _ in range(3):
        world.propose()
    assert sent_to(world, News.AGENDA_ANEW, NOW + HALF) == ["Olga", "Otto"]


def test_deal_is_shown_as_overdue_from_its_end_on(world: World) -> None:
    world.propose()
    assert len(queued(world, News.CARD, NOW + HALF)) == 0
    assert len(queued(world, News.CARD, NOW + DUE)) == 2


def test_whoever_snoozed_is_reminded_then_and_not_before(world: World) -> None:
    deal = world.propose()
    snooze(deal, NOW + 2 * DAY, by=world.person("Olga"), now=NOW)
    assert sent_to(world, News.AGENDA_ANEW, NOW + HALF) == ["Otto"]
    for at in (NOW + DUE, denver("11-24"), denver("11-24", "17:00")):
        sent_to(world, News.AGENDA_ANEW, at)
    assert next_turn(world.session) == denver("11-25")
    # Wednesday 9:00 is both the end of the snooze and a working morning: one message.
    assert sent_to(world, News.AGENDA_ANEW, denver("11-25")) == ["Olga", "Otto"]


def test_lead_hears_a_working_day_after_the_end_and_leadership_another_one_later(world: World) -> None:
    deal, now = world.propose(), denver("11-24", "17:00")
    set_leads(world.workspace, {Side.OPERATIONS: world.person("Otto")}, by=world.person("Lea"), now=NOW)
    assert sent_to(world, News.ESCALATION, now - timedelta(seconds=1)) == []
    assert sent_to(world, News.ESCALATION, now) == ["Otto"]
    (turn,) = turns_of(deal)
    # The day after it; Thursday is a holiday, and does not come into it yet.
    assert turn.escalate_at == denver("11-25", "17:00")
    assert sent_to(world, News.ESCALATION, denver("11-25", "17:00")) == ["Lea"]
    assert turn.escalate_at is None
    assert sent_to(world, News.ESCALATION, denver("12-04")) == []
    news = world.session.scalars(select(Outbox).where(Outbox.kind == News.ESCALATION))
    assert [LateTurns.of(row) for row in news] == [LateTurns((turn.id,))] * 2


@pytest.mark.parametrize("lead", [None, "Sara"])
def test_leadership_hears_at_once_where_nobody_else_is_above(world: World, lead: str | None) -> None:
    # Nobody leads operations, or the lead is the seller whose deal it is.
    world.propose()
    set_roles(world.person("Sara"), [Role.SALES, Role.OPERATIONS], by=None, now=NOW)
    leads = {Side.OPERATIONS: world.person(lead) if lead else None}
    set_leads(world.workspace, leads, by=world.person("Lea"), now=NOW)
    assert sent_to(world, News.ESCALATION, denver("11-24", "17:00")) == ["Lea"]


def test_late_turns_of_several_deals_are_told_together(world: World) -> None:
    deals = [world.propose(), world.propose()]
    assert sent_to(world, News.ESCALATION, denver("11-24", "17:00")) == ["Lea"]
    row = world.session.scalars(select(Outbox).where(Outbox.kind == News.ESCALATION)).one()
    assert LateTurns.of(row) == LateTurns(tuple(turn.id for deal in deals for turn in turns_of(deal)))


def test_promise_that_nobody_reports_on_ends_and_gives_its_capacity_back(world: World) -> None:
    silent, won = (world.propose(("Summit tent", units, 48000, date(2027, 1, 18))) for units in (10, 90))
    for deal in (silent, won):
        approve(deal, by=world.person("Olga"), now=NOW)
    win(won, by=world.person("Sara"), now=NOW)
    # 15 working days to decide, the morning after, and five working days more.
    end = denver("12-23")
    keep_turns(world.session, now=end - timedelta(seconds=1))
    assert (silent.state, promised_cells(silent)) == (State.APPROVED, {("Assembly", date(2027, 1, 4)): 9_000})
    keep_turns(world.session, now=end)
    assert (silent.state, promised_cells(silent), turns_of(silent)) == (State.EXPIRED, {}, [])
    assert (won.state, promised_cells(won)) == (State.WON, {("Assembly", date(2027, 1, 4)): 49_000})
