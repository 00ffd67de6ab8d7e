"""The state of a small Slack: plain rows, and the ids and timestamps that Slack would mint."""

import asyncio
import secrets
import string
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.wire import Impossible, Json

ALPHABET = string.ascii_uppercase + string.digits
Values = dict[str, dict[str, Json]]


def mint(prefix: str) -> str:
    """An id such as Slack's: a letter that says what it is, and ten more."""
    return prefix + "0" + "".join(secrets.choice(ALPHABET) for _ in range(9))


@dataclass
class Person:
    """A member, a guest, a stranger from another organisation, or an app's bot user."""

    id: str
    name: str
    tz: str
    team_id: str
    admin: bool = False
    owner: bool = False
    guest: str | None = None
    locale: str = "en-US"
    bot_app: str | None = None
    deleted: bool = False

    @property
    def handle(self) -> str:
        return self.name.lower().replace(" ", ".")


@dataclass
class Message:
    """A message as stored; `only_for` makes it an ephemeral that one person sees."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    app_id: str | None = None
    edited: Json | None = None
    metadata: Json | None = None
    only_for: str | None = None
    broadcast: bool = False
    files: list[str] = field(default_factory=list)
    extra: Json = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass
class Channel:
    """A public or private channel, or a direct message (then `name` is empty)."""

    id: str
    name: str
    created: int
    private: bool = False
    shared: bool = False
    im: bool = False
    archived: bool = False
    members: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return "im" if self.im else "private_channel" if self.private else "public_channel"


@dataclass
class View:
    """A modal or a Home tab: what the app sent, and what the person has entered since."""

    id: str
    app_id: str
    user: str
    body: Json
    hash: str
    values: Values = field(default_factory=dict)
    root_id: str = ""
    previous_id: str | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def external_id(self) -> str:
        return str(self.body.get("external_id") or "")

    @property
    def blocks(self) -> list[Json]:
        return list(self.body["blocks"])


@dataclass
class App:
    """An installed app; everything it may do and hear comes from its manifest."""

    app_id: str
    bot_id: str
    bot_user_id: str
    team_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    manifest: Json
    request_url: str | None = None
    installed: bool = True

    @property
    def scopes(self) -> list[str]:
        return list(self._section("oauth_config", "scopes").get("bot", []))

    @property
    def events(self) -> list[str]:
        return list(self._section("settings", "event_subscriptions").get("bot_events", []))

    @property
    def commands(self) -> dict[str, Json]:
        return {entry["command"]: entry for entry in self._section("features").get("slash_commands", [])}

    @property
    def shortcuts(self) -> dict[str, Json]:
        return {entry["callback_id"]: entry for entry in self._section("features").get("shortcuts", [])}

    @property
    def name(self) -> str:
        return str(self._section("display_information").get("name", "app"))

    def _section(self, *path: str) -> Json:
        found: Any = self.manifest
        for key in path:
            found = found.get(key) or {}
        return dict(found)


@dataclass
class File:
    """A file from the promise of an upload to its sharing."""

    id: str
    name: str
    user: str
    length: int
    created: int
    alt: str = ""
    title: str = ""
    content: bytes | None = None
    complete: bool = False
    channels: list[str] = field(default_factory=list)


@dataclass
class UserGroup:
    """A group of people with a handle."""

    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)


class Workspace:
    """One team and all that happened in it; touched only on the server's event loop."""

    def __init__(self, clock: Clock, url: str) -> None:
        self.clock = clock
        self.url = url
        self.team_id = mint("T")
        self.domain = "sandbox"
        self.name = "Sandbox"
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.apps: dict[str, App] = {}
        self.files: dict[str, File] = {}
        self.groups: dict[str, UserGroup] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[tuple[str, str], View] = {}
        self.message_values: dict[tuple[str, str, str], Values] = {}
        self.trigger_seconds = 3.0
        self.faults = Faults()
        self.calls: deque[Json] = deque(maxlen=20_000)
        self.requests: deque[Json] = deque(maxlen=20_000)
        self.violations: deque[Json] = deque(maxlen=20_000)
        self._last_micros = 0
        self._publishing: dict[tuple[str, str], asyncio.Event] = {}

    def now(self) -> datetime:
        return self.clock.now()

    def next_ts(self) -> str:
        """A message timestamp: business time, and later than every one before."""
        micros = round(self.now().timestamp() * 1_000_000)
        self._last_micros = max(micros, self._last_micros + 1)
        return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"

    def person(self, who: str) -> Person:
        """Find somebody by id or name."""
        if who in self.people:
            return self.people[who]
        for person in self.people.values():
            if who.lower() in {person.name.lower(), person.handle}:
                return person
        raise Impossible(f"nobody here is called {who}")

    def channel(self, which: str) -> Channel:
        """Find a channel by id or name."""
        if which in self.channels:
            return self.channels[which]
        for channel in self.channels.values():
            if channel.name and channel.name == which.removeprefix("#"):
                return channel
        raise Impossible(f"there is no channel {which}")

    def dm(self, one: str, other: str) -> Channel:
        """The direct message of two people, opened when it is not."""
        for channel in self.channels.values():
            if channel.im and set(channel.members) == {one, other}:
                return channel
        channel = Channel(mint("D"), "", int(self.now().timestamp()), im=True, members=[one, other])
        self.channels[channel.id] = channel
        return channel

    def app(self, app_id: str | None = None) -> App:
        """The app with that id, or the only one that is installed."""
        if app_id:
            return self.apps[app_id]
        for app in self.apps.values():
            if app.installed:
                return app
        raise Impossible("no app is installed")

    def post(self, message: Message) -> Message:
        self.channels[message.channel].messages[message.ts] = message
        return message

    def replies(self, channel: Channel, ts: str) -> list[Message]:
        """The replies under a message, oldest first, without ephemerals."""
        return [m for m in channel.messages.values() if m.is_reply and m.thread_ts == ts and m.only_for is None]

    def view(self, view_id: str) -> View | None:
        """A view that is still open, or a Home tab."""
        return next((v for v in self.views() if v.id == view_id), None)

    def views(self) -> list[View]:
        return [view for stack in self.stacks.values() for view in stack] + list(self.homes.values())

    def violate(self, rule: str, where: str, **details: Any) -> None:
        """Write down that an app broke one of Slack's rules."""
        self.violations.append({"rule": rule, "where": where, "time": self.now().isoformat(), **details})

    def publishing(self, app_id: str, user: str) -> asyncio.Event:
        """Set when an app next publishes somebody's Home tab."""
        return self._publishing.setdefault((app_id, user), asyncio.Event())

    def published(self, app_id: str, user: str) -> None:
        """Tell whoever waits that a Home tab is there."""
        if waiting := self._publishing.pop((app_id, user), None):
            waiting.set()
