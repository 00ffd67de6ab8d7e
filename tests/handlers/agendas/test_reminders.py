"""Whose turn it is, by the clock: who is reminded of what when, also after a day without a bot and with two of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.app import Bot, build
from handlers.deals.history_words import history_sentences
from handlers.slack.text import plain
from models.base.errors import NotYours, Refused
from models.base.working_time import WorkingHours
from models.capacity.overview import coming_weeks
from models.company.offers import OfferRow
from models.company.resources import ResourceRow
from models.deals.deciding import accept, approve, set_win_by, win
from models.deals.proposing import counter, counter_back, propose_deal
from models.deals.reminding import keep_turns
from models.deals.rows import Deal
from models.deals.talking import answer, ask
from models.deals.terms import TermLine, Terms
from models.deals.transitions import find_number
from models.deals.turns import begin_missing_turns, turns_of
from models.deals.waiting import snooze, waiting_for
from models.workspace.history import History
from models.workspace.leads import set_leads
from models.workspace.members import Member, find_member, set_hours, set_roles
from models.workspace.outbox import News, Outbox
from models.workspace.roles import Role, Side
from models.workspace.workspaces import the_workspace
from sandbox.client import NotPossible, Person
from tests.stage import OPS, Stage, shown, staged
from tests.world import NOW, World

DENVER = ZoneInfo("America/Denver")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
JAN_4, JAN_18 = date(2027, 1, 4), date(2027, 1, 18)


def in_denver(day: str, at: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(at), DENVER)


@pytest.mark.parametrize(
    ("hours", "start", "amount", "end"),
    [
        (WorkingHours("America/Denver", "US"), "2026-11-23T16:00", 8, "2026-11-24T00:00"),
        (WorkingHours("America/Denver", "US"), "2026-11-23T16:00", 4, "2026-11-23T20:00"),
        # After closing, and on a weekend, the time begins in the morning.
        (WorkingHours("America/Denver", "US"), "2026-11-24T02:00", 4, "2026-11-24T20:00"),
        (WorkingHours("America/Denver", "US"), "2026-11-28T16:00", 4, "2026-11-30T20:00"),
        # Over Thanksgiving.
        (WorkingHours("America/Denver", "US"), "2026-11-25T23:00", 8, "2026-11-27T23:00"),
        # Summer time begins on Sunday 14 March 2027: nine o'clock stays nine o'clock.
        (WorkingHours("America/Denver", "US"), "2027-03-12T23:00", 8, "2027-03-15T22:00"),
        (WorkingHours("Europe/Berlin", "DE"), "2027-03-25T15:00", 2, "2027-03-30T08:00"),
        (WorkingHours("UTC", None, time(22), time(23, 30)), "2026-11-23T23:00", 1, "2026-11-24T22:30"),
    ],
)
def test_working_time_is_counted_in_hours_of_the_place(hours: WorkingHours, start: str, amount: int, end: str) -> None:
    begins, ends = (datetime.fromisoformat(f"{at}:00+00:00") for at in (start, end))
    assert hours.after(begins, amount * HOUR) == ends
    assert hours.between(begins, ends) == amount * HOUR
    assert hours.between(ends, begins) == timedelta()


# Three weeks and a half. Sara and Pete sell from Denver, where the company works; Olga plans in Berlin, Otto in Denver
# and leads operations; Lea leads the company. In Denver the clock is put forward on 14 March, in Berlin on 28 March;
# Good Friday and Easter Monday (26 and 29 March) are holidays in Germany only. There are 8 working hours to answer.
ACTS = """
    2027-03-08 09:00 | Sara proposes      | #1
    2027-03-08 09:00 | Pete proposes      | #2
    2027-03-08 15:00 | Otto approves      | #2
    2027-03-10 10:00 | Olga counters      | #1
    2027-03-12 16:00 | Sara counters back | #1
    2027-03-17 08:00 | Olga counters      | #1
    2027-03-18 08:30 | Sara wins          | #1
    2027-03-25 09:00 | Sara proposes      | #3
    2027-03-25 09:30 | Olga counters      | #3
    2027-03-25 09:45 | Sara counters back | #3
