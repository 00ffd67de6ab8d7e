"""The stage: the sandbox, the bot on it by either door, and the people of the world with their roles."""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.app import Bot, build
from bot.config import Config
from bot.manifest import ADDRESS, manifest
from bot.web import KEEP_ALIVE, web_app
from models.company.offers import EVERY_FAMILY
from models.deals.rows import Deal
from models.files import read_company
from models.setup.channels import set_channels
from models.setup.importing import import_company
from models.workspace.members import meet_member, set_roles
from models.workspace.workspaces import the_workspace
from sandbox.client import Message, Person, Sandbox, View
from sandbox.server import start
from tests.templates import begun
from tests.world import COMPANY, NOW, PEOPLE

DOORS = ("http", "socket")
OPS = "tents-ops"
DENVER = "America/Denver"
# Where a test is not about time, nothing expires on a busy machine.
PATIENCE = 60.0


@dataclass
class Stage:
    """Everything that runs; `sb` drives it as people do. `address` is where the bot serves HTTP."""

    sb: Sandbox
    bot: Bot
    people: dict[str, str]
    address: str = ""

    def person(self, name: str) -> Person:
        """A person at their screen."""
        return self.sb.person(self.people[name])

    def card(self, number: int = 1) -> Message:
        """The channel's card of a deal, as it is now."""
        return next(m for m in reversed(self.sb.channel(OPS)) if is_card(m, number))

    def own_card(self, name: str, number: int = 1) -> Message:
        """A person's own card of a deal."""
        return next(m for m in reversed(self.person(name).dm()) if is_card(m, number))

    def agenda(self, name: str) -> str:
        """What waits for a person, as their direct messages say; nothing when nothing was said."""
        said = [m.as_text() for m in self.person(name).dm() if not m.text.startswith("#")]
        return said[-1] if said else ""

    def thread(self, number: int = 1) -> list[str]:
        """What stands in the thread of a deal."""
        return [message.as_text() for message in self.sb.thread(OPS, self.card(number).ts)[1:]]

    def look(self, read: Callable[[Session], Any]) -> Any:
        """Look at the rows."""
        with self.bot.database.reading() as session:
            return read(session)

    def state(self, number: int = 1) -> str:
        """The state of a deal."""
        return str(self.look(lambda session: session.scalars(select(Deal.state).where(Deal.number == number)).one()))

    def propose(self, line: str, by: str = "Sara", **fields: Any) -> None:
        """Type a deal in one line, fill in the rest, and post it."""
        person = self.person(by)
        person.command(OPS, f"/deal {line}")
        self.sb.settle()
        for label, value in fields.items():
            person.fill_by_label(label, value)
        # What the last field changed is checked before it is posted.
        self.sb.settle()
        reply = person.submit()
        assert reply.ok, reply
        self.sb.settle()


def lower_week(sb: Sandbox, person: Person, channel: str, named: str, hours: int) -> None:
    """Somebody types that a week of a resource offers no more than so many hours."""
    person.command(channel, f"/capacity {named}")
    sb.settle()
    person.press("Adjust a week…")
    sb.settle()
    person.fill_by_label("Available, in hours", str(hours))
    person.fill_by_label("Overtime that can be bought", "0")
    person.fill_by_label("Why?", "The press is down.")
    sb.settle()
    person.submit()
    sb.settle()


def is_card(message: Message, number: int) -> bool:
    """Whether a message is the card of a deal: its title is the deal's."""
    first = (message.blocks or [{"type": ""}])[0]
    return bool(first["type"] == "header" and first["text"]["text"].startswith(f"#{number} ·"))


def shown(person: Person) -> View:
    """The form in front of a person; there has to be one."""
    modal = person.modal()
    assert modal is not None
    return modal


@contextmanager
def staged(
    database_url: str,
    door: str,
    company: Any = COMPANY,
    zones: Mapping[str, str] | None = None,
    *,
    has_api: bool = False,
    has_steps: bool = False,
    **settings: Any,
) -> Iterator[Stage]:
    """Put everything on the stage, and take it down again; without a company nobody has a role either."""
    box = start(now=NOW)
    sb = Sandbox(box.url)
    sb.configure(trigger_seconds=PATIENCE, ack_seconds=PATIENCE)
    zone_of = zones or {}
    people = {name: sb.add_person(name, tz=zone_of.get(name, DENVER), admin=name == "Lea") for name in PEOPLE}
    channel = sb.add_channel(OPS, list(people.values()))
    listening = _listen() if door == "http" else None
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events" if listening else None
    app = sb.install(manifest(is_socket_mode=address is None, address=address or ADDRESS, has_steps=has_steps), address)
    sb.invite(channel, app.bot_user_id)
    config = Config(
        slack_bot_token=app.bot_token,
        slack_app_token="" if address else app.app_token,
        slack_signing_secret=app.signing_secret,
        slack_api_url=box.api_url,
        database_url=begun(database_url),
        belay_clock_url=box.clock_url,
        # Tests type faster than people.
        **({"belay_per_minute": 0} | settings),
    )
    bot = build(config)
    if company is not None:
        with bot.database.writing() as session:
            import_company(the_workspace(session), read_company(company), by=None, now=NOW)
    with _served(bot, listening, has_api=has_api):
        bot.start()
        bot.wait_for_people()
        if company is not None:
            _furnish(bot, channel, people)
        sb.settle()
        try:
            yield Stage(sb, bot, people, (address or "").removesuffix("/slack/events"))
        finally:
            bot.stop()
            sb.close()
            box.stop()


def _furnish(bot: Bot, channel: str, people: Mapping[str, str]) -> None:
    with bot.database.writing() as session:
        workspace = the_workspace(session)
        set_channels(workspace, {EVERY_FAMILY: channel}, by=None, now=NOW)
        for name, roles in PEOPLE.items():
            set_roles(meet_member(workspace, people[name]), roles, by=None, now=NOW)


@contextmanager
def _served(bot: Bot, listening: socket.socket | None, *, has_api: bool) -> Iterator[None]:
    if listening is None:
        yield
        return
    # The API takes a while to put together, and few tests ask it.
    bare = web_app(bot.app, bot.config.slack_signing_secret)
    served = bot.door() if has_api else bare
    server = uvicorn.Server(uvicorn.Config(served, log_level="error", timeout_keep_alive=KEEP_ALIVE))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


def _listen() -> socket.socket:
    # With the protocol named, asyncio turns Nagle off: 40 ms an answer otherwise.
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    door.bind(("127.0.0.1", 0))
    return door
