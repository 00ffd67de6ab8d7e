"""The state of a small Slack, and how to find one's way in it."""

import asyncio
from datetime import datetime
from typing import Any

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.journal import Journal, News
from sandbox.rows import App, Channel, Execution, File, Greeting, Message, Person, UserGroup, Values, View, mint
from sandbox.wire import Impossible


class Workspace:
    """One team and all that happened in it; touched only on the server's event loop."""

    def __init__(self, clock: Clock, url: str, news: News | None = None) -> None:
        self.clock = clock
        self.url = url
        self.team_id = mint("T")
        self.enterprise_id: str | None = None
        self.domain = "sandbox"
        self.name = "Sandbox"
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.apps: dict[str, App] = {}
        self.files: dict[str, File] = {}
        self.groups: dict[str, UserGroup] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[tuple[str, str], View] = {}
        self.executions: dict[str, Execution] = {}
        self.message_values: dict[tuple[str, str, str], Values] = {}
        self.trigger_seconds = 3.0
        self.ack_seconds = 3.0
        self.faults = Faults()
        self.journal = Journal(news or News())
        self.read_until: dict[tuple[str, str], str] = {}
        self.greeting: Greeting | None = None
        self._last_micros = 0
        self._publishing: dict[tuple[str, str], asyncio.Event] = {}

    @property
    def is_of_an_organisation(self) -> bool:
        """Whether apps are here because an organisation has installed them in all of its workspaces."""
        return self.enterprise_id is not None

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
        """Keep a message, and under its thread if it is a reply that all see."""
        channel = self.channels[message.channel]
        channel.messages[message.ts] = message
        if message.is_reply and message.only_for is None:
            channel.replies.setdefault(str(message.thread_ts), []).append(message)
        return message

    def unpost(self, message: Message) -> None:
        """Forget a message; replies under it stay."""
        channel = self.channels[message.channel]
        del channel.messages[message.ts]
        if message in channel.replies.get(str(message.thread_ts), []):
            channel.replies[str(message.thread_ts)].remove(message)

    def view(self, view_id: str) -> View | None:
        """A view that is still open, or a Home tab."""
        return next((v for v in self.views() if v.id == view_id), None)

    def views(self) -> list[View]:
        return [view for stack in self.stacks.values() for view in stack] + list(self.homes.values())

    def violate(self, rule: str, where: str, **details: Any) -> None:
        """Write down that an app broke one of Slack's rules."""
        self.journal.violation({"rule": rule, "where": where, "time": self.now().isoformat(), **details})

    def publishing(self, app_id: str, user: str) -> asyncio.Event:
        """Set when an app next publishes somebody's Home tab."""
        return self._publishing.setdefault((app_id, user), asyncio.Event())

    def published(self, app_id: str, user: str) -> None:
        """Tell whoever waits that a Home tab is there."""
        if waiting := self._publishing.pop((app_id, user), None):
            waiting.set()