"""
BEGINS, ENDS = ("2027-03-08", "08:00"), ("2027-03-31", "18:00")
# Nobody has taken up the first two: they are everybody's in operations, in the company's hours.
TOLD = """
    2027-03-08 13:00 | Olga is reminded | #1, #2
    2027-03-08 13:00 | Otto is reminded | #1, #2
    2027-03-08 17:00 | Olga is reminded | #1 overdue
    2027-03-08 17:00 | Otto is reminded | #1 overdue
    2027-03-09 09:00 | Olga is reminded | #1 overdue
    2027-03-09 09:00 | Otto is reminded | #1 overdue
    2027-03-09 17:00 | Otto is told     | #1
    2027-03-10 09:00 | Olga is reminded | #1 overdue
    2027-03-10 09:00 | Otto is reminded | #1 overdue
    2027-03-10 14:00 | Sara is reminded | #1
    2027-03-11 10:00 | Sara is reminded | #1 overdue
    2027-03-12 09:00 | Sara is reminded | #1 overdue
    2027-03-12 10:00 | Lea is told      | #1
    2027-03-15 06:00 | Olga is reminded | #1
    2027-03-15 10:00 | Olga is reminded | #1 overdue
    2027-03-16 02:00 | Olga is reminded | #1 overdue
    2027-03-16 10:00 | Otto is told     | #1
    2027-03-17 02:00 | Olga is reminded | #1 overdue
    2027-03-17 13:00 | Sara is reminded | #1
    2027-03-17 17:00 | Sara is reminded | #1 overdue
    2027-03-30 04:45 | Olga is reminded | #3
    2027-03-30 08:45 | Olga is reminded | #3 overdue
    2027-03-30 09:00 | Pete is reminded | #2
    2027-03-31 01:00 | Olga is reminded | #3 overdue
    2027-03-31 08:45 | Otto is told     | #3
    2027-03-31 09:00 | Pete is reminded | #2
