"""A call of the Web API: its arguments, its caller, and what the caller may."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.manifest import require_scope
from sandbox.rows import App, Channel
from sandbox.site import Site
from sandbox.wire import Json, SlackError, Violation
from sandbox.workspace import Workspace

Method = Callable[["Call"], Json | Awaitable[Json]]


@dataclass(frozen=True)
class Rule:
    """A method and what a token needs to call it: a `bot` token with all `scopes`, an `app` token, or none."""

    name: str
    run: Method
    scopes: tuple[str, ...] = ()
    token: str = "bot"  # noqa: S105 - the kind of a token


METHODS: dict[str, Rule] = {}


def method(name: str, *scopes: str, token: str = "bot") -> Callable[[Method], Method]:  # noqa: S107 - the kind of a token
    """Register a Web API method."""

    def register(run: Method) -> Method:
        METHODS[name] = Rule(name, run, scopes, token)
        return run

    return register


@dataclass
class Call:
    """One call, as its method sees it."""

    site: Site
    method: str
    args: Json
    caller: App | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def ws(self) -> Workspace:
        return self.site.ws

    @property
    def app(self) -> App:
        if self.caller is None:
            raise SlackError("not_authed")
        return self.caller

    def text(self, name: str, default: str = "") -> str:
        value = self.args.get(name)
        return default if value is None else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.args.get(name)
        return default if value in (None, "") else str(value).lower() in {"1", "true"}

    def number(self, name: str, default: int) -> int:
        value = self.args.get(name)
        try:
            return default if value in (None, "") else int(value)
        except (TypeError, ValueError):
            raise Violation("invalid_arguments", [f"must be an integer [json-pointer:/{name}]"]) from None

    def object(self, name: str) -> Any:
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise Violation("invalid_arguments", [f"must be JSON [json-pointer:/{name}]"]) from None

    def need(self, *scopes: str) -> None:
        """Refuse a caller without one of these scopes."""
        require_scope(self.app, *scopes)

    def channel(self, name: str = "channel", scope: str | None = None) -> Channel:
        """The conversation an argument names, if the caller may know of it; `scope` is `read` or `history`."""
        which = self.text(name)
        channel = self.ws.channels.get(which) or self._named(which)
        if channel is None or (channel.kind != "public_channel" and not self.is_in(channel)):
            raise SlackError("channel_not_found")
        if scope:
            prefix = {"public_channel": "channels", "private_channel": "groups", "im": "im"}[channel.kind]
            self.need(f"{prefix}:{scope}")
        return channel

    def is_in(self, channel: Channel) -> bool:
        return self.app.bot_user_id in channel.members

    def _named(self, which: str) -> Channel | None:
        if not which.startswith("#"):
            return None
        return next((c for c in self.ws.channels.values() if c.name == which[1:]), None)
