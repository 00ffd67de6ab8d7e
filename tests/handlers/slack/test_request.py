"""Requests: the same one again does nothing, a false one is refused, and every honest one gets an answer."""

import asyncio
import json
import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlencode

import httpx
import pytest
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import func, select, update

from bot.app import Bot, build
from bot.config import Config
from bot.database import Database
from bot.web import web_app
from handlers.deals import negotiation
from handlers.deals import proposing as deal_listeners
from handlers.setup import setup
from models.deals import deciding
from models.deals.rows import Deal, Decision, Question
from models.workspace.outbox import Outbox
from sandbox.client import Person
from tests.stage import OPS, PATIENCE, Stage, staged
from tests.warm import LOCK_WAIT

LINE = "Acme 100 Summit tent by 18 Jan"
REFERENCE = re.compile(r"Something went wrong on our side, and nothing was changed\. Reference ([0-9a-f]{8})\.")
EARLIER_VERSION = "This is from an earlier version of Belay. Open it again, please."
TOO_SLOW = "That took too long, and Slack would not open the window. Once more, please."
BUSY = "Busy just now: nothing was changed. Once more, please."
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """The bot over HTTP, on each database."""
    with staged(database_url, "http") as stage:
        yield stage


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Stage]:
    """The bot over HTTP on SQLite."""
    with staged(f"sqlite:///{tmp_path / 'belay.db'}", "http") as stage:
        yield stage


@pytest.fixture
def lock_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever connects from here on waits for a lock no longer than the bot does outside of tests."""
    monkeypatch.setattr("bot.database.LOCK_WAIT_SECONDS", LOCK_WAIT)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One bot with one deal, for what leaves no trace."""
    with staged(f"sqlite:///{tmp_path_factory.mktemp('requests') / 'belay.db'}", "http") as stage:
        stage.propose(LINE)
        yield stage


@pytest.fixture
def quiet(shared: Stage) -> Iterator[Stage]:
    """The shared bot, a minute after the test before; the test must change nothing in it."""
    shared.sb.turn(by=timedelta(minutes=1))
    before = _rows(shared)
    yield shared
    shared.sb.clear_faults()
    shared.sb.configure(trigger_seconds=PATIENCE)
    for name in shared.people:
        while shared.person(name).modals():
            shared.person(name).close()
    shared.sb.settle()
    assert _rows(shared) == before


def test_click_that_is_delivered_twice_acts_once(alone: Stage) -> None:
    _check_once(alone, together=False)


def test_click_that_is_delivered_twice_at_the_same_time_acts_once(stage: Stage) -> None:
    _check_once(stage, together=True)


def _check_once(stage: Stage, *, together: bool) -> None:
    stage.sb.fault("duplicate", method="view_submission", together=together)
    stage.propose(LINE)
    assert stage.look(_count(Deal)) == 1
    assert len(stage.sb.channel(OPS)) == 1

    olga = stage.person("Olga")
    olga.press("Ask…", in_=stage.card())
    stage.sb.settle()
    olga.fill_by_label("Your question to Sara", "How sure is the date?")
    stage.sb.fault("duplicate", method="view_submission", together=together)
    assert olga.submit().ok
    stage.sb.settle()
    assert olga.modal() is None
    assert stage.look(_count(Question)) == 1

    stage.sb.fault("duplicate", method="block_actions", together=together)
    assert olga.press("Approve", in_=stage.card()).ok
    stage.sb.settle()
    assert stage.look(_count(Decision)) == 1
    assert len(stage.thread()) == 3
    assert _ephemerals(olga) == []


@pytest.mark.parametrize("together", [False, True], ids=["one after the other", "together"])
def test_click_that_opens_and_is_delivered_twice_opens_once_and_says_nothing(quiet: Stage, together: bool) -> None:
    olga = quiet.person("Olga")
    quiet.sb.fault("duplicate", method="block_actions", together=together)
    assert olga.press("Ask…", in_=quiet.card()).ok
    quiet.sb.settle()
    assert [view.title for view in olga.modals()] == ["Ask"]
    assert _ephemerals(olga) == []


def test_event_that_is_delivered_twice_shows_one_home(quiet: Stage) -> None:
    quiet.sb.fault("duplicate", method="app_home_opened")
    before = len(quiet.sb.calls("views.publish"))
    quiet.person("Otto").open_home()
    quiet.sb.settle()
    assert len(quiet.sb.calls("views.publish")) == before + 1