"""
# Nobody runs from Monday 03:00 to Tuesday 03:00: three reminders are one, and nothing is lost.
DOWN, UP = ("2027-03-15", "03:00"), ("2027-03-16", "03:00")
MISSED = {"2027-03-15 06:00", "2027-03-15 10:00", "2027-03-16 02:00"}
GATHERED = ("2027-03-16 03:00", "Olga is reminded", "#1 overdue")


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """The bot by Socket Mode, with the people of the table."""
    with staged(database_url, "socket", zones={"Olga": "Europe/Berlin"}) as stage:
        with stage.bot.database.writing() as session:
            workspace = the_workspace(session)
            olga, otto, lea = (find_member(workspace, stage.people[name]) for name in ("Olga", "Otto", "Lea"))
            set_hours(olga, WorkingHours("Europe/Berlin", "DE"), now=NOW)
            set_leads(workspace, {Side.OPERATIONS: otto}, by=lea, now=NOW)
        yield stage


def test_reminders_are_those_of_the_table(stage: Stage) -> None:
    play(stage)
    assert reminders(stage) == rows(TOLD)
    assert stage.sb.violations() == []


def test_reminders_after_a_day_without_a_bot_are_gathered(stage: Stage) -> None:
    expected = sorted([row for row in rows(TOLD) if row[0] not in MISSED] + [GATHERED])
    with kept_down(stage) as times:
        play(stage, *times)
    assert reminders(stage) == expected


def test_reminders_of_two_bots_are_those_of_one(stage: Stage, database_kind: str) -> None:
    if database_kind == "sqlite":
        pytest.skip("replicas share PostgreSQL")
    second = build(stage.bot.config)
    second.start()
    try:
        play(stage)
        assert reminders(stage) == rows(TOLD)
    finally:
        second.stop()


def play(stage: Stage, *more: tuple[datetime, Callable[[], None]]) -> None:
    """Live through the acts; what else happens happens at its time."""
    stage.sb.turn(to=in_denver(*BEGINS))
    acts: list[tuple[datetime, Callable[[], None]]] = [*more]
    for at, what, number in rows(ACTS):
        day, clock = at.split()
        acts.append((in_denver(day, clock), partial(act, stage, what, int(number[1:]), in_denver(day, clock))))
    for moment, do in sorted(acts, key=lambda entry: entry[0]):
        stage.sb.turn(to=moment)
        do()
        stage.sb.settle()
    stage.sb.turn(to=in_denver(*ENDS))


def act(stage: Stage, what: str, number: int, now: datetime) -> None:
    """One act of a person, as the models do it."""
    name, verb = what.split(" ", 1)
    with stage.bot.database.writing() as session:
        workspace = the_workspace(session)
        by = find_member(workspace, stage.people[name])
        tents = session.scalars(select(OfferRow.id).where(OfferRow.name == "Summit tent")).one()
        if verb == "proposes":
            propose_deal(workspace, by=by, now=now, customer=f"Customer {number}", terms=tents_for(tents, 30))
            return
        deal = find_number(workspace, number)
        more = tents_for(tents, 30 + deal.proposal.version)
        match verb:
            case "approves":
                approve(deal, by=by, now=now)
            case "counters":
                counter(deal, more, by=by, now=now)
            case "counters back":
                counter_back(deal, more, by=by, now=now)
            case "wins":
                accept(deal, by=by, now=now)
                win(deal, by=by, now=now)


def tents_for(offer: int, quantity: int) -> Terms:
    return Terms((TermLine(offer, quantity, 48000, date(2027, 6, 7)),))


@contextmanager
def kept_down(stage: Stage) -> Iterator[list[tuple[datetime, Callable[[], None]]]]:
    """When the bot goes down and another one comes up."""
    others: list[Bot] = []

    def go_down() -> None:
        stage.bot.heartbeat._scheduler.pause()
        for follower in stage.sb.followers():
            stage.sb.http.delete(f"/clock/followers/{follower['name']}")

    def come_up() -> None:
        others.append(build(stage.bot.config))
        others[0].start()

    yield [(in_denver(*DOWN), go_down), (in_denver(*UP), come_up)]
    for other in others:
        other.stop()


def reminders(stage: Stage) -> list[tuple[str, ...]]:
    """Every reminder and escalation that was posted: when in Denver, to whom, what it says of which deals."""
    names = {person["id"]: person["name"] for person in stage.sb.people()}
    posts = [call for call in stage.sb.calls("chat.postMessage") if call["answer"]["ok"]]
    direct = {p["answer"]["channel"]: names[p["args"]["channel"]] for p in posts if p["args"]["channel"] in names}
    told = []
    for post in posts:
        who, text = direct.get(post["answer"]["channel"]), post["args"]["text"]
        if who and ("wait for you" in text or "waits for you" in text or "overdue" in text):
            at = datetime.fromisoformat(post["time"]).astimezone(DENVER)
            kind = "told" if "overdue" in text else "reminded"
            told.append((f"{at:%Y-%m-%d %H:%M}", f"{who} is {kind}", items(post["args"]["blocks"])))
    return sorted(told)


def items(blocks: Sequence[dict[str, Any]]) -> str:
    """The deals of a message, and which of them are overdue."""
    texts = [
        "".join(part.get("text", "") for element in block["elements"] for part in element["elements"])
        for block in blocks
        if block["type"] == "rich_text"
    ]
    found = [f"#{entry.split(' ')[0]}{' overdue' * ('overdue' in entry)}" for t in texts for entry in t.split("#")[1:]]
    return ", ".join(found)


def opened(world: World, quantity: int = 100) -> Deal:
    return world.propose(("Summit tent", quantity, 43200, JAN_18))


def queued(world: World, kind: News) -> list[Outbox]:
    return list(world.session.scalars(select(Outbox).where(Outbox.kind == kind).order_by(Outbox.id)))


def names_of(world: World, rows: Sequence[Outbox]) -> list[str]:
    return [world.session.get_one(Member, row.member_id).name for row in rows]


def test_turn_passes_with_each_answer_and_begins_anew_with_new_terms(world: World) -> None:
    deal, olga, sara = opened(world), world.person("Olga"), world.person("Sara")

    def running() -> list[tuple[str, str, str | None]]:
        return [(turn.side, turn.awaited, turn.member.name if turn.member else None) for turn in turns_of(deal)]

    assert running() == [("operations", "answer", None)]
    question = ask(deal, "Which colour?", by=olga, now=NOW)
    assert running() == [("sales", "answer", "Sara")]
    answer(deal, question.id, "Green.", by=sara, now=NOW + HOUR)
    assert running() == [("operations", "answer", "Olga")]
    assert turns_of(deal)[0].due_at == NOW + DAY + HOUR
    counter(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=olga, now=NOW + 2 * HOUR)
    assert running() == [("sales", "answer", "Sara")]
    accept(deal, by=sara, now=NOW + 3 * HOUR)
    assert running() == [("sales", "report", "Sara")]
    win(deal, by=sara, now=NOW + 4 * HOUR)
    assert running() == [("operations", "delivery", "Olga")]


def test_below_the_floor_finance_has_a_clock_of_its_own(world: World) -> None:
    deal = world.propose(("Summit tent", 100, 38000, JAN_18))
    assert [turn.side for turn in turns_of(deal)] == ["operations", "finance"]
    approve(deal, by=world.person("Fin"), now=NOW + HOUR, why="A new customer.")
    assert [turn.side for turn in turns_of(deal)] == ["operations"]
    keep_turns(world.session, now=NOW + 4 * HOUR)
    assert names_of(world, queued(world, News.AGENDA_ANEW)) == ["Olga", "Otto"]


def test_promise_nobody_reports_on_is_asked_about_and_then_ends_with_news_to_both_sides(world: World) -> None:
    deal, sara = opened(world), world.person("Sara")
    approve(deal, by=world.person("Olga"), now=NOW)
    # 15 working days from 23 November, without Thanksgiving: 15 December; the seller is asked the next morning.
    (turn,) = turns_of(deal)
    asked, ends = in_denver("2026-12-16", "09:00"), in_denver("2026-12-23", "09:00")
    assert (deal.win_by, turn.due_at, turn.release_at) == (date(2026, 12, 15), asked, ends)
    keep_turns(world.session, now=asked - timedelta(seconds=1))
    assert queued(world, News.AGENDA_ANEW) == []
    keep_turns(world.session, now=asked)
    assert names_of(world, queued(world, News.AGENDA_ANEW)) == ["Sara"]
    keep_turns(world.session, now=ends - timedelta(seconds=1))
    assert deal.state == "approved"
    keep_turns(world.session, now=ends)
    assert deal.state == "expired"
    assembly = world.session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
    (week,) = coming_weeks(world.workspace, now=ends, only=assembly.id, since=JAN_4, weeks=1)[0].weeks
    assert week.free == 62_000
    told = world.session.scalars(select(History).where(History.move == "expire")).one()
    sentence = "".join(plain(s) for s in history_sentences(deal, told))
    assert "neither won nor lost was reported" in sentence
    assert f"<@{sara.user_id}> <@{world.person('Olga').user_id}>" in sentence


def test_seller_says_when_it_is_decided_and_is_asked_after_that(world: World) -> None:
    deal, sara = opened(world), world.person("Sara")
    approve(deal, by=world.person("Olga"), now=NOW)
    set_win_by(deal, date(2026, 12, 24), by=sara, now=NOW)
    (turn,) = turns_of(deal)
    # Christmas is a Friday.
    assert turn.due_at == in_denver("2026-12-28", "09:00")
    for day in (date(2026, 11, 22), date(2027, 6, 1)):
        with pytest.raises(Refused, match="within the next 26 weeks"):
            set_win_by(deal, day, by=sara, now=NOW)
    with pytest.raises(NotYours):
        set_win_by(deal, date(2026, 12, 24), by=world.person("Pete"), now=NOW)


def test_escalation_goes_to_the_lead_then_to_leadership_once_each(world: World) -> None:
    opened(world)
    set_leads(world.workspace, {Side.OPERATIONS: world.person("Otto")}, by=world.person("Lea"), now=NOW)
    # Due on Monday at 17:00; a working day later, and another one: Thursday is Thanksgiving.
    for now, told in (
        (in_denver("2026-11-24", "16:59"), []),
        (in_denver("2026-11-24", "17:00"), ["Otto"]),
        (in_denver("2026-11-25", "17:00"), ["Otto", "Lea"]),
        (in_denver("2026-12-15", "17:00"), ["Otto", "Lea"]),
    ):
        keep_turns(world.session, now=now)
        assert names_of(world, queued(world, News.ESCALATION)) == told


def test_escalation_missed_for_days_is_one_message_to_each(world: World) -> None:
    opened(world)
    opened(world, 10)
    set_leads(world.workspace, {Side.OPERATIONS: world.person("Otto")}, by=world.person("Lea"), now=NOW)
    keep_turns(world.session, now=in_denver("2026-12-15", "12:00"))
    told = queued(world, News.ESCALATION)
    assert names_of(world, told) == ["Otto", "Lea"]
    assert [len(row.details["turns"]) for row in told] == [2, 2]


def test_snooze_keeps_one_person_quiet_and_hides_nothing_from_those_above(world: World) -> None:
    deal, olga = opened(world), world.person("Olga")
    snooze(deal, in_denver("2026-11-25", "12:00"), by=olga, now=NOW)
    keep_turns(world.session, now=in_denver("2026-11-24", "09:00"))
    assert names_of(world, queued(world, News.AGENDA_ANEW)) == ["Otto"]
    assert [entry.deal for entry in waiting_for(olga, now=in_denver("2026-11-24", "10:00"))] == []
    keep_turns(world.session, now=in_denver("2026-11-25", "12:00"))
    assert "Olga" in names_of(world, queued(world, News.AGENDA_ANEW))
    assert names_of(world, queued(world, News.ESCALATION)) == ["Lea"]
    assert [entry.deal for entry in waiting_for(olga, now=in_denver("2026-11-25", "12:00"))] == [deal]
    for name in ("Sara", "Fin", "Gus"):
        with pytest.raises(NotYours, match="does not wait for you"):
            snooze(deal, in_denver("2026-11-26", "12:00"), by=world.person(name), now=NOW)
    for until in (NOW, NOW + timedelta(days=31)):
        with pytest.raises(Refused, match="within the next 30 days"):
            snooze(deal, until, by=olga, now=NOW)


def test_snooze_does_not_outlive_the_turn(world: World) -> None:
    deal, olga, sara = opened(world), world.person("Olga"), world.person("Sara")
    snooze(deal, NOW + 20 * DAY, by=olga, now=NOW)
    counter(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=olga, now=NOW + HOUR)
    counter_back(deal, world.terms(("Summit tent", 95, 43200, JAN_18)), by=sara, now=NOW + 2 * HOUR)
    keep_turns(world.session, now=in_denver("2026-11-24", "09:00"))
    assert names_of(world, queued(world, News.AGENDA_ANEW)) == ["Olga"]


def test_whoever_is_reminded_may_act_and_nobody_else_is(world: World) -> None:
    """A seller who is also in operations is not reminded of a colleague's decision on their own deal."""
    set_roles(world.person("Sara"), [Role.SALES, Role.OPERATIONS], by=None, now=NOW)
    set_roles(world.person("Otto"), [], by=None, now=NOW)
    opened(world)
    keep_turns(world.session, now=in_denver("2026-11-23", "17:00"))
    assert names_of(world, queued(world, News.AGENDA_ANEW)) == ["Olga"]


