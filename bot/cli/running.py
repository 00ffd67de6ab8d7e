"""`belay run`."""

import argparse
import signal
import threading

import uvicorn

from bot.app import build
from bot.config import missing_to_run, read_config
from bot.logs import set_up
from bot.web import web_app
from models.base.errors import Refused


def run(_arguments: argparse.Namespace) -> None:
    """Run the bot until it is told to stop."""
    config = read_config()
    set_up(is_json=config.belay_log == "json")
    missing = missing_to_run(config)
    if missing:
        raise Refused(" ".join(missing))
    bot = build(config)
    bot.start()
    try:
        if config.is_socket_mode:
            wait_for_a_signal()
        else:
            door = web_app(bot.app, config.slack_signing_secret)
            uvicorn.run(door, host=config.belay_host, port=config.port, log_level="warning")
    finally:
        bot.stop()


def wait_for_a_signal() -> None:
    """Return when the process is told to stop."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()
