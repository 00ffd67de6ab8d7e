"""A bot at the sandbox that nobody has started."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.app import Bot, build
from bot.config import Config
from bot.manifest import manifest
from sandbox.client import App, Sandbox
from sandbox.server import RunningSandbox, start
from tests.world import NOW

URL = "https://belay.example/slack/events"


@pytest.fixture
def box() -> Iterator[RunningSandbox]:
    running = start(now=NOW)
    yield running
    running.stop()


@pytest.fixture
def sb(box: RunningSandbox) -> Iterator[Sandbox]:
    sandbox = Sandbox(box.url)
    yield sandbox
    sandbox.close()


@pytest.fixture
def app(sb: Sandbox) -> App:
    return sb.install(manifest(is_socket_mode=False, address=URL))


@pytest.fixture
def bot(box: RunningSandbox, app: App, database_url: str) -> Iterator[Bot]:
    """A bot for HTTP that has not been started."""
    secret, token = app.signing_secret, app.bot_token
    config = Config(slack_bot_token=token, slack_signing_secret=secret, database_url=database_url)
    bot = build(replace(config, slack_api_url=box.api_url, belay_clock_url=box.clock_url))
    yield bot
    bot.database.close()
