"""`make chaos`: the real command under kill -9 and a failing Slack; nothing is lost, and nothing stands twice."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.database import Database
from bot.manifest import manifest
from models.company.offers import EVERY_FAMILY
from models.files import read_company
from models.setup.channels import set_channels
from models.setup.importing import import_company
from models.workspace.members import learn_member, meet_member, set_roles
from models.workspace.roles import Role
from models.workspace.workspaces import meet_workspace
from sandbox.client import NotPossible, Sandbox
from sandbox.server import RunningSandbox, start
from tests.world import COMPANY, NOW

DEALS, KILLS = int(os.environ.get("DEALS", "40")), int(os.environ.get("KILLS", "12"))
FAULTS = ("lost_reply", "http", "ratelimited")
DETAILS = {"http": {"status": 503}, "ratelimited": {"retry_after": 1}}


class Chaos:
    """A sandbox, a database, and a bot process that dies and comes back."""

    def __init__(self, home: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.box: RunningSandbox = start(now=NOW)
        self.sb = Sandbox(self.box.url)
        self.people = {name: self.sb.add_person(name, tz="America/Denver") for name in ("Sara", "Olga")}
        channel = self.sb.add_channel("ops", list(self.people.values()))
        app = self.sb.install(manifest())
        self.settings = {
            "SLACK_BOT_TOKEN": app.bot_token,
            "SLACK_APP_TOKEN": app.app_token,
            "SLACK_API_URL": self.box.api_url,
            "BELAY_CLOCK_URL": self.box.clock_url,
            "DATABASE_URL": f"sqlite:///{home / 'belay.db'}",
        }
        self._furnish(channel, app.team_id)
        self.bot = self.begin()

    def begin(self) -> "subprocess.Popen[bytes]":
        """Start the bot, and wait until it beats."""
        before = {follower["name"] for follower in self.sb.followers()}
        command = [sys.executable, "-m", "bot", "run"]
        log = Path(self.settings["DATABASE_URL"].removeprefix("sqlite:///")).with_suffix(".log").open("ab")
        process = subprocess.Popen(command, env=os.environ | self.settings, stdout=log, stderr=log)
        self.sb.until(lambda: [f for f in self.sb.followers() if f["name"] not in before], seconds=30)
        return process

    def kill(self) -> None:
        """The bot is gone without a word, and another one begins."""
        self.bot.send_signal(signal.SIGKILL)
        self.bot.wait()
        self.bot = self.begin()

    def propose(self, number: int) -> None:
        """A seller posts a deal, and tries again as a person would."""
        sara = self.sb.person("Sara")
        for _ in range(20):
            try:
                sara.command("ops", f"/deal Customer{number} 1 Repair by 18 Jan")
                self.sb.until(sara.modal, seconds=5)
                sara.fill_by_label("Customer", f"Customer{number}")
                sara.fill_by_label("Offer", "Ridge tent")
                if sara.submit().ok:
                    return
            except (NotPossible, AssertionError, TimeoutError):
                time.sleep(0.2)
        raise SystemExit(f"deal {number} could not be posted")

    def finish(self) -> Counter[str]:
        """Let everything that waits arrive, and count the cards by customer."""
        self.sb.clear_faults()
        for _ in range(5):
            self.sb.turn(by=timedelta(minutes=10))
        cards = [m for m in self.sb.channel("ops") if m.thread_ts in {None, m.ts}]
        return Counter(m.as_text().split(" · ")[1] for m in cards)

    def end(self) -> None:
        """Stop everything."""
        self.bot.terminate()
        self.bot.wait()
        self.box.stop()

    def _furnish(self, channel: str, team: str) -> None:
        database = Database(self.settings["DATABASE_URL"])
        database.migrate()
        with database.writing() as session:
            workspace = meet_workspace(session, team_id=team, name="", bot_id="", bot_user_id="")
            import_company(workspace, read_company(COMPANY), by=None, now=NOW)
            set_channels(workspace, {EVERY_FAMILY: channel}, by=None, now=NOW)
            for name, role in (("Sara", Role.SALES), ("Olga", Role.OPERATIONS)):
                learn = partial(learn_member, workspace, self.people[name], name=name, timezone="UTC", locale="en-US")
                learn(is_outsider=False, is_slack_admin=False)
                set_roles(meet_member(workspace, self.people[name]), [role], by=None, now=NOW)
        database.close()


def main() -> None:
    """Post deals while the bot is killed and Slack fails; then look."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.randrange(10**6)
    print(f"seed {seed}: {DEALS} deals, {KILLS} kills")
    with tempfile.TemporaryDirectory() as home:
        chaos = Chaos(Path(home), seed)
        dying = set(chaos.chance.sample(range(DEALS), KILLS))
        for number in range(DEALS):
            kind = chaos.chance.choice(FAULTS)
            chaos.sb.fault(kind, method="chat.postMessage", **DETAILS.get(kind, {}))
            chaos.propose(number)
            if number in dying:
                chaos.kill()
        cards = chaos.finish()
        chaos.end()
    lost = [n for n in range(DEALS) if not cards[f"Customer{n}"]]
    twice = {customer: count for customer, count in cards.items() if count > 1}
    print(f"{sum(cards.values())} cards; lost: {lost}; more than once: {twice}")
    sys.exit(1 if lost or twice else 0)


if __name__ == "__main__":
    main()
