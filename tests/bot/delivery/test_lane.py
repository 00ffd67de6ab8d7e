"""A lane of delivery: so many rows at a time, each stream in its order."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import true

from bot.database import Database
from bot.delivery.attempts import Attempt
from bot.delivery.lane import Lane
from bot.installations import Place
from models.workspace.outbox import News, queue, settle
from tests.world import NOW, StoppedClock, World


@contextmanager
def lane_of(database: Database, size: int) -> Iterator[tuple[Lane, list[int], threading.Event]]:
    """A lane whose rows are carried until somebody says so."""
    carried: list[int] = []
    go_on = threading.Event()

    def carry(attempt: Attempt, _kind: News, _place: Place) -> None:
        carried.append(attempt.key)
        go_on.wait(30)
        attempt.note(lambda _, row: settle(row, now=NOW))

    lane = Lane(database, StoppedClock(), carry, lambda _: true(), size=size, patience=0)
    try:
        yield lane, carried, go_on
    finally:
        go_on.set()
        lane.stop()


def queued(database: Database, *streams: str) -> None:
    with World.build(database) as world:
        for stream in streams:
            queue(world.workspace, News.HOME, stream=stream, now=NOW)


def test_no_more_are_under_way_than_the_lane_is_wide(database: Database) -> None:
    queued(database, "a", "b", "c")
    with lane_of(database, 2) as (lane, carried, go_on):
        assert [lane.begin_next() for _ in range(3)] == [True, True, False]
        assert len(lane.under_way) == 2
        go_on.set()
        while lane.under_way:
            pass
        assert lane.begin_next()
        while lane.under_way:
            pass
        assert len(carried) == 3


def test_next_row_of_a_stream_waits_for_the_one_before(database: Database) -> None:
    queued(database, "a", "a")
    with lane_of(database, 2) as (lane, _, go_on):
        assert [lane.begin_next() for _ in range(2)] == [True, False]
        go_on.set()
        while lane.under_way:
            pass
        assert lane.begin_next()