def test_replayed_request_does_nothing(alone: Stage) -> None:
    alone.propose(LINE)
    alone.person("Olga").press("Approve", in_=alone.card())
    alone.sb.settle()
    before, said = _rows(alone), _ephemerals(alone.person("Olga"))
    for request in [r for r in alone.sb.requests() if r["kind"] in {"block_actions", "view_submission"}]:
        content = _form(request["payload"])
        assert _post(alone.bot, content, _signed(alone, content)).status_code == 200
    alone.sb.settle()
    assert _rows(alone) == before
    assert len(alone.sb.channel(OPS)) == 1
    assert _ephemerals(alone.person("Olga")) == said


FALSE: dict[str, dict[str, str | None]] = {
    "no timestamp": {"x-slack-request-timestamp": None},
    "no signature": {"x-slack-signature": None},
    "timestamp of long ago": {"x-slack-request-timestamp": "1500000000"},
    "timestamp of tomorrow": {"x-slack-request-timestamp": "9999999999"},
    "timestamp in words": {"x-slack-request-timestamp": "yesterday"},
    "timestamp of nothing": {"x-slack-request-timestamp": ""},
    "timestamp without end": {"x-slack-request-timestamp": "9" * 5000},
    "another signature": {"x-slack-signature": "v0=" + "0" * 64},
    "signature in another alphabet": {"x-slack-signature": "v0=é"},
}


@pytest.mark.parametrize("wrong", FALSE.values(), ids=FALSE)
def test_false_request_is_refused_without_a_traceback(
    quiet: Stage, wrong: dict[str, str | None], caplog: pytest.LogCaptureFixture
) -> None:
    content = _form(_approval(quiet))
    kept = {name: value for name, value in _signed(quiet, content).items() if name not in wrong}
    headers = kept | {name: value for name, value in wrong.items() if value is not None}
    _check_refused(quiet, content, headers, caplog)


def test_tampered_body_is_refused(quiet: Stage, caplog: pytest.LogCaptureFixture) -> None:
    content = _form(_approval(quiet))
    headers = _signed(quiet, content)
    _check_refused(quiet, content.replace(quiet.people["Olga"].encode(), quiet.people["Gus"].encode()), headers, caplog)


def test_body_that_is_no_text_is_refused(quiet: Stage, caplog: pytest.LogCaptureFixture) -> None:
    _check_refused(quiet, b"payload=\xff\xfe", _signed(quiet, b"payload="), caplog)


def test_old_request_with_its_own_signature_is_refused(quiet: Stage, caplog: pytest.LogCaptureFixture) -> None:
    content = _form(_approval(quiet))
    _check_refused(quiet, content, _signed(quiet, content, at=int(time.time()) - 301), caplog)


def test_http_door_takes_nothing_where_there_is_no_signing_secret(tmp_path: Path) -> None:
    config = Config(slack_bot_token="xoxb-1", slack_app_token="xapp-1", database_url=f"sqlite:///{tmp_path / 'b.db'}")
    bot = build(config)
    content = b"command=%2Fdeal&team_id=T1&user_id=U1"
    # Whoever reads the source knows the words that stand in for a secret.
    answer = _post(bot, content, _headers(SignatureVerifier("none: Socket Mode"), content, int(time.time())))
    bot.database.close()
    assert answer.status_code in {401, 404}


def test_button_of_an_earlier_version_is_answered_in_a_message(quiet: Stage) -> None:
    olga = quiet.person("Olga")
    old = {"type": "button", "text": {"type": "plain_text", "text": "Old"}, "action_id": "approve_v0", "value": "1"}
    blocks = [{"type": "actions", "elements": [old]}]
    posted = quiet.bot.client.chat_postMessage(channel=quiet.card().channel, text="old", blocks=blocks)
    assert olga.press("approve_v0", in_=_message(olga, posted["ts"])).ok
    _until_told(quiet, olga, EARLIER_VERSION)
    quiet.bot.client.chat_delete(channel=posted["channel"], ts=posted["ts"])


