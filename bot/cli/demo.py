"""`belay demo`: a small Slack, a seeded company and the bot; one deal is played, then it is yours."""

import argparse
import logging
import socket
import tempfile
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from bot.app import Bot, build
from bot.cli.greeting import greet
from bot.cli.running import wait_for_a_signal
from bot.cli.seed import PEOPLE, seed
from bot.cli.story import play
from bot.config import Config, read_config
from bot.manifest import manifest
from bot.web import KEEP_ALIVE
from sandbox.client import Sandbox
from sandbox.server import RunningSandbox, start

MONDAY = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
CHANNELS = ("tents-ops", "shelters-ops", "parts-ops", "sales-and-ops")


@dataclass
class Demo:
    """What runs in a demo."""

    box: RunningSandbox
    sandbox: Sandbox
    bot: Bot
    api: str


def demo(arguments: argparse.Namespace) -> None:
    """Open the page, play one deal in the terminal meanwhile, and stay up until Ctrl-C."""
    logging.basicConfig(level=logging.ERROR)
    config = read_config()
    with demonstrated(config.port, is_empty=arguments.empty) as running:
        greet(running.sandbox, is_empty=arguments.empty)
        print(f"The page is at {running.box.url}", flush=True)
        print(f"The API is at {running.api}/api/v1/docs: Lea makes a token with /belay api", flush=True)
        if not (arguments.story or config.no_browser):
            webbrowser.open(running.box.url)
        if not arguments.empty:
            play(running.sandbox, print)
        if not arguments.story:
            print("\nIt stays up until Ctrl-C.", flush=True)
            wait_for_a_signal()


@contextmanager
def demonstrated(port: int, *, is_empty: bool = False) -> Iterator[Demo]:
    """Sandbox, people, bot, and unless it is to be empty the company with its deals; in a directory that goes away."""
    with tempfile.TemporaryDirectory(prefix="belay-demo-") as home:
        box = start(port=port, now=MONDAY, running=True)
        sandbox = Sandbox(box.url)
        people = {p.name: sandbox.add_person(p.name, tz="America/Denver", admin=p.is_admin) for p in PEOPLE}
        channels = {name: sandbox.add_channel(name, list(people.values())) for name in CHANNELS}
        app = sandbox.install(manifest())
        config = Config(
            slack_bot_token=app.bot_token,
            slack_app_token=app.app_token,
            slack_api_url=box.api_url,
            belay_clock_url=box.clock_url,
            belay_private_webhooks=True,
            database_url=f"sqlite:///{Path(home) / 'belay.db'}",
        )
        bot = build(config)
        if not is_empty:
            seed(bot.database, people, channels, team=app.team_id, now=MONDAY)
        bot.start()
        bot.wait_for_people()
        try:
            with _served(bot) as api:
                yield Demo(box, sandbox, bot, api)
        finally:
            bot.stop()
            sandbox.close()
            box.stop()


@contextmanager
def _served(bot: Bot) -> Iterator[str]:
    """The bot's HTTP door on a free port, for who tries a token."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(bot.door(), log_level="warning", timeout_keep_alive=KEEP_ALIVE))
        serving = threading.Thread(target=server.run, args=([listening],), daemon=True)
        serving.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            serving.join()
