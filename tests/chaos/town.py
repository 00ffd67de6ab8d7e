"""Two workspaces in a failing Slack, and bots that die and come back."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy import func, select

from bot.database import Database
from bot.keys import Keys
from bot.manifest import manifest
from models.company.offers import EVERY_FAMILY
from models.digests.schedules import Digest, Pattern, Rhythm, ScheduleSettings, add_schedule
from models.files import read_company
from models.setup.channels import set_channels
from models.setup.importing import import_company
from models.workspace.members import Member, meet_member, set_roles
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace, find_workspace
from sandbox.client import Sandbox
from sandbox.gateway import Gateway, RunningGateway, open_gateway
from sandbox.server import listen, start
from tests.chaos.front import Front
from tests.places import ROOT
from tests.world import COMPANY, NOW

OPS = "ops"
SHARES = {"lost_reply": 0.03, "ratelimited": 0.05, "http": 0.02, "duplicate": 0.03, "delay": 0.03}
PEOPLE = {
    **dict.fromkeys(("Sara", "Pete"), Role.SALES),
    **dict.fromkeys(("Olga", "Otto"), Role.OPERATIONS),
    "Lea": Role.LEADERSHIP,
}
DIGEST_AT = NOW.replace(minute=20)
PATIENCE = 60


@dataclass
class Bot:
    """A process of the command."""

    port: int
    process: "subprocess.Popen[bytes]"


@dataclass
class Town:
    """What runs, and what is needed to start it again."""

    home: Path
    sandboxes: dict[str, Sandbox]
    slack: RunningGateway
    front: Front
    settings: dict[str, str]
    switched_off: Sequence[str]
    chance: random.Random
    bots: list[Bot] = field(default_factory=list)
    kills: int = 0

    def begin(self) -> None:
        """One more bot; the proxy knows it when it answers."""
        door = listen(0)
        port = door.getsockname()[1]
        door.close()
        command = [sys.executable, "-m", "tests.chaos.bot", *self.switched_off]
        environment = os.environ | self.settings | {"PORT": str(port)}
        with (self.home / "bots.log").open("ab") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        until = time.monotonic() + PATIENCE
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"a bot did not start: {(self.home / 'bots.log').read_text()[-2000:]}")
            time.sleep(0.05)
        self.bots.append(Bot(port, process))
        self.front.ports.append(port)

    def kill(self) -> None:
        """A bot is gone without a word, and another one begins."""
        bot = self.chance.choice(self.bots)
        bot.process.send_signal(signal.SIGKILL)
        bot.process.wait()
        self.bots.remove(bot)
        self.front.ports.remove(bot.port)
        self.kills += 1
        self.begin()

    def install(self) -> None:
        """Belay is installed in each, from a browser."""
        for team in self.sandboxes:
            with httpx.Client(trust_env=False, timeout=30) as browser:
                sent = browser.get(f"{self.front.url}/slack/install")
                cookie = {"cookie": sent.headers["set-cookie"].split(";")[0]}
                back = browser.get(f"{sent.headers['location']}&team={team}").headers["location"]
                assert "Belay is installed" in browser.get(back, headers=cookie).text

    def furnish(self) -> None:
        """The same company in each, people with roles, and a digest in the first hour."""
        database = Database(self.settings["DATABASE_URL"])
        for team, sandbox in self.sandboxes.items():
            users = {person["name"]: person["id"] for person in sandbox.people()}
            channel = next(each["id"] for each in sandbox.channels() if each["name"] == OPS)
            sandbox.invite(channel, self.slack.gateway.bot_users[team])
            until = time.monotonic() + PATIENCE
            while _known(database, team) < len(PEOPLE) and time.monotonic() < until:
                time.sleep(0.05)
            with database.writing() as session:
                workspace = find_workspace(session, team)
                assert workspace
                import_company(workspace, read_company(COMPANY), by=None, now=NOW)
                set_channels(workspace, {EVERY_FAMILY: channel}, by=None, now=NOW)
                for name, role in PEOPLE.items():
                    set_roles(meet_member(workspace, users[name]), {role}, by=None, now=NOW)
                daily = Rhythm(Pattern.WEEKDAYS, DIGEST_AT.time(), "UTC", weekdays=frozenset(range(7)))
                lea = meet_member(workspace, users["Lea"])
                add_schedule(workspace, ScheduleSettings(Digest.PIPELINE, channel, daily), by=lea, now=NOW)
        database.close()

    def finish(self) -> None:
        """Nothing fails any more, and what waits arrives: an hour passes."""
        for sandbox in self.sandboxes.values():
            sandbox.clear_faults()
        first, *others = self.sandboxes.values()
        for _ in range(6):
            for sandbox in (*others, first):
                sandbox.http.post("/control/turn", json={"by": 600}, timeout=300).raise_for_status()

    def end(self) -> None:
        """Stop what still runs."""
        for bot in self.bots:
            bot.process.kill()
            bot.process.wait()


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def _known(database: Database, team: str) -> int:
    with database.reading() as session:
        named = select(func.count(Member.id)).join(Workspace).where(Workspace.team_id == team, Member.name != "")
        return session.scalar(named) or 0


@contextmanager
def opened(home: Path, url: str, *, bots: int, seed: int, switched_off: Sequence[str] = ()) -> Iterator[Town]:
    """Everything is up and fails by chance; it is stopped afterwards."""
    with ExitStack() as stack:
        boxes = [start(now=NOW, running=True) for _ in range(2)]
        sandboxes: dict[str, Sandbox] = {}
        for box in boxes:
            stack.callback(box.stop)
            sandbox = Sandbox(box.url)
            stack.callback(sandbox.close)
            sandbox.configure(trigger_seconds=20, ack_seconds=20)
            people = [sandbox.add_person(name, tz="America/Denver", admin=name == "Lea") for name in PEOPLE]
            sandbox.add_channel(OPS, people)
            sandboxes[str(sandbox.workspace()["team_id"])] = sandbox
        front = Front()
        stack.callback(front.stop)
        address = f"{front.url}/slack/events"
        slack = open_gateway(Gateway(manifest(is_socket_mode=False, address=address), sandboxes, address))
        stack.callback(slack.stop)
        settings = _settings(slack, front) | {"BELAY_CLOCK_URL": boxes[0].clock_url, "DATABASE_URL": url}
        town = Town(home, sandboxes, slack, front, settings, switched_off, random.Random(seed))
        stack.callback(town.end)
        for _ in range(bots):
            town.begin()
        town.install()
        town.furnish()
        for number, sandbox in enumerate(sandboxes.values()):
            sandbox.faults_by_chance(seed + number, **SHARES)
        yield town


def _settings(slack: RunningGateway, front: Front) -> dict[str, str]:
    gateway = slack.gateway
    return {
        **dict.fromkeys(("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"), ""),
        "SLACK_CLIENT_ID": gateway.client_id,
        "SLACK_CLIENT_SECRET": gateway.client_secret,
        "SLACK_SIGNING_SECRET": gateway.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "BELAY_KEYS": Keys().next_key(),
        "BELAY_URL": front.url,
        "NO_BROWSER": "1",
    }
