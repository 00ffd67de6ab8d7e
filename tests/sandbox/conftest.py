"""A sandbox that the tests of a file share, furnished anew for each, and a bot of one's own in either transport."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import uvicorn
from slack_bolt import App as Bolt
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.client import Sandbox
from sandbox.server import RunningSandbox, start
from tests.sandbox.stand import MANIFEST, Stand
from tests.stage import PATIENCE

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def box() -> Iterator[RunningSandbox]:
    """For each file one of its own: some turn its clock."""
    running = start(now=NOW)
    yield running
    running.stop()


@pytest.fixture
def sb(box: RunningSandbox) -> Iterator[Sandbox]:
    sandbox = Sandbox(box.url)
    sandbox.reset()
    sandbox.configure(trigger_seconds=PATIENCE, ack_seconds=PATIENCE)
    yield sandbox
    sandbox.close()


class Door:
    """One HTTP address whose Bolt app each test sets."""

    def __init__(self) -> None:
        self.bolt: Bolt | None = None
        config = uvicorn.Config(
            Starlette(routes=[Route("/slack/events", self.enter, methods=["POST"])]),
            port=0,
            log_level="error",
            lifespan="off",
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.005)
        self.url = f"http://127.0.0.1:{self.server.servers[0].sockets[0].getsockname()[1]}/slack/events"

    async def enter(self, request: Request) -> Response:
        assert self.bolt is not None
        asked = to_bolt_request(request, await request.body())
        # in a thread of its own, as a listener may wait for the sandbox
        return to_starlette_response(await run_in_threadpool(self.bolt.dispatch, asked))


@pytest.fixture(scope="session")
def door() -> Iterator[Door]:
    opened = Door()
    yield opened
    opened.server.should_exit = True
    opened.thread.join()


@pytest.fixture
def make_stand(sb: Sandbox, box: RunningSandbox, door: Door) -> Iterator[Callable[[str], Stand]]:
    """A stand over `http` or `socket`: a person, a channel, and a Bolt app in it."""
    handlers: list[SocketModeHandler] = []

    def make(transport: str) -> Stand:
        sara = sb.add_person("Sara", tz="America/Denver")
        app = sb.install(MANIFEST, request_url=door.url if transport == "http" else None)
        channel = sb.add_channel("tents-ops", [sara, app.bot_user_id])
        client = WebClient(token=app.bot_token, base_url=box.api_url, retry_handlers=[])
        bolt = Bolt(client=client, signing_secret=app.signing_secret, token_verification_enabled=False)
        door.bolt = bolt
        stand = Stand(sb, app, bolt, client, sb.person(sara), channel, box.api_url)
        if transport == "socket":
            handlers.append(SocketModeHandler(bolt, app.app_token))
            handlers[-1].connect()
        return stand

    yield make
    for handler in handlers:
        # the SDK's reader sits in recv for up to 3 seconds; nobody needs to wait for that
        threading.Thread(target=handler.close, daemon=True).start()


@pytest.fixture
def stand(make_stand: Callable[[str], Stand]) -> Stand:
    return make_stand("http")


@pytest.fixture(params=["http", "socket"])
def either(request: pytest.FixtureRequest, make_stand: Callable[[str], Stand]) -> Stand:
    return make_stand(request.param)
