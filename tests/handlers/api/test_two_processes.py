"""The same request at two processes at once: one deal, and both answer with it."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
from sqlalchemy import select

from bot.database import Database
from models.api.tokens import Scope, make_token
from models.deals.rows import Deal
from tests.handlers.api.test_deals import DEAL
from tests.places import ROOT
from tests.world import NOW, World

SERVING = """
import sys, uvicorn
from bot.database import Database
from handlers.api.app import api_app
from handlers.slack.context import Context
from tests.world import NOW
app = api_app(Context(Database(sys.argv[1]), lambda: NOW), lambda _: False)
uvicorn.run(app, port=int(sys.argv[2]), log_level="error")
"""


@contextmanager
def served(url: str) -> Iterator[str]:
    """The API on a database, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", SERVING, url, str(port)], cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                httpx.get(f"{address}/openapi.json")
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait()


def test_same_key_at_two_processes_is_one_deal(database: Database) -> None:
    with World.build(database) as world:
        lea, sara = world.person("Lea"), world.person("Sara")
        secret = make_token(world.workspace, name="CRM", member=sara, scopes=list(Scope), by=lea, now=NOW).secret
    headers = {"Authorization": f"Bearer {secret}"}
    url = database.url.render_as_string(hide_password=False)

    def post(address: str, key: str, number: int) -> httpx.Response:
        given = DEAL | {"customer": f"Customer {number}", "external": {"crm": str(number)} if number % 2 else {}}
        more = {"Idempotency-Key": key} if key else {}
        answer = httpx.post(f"{address}/deals", json=given, headers=headers | more, timeout=60)
        # A database that is busy for long says so: whoever asks comes again.
        return answer if answer.status_code != 503 else post(address, key, number)

    with served(url) as one, served(url) as other, ThreadPoolExecutor(8) as crowd:
        for number in range(4):
            # With a key of the request; and without one, by what another system calls the deal.
            key = "" if number % 2 else f"k{number}"
            answers = list(crowd.map(lambda address, n=number, k=key: post(address, k, n), [one, other] * 4))
            assert {answer.json()["number"] for answer in answers} == {number + 1}
            assert {answer.status_code for answer in answers} <= {200, 201}
    with database.reading() as session:
        assert len(session.scalars(select(Deal)).all()) == 4
