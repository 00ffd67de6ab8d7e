"""Delivery: nothing is lost, nothing comes twice, and each channel hears things in their order."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackObjectFormationError
from slack_sdk.web import SlackResponse
from sqlalchemy import select

from bot.app import build
from bot.clock import MachineClock, Moment
from bot.database import Database
from bot.delivery.delivery import Delivery
from handlers import rendering as messages
from handlers.rendering import render
from models.base.errors import Busy
from models.company.offers import EVERY_FAMILY, OfferRow
from models.deals.deciding import approve
from models.deals.proposing import propose_deal
from models.deals.terms import TermLine, Terms
from models.setup.channels import set_channels
from models.workspace.members import find_member, meet_member
from models.workspace.outbox import LEASE, News, Outbox, claim, queue
from models.workspace.workspaces import meet_workspace, the_workspace
from tests.stage import OPS, Stage, staged
from tests.warm import LOCK_WAIT
from tests.world import NOW, World

LINE = "Acme 100 Summit tent by 18 Jan"
POST, UPDATE = "chat.postMessage", "chat.update"


class GoingClock(MachineClock):
    """A clock that goes on while calls are made."""

    def __init__(self) -> None:
        self.moment = NOW

    def read(self) -> Moment:
        return Moment(self.moment)


UNANSWERED: dict[str, tuple[str, dict[str, Any]]] = {
    "lost reply": ("lost_reply", {}),
    "internal error": ("error", {"error": "internal_error"}),
}


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """The bot over HTTP on SQLite; Slack's side of the matter is the same on both databases."""
    with staged(f"sqlite:///{tmp_path / 'belay.db'}", "http") as stage:
        yield stage


@pytest.fixture
def either(database_url: str) -> Iterator[Stage]:
    """The bot over HTTP, on each database."""
    with staged(database_url, "http") as stage:
        yield stage


def test_rate_limit_is_waited_for_as_long_as_slack_says(stage: Stage) -> None:
    stage.sb.fault("ratelimited", method=POST, retry_after=30)
    stage.propose(LINE)
    # The seller's own card is not even tried: the limit is the method's.
    assert _waits(stage) == [("ratelimited", NOW + timedelta(seconds=30))] * 2
    stage.sb.turn(by=timedelta(seconds=29))
    assert [call["status"] for call in stage.sb.calls(POST)] == [429]
    stage.sb.turn(by=timedelta(seconds=1))
    assert [call["status"] for call in stage.sb.calls(POST)] == [429, 200, 200, 200]
    assert _waits(stage) == []
    assert (len(stage.sb.channel(OPS)), len(stage.thread()), len(stage.person("Sara").dm())) == (1, 1, 1)


def test_rate_limit_of_a_method_does_not_hold_the_others(stage: Stage) -> None:
    stage.propose(LINE)
    stage.sb.fault("ratelimited", method=POST, retry_after=60)
    _ask(stage, "How sure is the date?")
    assert "How sure is the date?" in stage.card().as_text()
    assert len(stage.thread()) == 1
    stage.sb.turn(by=timedelta(seconds=60))
    assert "How sure is the date?" in stage.thread()[1]


def test_rate_limit_of_the_look_for_a_message_does_not_hold_new_messages(stage: Stage) -> None:
    stage.sb.fault("lost_reply", method=POST)
    stage.sb.fault("ratelimited", method="conversations.history", retry_after=60)
    stage.propose(LINE)
    stage.sb.turn(by=timedelta(seconds=5))
    assert [call["status"] for call in stage.sb.calls("conversations.history")] == [429]
    stage.propose("Borealis 10 Ridge tent by 18 Jan", by="Pete")
    assert len(stage.person("Pete").dm()) == 1
    stage.sb.turn(by=timedelta(seconds=60))
    assert [message.as_text().split(" · ")[0] for message in stage.sb.channel(OPS)] == ["#1", "#2"]


@pytest.mark.parametrize("fault", UNANSWERED)
def test_message_without_an_answer_comes_once(either: Stage, fault: str) -> None:
    kind, details = UNANSWERED[fault]
    # The channel's card, the seller's card and the thread's line are struck, some of them twice.
    either.sb.fault(kind, method=POST, times=4, **details)
    either.propose(LINE)
    either.sb.turn(by=timedelta(minutes=1))
    assert len(either.sb.channel(OPS)) == 1
    assert [line.split(".")[0] for line in either.thread()] == ["Sara proposed this deal"]
    assert len(either.person("Sara").dm()) == 1
    assert _waits(either) == []
    assert either.sb.violations() == []