def test_entry_of_a_menu_of_an_earlier_version_is_answered(quiet: Stage) -> None:
    olga = quiet.person("Olga")
    option = {"text": {"type": "plain_text", "text": "Old entry"}, "value": 'archive|{"deal":1,"color":"red"}'}
    blocks = [{"type": "actions", "elements": [{"type": "overflow", "action_id": "more.1", "options": [option]}]}]
    posted = quiet.bot.client.chat_postMessage(channel=quiet.card().channel, text="old", blocks=blocks)
    assert olga.press("Old entry", in_=_message(olga, posted["ts"])).ok
    _until_told(quiet, olga, EARLIER_VERSION)
    quiet.bot.client.chat_delete(channel=posted["channel"], ts=posted["ts"])


def test_button_of_an_earlier_version_is_answered_in_the_home(quiet: Stage) -> None:
    pete = quiet.person("Pete")
    old = {"type": "button", "text": {"type": "plain_text", "text": "Old"}, "action_id": "approve_v0", "value": "1"}
    home = {"type": "home", "blocks": [{"type": "actions", "elements": [old]}]}
    quiet.bot.client.views_publish(user_id=pete.id, view=home)
    assert pete.press("approve_v0", in_="home").ok
    _until_told(quiet, pete, EARLIER_VERSION)


def test_form_of_an_earlier_version_is_answered(quiet: Stage) -> None:
    olga = quiet.person("Olga")
    olga.press("Ask…", in_=quiet.card())
    quiet.sb.settle()
    opened = olga.modal()
    assert opened is not None
    view = {key: opened.raw[key] for key in ("type", "title", "submit", "close", "private_metadata")}
    old = {"type": "section", "text": {"type": "plain_text", "text": "Old"}}
    quiet.bot.client.views_update(view_id=opened.id, view={**view, "callback_id": "ask_v0", "blocks": [old]})
    assert olga.submit().ok
    _until_told(quiet, olga, EARLIER_VERSION)


def test_shortcut_of_an_earlier_version_is_answered(quiet: Stage) -> None:
    sara = quiet.person("Sara")
    # The window does not open, so that its trigger is still good.
    quiet.sb.fault("error", method="views.open", error="fatal_error", times=1)
    sara.shortcut("propose_deal")
    payload = quiet.sb.requests()[-1]["payload"] | {"callback_id": "propose_v0"}
    content = _form(payload)
    assert _post(quiet.bot, content, _signed(quiet, content)).status_code == 200
    _until_told(quiet, sara, EARLIER_VERSION)


def test_word_after_a_command_that_is_unknown_is_answered(quiet: Stage) -> None:
    assert "Ridgeline is set up" in str(quiet.person("Lea").command(OPS, "/belay dance").text)


