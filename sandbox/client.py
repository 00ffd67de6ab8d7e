"""Driving the sandbox from Python: thin words over the control API."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import httpx

from sandbox.seen import App, Message, Reply, View
from sandbox.wire import Impossible, Json

T = TypeVar("T")
TURN_SECONDS = 70.0

__all__ = ["App", "Message", "NotPossible", "Person", "Reply", "Sandbox", "View"]


class NotPossible(Impossible):
    """The sandbox refused an act; the sentence says why."""


class Sandbox:
    """The sandbox at an address."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=url, timeout=TURN_SECONDS, trust_env=False)

    def do(self, path: str, **arguments: Any) -> Any:
        """Call one verb of the control API."""
        answer = self.http.post(f"/control/{path}", json=arguments)
        if answer.status_code != 200:
            raise NotPossible(answer.json()["error"])
        return answer.json()

    def close(self) -> None:
        self.http.close()

    def add_person(self, name: str, tz: str = "UTC", **more: Any) -> str:
        """Add somebody: admin, owner, guest, team, locale; answer the user id."""
        return str(self.do("add_person", name=name, tz=tz, **more)["id"])

    def add_channel(
        self, name: str, members: list[str] | None = None, *, private: bool = False, shared: bool = False
    ) -> str:
        return str(self.do("add_channel", name=name, members=members or [], private=private, shared=shared)["id"])

    def add_usergroup(self, handle: str, name: str, users: list[str]) -> str:
        return str(self.do("add_usergroup", handle=handle, name=name, users=users)["id"])

    def invite(self, channel: str, user: str) -> None:
        self.do("invite", channel=channel, user=user)

    def remove(self, channel: str, user: str) -> None:
        self.do("remove", channel=channel, user=user)

    def archive(self, channel: str) -> None:
        self.do("archive", channel=channel)

    def install(self, manifest: Json, request_url: str | None = None) -> App:
        app = self.do("install", manifest=manifest, request_url=request_url)
        return App(**{name: app[name] for name in App.__dataclass_fields__})

    def welcome(
        self,
        title: str,
        text: str = "",
        people: list[Json] | None = None,
        tries: list[Json] | None = None,
        *,
        workspace: str | None = None,
    ) -> None:
        """Greet whoever opens the page.

        `people`: who, role. `tries`: as, channel (a name, `dm`, `home`, `inspector`, `faults`), label, note, and what
        begins it: text that is sent, what the button to press says, or hours by which the clock is turned.
        """
        self.do("welcome", title=title, text=text, people=people or [], tries=tries or [], workspace=workspace)

    def uninstall(self, app_id: str) -> None:
        self.do("uninstall", app_id=app_id)

    def person(self, who: str) -> "Person":
        """Somebody to act as, by id or name."""
        found = [p for p in self.do("people") if who in {p["id"], p["name"]}]
        if not found:
            raise NotPossible(f"nobody here is called {who}")
        return Person(self, found[0]["id"], found[0]["name"])

    def people(self) -> list[Json]:
        return list(self.do("people"))

    def channels(self) -> list[Json]:
        return list(self.do("channels"))

    def channel(self, channel: str) -> list[Message]:
        return [Message(raw) for raw in self.do("channel", channel=channel)]

    def thread(self, channel: str, ts: str) -> list[Message]:
        return [Message(raw) for raw in self.do("thread", channel=channel, ts=ts)]

    def files(self) -> list[Json]:
        return list(self.do("files"))

    def calls(self, method: str | None = None) -> list[Json]:
        return list(self.do("calls", method=method))

    def requests(self) -> list[Json]:
        return list(self.do("requests"))

    def violations(self) -> list[Json]:
        return list(self.do("violations"))

    def now(self) -> datetime:
        return datetime.fromisoformat(self.http.get("/clock").json()["now"])

    def turn(self, to: datetime | None = None, by: timedelta | None = None) -> datetime:
        """Turn the clock, through everything that is due on the way."""
        done = self.do("turn", to=to.isoformat() if to else None, by=by.total_seconds() if by else None)
        return datetime.fromisoformat(done["now"])

    def followers(self) -> list[Json]:
        """Who works by the clock: a turn waits for these."""
        return list(self.do("followers"))

    def settle(self) -> None:
        """Wait until everybody has done what is due now."""
        self.do("settle")

    def fault(self, kind: str, method: str | None = None, times: int = 1, **details: Any) -> None:
        self.do("fault", kind=kind, method=method, times=times, **details)

    def clear_faults(self) -> None:
        self.do("clear_faults")

    def configure(self, *, trigger_seconds: float | None = None, ack_seconds: float | None = None) -> None:
        """Change how long a trigger id lives, and how long an app may take to answer."""
        self.do("configure", trigger_seconds=trigger_seconds, ack_seconds=ack_seconds)

    def disconnect(self, app_id: str | None = None, reason: str = "refresh_requested") -> None:
        self.do("disconnect", app_id=app_id, reason=reason)

    def reset(self) -> None:
        self.do("reset")

    def until(self, seen: Callable[[], T], seconds: float = 3.0) -> T:
        """Look again and again until there is something to see; for what an app does after its answer."""
        deadline = time.monotonic() + seconds
        while not (found := seen()) and time.monotonic() < deadline:
            time.sleep(0.005)
        return found