def test_card_that_changed_while_its_reply_was_lost_shows_the_present(stage: Stage) -> None:
    stage.sb.fault("lost_reply", method=POST)
    stage.propose(LINE)
    # The card stands there although nobody was told; somebody acts on it before it is looked for.
    stage.person("Olga").press("Approve", in_=stage.card())
    stage.sb.settle()
    stage.sb.turn(by=timedelta(minutes=1))
    assert stage.state() == "approved"
    assert len(stage.sb.channel(OPS)) == 1
    assert "Approved by Olga" in stage.card().as_text()
    assert stage.card().buttons == ["Show the numbers", "Attach…"]


def test_update_whose_reply_was_lost_is_made_again(stage: Stage) -> None:
    stage.propose(LINE)
    stage.sb.fault("lost_reply", method=UPDATE, times=2)
    _ask(stage, "How sure is the date?")
    stage.sb.turn(by=timedelta(minutes=1))
    assert "How sure is the date?" in stage.card().as_text()
    assert len(stage.thread()) == 2
    assert _waits(stage) == []


def test_card_comes_before_its_thread_and_lines_in_their_order(stage: Stage) -> None:
    stage.sb.fault("http", method=POST, status=503, times=2)
    stage.sb.fault("lost_reply", method=POST)
    stage.propose(LINE)
    sent = stage.sb.calls(POST)
    assert [call for call in sent if "thread_ts" in call["args"]] == []
    stage.sb.turn(by=timedelta(minutes=1))
    for number, fault in enumerate(
        [("http", {"status": 500}), ("ratelimited", {"retry_after": 7}), ("lost_reply", {})]
    ):
        stage.sb.fault(fault[0], method=POST, **fault[1])
        _ask(stage, f"Question {number}?")
        _ask(stage, f"Question {number} again?")
    stage.sb.turn(by=timedelta(minutes=5))
    asked = [f"Question {number}{rest}?" for number in range(3) for rest in ("", " again")]
    assert [_quoted(line) for line in stage.thread()] == ["", *asked]
    card = stage.card()
    assert all(line.ts > card.ts for line in stage.sb.thread(OPS, card.ts)[1:])
    assert len(stage.sb.channel(OPS)) == 1


def test_channel_that_waits_does_not_hold_another(stage: Stage) -> None:
    stage.sb.fault("http", method=POST, status=503)
    stage.propose(LINE)
    assert (len(stage.sb.channel(OPS)), len(stage.person("Sara").dm())) == (0, 1)


def test_channel_that_is_slow_does_not_hold_another_up(stage: Stage) -> None:
    stage.sb.fault("delay", method=POST, seconds=4)
    with stage.bot.database.writing() as session:
        workspace = the_workspace(session)
        terms = Terms((TermLine(session.scalars(select(OfferRow.id)).first() or 0, 1, 48000, date(2027, 1, 18)),))
        sara = find_member(workspace, stage.people["Sara"])
        propose_deal(workspace, by=sara, now=NOW, customer="Acme", terms=terms)
    stage.bot.heartbeat.wake()
    # The seller's own card is there while the channel's is still on its way.
    assert stage.sb.until(lambda: [(len(stage.sb.channel(OPS)), m.text[:2]) for m in stage.person("Sara").dm()])
    assert (len(stage.sb.channel(OPS)), len(stage.person("Sara").dm())) == (0, 1)
    stage.sb.settle()
    assert (len(stage.sb.channel(OPS)), len(stage.thread()), _waits(stage)) == (1, 1, [])


def test_time_that_a_call_takes_counts(database: Database) -> None:
    """What is waited for begins when Slack has answered, not when the beat began; so does the lease of the next row."""
    clock, called = GoingClock(), []

    class Limiting(WebClient):
        def api_call(self, *_: Any, **__: Any) -> Any:  # the time of the call, and Slack's answer
            clock.moment += timedelta(seconds=50)
            called.append(clock.moment)
            response = SlackResponse(
                client=self,
                http_verb="POST",
                api_url="https://slack.com/api/views.publish",
                req_args={},
                data={"ok": False, "error": "ratelimited"},
                headers={"Retry-After": "20"},
                status_code=429,
            )
            raise SlackApiError("limited", response)

    with database.writing() as session:
        workspace = meet_workspace(session, team_id="T1", name="Ridge", url="", bot_id="B1", bot_user_id="U0")
        for user in ("U1", "U2"):
            queue(workspace, News.HOME, stream=user, now=NOW, member_id=meet_member(workspace, user).id)
    delivery = Delivery(database, clock, lambda _: Limiting())
    delivery.deliver_all()
    delivery.stop()
    with database.reading() as session:
        rows = session.execute(select(Outbox.not_before, Outbox.error).order_by(Outbox.id)).all()
    # The second row is not tried: the method is limited, and it waits for as long as the first one.
    assert called == [NOW + timedelta(seconds=50)]
    assert rows == [(NOW + timedelta(seconds=70), "ratelimited")] * 2


