"""Driving the sandbox from Python: thin words over the control API."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import httpx

from sandbox.person import Person
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

    def set_locale(self, user: str, locale: str) -> None:
        """Somebody chooses the language in which they use Slack."""
        self.do("set_locale", user=user, locale=locale)

    def run_step(self, callback_id: str, **inputs: Any) -> str:
        """A workflow comes to a step of the app; answer the execution."""
        return str(self.do("run_step", callback_id=callback_id, inputs=inputs)["id"])

    def execution(self, key: str) -> Json:
        """What came of a step."""
        return next(one for one in self.do("executions") if one["id"] == key)

    def add_channel(
        self, name: str, members: list[str] | None = None, *, private: bool = False, shared: bool = False
    ) -> str:
        return str(self.do("add_channel", name=name, members=members or [], private=private, shared=shared)["id"])

    def add_usergroup(self, handle: str, name: str, users: list[str]) -> str:
        return str(self.do("add_usergroup", handle=handle, name=name, users=users)["id"])

    def set_usergroup(self, group: str, users: list[str]) -> None:
        """Say who is in a user group."""
        self.do("set_usergroup", group=group, users=users)

    def invite(self, channel: str, user: str) -> None:
        self.do("invite", channel=channel, user=user)

    def remove(self, channel: str, user: str) -> None:
        self.do("remove", channel=channel, user=user)

    def archive(self, channel: str) -> None:
        self.do("archive", channel=channel)

    def install(self, manifest: Json, request_url: str | None = None, **known: str) -> App:
        """Install an app; `known` is its `app_id` and `signing_secret`, where it is in other workspaces too."""
        app = self.do("install", manifest=manifest, request_url=request_url, **known)
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

    def person(self, who: str) -> Person:
        """Somebody to act as, by id or name."""
        people = [p for p in self.do("people") if who in {p["id"], p["name"]}]
        if not people:
            raise NotPossible(f"nobody here is called {who}")
        return Person(self, people[0]["id"], people[0]["name"])

    def workspace(self) -> Json:
        """Which workspace this is: team_id, name, enterprise_id."""
        return dict(self.do("workspace"))

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

    def requests(self, *, last: int = 0) -> list[Json]:
        """What was sent to apps, oldest first: the last so many, or all."""
        return list(self.do("requests", last=last))

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

    def faults_by_chance(self, seed: int, **shares: float) -> None:
        """Let a share of all calls go wrong: lost_reply, ratelimited, http, error, delay, duplicate."""
        self.do("faults_by_chance", shares=shares, seed=seed)

    def faults(self) -> list[Json]:
        """What is still to go wrong."""
        return list(self.do("faults"))

    def clear_faults(self) -> None:
        self.do("clear_faults")

    def configure(
        self, *, trigger_seconds: float | None = None, ack_seconds: float | None = None, enterprise: str | None = None
    ) -> None:
        """Change how long a trigger id lives, how long an app may take to answer, and of which organisation it is."""
        self.do("configure", trigger_seconds=trigger_seconds, ack_seconds=ack_seconds, enterprise=enterprise)

    def disconnect(self, app_id: str | None = None, reason: str = "refresh_requested") -> None:
        self.do("disconnect", app_id=app_id, reason=reason)

    def reset(self) -> None:
        self.do("reset")

    def until(self, seen: Callable[[], T], seconds: float = 60.0) -> T:
        """Look again and again until there is something to see; for what an app does after its answer."""
        deadline = time.monotonic() + seconds
        while not (result := seen()) and time.monotonic() < deadline:
            time.sleep(0.005)
        return result
