"""What a process of tests pays once, and not once a test."""

import gc
import os
import ssl
import time
from functools import cache
from types import SimpleNamespace
from typing import Any

from slack_bolt.listener import thread_runner
from slack_sdk.models.basic_objects import JsonObject
from sqlalchemy import Engine

import bot.app
import bot.database
import handlers.slack.showing
import sandbox.client
import sandbox.clock
import sandbox.control
from tests.memory import MEMORY

make_engine = bot.database._engine
# How long the bot waits for a lock outside of tests.
LOCK_WAIT = bot.database.LOCK_WAIT_SECONDS
# After what time a view is shown once more, in case that Slack shows two answers in another order.
SURELY = handlers.slack.showing.SURELY
SLACKS_PATIENCE = 3.0
FIRST: dict[bool, Engine] = {}


def warm_up() -> None:
    """Before the first test."""
    # Each HTTP client reads all certificate authorities, 20 ms long, and no test speaks TLS.
    ssl.create_default_context = cache(ssl.create_default_context)  # type: ignore[assignment]
    JsonObject.validate_json = validate_json  # type: ignore[assignment]
    bot.database._engine = engine_like_the_first
    # Many bots live in a process of tests; what it has loaded is kept once.
    bot.app.keep_what_is_loaded = lambda: None
    # On a busy machine nobody gives up before others are done; what is about giving up sets its own time.
    bot.database.LOCK_WAIT_SECONDS = sandbox.clock.FORGOTTEN_AFTER = sandbox.control.HOME_SECONDS = 60.0
    sandbox.clock.TURN_TIMEOUT, sandbox.client.TURN_SECONDS = 300.0, 310.0
    # The sandbox shows answers in their order.
    handlers.slack.showing.SURELY = 0.02
    # Bolt looks every 10 ms whether a listener has acknowledged, which most have done after 3; and it gives up after 3
    # seconds, as Slack does, but for the sandbox of these tests.
    late = SLACKS_PATIENCE - 60.0
    thread_runner.time = SimpleNamespace(time=lambda: time.time() + late, sleep=lambda _: time.sleep(0.001))  # type: ignore[attr-defined, assignment]
    # SQLite waits for the disk at each commit, 3 ms long; in memory that takes no time.
    if MEMORY:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def validate_json(shown: JsonObject) -> None:
    """As the SDK does, which looks through all names of each object for its validators."""
    for validator in validators_of(type(shown)):
        getattr(shown, validator)()


@cache
def validators_of(kind: type[JsonObject]) -> list[str]:
    return [name for name in dir(kind) if hasattr(getattr(kind, name), "validator")]


def engine_like_the_first(url: str, *, is_sqlite: bool) -> Any:
    """An engine that knows the statements that another has compiled: each test has its own."""
    engine = make_engine(url, is_sqlite=is_sqlite)
    first = FIRST.setdefault(is_sqlite, engine)
    # What is compiled is kept under the dialect.
    engine.dialect = engine.pool._dialect = first.dialect
    engine._compiled_cache = first._compiled_cache
    return engine


def keep_what_is_loaded() -> None:
    """What was imported and collected stays until the end: 0.2 s each time that the collector looks for garbage."""
    gc.collect()
    gc.freeze()