def test_planner_who_left_operations_gives_the_turn_back_to_all(world: World) -> None:
    deal, olga = opened(world), world.person("Olga")
    counter(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=olga, now=NOW)
    counter_back(deal, world.terms(("Summit tent", 95, 43200, JAN_18)), by=world.person("Sara"), now=NOW)
    set_roles(olga, [], by=None, now=NOW)
    keep_turns(world.session, now=in_denver("2026-11-23", "17:00"))
    assert names_of(world, queued(world, News.AGENDA_ANEW)) == ["Otto"]


def test_deals_from_before_there_were_turns_get_one(world: World) -> None:
    deal = opened(world)
    for turn in turns_of(deal):
        world.session.delete(turn)
    world.session.flush()
    begin_missing_turns(world.session, now=NOW + DAY)
    assert [(turn.side, turn.began_at) for turn in turns_of(deal)] == [("operations", NOW + DAY)]
    begin_missing_turns(world.session, now=NOW + DAY)
    assert len(turns_of(deal)) == 1


def test_agenda_is_one_message_that_stays_true(stage: Stage) -> None:
    stage.propose("Acme 30 Summit tent by 7 Jun")
    stage.propose("Borealis 20 Summit tent by 7 Jun")
    otto, olga = stage.person("Otto"), stage.person("Olga")
    stage.sb.turn(to=in_denver("2026-11-23", "13:01"))
    assert stage.agenda("Otto").splitlines()[0] == "2 deals wait for you"
    assert "#1 · Acme · 30 × Summit tent\nYour answer · 4 h left, until 2026-11-24 00:00 UTC" in stage.agenda("Otto")
    otto.press("snooze.1", in_=otto.dm()[-1])
    stage.sb.settle()
    until = in_denver("2026-11-24", "14:00")
    otto.fill("until", int(until.timestamp()))
    assert otto.submit().ok
    stage.sb.settle()
    assert stage.agenda("Otto").splitlines()[:2] == ["One deal waits for you", "#2 · Borealis · 20 × Summit tent"]
    assert stage.agenda("Olga").splitlines()[0] == "2 deals wait for you"
    stage.sb.turn(to=until)
    assert stage.agenda("Otto").splitlines()[0] == "2 deals wait for you"
    assert sum("wait" in m.text for m in otto.dm()) == 1
    for number in (1, 2):
        olga.press("Approve", in_=stage.card(number))
        stage.sb.settle()
    assert (stage.agenda("Otto"), stage.agenda("Olga")) == ("Nothing waits for you any more.",) * 2
    with pytest.raises(NotPossible):
        otto.press("snooze.1", in_=otto.dm()[-1])
    assert stage.sb.violations() == []


