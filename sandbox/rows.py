"""The rows of the workspace: people, channels, messages, views, apps, files, groups."""

import secrets
import string
from dataclasses import dataclass, field
from typing import Any

from sandbox.wire import Json

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


@dataclass(eq=False)
class Execution:
    """A step of a workflow that an app carries out; `outputs` or `error` when it has said what came of it."""

    id: str
    app_id: str
    callback_id: str
    inputs: Json
    state: str = "running"
    outputs: Json = field(default_factory=dict)
    error: str = ""


@dataclass(eq=False)
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


@dataclass(eq=False)
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
    replies: dict[str, list[Message]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return "im" if self.im else "private_channel" if self.private else "public_channel"


@dataclass(eq=False)
class View:
    """A modal or a Home tab: what the app sent, now and (by hash) earlier, and what the person has entered since."""

    id: str
    app_id: str
    user: str
    body: Json
    hash: str
    values: Values = field(default_factory=dict)
    root_id: str = ""
    previous_id: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    earlier: dict[str, Json] = field(default_factory=dict)

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
    def is_interactive(self) -> bool:
        return bool(self._section("settings", "interactivity").get("is_enabled"))

    @property
    def has_home(self) -> bool:
        return bool(self._section("features", "app_home").get("home_tab_enabled"))

    @property
    def takes_messages(self) -> bool:
        home = self._section("features", "app_home")
        return bool(home.get("messages_tab_enabled", True)) and not home.get("messages_tab_read_only_enabled")

    @property
    def shows_messages(self) -> bool:
        return bool(self._section("features", "app_home").get("messages_tab_enabled", True))

    @property
    def name(self) -> str:
        return str(self._section("display_information").get("name", "app"))

    def _section(self, *path: str) -> Json:
        section: Any = self.manifest
        for key in path:
            section = section.get(key) or {}
        return dict(section)


@dataclass
class File:
    """A file from the promise of an upload to its sharing; `apps` are those whose form it was given to."""

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
    apps: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Try:
    """Something to try: as whom, where, and what is typed, pressed or waited for there."""

    person: str
    channel: str
    label: str
    note: str = ""
    text: str = ""
    press: str = ""
    hours: float = 0


@dataclass(frozen=True)
class Greeting:
    """What somebody reads who comes for the first time; `roles` says by user id who is who."""

    title: str
    text: str
    roles: dict[str, str]
    tries: list[Try]


@dataclass
class UserGroup:
    """A group of people with a handle."""

    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)
