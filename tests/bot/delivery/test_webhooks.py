"""Webhooks on their way: which addresses are asked, and how long a receiver is left alone."""

import socket
import threading
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bot.database import Database
from bot.delivery import webhooks
from bot.delivery.attempts import Attempt
from models.api.webhooks import Event, Webhook, make_webhook
from models.workspace.outbox import News, Outbox, claim
from tests.world import NOW, StoppedClock, World


def waiting(database: Database) -> Attempt:
    """A webhook that waits to be told of a deal."""
    with World.build(database) as world:
        lea, url = world.person("Lea"), "https://crm.example.com/belay"
        make_webhook(world.workspace, name="CRM", url=url, events=[Event.POSTED], by=lea, now=NOW)
        world.propose()
    with database.writing() as session:
        row = claim(session, now=NOW, among=Outbox.kind == News.WEBHOOK)
        assert row
        return Attempt(database, StoppedClock(), row.id, row.attempts)


def row_of(database: Database) -> tuple[str | None, Any]:
    with database.reading() as session:
        row = session.scalars(select(Outbox).where(Outbox.kind == News.WEBHOOK)).one()
        return row.error, row.not_before


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1"])
def test_name_that_leads_into_a_private_network_is_not_asked(
    database: Database, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    attempt = waiting(database)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (address, 443))])
    webhooks.tell(attempt, may_be_private=False)
    assert row_of(database) == ("the address is in a private network", NOW + timedelta(seconds=5))


def test_name_that_nobody_knows_is_tried_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt = waiting(database)

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    webhooks.tell(attempt, may_be_private=False)
    assert row_of(database)[0] == "no address for crm.example.com"


def test_address_that_was_looked_at_is_the_one_that_is_asked(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[httpx.Request] = []
    attempt = waiting(database)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("93.184.216.34", 443))])

    def send(_client: httpx.Client, request: httpx.Request, **_: object) -> httpx.Response:
        asked.append(request)
        return httpx.Response(204)

    monkeypatch.setattr(httpx.Client, "send", send)
    webhooks.tell(attempt, may_be_private=False)
    (request,) = asked
    assert (str(request.url), request.headers["host"]) == ("https://93.184.216.34/belay", "crm.example.com")
    assert request.extensions["sni_hostname"] == "crm.example.com"
    assert row_of(database)[0] is None


def test_pauses_grow_to_an_hour() -> None:
    seconds = [webhooks.pause(attempts).total_seconds() for attempts in (1, 2, 3, 10, 11, 99)]
    assert seconds == [5, 10, 20, 2560, 3600, 3600]


def test_receiver_that_has_enough_on_its_way_is_left_out() -> None:
    among = str(webhooks.not_too_many(["hook:1:deal:1", "hook:1:deal:2", "hook:2:deal:1"]))
    assert among.count("LIKE") == 1
    assert str(webhooks.not_too_many([])).count("LIKE") == 0


def test_receiver_that_drips_its_answer_keeps_no_line(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt = waiting(database)
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]
    stopped = threading.Event()

    def drip() -> None:
        with suppress(OSError):
            connection, _ = server.accept()
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nx-y: ")
            while not stopped.wait(0.1):
                connection.sendall(b"z")

    threading.Thread(target=drip, daemon=True).start()
    monkeypatch.setattr(webhooks, "SECONDS", 1.0)
    with database.writing() as session:
        session.scalars(select(Webhook)).one().url = f"http://127.0.0.1:{port}/"
    begun = time.monotonic()
    webhooks.tell(attempt, may_be_private=True)
    stopped.set()
    server.close()
    assert time.monotonic() - begun < 5
    assert row_of(database)[0] is not None


def test_receiver_that_is_down_is_left_alone_whatever_else_waits_for_it(database: Database) -> None:
    attempt = waiting(database)
    with World.enter(database) as world:
        world.propose(customer="Beta")
    webhooks._again(attempt, "HTTP 503")
    with database.reading() as session:
        rows = session.scalars(select(Outbox).where(Outbox.kind == News.WEBHOOK).order_by(Outbox.id)).all()
        assert [row.not_before for row in rows] == [NOW + timedelta(seconds=5)] * 2


def test_receiver_that_is_back_gets_what_waited_whatever_arrives_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = waiting(database)
    for _ in range(9):
        webhooks._again(attempt, "HTTP 503")
    with World.enter(database) as world:
        world.propose(customer="Beta")
    with database.writing() as session:
        fresh = claim(session, now=NOW, among=Outbox.kind == News.WEBHOOK)
        assert fresh
        later = Attempt(database, StoppedClock(), fresh.id, fresh.attempts)
    monkeypatch.setattr(webhooks, "_post", lambda *_, **__: 204)
    webhooks.tell(later, may_be_private=False)
    with database.reading() as session:
        rows = session.scalars(select(Outbox).where(Outbox.kind == News.WEBHOOK).order_by(Outbox.id)).all()
        assert [(row.settled_at, row.not_before) for row in rows] == [(None, NOW), (NOW, NOW)]