def test_card_home_and_list_say_what_is_left(stage: Stage) -> None:
    stage.propose("Acme 30 Summit tent by 7 Jun")
    otto = stage.person("Otto")
    stage.sb.turn(to=in_denver("2026-11-23", "10:30"))
    assert "Operations’ answer is due 2026-11-24 00:00 UTC." in stage.card().as_text()
    assert "Operations’ turn · 6 h left" in home_of(otto)
    otto.command(OPS, "/deal list")
    stage.sb.settle()
    assert "Operations’ turn · 6 h left" in shown(otto).as_text()
    stage.sb.turn(to=in_denver("2026-11-23", "17:00"))
    assert "Overdue: Operations’ answer was due 2026-11-24 00:00 UTC." in stage.card().as_text()
    assert "Operations’ turn · overdue" in home_of(otto)


def home_of(person: Person) -> str:
    view = person.open_home()
    assert view is not None
    return view.as_text()


def test_reminder_decides_with_its_own_buttons(stage: Stage) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    stage.sb.turn(by=timedelta(days=2))
    olga = stage.person("Olga")
    reminder = next(m for m in reversed(olga.dm()) if "Snooze until…" in m.as_text())
    assert "[ Approve ]" in reminder.as_text()
    olga.press("Approve", in_=reminder)
    stage.sb.settle()
    assert stage.state() == "approved"
    assert "Nothing waits for you any more." in stage.agenda("Olga")
    stage.sb.turn(by=timedelta(days=25))
    sara = stage.person("Sara")
    reminder = next(m for m in reversed(sara.dm()) if "Snooze until…" in m.as_text())
    assert "[ Won ]  [ Lost… ]" in reminder.as_text()