def test_many_changes_while_slack_is_down_become_one_update(stage: Stage) -> None:
    stage.propose(LINE)
    before = len(_answered(stage, UPDATE))
    stage.sb.fault("http", method=UPDATE, status=503, times=1000)
    for number in range(4):
        _ask(stage, f"Question {number}?")
    stage.person("Olga").press("Join the call", in_=stage.card())
    stage.sb.settle()
    stage.sb.turn(by=timedelta(minutes=20))
    assert "Question 0?" not in stage.card().as_text()
    stage.sb.clear_faults()
    stage.sb.turn(by=timedelta(minutes=20))
    made = [call["args"]["channel"] for call in _answered(stage, UPDATE)[before:]]
    assert sorted(made) == sorted([stage.card().channel, stage.own_card("Sara").channel])
    assert "On the customer’s call: Olga" in stage.card().as_text()


def test_card_that_rises_several_times_while_slack_is_down_rises_once(stage: Stage) -> None:
    stage.propose(LINE)
    stage.sb.fault("http", method=POST, status=503, times=1000)
    for quantity in (90, 80, 70):
        _counter(stage, quantity)
    stage.sb.turn(by=timedelta(minutes=20))
    stage.sb.clear_faults()
    before = len(_answered(stage, POST))
    stage.sb.turn(by=timedelta(minutes=20))
    own = stage.person("Sara").dm()
    assert len(own) == 1
    assert "70 × Summit tent" in own[0].as_text()
    risen = [call for call in _answered(stage, POST)[before:] if "thread_ts" not in call["args"]]
    assert len(risen) == 1


def test_waiting_update_is_not_taken_while_a_change_relies_on_it(world: World, database_url: str) -> None:
    deal = world.propose()
    world.session.commit()
    approve(deal, by=world.person("Olga"), now=NOW)
    # The change queued no update of its own, because one waits; taken now, that one would show what was before.
    assert _taken_by_another(database_url) is None


def test_nothing_is_sent_for_a_card_that_did_not_change(stage: Stage) -> None:
    stage.propose(LINE)
    before = len(stage.sb.calls())
    # It needs other weeks of the same assembly line: the first deal is looked at again.
    stage.propose("Borealis 10 Ridge tent by 1 Mar", by="Pete")
    stage.person("Olga").press("Approve", in_=stage.card(2))
    stage.sb.settle()
    seen = [call["args"] for call in stage.sb.calls()[before:] if call["method"] == UPDATE]
    assert [args for args in seen if args["ts"] == stage.card(1).ts] == []


def test_private_channel_without_the_bot_waits_for_an_invitation(stage: Stage) -> None:
    vault = _private_channel(stage)
    stage.propose(LINE)
    stage.sb.turn(by=timedelta(hours=1))
    assert stage.sb.channel("vault") == []
    assert len(stage.person("Sara").dm()) == 1
    told = stage.person("Lea").command(OPS, "/belay").text
    assert told is not None
    assert f"{vault} (channel_not_found): invite Belay there" in told
    stage.sb.invite("vault", _bot_user(stage))
    stage.sb.turn(by=timedelta(minutes=5))
    card = stage.sb.channel("vault")
    assert len(card) == 1
    assert len(stage.sb.thread("vault", card[0].ts)) == 2
    told = stage.person("Lea").command(OPS, "/belay").text
    assert told is not None
    assert "invite Belay" not in told


def test_archived_channel_keeps_what_it_should_hear(stage: Stage) -> None:
    stage.propose(LINE)
    stage.sb.archive(OPS)
    _ask(stage, "How sure is the date?")
    stage.sb.turn(by=timedelta(hours=1))
    told = stage.person("Lea").command(OPS, "/belay").text
    assert told is not None
    assert "(is_archived)" in told
    assert [error for error, _ in _waits(stage)] == ["is_archived"]
    assert "How sure is the date?" in stage.own_card("Sara").as_text()


