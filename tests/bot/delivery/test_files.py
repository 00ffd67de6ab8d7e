"""A file that follows a message: an outage is waited for, what Slack refuses is left out soon."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.clock import Moment
from bot.database import Database
from bot.delivery import files
from bot.delivery.attempts import Attempt
from models.workspace.outbox import FileInThread, News, Outbox, claim, queue
from tests.world import NOW, StoppedClock, World


class TurnedClock(StoppedClock):
    """A clock that a test sets."""

    at = NOW

    def read(self) -> Moment:
        return Moment(self.at)


def tries(database: Database, error: Exception, monkeypatch: pytest.MonkeyPatch) -> Iterator[datetime]:
    """When a file is tried, until it is given up."""
    with World.build(database) as world:
        thread, lea = FileInThread("1.1"), world.person("Lea")
        key = queue(world.workspace, News.RULES_FILE, stream="C1", payload=thread, now=NOW, member_id=lea.id)
        world.session.flush()
        row_id = key.id
    monkeypatch.setattr(files, "file_of", lambda *_: ("a.csv", b"x"))
    clock, client = TurnedClock(), WebClient()

    def refuse(**_: Any) -> None:
        raise error

    monkeypatch.setattr(client, "files_upload_v2", refuse)
    while True:
        with database.writing() as session:
            row = claim(session, now=clock.at, among=Outbox.id == row_id)
            assert row
            attempt = Attempt(database, clock, row.id, row.attempts)
        yield clock.at
        files.share_file(attempt, client)
        with database.reading() as session:
            row = session.get_one(Outbox, row_id)
            if row.settled_at:
                return
            clock.at = row.not_before


def test_outage_is_waited_for(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    *_, last = tries(database, OSError("connection refused"), monkeypatch)
    assert last - NOW >= timedelta(hours=12)


def test_what_slack_refuses_is_left_out_soon(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = SlackApiError("no", {"ok": False, "error": "missing_scope"})
    *_, last = tries(database, refused, monkeypatch)
    assert last - NOW == timedelta(seconds=2 + 4 + 8 + 16 + 32)
