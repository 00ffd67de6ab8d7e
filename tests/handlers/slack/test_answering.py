"""Whatever breaks or is late is answered, with a reference where nobody foresaw it."""

from typing import Any, NoReturn

import pytest

from handlers.deals import negotiation
from handlers.deals import proposing as deal_listeners
from handlers.setup import setup
from models.deals import deciding
from models.workspace.workspaces import the_workspace
from sandbox.client import Person
from tests.handlers.looking import submit_seen
from tests.handlers.slack.conftest import (
    LINE,
    check_reference,
    form_of,
    modal_text,
    post_to,
    reference_in,
    references_in,
    signed,
)
from tests.stage import OPS, Stage

TOO_SLOW = "That took too long, and Slack would not open the window. Once more, please."


def test_unforeseen_in_a_command_is_answered_with_a_reference(
    quiet: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(setup, "setup_state", _failing)
    reply = quiet.person("Lea").command(OPS, "/belay")
    assert reply.ok
    check_reference(str(reply.text), caplog)


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
    submit_seen(sara, quiet.sb.settle)
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


@pytest.mark.parametrize("at", ["x", "nan", "1e999", None, [], 5, "-1"])
def test_odd_instant_of_a_click_takes_nothing_back(alone: Stage, at: object) -> None:
    alone.propose(LINE)
    team = alone.look(lambda session: the_workspace(session).team_id)
    elements = [e for block in alone.card().blocks for e in block.get("elements", ()) if e["type"] == "button"]
    approve = next(element for element in elements if element["text"]["text"] == "Approve")
    payload = {
        "type": "block_actions",
        "user": {"id": alone.people["Olga"], "team_id": team},
        "team": {"id": team},
        "trigger_id": "1.2.3",
        "channel": {"id": alone.card().channel},
        "message": {"ts": alone.card().ts},
        "view": {"id": "V1", "type": "modal"},
        "actions": [approve | {"action_ts": at}],
    }
    content = form_of(payload)
    assert post_to(alone.bot, content, signed(alone, content)).status_code == 200
    alone.sb.settle()
    assert alone.state() == "approved"
    assert references_in(alone.person("Olga")) == []


def _failing(*_arguments: Any, **_more: Any) -> NoReturn:
    raise ZeroDivisionError("unforeseen")


def _check_told(stage: Stage, person: Person, caplog: pytest.LogCaptureFixture) -> None:
    """The person reads a reference, in a window or beside the message, and the log has it with its cause."""
    told = stage.sb.until(lambda: references_in(person))
    assert len({reference_in(text) for text in told}) == 1
    check_reference(told[0], caplog)
    stage.sb.settle()
    assert "One moment" not in modal_text(person)
