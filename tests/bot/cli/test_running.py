"""`belay run`: one bot on a SQLite file, any number on PostgreSQL; told to stop, it finishes what is under way."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from bot.cli.running import only_bot_on
from bot.database import Database
from models.base.errors import Refused
from sandbox.server import listen
from tests.places import ROOT

# The command, with a bot that only says when it is stopped.
STOPPING = """
import sys
from unittest.mock import Mock
from bot.cli import main, running
from bot.config import read_config
from bot.database import Database
from bot.web import web_app

bot = Mock(config=read_config(), database=Database("sqlite:///belay.db"), state=Mock(is_stopping=False))
bot.door, bot.stop = lambda: web_app(Mock(), ""), lambda: print("finished")
running.build = lambda _: bot
sys.exit(main(["run", "--http"]))
"""


def test_second_bot_on_a_sqlite_file_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'belay.db'}"
    first, second = Database(url), Database(url)
    first.migrate()
    with only_bot_on(first), pytest.raises(Refused, match=r"^Another bot runs on .*belay\.db\. "), only_bot_on(second):
        pytest.fail("it runs")
    with only_bot_on(second):
        pass


def test_any_number_of_bots_share_postgresql(database: Database) -> None:
    if not database.is_sqlite:
        with only_bot_on(database), only_bot_on(database):
            pass


def test_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'belay.db'}")
    database.migrate()
    with database.reading() as session:
        session.connection()
        modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()}
    assert set(modes.values()) == {"0o600"}, modes
    database.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_bot_behind_the_http_door_finishes_when_it_is_told_to_stop(number: int, tmp_path: Path) -> None:
    with listen(0) as door:
        port = door.getsockname()[1]
    settings = {"PYTHONPATH": str(ROOT), "PORT": str(port), "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "1"}
    command = [sys.executable, "-c", STOPPING]
    bot = subprocess.Popen(command, cwd=tmp_path, env=os.environ | settings, stdout=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while not answers(port) and bot.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    bot.send_signal(number)
    assert (bot.communicate(timeout=60)[0], bot.returncode) == ("finished\n", 0)


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False
