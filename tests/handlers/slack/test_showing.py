"""What is shown comes at last, and what was done is never said to be undone."""

from datetime import time
from typing import Any

import pytest
from sqlalchemy import select

from handlers.slack.showing import DONE
from models.digests.schedules import Digest, Pattern, Rhythm, Schedule, ScheduleSettings, add_schedule
from models.workspace.workspaces import the_workspace
from tests.handlers.slack.conftest import LINE, modal_text, references_in, until_told
from tests.stage import DENVER, OPS, Stage, shown
from tests.world import NOW

TOO_SLOW = "That took too long, and Slack would not open the window. Once more, please."


@pytest.mark.parametrize("times", [1, 9], ids=["shown again", "told"])
def test_what_was_done_is_not_said_to_be_undone(alone: Stage, times: int) -> None:
    """After the commit Slack does not take the window: it is shown again, or the person hears that it is done."""
    rhythm = Rhythm(Pattern.WEEKDAYS, time(9), DENVER, "US", frozenset({0}))
    channel = next(channel["id"] for channel in alone.sb.channels() if channel["name"] == OPS)
    with alone.bot.database.writing() as session:
        add_schedule(the_workspace(session), ScheduleSettings(Digest.QUEUE, channel, rhythm), by=None, now=NOW)
    lea = alone.person("Lea")
    lea.command(OPS, "/belay schedules")
    alone.sb.settle()
    alone.sb.fault("error", method="views.update", error="internal_error", times=times)
    lea.press("Pause", in_=lea.modal())
    alone.sb.settle()
    alone.sb.clear_faults()
    assert alone.look(lambda session: session.scalar(select(Schedule.paused_at).where(Schedule.paused_at.is_not(None))))
    if times == 1:
        assert "Resume" in shown(lea).buttons
    else:
        assert lea.dm()[-1].as_text() == DONE
    assert references_in(lea) == []


def test_window_that_slack_does_not_show_at_first_is_shown_again(quiet: Stage) -> None:
    sara = quiet.person("Sara")
    quiet.sb.fault("http", method="views.update", status=503)
    sara.command(OPS, f"/deal {LINE}")
    quiet.sb.settle()
    assert "Acme" in modal_text(sara)


@pytest.mark.parametrize(("kind", "details"), [("error", {"error": "internal_error"}), ("http", {"status": 502})])
def test_window_that_slack_does_not_open_is_answered(quiet: Stage, kind: str, details: dict[str, Any]) -> None:
    quiet.sb.fault(kind, method="views.open", **details)
    assert quiet.person("Sara").command(OPS, "/deal").ok
    until_told(quiet, quiet.person("Sara"), TOO_SLOW)


def test_command_too_slow_to_open_is_answered(quiet: Stage) -> None:
    quiet.sb.configure(trigger_seconds=0)
    assert quiet.person("Sara").command(OPS, "/deal").ok
    until_told(quiet, quiet.person("Sara"), TOO_SLOW)


def test_button_of_a_message_too_slow_to_open_is_answered(quiet: Stage) -> None:
    quiet.sb.configure(trigger_seconds=0)
    assert quiet.person("Olga").press("Counter…", in_=quiet.card()).ok
    until_told(quiet, quiet.person("Olga"), TOO_SLOW)


def test_button_of_the_home_too_slow_to_open_is_answered(quiet: Stage) -> None:
    otto = quiet.person("Otto")
    otto.open_home()
    quiet.sb.configure(trigger_seconds=0)
    assert otto.press("Counter…", in_="home").ok
    quiet.sb.settle()
    home = otto.home()
    told = [message.as_text() for message in otto.dm()] + [home.as_text() if home else ""]
    assert any(TOO_SLOW in text for text in told)
