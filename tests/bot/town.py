"""Two workspaces that install one bot from Slack, by OAuth."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import httpx
import uvicorn
from sqlalchemy import select

from bot.app import Bot, build
from bot.config import Config
from bot.keys import Keys
from bot.manifest import manifest
from models.company.offers import EVERY_FAMILY
from models.files import read_company
from models.setup.channels import set_channels
from models.setup.importing import import_company
from models.workspace.members import meet_member, set_roles
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace, the_workspace
from sandbox.client import Sandbox
from sandbox.gateway import Gateway, RunningGateway, open_gateway
from sandbox.server import RunningSandbox, listen, start
from tests.stage import OPS, PATIENCE
from tests.world import COMPANY, NOW

KEYS = Keys.read(Keys().next_key())
TEAMS = ("North", "South")


@dataclass
class Town:
    """Two workspaces that know nothing of each other, Slack before them, and one bot."""

    boxes: dict[str, RunningSandbox]
    sandboxes: dict[str, Sandbox]
    slack: RunningGateway
    bot: Bot
    url: str

    def install(self, name: str) -> httpx.Response:
        """Somebody installs it in a workspace, in their browser."""
        with self.browser() as browser:
            back = browser.get(f"{self.begin(browser)}&team={self.team(name)}").headers["location"]
            return browser.get(back)

    def browser(self) -> httpx.Client:
        return httpx.Client(trust_env=False)

    def begin(self, browser: httpx.Client) -> str:
        """Where Slack asks whether it may be installed; the cookie is for https, and there is none here."""
        sent = browser.get(f"{self.url}/slack/install")
        assert (sent.status_code, "Secure" in sent.headers["set-cookie"]) == (302, True)
        browser.headers["cookie"] = sent.headers["set-cookie"].split(";")[0]
        return str(sent.headers["location"])

    def team(self, name: str) -> str:
        return {box: team for team, box in self._names.items()}[name]

    def sandbox(self, name: str) -> Sandbox:
        return self.sandboxes[self.team(name)]

    def furnish(self, name: str) -> None:
        """The company of a workspace, its channel and its people."""
        sandbox, team = self.sandbox(name), self.team(name)
        people = {who: sandbox.person(who).id for who in ("Sara", "Olga")}
        self.bot.wait_for_people()
        channel = next(each["id"] for each in sandbox.channels() if each["name"] == OPS)
        sandbox.invite(channel, self.slack.gateway.bot_users[team])
        with self.bot.database.writing() as session:
            workspace = the_workspace(session, team)
            import_company(workspace, read_company(COMPANY), by=None, now=NOW)
            set_channels(workspace, {EVERY_FAMILY: channel}, by=None, now=NOW)
            for who, *roles in (("Sara", Role.SALES), ("Olga", Role.OPERATIONS, Role.LEADERSHIP)):
                set_roles(meet_member(workspace, people[who]), set(roles), by=None, now=NOW)

    def propose(self, name: str, customer: str) -> None:
        sara = self.sandbox(name).person("Sara")
        sara.command(OPS, f"/deal {customer} 10 Summit tent by 1 Feb")
        self.sandbox(name).until(lambda: any("fits" in modal.as_text().lower() for modal in [sara.modal()] if modal))
        assert sara.submit().ok

    def cards(self, name: str) -> list[str]:
        return [m.as_text().splitlines()[0] for m in self.sandbox(name).channel(OPS) if m.as_text().startswith("#")]

    def posted(self, name: str, card: str) -> bool:
        return bool(self.sandbox(name).until(lambda: any(card in each for each in self.cards(name))))

    def left(self) -> list[str]:
        """Where it is not installed any more."""
        with self.bot.database.reading() as session:
            left = session.scalars(select(Workspace.team_id).where(Workspace.uninstalled_at.is_not(None))).all()
        return [name for name in TEAMS if self.team(name) in left]

    @property
    def _names(self) -> dict[str, str]:
        return dict(zip(self.sandboxes, TEAMS, strict=True))


@contextmanager
def opened(database_url: str, *, is_rotating: bool = False, organisation: str | None = None) -> Iterator[Town]:
    with ExitStack() as stack:
        boxes, sandboxes = {}, {}
        for name in TEAMS:
            box = start(now=NOW)
            stack.callback(box.stop)
            sandbox = Sandbox(box.url)
            stack.callback(sandbox.close)
            sandbox.configure(trigger_seconds=PATIENCE, ack_seconds=PATIENCE, enterprise=organisation)
            people = [sandbox.add_person(who, tz="America/Denver") for who in ("Sara", "Olga")]
            sandbox.add_channel(OPS, people)
            boxes[name], sandboxes[sandbox.workspace()["team_id"]] = box, sandbox
        door = listen(0)
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        wanted = manifest(is_socket_mode=False, address=f"{url}/slack/events")
        slack = open_gateway(Gateway(wanted, sandboxes, f"{url}/slack/events", is_rotating, organisation))
        stack.callback(slack.stop)
        gateway = slack.gateway
        bot = build(
            Config(
                slack_client_id=gateway.client_id,
                slack_client_secret=gateway.client_secret,
                slack_signing_secret=gateway.signing_secret,
                slack_api_url=slack.api_url,
                database_url=database_url,
                belay_clock_url=boxes["North"].clock_url,
                belay_keys=KEYS,
                belay_url=url,
            )
        )
        server = uvicorn.Server(uvicorn.Config(bot.door(), log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        stack.callback(thread.join)
        stack.callback(setattr, server, "should_exit", True)
        bot.start()
        stack.callback(bot.stop)
        yield Town(boxes, sandboxes, slack, bot, url)
