"""A bot that is told to stop says so to the proxy, and finishes what is under way."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from bot.manifest import manifest
from sandbox.client import Sandbox
from sandbox.server import RunningSandbox
from tests.places import ROOT
from tests.stage import PATIENCE

# The command, with a click that takes until a file is there.
SLOW = """
import sys, time
from pathlib import Path
from bot.cli import main
from handlers.setup import setup
answer = setup.setup_state
def slowly(*given, **named):
    Path("begun").touch()
    while not Path("go on").exists():
        time.sleep(0.02)
    return answer(*given, **named)
setup.setup_state = slowly
sys.exit(main(["run", "--http"]))
"""


def until(is_so: Callable[[], bool]) -> None:
    """Wait for something."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def readiness(url: str) -> str:
    """What the proxy hears."""
    try:
        answer = httpx.get(f"{url}/readyz", trust_env=False)
    except httpx.TransportError:
        return "closed"
    return f"{answer.status_code} {answer.text.strip()}"


def test_bot_that_stops_says_so_and_finishes_a_click(box: RunningSandbox, sb: Sandbox, tmp_path: Path) -> None:
    sb.configure(trigger_seconds=PATIENCE, ack_seconds=PATIENCE)
    lea = sb.add_person("Lea", admin=True)
    sb.add_channel("ops", [lea])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    app = sb.install(manifest(is_socket_mode=False, address=f"{url}/slack/events"), f"{url}/slack/events")
    settings = {"SLACK_BOT_TOKEN": app.bot_token, "SLACK_SIGNING_SECRET": app.signing_secret}
    settings |= {"SLACK_API_URL": box.api_url, "BELAY_CLOCK_URL": box.clock_url, "PORT": url.rpartition(":")[-1]}
    settings |= {"DATABASE_URL": f"sqlite:///{tmp_path}/belay.db", "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    with (
        subprocess.Popen([sys.executable, "-c", SLOW], env=settings, cwd=tmp_path, stderr=subprocess.DEVNULL) as bot,
        ThreadPoolExecutor() as pool,
    ):
        try:
            until(lambda: readiness(url) == "200 ok")
            click = pool.submit(sb.person(lea).command, "ops", "/belay")
            until((tmp_path / "begun").exists)
            bot.send_signal(signal.SIGTERM)
            until(lambda: readiness(url) == "503 stopping")
            # Within Slack's three seconds.
            (tmp_path / "go on").touch()
            assert str(click.result(PATIENCE).text).startswith("Still to do")
            until(lambda: readiness(url) == "closed")
            assert bot.wait(PATIENCE) == 0
        finally:
            bot.kill()
