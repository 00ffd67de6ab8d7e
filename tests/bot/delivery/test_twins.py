"""A call that arrives after its lease, when the message was sent again, leaves a twin; it is swept."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.rendering import render
from models.workspace.outbox import News, Outbox, claim
from tests.stage import OPS, Stage, staged
from tests.world import NOW

LINE = "Acme 100 Summit tent by 18 Jan"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url, "http") as stage:
        yield stage


def test_twin_that_arrives_late_is_removed_and_the_card_stays(stage: Stage) -> None:
    stage.sb.fault("http", method="chat.postMessage", status=503)
    stage.propose(LINE)
    first = select(Outbox).where(Outbox.kind == News.CARD).order_by(Outbox.id).limit(1)
    call = stage.look(lambda session: render(session, session.scalars(first).one(), now=NOW))
    # It was looked for, it was not there, it was sent again; and then the first one arrives.
    stage.sb.turn(by=MINUTE)
    known = stage.card()
    stage.bot.client.api_call(call.method, json=dict(call.arguments))
    assert len(stage.sb.channel(OPS)) == 2
    stage.sb.turn(by=2 * MINUTE)
    assert [message.ts for message in stage.sb.channel(OPS)] == [known.ts]
    assert stage.sb.violations() == []


def test_sweep_waits_for_slack_and_holds_nothing_up(stage: Stage) -> None:
    stage.sb.fault("http", method="chat.postMessage", status=503)
    stage.propose(LINE)
    stage.sb.turn(by=MINUTE)
    stage.sb.fault("error", method="conversations.history", error="internal_error", times=3)
    stage.sb.turn(by=2 * MINUTE)
    stage.propose("Borealis 1 Summit tent by 18 Jan", by="Pete")
    assert "Borealis" in stage.card(2).as_text()
    stage.sb.turn(by=5 * MINUTE)
    waits = select(Outbox.id).where(Outbox.settled_at.is_(None))
    assert stage.look(lambda session: session.scalars(waits).all()) == []
    assert stage.look(lambda session: claim(session, now=NOW + timedelta(hours=1))) is None
