"""Whose turn it is and until when, in working time. Ridgeline works from 9 to 17 in Denver; Thursday is a holiday."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete

from models.base.working_time import WorkingHours
from models.deals.deciding import approve, set_win_by, win
from models.deals.proposing import change, counter, revise
from models.deals.talking import answer, ask
from models.deals.turns import Awaited, Turn, begin_missing_turns, pass_turn, turns_by_deal, turns_of
from models.workspace.members import set_hours
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace
from tests.world import NOW, World

JAN_18 = date(2027, 1, 18)
HOUR = timedelta(hours=1)


def denver(day: str, at: str = "09:00") -> datetime:
    return datetime.combine(date.fromisoformat(f"2026-{day}"), time.fromisoformat(at), ZoneInfo("America/Denver"))


def test_answer_is_due_in_eight_working_hours_and_reminded_of_after_half_of_them(world: World) -> None:
    (turn,) = turns_of(world.propose())
    assert (turn.side, turn.awaited, turn.member, turn.began_at) == (Side.OPERATIONS, Awaited.ANSWER, None, NOW)
    assert (turn.half_at, turn.due_at) == (denver("11-23", "13:00"), denver("11-23", "17:00"))
    assert (turn.next_at, turn.escalate_at, turn.release_at) == (turn.half_at, denver("11-24", "17:00"), None)


def test_report_is_due_the_morning_after_the_day_of_decision_and_ends_the_promise_a_week_later(world: World) -> None:
    deal = world.propose()
    approve(deal, by=world.person("Olga"), now=NOW)
    # 15 working days after Monday 23 November, without Thanksgiving: 15 December.
    (turn,) = turns_of(deal)
    assert (turn.side, turn.awaited, turn.member) == (Side.SALES, Awaited.REPORT, world.person("Sara"))
    assert (turn.half_at, turn.due_at, turn.escalate_at) == (None, denver("12-16"), None)
    assert (turn.next_at, turn.release_at) == (denver("12-16"), denver("12-23"))
    set_win_by(deal, date(2026, 12, 4), by=world.person("Sara"), now=NOW)
    # Friday: the report is due on Monday.
    (later,) = turns_of(deal)
    assert (later.due_at, turn.ended_at) == (denver("12-07"), NOW)


def test_working_hours_of_the_seller_count_in_their_turn(world: World) -> None:
    sara = world.person("Sara")
    set_hours(sara, WorkingHours("America/Denver", None, time(12), time(16)), now=NOW)
    deal = world.propose()
    counter(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=world.person("Olga"), now=NOW)
    (turn,) = turns_of(deal)
    # 4 h on Monday and 4 h on Tuesday; without a country Thanksgiving would count as well.
    assert (turn.member, turn.half_at, turn.due_at) == (sara, denver("11-23", "16:00"), denver("11-24", "16:00"))


def test_new_terms_begin_a_new_time_and_talking_does_not(world: World) -> None:
    deal, olga = world.propose(), world.person("Olga")
    (first,) = turns_of(deal)
    question = ask(deal, "Which colour?", by=olga, now=NOW + HOUR)
    (asked,) = turns_of(deal)
    assert (asked.side, asked.began_at, first.ended_at) == (Side.SALES, NOW + HOUR, NOW + HOUR)
    answer(deal, question.id, "Red.", by=world.person("Sara"), now=NOW + 2 * HOUR)
    (again,) = turns_of(deal)
    # Olga has asked: she is the planner, and answers in person.
    assert (again.side, again.began_at, again.member) == (Side.OPERATIONS, NOW + 2 * HOUR, olga)
    pass_turn(deal, now=NOW + 3 * HOUR)
    assert turns_of(deal) == [again]
    revise(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=world.person("Sara"), now=NOW + 3 * HOUR)
    (revised,) = turns_of(deal)
    assert (revised.began_at, again.ended_at) == (NOW + 3 * HOUR, NOW + 3 * HOUR)


def test_two_sides_owe_two_answers_and_each_ends_with_its_own(world: World) -> None:
    deal = world.propose(("Summit tent", 10, 30000, JAN_18))
    assert [turn.side for turn in turns_of(deal)] == [Side.OPERATIONS, Side.FINANCE]
    approve(deal, by=world.person("Olga"), now=NOW + HOUR)
    (left,) = turns_of(deal)
    assert (left.side, left.began_at) == (Side.FINANCE, NOW)


def test_order_waits_for_its_delivery_and_its_change_for_operations(world: World) -> None:
    deal, sara = world.propose(), world.person("Sara")
    approve(deal, by=world.person("Olga"), now=NOW)
    change(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=sara, now=NOW)
    assert [turn.what[:2] for turn in turns_of(deal)] == [(Side.OPERATIONS, Awaited.ANSWER)]
    approve(deal, by=world.person("Olga"), now=NOW)
    win(deal, by=sara, now=NOW)
    # The order itself waits for its delivery, which is asked for when its week is over.
    (turn,) = turns_of(deal)
    assert (turn.what[:2], turn.win_by) == ((Side.OPERATIONS, Awaited.DELIVERY), JAN_18)
    assert turn.due_at == datetime(2027, 1, 25, 16, 0, tzinfo=UTC)


def test_turns_of_several_deals_come_by_deal(world: World) -> None:
    first, second = world.propose(), world.propose()
    turns = turns_by_deal(world.workspace, [first.id, second.id, 99])
    assert turns == {first.id: turns_of(first), second.id: turns_of(second)}


def test_deals_from_before_there_were_turns_begin_theirs_now(world: World) -> None:
    deal = world.propose()
    world.session.execute(delete(Turn))
    begin_missing_turns(world.session, now=NOW + 2 * HOUR)
    (turn,) = turns_of(deal)
    assert (turn.began_at, turn.due_at) == (NOW + 2 * HOUR, denver("11-24", "11:00"))
    begin_missing_turns(world.session, now=NOW + 3 * HOUR)
    assert turns_of(deal) == [turn]


def test_turn_is_overdue_from_its_end_on_and_reminded_of_each_working_morning() -> None:
    workspace = Workspace(timezone="America/Denver", country="US", opens_at=time(9), closes_at=time(17))
    turn = Turn(workspace=workspace, due_at=datetime(2026, 11, 25, 23, 0, tzinfo=UTC))
    assert [turn.is_overdue(turn.due_at - HOUR), turn.is_overdue(turn.due_at)] == [False, True]
    turn.remind_again(turn.due_at - HOUR)
    assert turn.next_at == turn.due_at
    turn.remind_again(turn.due_at)
    # Wednesday 16:00 in Denver; Thursday is Thanksgiving.
    assert turn.next_at == denver("11-27")