@dataclass(frozen=True)
class Person:
    """Somebody in the sandbox, and what they can do and see."""

    sandbox: Sandbox
    id: str
    name: str

    def command(self, channel: str, line: str) -> Reply:
        return self._act("command", channel=channel, line=line)

    def say(self, channel: str, text: str, thread_ts: str | None = None) -> str:
        return str(self._do("say", channel=channel, text=text, thread_ts=thread_ts))

    def open_home(self) -> View | None:
        return _view(self._do("open_home"))

    def home(self) -> View | None:
        return _view(self._do("home"))

    def modals(self) -> list[View]:
        return [View(raw) for raw in self._do("modals")]

    def modal(self) -> View | None:
        stack = self.modals()
        return stack[-1] if stack else None

    def fill(self, block_id: str, value: Any) -> Reply:
        return self._act("fill", what=block_id, value=_plain(value))

    def fill_by_label(self, label: str, value: Any) -> Reply:
        return self._act("fill", what=label, value=_plain(value))

    def enter(self, block_id_or_label: str, value: Any) -> Reply:
        return self._act("fill", what=block_id_or_label, value=_plain(value), enter=True)

    def suggest(self, block_id_or_label: str, query: str) -> list[Json]:
        """What an external select offers: options, or groups with a label and options."""
        offered = self._do("suggest", what=block_id_or_label, query=query)
        return list(offered.get("options") or offered.get("option_groups") or [])

    def press(self, text_or_action_id: str, in_: Message | View | str | None = None, *, confirm: bool = True) -> Reply:
        return self._act("press", what=text_or_action_id, where=_where(in_), confirm=confirm)

    def choose(
        self, text_or_action_id: str, value: Any, in_: Message | View | str | None = None, *, confirm: bool = True
    ) -> Reply:
        return self._act("choose", what=text_or_action_id, value=_plain(value), where=_where(in_), confirm=confirm)

    def submit(self) -> Reply:
        return self._act("submit")

    def close(self) -> Reply:
        return self._act("close")

    def shortcut(self, callback_id: str) -> Reply:
        return self._act("shortcut", callback_id=callback_id)

    def message_shortcut(self, callback_id: str, channel: str, ts: str) -> Reply:
        return self._act("message_shortcut", callback_id=callback_id, channel=channel, ts=ts)

    def dm(self) -> list[Message]:
        return self.channel("dm")

    def channel(self, name: str) -> list[Message]:
        return [Message(raw) for raw in self._do("channel", channel=name)]

    def thread(self, channel: str, ts: str) -> list[Message]:
        return [Message(raw) for raw in self._do("thread", channel=channel, ts=ts)]

    def _do(self, act: str, **arguments: Any) -> Any:
        return self.sandbox.do(f"people/{self.id}/{act}", **arguments)

    def _act(self, act: str, **arguments: Any) -> Reply:
        return Reply(**self._do(act, **arguments))


def _view(raw: Json | None) -> View | None:
    return View(raw) if raw else None


def _where(place: Message | View | str | None) -> Any:
    if isinstance(place, Message):
        return {"channel": place.channel, "ts": place.ts}
    return {"id": place.id} if isinstance(place, View) else place


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
