"""What comes of an attempt counts while the row is its own, and is written down however busy the database is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from bot.database import Database
from bot.delivery import attempts
from bot.delivery.attempts import Attempt
from models.base.errors import Busy
from models.workspace.outbox import LEASE, News, Outbox, claim, queue, settle
from tests.world import NOW, StoppedClock, World


def begun(world: World) -> Attempt:
    """A row that was claimed."""
    queue(world.workspace, News.HOME, stream="U1", now=NOW)
    world.session.commit()
    row = claim(world.session, now=NOW)
    assert row is not None
    attempt = Attempt(world.database, StoppedClock(), row.id, row.attempts)
    world.session.commit()
    return attempt


def test_what_comes_too_late_is_not_noted(world: World) -> None:
    first = begun(world)
    assert claim(world.session, now=NOW + LEASE) is not None
    world.session.commit()
    first.note(lambda _, row: settle(row, now=NOW, ts="1.0"))
    row = world.session.get_one(Outbox, first.key)
    world.session.refresh(row)
    assert (row.settled_at, row.ts, row.lease_until) == (None, None, NOW + 2 * LEASE)
    second = Attempt(world.database, StoppedClock(), first.key, 2)
    world.session.commit()
    second.note(lambda _, row: settle(row, now=NOW + timedelta(minutes=2), ts="2.0"))
    second.note(lambda _, row: settle(row, now=NOW + timedelta(minutes=2), ts="3.0"))
    world.session.refresh(row)
    assert row.ts == "2.0"


def test_what_was_sent_is_noted_although_the_database_is_busy(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt = begun(world)
    monkeypatch.setattr(attempts, "PAUSES", (0.0, 0.0))
    writing, times = Database.writing, [True, True]

    @contextmanager
    def sometimes(database: Database) -> Iterator[Session]:
        if times:
            times.pop()
            raise Busy
        with writing(database) as session:
            yield session

    monkeypatch.setattr(Database, "writing", sometimes)
    attempt.note(lambda _, row: settle(row, now=NOW, ts="1.0"))
    world.session.expire_all()
    assert world.session.get_one(Outbox, attempt.key).ts == "1.0"
    world.session.commit()
    times.extend([True] * 3)
    with pytest.raises(Busy):
        attempt.note(lambda _, row: settle(row, now=NOW))
