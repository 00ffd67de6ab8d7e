"""`belay run`."""

import argparse
import asyncio
import fcntl
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

import uvicorn

from bot.app import Bot, build
from bot.config import missing_to_run, read_config
from bot.database import Database
from bot.logs import set_up
from bot.web import KEEP_ALIVE
from models.base.errors import Refused

# A proxy that looks at /readyz every few seconds has looked, and sends nothing more, before the port closes.
STOPPING_SECONDS = 5.0


def run(arguments: argparse.Namespace) -> None:
    """Run the bot until it is told to stop."""
    config = read_config()
    if arguments.http:
        config = replace(config, slack_app_token="")
    set_up(is_json=config.belay_log == "json")
    missing = missing_to_run(config)
    if missing:
        raise Refused(" ".join(missing))
    if config.sentry_dsn:
        from bot.sentry import report_errors

        report_errors(config.sentry_dsn)
    bot = build(config)
    with only_bot_on(bot.database):
        bot.start()
        try:
            if config.has_http:
                serve(bot)
            else:
                wait_for_a_signal()
        finally:
            bot.stop()


@contextmanager
def only_bot_on(database: Database) -> Iterator[None]:
    """One bot on a SQLite file, which writers share badly; PostgreSQL serves any number."""
    file = database.url.database if database.is_sqlite else None
    if not file:
        yield
        return
    # Beside the database: SQLite forgets its own locks when anybody in the process closes the file.
    with Path(f"{file}.bot").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(f"Another bot runs on {file}. Several bots share PostgreSQL: set DATABASE_URL.") from None
        yield


class Server(uvicorn.Server):
    """Told to stop by SIGTERM, it says so at /readyz and serves a while longer; told twice, or by Ctrl-C, it stops."""

    def __init__(self, bot: Bot) -> None:
        host, port = bot.config.belay_host, bot.config.port
        served = uvicorn.Config(bot.door(), host=host, port=port, log_level="warning", timeout_keep_alive=KEEP_ALIVE)
        super().__init__(served)
        self.bot = bot

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal came."""
        if sig == signal.SIGTERM and not self.bot.state.is_stopping:
            self.bot.state.is_stopping = True
            asyncio.get_running_loop().call_later(STOPPING_SECONDS, super().handle_exit, sig, frame)
        else:
            super().handle_exit(sig, frame)

    def stop(self, *_: object) -> None:
        """Close the port, and return when what is under way is done."""
        self.should_exit = True


def serve(bot: Bot) -> None:
    """Serve HTTP until the process is told to stop."""
    server = Server(bot)
    # When it is done, uvicorn raises the signal once more: by default that ends the process before the bot has stopped.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, server.stop)
    server.run()


def wait_for_a_signal() -> None:
    """Return when the process is told to stop."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()