def test_lost_reply_in_a_public_channel_that_was_left_is_looked_for_all_the_same(stage: Stage) -> None:
    stage.sb.fault("lost_reply", method=POST)
    stage.propose(LINE)
    # Only who is in a channel may read what stands there; Belay joins, and finds its card.
    stage.sb.remove(OPS, _bot_user(stage))
    stage.sb.turn(by=timedelta(minutes=1))
    assert (len(stage.sb.channel(OPS)), len(stage.thread())) == (1, 1)
    members = next(channel["members"] for channel in stage.sb.channels() if channel["name"] == OPS)
    assert _bot_user(stage) in members


def test_card_that_slack_does_not_find_is_posted_again(stage: Stage) -> None:
    stage.propose(LINE)
    first = stage.card()
    stage.sb.fault("error", method=UPDATE, error="message_not_found")
    _ask(stage, "How sure is the date?")
    again = stage.card()
    assert again.ts != first.ts
    assert "How sure is the date?" in again.as_text()
    assert [_quoted(line) for line in stage.thread()] == ["How sure is the date?"]


def test_card_that_somebody_deleted_is_posted_again_with_its_thread(stage: Stage) -> None:
    stage.propose(LINE)
    first = stage.card()
    stage.bot.client.chat_delete(channel=first.channel, ts=first.ts)
    _ask(stage, "How sure is the date?")
    assert len(stage.sb.channel(OPS)) == 1
    assert [_quoted(line) for line in stage.thread()] == ["How sure is the date?"]
    stage.person("Olga").press("Approve", in_=stage.card())
    stage.sb.settle()
    assert "Approved by Olga" in stage.card().as_text()


def test_own_card_that_somebody_deleted_rises_all_the_same(stage: Stage) -> None:
    stage.propose(LINE)
    first = stage.own_card("Sara")
    stage.bot.client.chat_delete(channel=first.channel, ts=first.ts)
    _counter(stage, 90)
    assert len(stage.person("Sara").dm()) == 1
    assert "Accept" in stage.own_card("Sara").buttons
    assert _waits(stage) == []


@pytest.mark.parametrize("has_arrived", [False, True], ids=["before the call", "after the call"])
def test_row_of_a_process_that_died_comes_once(either: Stage, has_arrived: bool) -> None:
    later = timedelta(minutes=1)
    either.sb.fault("ratelimited", method=POST, retry_after=later.total_seconds())
    either.propose(LINE)
    # Another process takes the row a minute on, and dies before it could say what came of it.
    with either.bot.database.writing() as session:
        row = claim(session, now=NOW + later)
        assert row is not None
        key = row.id
    if has_arrived:
        call = either.look(lambda session: render(session, session.get_one(Outbox, key), now=NOW))
        either.bot.client.api_call(call.method, json=dict(call.arguments))
    either.sb.turn(by=later + LEASE - timedelta(seconds=1))
    assert (len(either.sb.channel(OPS)), len(_answered(either, POST))) == (int(has_arrived), 1 + has_arrived)
    either.sb.turn(by=timedelta(seconds=1))
    assert len(either.sb.channel(OPS)) == 1
    assert len(either.thread()) == 1
    assert _waits(either) == []
    assert either.look(lambda session: session.get_one(Outbox, key).is_unknown) is True


def test_two_processes_send_each_message_once(either: Stage) -> None:
    with _second_bot(either):
        for number in range(4):
            either.propose(f"Customer {number} 10 Ridge tent by {18 + number} Jan", by=("Sara", "Pete")[number % 2])
            either.person("Olga").press("Approve", in_=either.card(number + 1))
        either.sb.settle()
    keys = [_key(call) for call in _answered(either, POST)]
    assert len(keys) == len(set(keys))
    assert len(either.sb.channel(OPS)) == 4
    assert [len(either.thread(number)) for number in (1, 2, 3, 4)] == [2, 2, 2, 2]
    assert _waits(either) == []


def test_content_that_slack_refuses_is_settled_and_does_not_block(stage: Stage) -> None:
    stage.propose(LINE)
    stage.sb.fault("error", method=POST, error="invalid_blocks")
    _ask(stage, "Refused?")
    _ask(stage, "Taken?")
    assert [_quoted(line) for line in stage.thread()] == ["", "Taken?"]
    assert _errors(stage) == ["invalid_blocks"]
    assert _waits(stage) == []


