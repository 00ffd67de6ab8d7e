"""The outbox: what is taken next, by whom, and what becomes of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any, get_type_hints

import pytest

import bot.delivery.twins
import handlers.rendering
from models.workspace.outbox import (
    LEASE,
    FileInThread,
    News,
    Outbox,
    Payload,
    Removal,
    claim,
    is_superseded,
    next_due,
    postpone,
    queue,
    settle,
)
from models.workspace.workspaces import leave, meet_workspace
from tests.world import NOW, World

SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Everything(Payload):
    """A field of each kind."""

    number: int
    text: str
    day: date | None = None
    at: datetime | None = None
    ids: tuple[int, ...] = ()


def add(world: World, stream: str = "C1", kind: News = News.HOME, *, now: datetime = NOW) -> Outbox:
    row = queue(world.workspace, kind, stream=stream, now=now)
    world.session.flush()
    return row


def test_payload_comes_back_as_it_was_written_and_nothing_is_not_written() -> None:
    for payload, written in (
        (
            Everything(1, "a", date(2027, 1, 4), datetime(2027, 1, 4, 9, tzinfo=UTC), (3, 4)),
            {"number": 1, "text": "a", "day": "2027-01-04", "at": "2027-01-04T09:00:00+00:00", "ids": [3, 4]},
        ),
        (Everything(0, ""), {"number": 0, "text": "", "ids": []}),
        (Removal("C1", "1.0"), {"channel": "C1", "ts": "1.0"}),
    ):
        assert payload.written() == written
        assert type(payload).of(Outbox(details=written)) == payload
    # A row of an older version lacks what has been added since.
    assert FileInThread.of(Outbox(details={})) == FileInThread("")


def test_streams_keep_their_order_and_do_not_wait_for_each_other(world: World) -> None:
    first, _, other = add(world), add(world), add(world, "C2")
    assert [claim(world.session, now=NOW) for _ in range(3)] == [first, other, None]
    settle(first, now=NOW)
    world.session.flush()
    second = claim(world.session, now=NOW)
    assert second is not None
    assert (second.id, second.attempts, second.first_attempt_at, second.lease_until) == (
        first.id + 1,
        1,
        NOW,
        NOW + LEASE,
    )


def test_search_waits_for_what_people_wait_for(world: World) -> None:
    search, message = add(world, "ways:1", News.WAYS), add(world)
    assert [claim(world.session, now=NOW), claim(world.session, now=NOW)] == [message, search]


def test_lease_that_ran_out_leaves_it_unknown_whether_it_was_sent(world: World) -> None:
    row = add(world)
    assert claim(world.session, now=NOW) is row
    world.session.flush()
    assert claim(world.session, now=NOW + LEASE - SECOND) is None
    assert claim(world.session, now=NOW + LEASE) is row
    assert (row.attempts, row.is_unknown, row.first_attempt_at) == (2, True, NOW)


def test_postponed_row_keeps_its_stream_waiting(world: World) -> None:
    row = add(world)
    add(world)
    claim(world.session, now=NOW)
    postpone(row, until=NOW + 5 * SECOND, error="ratelimited")
    world.session.flush()
    assert (claim(world.session, now=NOW), row.is_unknown, row.error) == (None, False, "ratelimited")
    assert next_due(world.session) == NOW + 5 * SECOND
    postpone(row, until=NOW, error="timeout", is_unknown=True)
    postpone(row, until=NOW, error="ratelimited")
    world.session.flush()
    # Once it may have arrived, that stays so.
    assert (claim(world.session, now=NOW), row.is_unknown) == (row, True)


def test_next_is_due_when_its_stream_and_its_lease_allow(world: World) -> None:
    assert next_due(world.session) is None
    row, _ = add(world, now=NOW + 9 * SECOND), add(world, now=NOW)
    assert next_due(world.session) == NOW + 9 * SECOND
    claim(world.session, now=NOW + 10 * SECOND)
    world.session.flush()
    assert next_due(world.session) == NOW + 10 * SECOND + LEASE
    settle(row, now=NOW + 11 * SECOND, ts="1.0")
    world.session.flush()
    assert (next_due(world.session), row.ts, row.lease_until) == (NOW, "1.0", None)


def test_card_that_is_posted_anew_later_need_not_be_updated(world: World) -> None:
    cards = {row.stream: row.card_id for row in _cards(world)}
    update = queue(world.workspace, News.CARD, stream="C0TENTS", card_id=cards["C0TENTS"], now=NOW)
    world.session.flush()
    assert not is_superseded(world.session, update)
    queue(world.workspace, News.CARD_ANEW, stream="USARA", card_id=cards["USARA"], now=NOW)
    world.session.flush()
    assert not is_superseded(world.session, update)
    anew = queue(world.workspace, News.CARD_ANEW, stream="C0TENTS", card_id=cards["C0TENTS"], now=NOW)
    world.session.flush()
    assert (is_superseded(world.session, update), is_superseded(world.session, anew)) == (True, False)
    settle(anew, now=NOW)
    world.session.flush()
    assert not is_superseded(world.session, update)


def _cards(world: World) -> list[Outbox]:
    world.propose()
    return list(world.session.query(Outbox).filter(Outbox.kind == News.CARD))


def test_nothing_is_sent_to_who_has_uninstalled_it_until_it_is_there_again(world: World) -> None:
    add(world, "C1")
    leave(world.workspace, now=NOW)
    world.session.flush()
    assert (claim(world.session, now=NOW), next_due(world.session)) == (None, None)
    team = str(world.workspace.team_id)
    again = meet_workspace(world.session, team_id=team, name="Ridge", bot_id="B1", bot_user_id="U0")
    assert again is world.workspace
    world.session.flush()
    assert claim(world.session, now=NOW) is not None


def _kinds(kind: type[Payload]) -> Iterator[type[Payload]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)


# Whoever defines a payload is imported.
DEFINED_IN = (bot.delivery.twins, handlers.rendering)
VALUES: dict[Any, Any] = {
    int: 7,
    str: "x",
    str | None: "x",
    bool: True,
    date | None: date(2027, 1, 18),
    datetime | None: NOW,
    tuple[int, ...]: (1, 2),
}


@pytest.mark.parametrize("kind", [kind for kind in _kinds(Payload) if kind is not Everything])
def test_each_payload_comes_back_with_all_that_it_may_hold(kind: type[Payload]) -> None:
    hints = get_type_hints(kind)
    payload = kind(**{each.name: _value(hints[each.name]) for each in fields(kind)})
    assert kind.of(Outbox(details=json.loads(json.dumps(payload.written())))) == payload


def _value(kind: Any) -> Any:
    return next(iter(kind)) if isinstance(kind, type) and issubclass(kind, Enum) else VALUES[kind]
