"""Bots over HTTP: one on each database, one alone, and one that all tests share which leave no trace."""

import asyncio
import json
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import func, select

from bot.app import Bot
from bot.web import web_app
from models.deals.decisions import Decision
from models.deals.questions import Question
from models.deals.rows import Deal
from models.workspace.outbox import Outbox
from sandbox.client import Person
from tests.stage import OPS, PATIENCE, Stage, staged

FORM = "application/x-www-form-urlencoded"
REFERENCE = re.compile(r"Something went wrong on our side, and nothing was changed\. Reference ([0-9a-f]{8})\.")

LINE = "Acme 100 Summit tent by 18 Jan"


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
    before = rows_of(shared)
    yield shared
    shared.sb.clear_faults()
    shared.sb.configure(trigger_seconds=PATIENCE)
    for name in shared.people:
        while shared.person(name).modals():
            shared.person(name).close()
    shared.sb.settle()
    assert rows_of(shared) == before


def rows_of(stage: Stage) -> tuple[Any, ...]:
    """What a request may not change without being counted as one."""
    return (stage.state(), *(stage.look(count_of(row)) for row in (Deal, Decision, Question, Outbox)))


def count_of(row: type[Any]) -> Any:
    return lambda session: session.scalar(select(func.count(row.id)))


def ephemerals(person: Person) -> list[str]:
    """What only this person sees in the channel, since the clock was turned."""
    since = person.sandbox.now().timestamp()
    return [m.as_text() for m in person.channel(OPS) if m.ephemeral and float(m.ts) >= since]


def modal_text(person: Person) -> str:
    view = person.modal()
    return view.as_text() if view else ""


def references_in(person: Person) -> list[str]:
    """What the person sees that has a reference: in the modals, and among the messages."""
    seen = [view.as_text() for view in person.modals()] + ephemerals(person)
    return [text for text in seen if REFERENCE.search(text)]


def form_of(payload: dict[str, Any]) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()


def post_to(bot: Bot, content: bytes, headers: dict[str, str]) -> httpx.Response:
    """Knock at the bot's own door, as anybody can."""
    raw = {name.encode("latin-1"): value.encode("latin-1") for name, value in headers.items()}

    async def knock() -> httpx.Response:
        door = httpx.ASGITransport(web_app(bot.app, bot.config.slack_signing_secret), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=door, base_url="http://belay") as client:
            return await client.post("/slack/events", content=content, headers=raw)

    return asyncio.run(knock())


def signed(stage: Stage, content: bytes, at: int | None = None) -> dict[str, str]:
    verifier = SignatureVerifier(stage.bot.config.slack_signing_secret)
    return headers_of(verifier, content, int(time.time()) if at is None else at)


def direct_messages(person: Person) -> list[str]:
    return [message.as_text() for message in person.dm()]


def headers_of(verifier: SignatureVerifier, content: bytes, at: int) -> dict[str, str]:
    signature = str(verifier.generate_signature(timestamp=str(at), body=content))
    return {"content-type": FORM, "x-slack-request-timestamp": str(at), "x-slack-signature": signature}


def reference_in(told: str) -> str:
    found = REFERENCE.search(told)
    assert found, told
    return found[1]


def until_told(stage: Stage, person: Person, sentence: str) -> None:
    def told() -> list[str]:
        return [
            text for text in [modal_text(person), *ephemerals(person), *direct_messages(person)] if text == sentence
        ]

    assert stage.sb.until(told) == [sentence]


def message_of(person: Person, ts: str) -> Any:
    return next(message for message in person.channel(OPS) if message.ts == ts)


def check_reference(told: str, caplog: pytest.LogCaptureFixture) -> None:
    logged = [record for record in caplog.records if record.getMessage() == f"reference {reference_in(told)}"]
    assert [record.exc_info[0] for record in logged if record.exc_info] == [ZeroDivisionError]
    assert "unforeseen" not in told
