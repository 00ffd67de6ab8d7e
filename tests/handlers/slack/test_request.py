"""Requests: the same one again does nothing, a false one is refused, and every honest one gets an answer."""

import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from sqlalchemy import update

from bot.database import Database
from models.deals.decisions import Decision
from models.deals.questions import Question
from models.deals.rows import Deal
from sandbox.client import Person
from tests.handlers.slack.conftest import (
    LINE,
    count_of,
    ephemerals,
    form_of,
    modal_text,
    post_to,
    references_in,
    rows_of,
    signed,
)
from tests.stage import OPS, Stage
from tests.warm import LOCK_WAIT

BUSY = "Busy just now: nothing was changed. Once more, please."


@pytest.fixture
def lock_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever connects from here on waits for a lock no longer than the bot does outside of tests."""
    monkeypatch.setattr("bot.database.LOCK_WAIT_SECONDS", LOCK_WAIT)


def test_click_that_is_delivered_twice_acts_once(alone: Stage) -> None:
    _check_once(alone, together=False)


def test_click_that_is_delivered_twice_at_the_same_time_acts_once(stage: Stage) -> None:
    _check_once(stage, together=True)


def _check_once(stage: Stage, *, together: bool) -> None:
    stage.sb.fault("duplicate", method="view_submission", together=together)
    stage.propose(LINE)
    assert stage.look(count_of(Deal)) == 1
    assert len(stage.sb.channel(OPS)) == 1

    olga = stage.person("Olga")
    olga.press("Ask…", in_=stage.card())
    stage.sb.settle()
    olga.fill_by_label("Your question to Sara", "How sure is the date?")
    stage.sb.fault("duplicate", method="view_submission", together=together)
    assert olga.submit().ok
    stage.sb.settle()
    assert olga.modal() is None
    assert stage.look(count_of(Question)) == 1

    stage.sb.fault("duplicate", method="block_actions", together=together)
    assert olga.press("Approve", in_=stage.card()).ok
    stage.sb.settle()
    assert stage.look(count_of(Decision)) == 1
    assert len(stage.thread()) == 3
    assert ephemerals(olga) == []


@pytest.mark.parametrize("together", [False, True], ids=["one after the other", "together"])
def test_click_that_opens_and_is_delivered_twice_opens_once_and_says_nothing(quiet: Stage, together: bool) -> None:
    olga = quiet.person("Olga")
    quiet.sb.fault("duplicate", method="block_actions", together=together)
    assert olga.press("Ask…", in_=quiet.card()).ok
    quiet.sb.settle()
    assert [view.title for view in olga.modals()] == ["Ask"]
    assert ephemerals(olga) == []


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
    before, said = rows_of(alone), ephemerals(alone.person("Olga"))
    for request in [r for r in alone.sb.requests() if r["kind"] in {"block_actions", "view_submission"}]:
        content = form_of(request["payload"])
        assert post_to(alone.bot, content, signed(alone, content)).status_code == 200
    alone.sb.settle()
    assert rows_of(alone) == before
    assert len(alone.sb.channel(OPS)) == 1
    assert ephemerals(alone.person("Olga")) == said


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
    content = form_of(_approval(quiet))
    kept = {name: value for name, value in signed(quiet, content).items() if name not in wrong}
    headers = kept | {name: value for name, value in wrong.items() if value is not None}
    _check_refused(quiet, content, headers, caplog)


def test_tampered_body_is_refused(quiet: Stage, caplog: pytest.LogCaptureFixture) -> None:
    content = form_of(_approval(quiet))
    headers = signed(quiet, content)
    _check_refused(quiet, content.replace(quiet.people["Olga"].encode(), quiet.people["Gus"].encode()), headers, caplog)


def test_body_that_is_no_text_is_refused(quiet: Stage, caplog: pytest.LogCaptureFixture) -> None:
    _check_refused(quiet, b"payload=\xff\xfe", signed(quiet, b"payload="), caplog)


def test_old_request_with_its_own_signature_is_refused(quiet: Stage, caplog: pytest.LogCaptureFixture) -> None:
    content = form_of(_approval(quiet))
    _check_refused(quiet, content, signed(quiet, content, at=int(time.time()) - 301), caplog)


def test_older_answer_to_a_fast_typist_is_dropped(quiet: Stage) -> None:
    sara = quiet.person("Sara")
    sara.command(OPS, f"/deal {LINE}")
    quiet.sb.settle()
    quiet.sb.fault("delay", method="views.update", seconds=2.0)
    sara.enter("Quantity", 300)
    # The answer to 300 is on its way; the one to 90 overtakes it.
    sara.enter("Quantity", 90)
    quiet.sb.until(lambda: "Fits" in modal_text(sara))
    quiet.sb.settle()
    # Whichever Slack heard first, one of them was of a form that had moved on.
    assert {call["answer"].get("error") for call in quiet.sb.calls("views.update")[-2:]} == {None, "hash_conflict"}
    # 90 × 0.5 h + 4 h.
    assert "needs 49 hours" in modal_text(sara)
    assert references_in(sara) == []


def _has_ephemerals(person: Person, count: int) -> bool:
    return len(ephemerals(person)) == count


@pytest.mark.usefixtures("lock_wait")
def test_busy_is_answered_and_nothing_is_changed(stage: Stage, database_url: str) -> None:
    stage.propose(LINE)
    olga = stage.person("Olga")
    before = stage.look(count_of(Decision))
    quickest = 60.0
    for times in range(1, 6):
        with _lock_held_elsewhere(database_url):
            began = time.monotonic()
            reply = olga.press("Approve", in_=stage.card())
            took = time.monotonic() - began
        quickest = min(quickest, took)
        assert reply.ok
        stage.sb.until(partial(_has_ephemerals, olga, times))
        assert ephemerals(olga) == [BUSY] * times
        # A machine that has other work may be late once.
        if quickest < 3:
            break
    assert 1.4 < quickest < 3
    assert (stage.state(), stage.look(count_of(Decision))) == ("proposed", before)
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
    assert modal_text(olga) == BUSY
    olga.close()
    assert "How sure is the date?" in modal_text(olga)
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


def _check_refused(stage: Stage, content: bytes, headers: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        answer = post_to(stage.bot, content, headers)
    assert answer.status_code == 401
    assert "Traceback" not in answer.text
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []
    assert stage.state() == "proposed"


def _approval(stage: Stage) -> dict[str, Any]:
    """A click on Approve that never happened."""
    payload = next(r["payload"] for r in reversed(stage.sb.requests()) if r["kind"] == "view_submission")
    common = {key: payload[key] for key in ("token", "api_app_id", "team", "enterprise", "is_enterprise_install")}
    value = json.dumps({"deal": 1, "version": 1})
    action = {"type": "button", "action_id": "approve.1", "block_id": "b", "value": value, "action_ts": "1.0"}
    user = {"id": stage.people["Olga"], "username": "olga", "name": "olga", "team_id": payload["team"]["id"]}
    more = {"type": "block_actions", "user": user, "trigger_id": "never", "actions": [action]}
    return common | more | {"container": {"type": "message"}, "channel": {"id": stage.card().channel, "name": OPS}}
