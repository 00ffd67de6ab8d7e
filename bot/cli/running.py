"""`belay run`."""

import argparse
import fcntl
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import uvicorn

from bot.app import build
from bot.config import missing_to_run, read_config
from bot.database import Database
from bot.logs import set_up
from models.base.errors import Refused


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
            if config.is_socket_mode and not config.is_installed_by_oauth:
                wait_for_a_signal()
            else:
                # What was told to stop, uvicorn raises once more in the end: untaken, it would end the process here.
                signal.signal(signal.SIGTERM, lambda *_: sys.exit())
                uvicorn.run(bot.door(), host=config.belay_host, port=config.port, log_level="warning")
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


def wait_for_a_signal() -> None:
    """Return when the process is told to stop."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()