def test_unforeseen_in_a_command_is_answered_with_a_reference(
    quiet: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(setup, "setup_state", _failing)
    reply = quiet.person("Lea").command(OPS, "/belay")
    assert reply.ok
    _check_reference(str(reply.text), caplog)


def test_unforeseen_in_a_command_that_opens_is_answered_with_a_reference(
    quiet: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(deal_listeners, "live_form", _failing)
    sara = quiet.person("Sara")
    assert sara.command(OPS, f"/deal {LINE}").ok
    _check_told(quiet, sara, caplog)


def test_unforeseen_in_a_button_of_a_message_is_answered_with_a_reference(
    quiet: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(deciding, "approve", _failing)
    olga = quiet.person("Olga")
    assert olga.press("Approve", in_=quiet.card()).ok
    _check_told(quiet, olga, caplog)


def test_unforeseen_in_a_button_of_a_message_that_opens_is_answered_with_a_reference(
    quiet: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(negotiation, "check_may", _failing)
    olga = quiet.person("Olga")
    assert olga.press("Ask…", in_=quiet.card()).ok
    _check_told(quiet, olga, caplog)


def test_unforeseen_in_a_button_of_the_home_is_answered_with_a_reference(
    quiet: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(deciding, "approve", _failing)
    otto = quiet.person("Otto")
    otto.open_home()
    assert otto.press("Approve", in_="home").ok
    _check_told(quiet, otto, caplog)


def test_unforeseen_in_a_button_of_the_home_that_opens_is_answered_with_a_reference(
    quiet: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(negotiation, "check_may", _failing)
    otto = quiet.person("Otto")
    otto.open_home()
    assert otto.press("Ask…", in_="home").ok
    _check_told(quiet, otto, caplog)


def test_unforeseen_in_a_form_is_answered_with_a_reference(
    quiet: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(deal_listeners, "propose_deal", _failing)
    sara = quiet.person("Sara")
    sara.command(OPS, f"/deal {LINE}")
    quiet.sb.settle()
    assert sara.submit().ok
    _check_told(quiet, sara, caplog)


def test_unforeseen_while_a_form_is_checked_is_answered_with_a_reference(
    quiet: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sara = quiet.person("Sara")
    sara.command(OPS, f"/deal {LINE}")
    quiet.sb.settle()
    monkeypatch.setattr(deal_listeners, "live_form", _failing)
    assert sara.press("Check").ok
    _check_told(quiet, sara, caplog)


def test_command_too_slow_to_open_is_answered(quiet: Stage) -> None:
    quiet.sb.configure(trigger_seconds=0)
    assert quiet.person("Sara").command(OPS, "/deal").ok
    _until_told(quiet, quiet.person("Sara"), TOO_SLOW)


def test_button_of_a_message_too_slow_to_open_is_answered(quiet: Stage) -> None:
    quiet.sb.configure(trigger_seconds=0)
    assert quiet.person("Olga").press("Counter…", in_=quiet.card()).ok
    _until_told(quiet, quiet.person("Olga"), TOO_SLOW)


def test_button_of_the_home_too_slow_to_open_is_answered(quiet: Stage) -> None:
    otto = quiet.person("Otto")
    otto.open_home()
    quiet.sb.configure(trigger_seconds=0)
    assert otto.press("Counter…", in_="home").ok
    quiet.sb.settle()
    home = otto.home()
    told = [message.as_text() for message in otto.dm()] + [home.as_text() if home else ""]
    assert any(TOO_SLOW in text for text in told)


def test_older_answer_to_a_fast_typist_is_dropped(quiet: Stage) -> None:
    sara = quiet.person("Sara")
    sara.command(OPS, f"/deal {LINE}")
    quiet.sb.settle()
    quiet.sb.fault("delay", method="views.update", seconds=0.4)
    sara.enter("Quantity", 300)
    # The answer to 300 is on its way; the one to 90 overtakes it.
    sara.enter("Quantity", 90)
    quiet.sb.until(lambda: "Fits" in _modal(sara))
    quiet.sb.settle()
    assert [call["answer"].get("error") for call in quiet.sb.calls("views.update")[-2:]] == [None, "hash_conflict"]
    # 90 × 0.5 h + 4 h.
    assert "needs 49 hours" in _modal(sara)
    assert _references(sara) == []


def _has_ephemerals(person: Person, count: int) -> bool:
    return len(_ephemerals(person)) == count


@pytest.mark.usefixtures("lock_wait")
def test_busy_is_answered_and_nothing_is_changed(stage: Stage, database_url: str) -> None:
    stage.propose(LINE)
    olga = stage.person("Olga")
    before = stage.look(_count(Decision))
    quickest = 60.0
    for times in range(1, 6):
        with _lock_held_elsewhere(database_url):
            began = time.monotonic()
            reply = olga.press("Approve", in_=stage.card())
            quickest = min(quickest, time.monotonic() - began)
        assert reply.ok
        stage.sb.until(partial(_has_ephemerals, olga, times))
        assert _ephemerals(olga) == [BUSY] * times
        # A machine that has other work may be late once.
        if quickest < 3:
            break
    assert 1.4 < quickest < 3
    assert (stage.state(), stage.look(_count(Decision))) == ("proposed", before)
    olga.press("Approve", in_=stage.card())
    stage.sb.settle()
    assert stage.state() == "approved"


@pytest.mark.usefixtures("lock_wait")
def test_busy_form_keeps_what_was_typed(quiet: Stage) -> None:
    quiet.bot.database.close()
    olga = quiet.person("Olga")
    olga.press("Ask…", in_=quiet.card())
    quiet.sb.settle()
    olga.fill_by_label("Your question to Sara", "How sure is the date?")
    with _lock_held_elsewhere(quiet.bot.config.database_url):
        assert olga.submit().ok
    assert _modal(olga) == BUSY
    olga.close()
    assert "How sure is the date?" in _modal(olga)
    quiet.bot.database.close()


@contextmanager
def _lock_held_elsewhere(database_url: str) -> Iterator[None]:
    """Another process is writing: to the deal on PostgreSQL, to the file on SQLite."""
    database = Database(database_url)
    with database.writing() as session:
        session.execute(update(Deal).values(told=Deal.told))
        yield
        session.rollback()
    database.close()


def _failing(*_arguments: Any, **_more: Any) -> NoReturn:
    raise ZeroDivisionError("unforeseen")


def _check_told(stage: Stage, person: Person, caplog: pytest.LogCaptureFixture) -> None:
    """The person reads a reference, in a window or beside the message, and the log has it with its cause."""
    told = stage.sb.until(lambda: _references(person))
    assert len({_reference(text) for text in told}) == 1
    _check_reference(told[0], caplog)
    stage.sb.settle()
    assert "One moment" not in _modal(person)


def _check_reference(told: str, caplog: pytest.LogCaptureFixture) -> None:
    logged = [record for record in caplog.records if record.getMessage() == f"reference {_reference(told)}"]
    assert [record.exc_info[0] for record in logged if record.exc_info] == [ZeroDivisionError]
    assert "unforeseen" not in told


def _reference(told: str) -> str:
    found = REFERENCE.search(told)
    assert found, told
    return found[1]


def _direct(person: Person) -> list[str]:
    return [message.as_text() for message in person.dm()]


def _references(person: Person) -> list[str]:
    """What the person sees that has a reference: in the modals, and among the messages."""
    seen = [view.as_text() for view in person.modals()] + _ephemerals(person)
    return [text for text in seen if REFERENCE.search(text)]


def _check_refused(stage: Stage, content: bytes, headers: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        answer = _post(stage.bot, content, headers)
    assert answer.status_code == 401
    assert "Traceback" not in answer.text
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []
    assert stage.state() == "proposed"


def _until_told(stage: Stage, person: Person, sentence: str) -> None:
    def told() -> list[str]:
        return [text for text in [_modal(person), *_ephemerals(person), *_direct(person)] if text == sentence]

    assert stage.sb.until(told) == [sentence]


def _ephemerals(person: Person) -> list[str]:
    """What only this person sees in the channel, since the clock was turned."""
    since = person.sandbox.now().timestamp()
    return [m.as_text() for m in person.channel(OPS) if m.ephemeral and float(m.ts) >= since]


def _modal(person: Person) -> str:
    view = person.modal()
    return view.as_text() if view else ""


def _message(person: Person, ts: str) -> Any:
    return next(message for message in person.channel(OPS) if message.ts == ts)


def _approval(stage: Stage) -> dict[str, Any]:
    """A click on Approve that never happened."""
    payload = next(r["payload"] for r in reversed(stage.sb.requests()) if r["kind"] == "view_submission")
    common = {key: payload[key] for key in ("token", "api_app_id", "team", "enterprise", "is_enterprise_install")}
    value = json.dumps({"deal": 1, "version": 1})
    action = {"type": "button", "action_id": "approve.1", "block_id": "b", "value": value, "action_ts": "1.0"}
    user = {"id": stage.people["Olga"], "username": "olga", "name": "olga", "team_id": payload["team"]["id"]}
    more = {"type": "block_actions", "user": user, "trigger_id": "never", "actions": [action]}
    return common | more | {"container": {"type": "message"}, "channel": {"id": stage.card().channel, "name": OPS}}


def _form(payload: dict[str, Any]) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()


def _signed(stage: Stage, content: bytes, at: int | None = None) -> dict[str, str]:
    verifier = SignatureVerifier(stage.bot.config.slack_signing_secret)
    return _headers(verifier, content, int(time.time()) if at is None else at)


def _headers(verifier: SignatureVerifier, content: bytes, at: int) -> dict[str, str]:
    signature = str(verifier.generate_signature(timestamp=str(at), body=content))
    return {"content-type": FORM, "x-slack-request-timestamp": str(at), "x-slack-signature": signature}


def _post(bot: Bot, content: bytes, headers: dict[str, str]) -> httpx.Response:
    """Knock at the bot's own door, as anybody can."""
    raw = {name.encode("latin-1"): value.encode("latin-1") for name, value in headers.items()}

    async def knock() -> httpx.Response:
        door = httpx.ASGITransport(web_app(bot.app), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=door, base_url="http://belay") as client:
            return await client.post("/slack/events", content=content, headers=raw)

    return asyncio.run(knock())


def _count(row: type[Any]) -> Any:
    return lambda session: session.scalar(select(func.count(row.id)))


def _rows(stage: Stage) -> tuple[Any, ...]:
    """What a request may not change without being counted as one."""
    return (stage.state(), *(stage.look(_count(row)) for row in (Deal, Decision, Question, Outbox)))