def test_card_that_slack_refuses_is_tried_again_with_the_next_change(stage: Stage) -> None:
    stage.sb.fault("error", method=POST, error="invalid_blocks")
    stage.propose(LINE)
    assert stage.sb.channel(OPS) == []
    _ask(stage, "Seen?")
    assert len(stage.sb.channel(OPS)) == 1
    assert "Seen?" in stage.card().as_text()


def test_row_that_cannot_be_put_into_words_does_not_block(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.propose(LINE)
    monkeypatch.setitem(messages.RENDERERS, News.THREAD, _failing_once(messages.RENDERERS[News.THREAD]))
    _ask(stage, "Too long for Slack?")
    _ask(stage, "Taken?")
    stage.sb.turn(by=timedelta(minutes=5))
    assert [_quoted(line) for line in stage.thread()] == ["", "Taken?"]
    assert _waits(stage) == []


def _taken_by_another(database_url: str) -> int | None:
    """The row that another process may take now."""
    database = Database(database_url)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("bot.database.LOCK_WAIT_SECONDS", LOCK_WAIT)
        try:
            with database.writing() as session:
                row = claim(session, now=NOW)
                # A search reads and writes in transactions of its own: it says nothing of an uncommitted change.
                return row.id if row and row.kind != News.WAYS else None
        except Busy:
            return None
        finally:
            database.close()


def _failing_once(renderer: Callable[..., Any]) -> Callable[..., Any]:
    """A renderer that cannot say the first row that it gets, however often that comes."""
    failing: set[int] = set()

    def say(session: Any, row: Outbox, now: Any) -> Any:
        failing.update({row.id} if not failing else ())
        if row.id in failing:
            raise SlackObjectFormationError("text attribute cannot exceed 3000 characters")
        return renderer(session, row, now)

    return say


@contextmanager
def _second_bot(stage: Stage) -> Iterator[None]:
    """A second replica, on the same database and the same Slack."""
    bot = build(stage.bot.config)
    bot.start()
    try:
        yield
    finally:
        bot.stop()


def _ask(stage: Stage, question: str) -> None:
    """The seller asks: the cards are updated, and one message is new, the thread's line."""
    sara = stage.person("Sara")
    sara.press("Ask…", in_=stage.own_card("Sara"))
    stage.sb.settle()
    sara.fill_by_label("Your question to operations", question)
    stage.sb.settle()
    assert sara.submit().ok
    stage.sb.settle()


def _counter(stage: Stage, quantity: int) -> None:
    olga = stage.person("Olga")
    olga.press("Counter…", in_=stage.card())
    stage.sb.settle()
    olga.enter("Quantity", quantity)
    stage.sb.settle()
    assert olga.submit().ok
    stage.sb.settle()


def _private_channel(stage: Stage) -> str:
    """A channel that the bot is not in, chosen for all families."""
    channel = stage.sb.add_channel("vault", list(stage.people.values()), private=True)
    with stage.bot.database.writing() as session:
        set_channels(the_workspace(session), {EVERY_FAMILY: channel}, by=None, now=NOW)
    return channel


def _bot_user(stage: Stage) -> str:
    return str(stage.look(lambda session: the_workspace(session).bot_user_id))


def _waits(stage: Stage) -> list[tuple[str, Any]]:
    """What is still to be sent, apart from what nobody has tried yet: the error, and until when it waits."""
    rows = select(Outbox.error, Outbox.not_before).where(Outbox.settled_at.is_(None), Outbox.error.is_not(None))
    return [(str(error), until) for error, until in stage.look(lambda s: s.execute(rows.order_by(Outbox.id)).all())]


def _errors(stage: Stage) -> list[str]:
    rows = select(Outbox.error).where(Outbox.settled_at.is_not(None), Outbox.error.is_not(None))
    return list(stage.look(lambda session: session.scalars(rows).all()))


def _answered(stage: Stage, method: str) -> list[dict[str, Any]]:
    return [call for call in stage.sb.calls(method) if isinstance(call["answer"], dict) and call["answer"].get("ok")]


def _key(call: dict[str, Any]) -> str:
    metadata = call["args"]["metadata"]
    return str((json.loads(metadata) if isinstance(metadata, str) else metadata)["event_payload"]["key"])


def _quoted(line: str) -> str:
    return line.partition("“")[2].partition("”")[0]
