"""The one place that reads the time. In demo and tests the sandbox's clock stands in, which can be turned."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import httpx


@dataclass(frozen=True)
class Moment:
    """An instant, and the round of the clock's walk that it belongs to."""

    now: datetime
    round: int = 0


class Clock(Protocol):
    """What tells the time, and is told when all that was due is done."""

    def read(self) -> Moment:
        """The present moment."""

    def report(self, moment: Moment, *, is_idle: bool, next_due: datetime | None) -> Moment:
        """Say that all that was due at a moment is done, and what comes next; the answer is the present moment."""

    def leave(self) -> None:
        """Stop being waited for."""


class MachineClock:
    """The machine's own time, which waits for nobody."""

    def read(self) -> Moment:
        """The present moment."""
        return Moment(datetime.now(UTC))

    def report(self, moment: Moment, *, is_idle: bool, next_due: datetime | None) -> Moment:  # noqa: ARG002 - a Clock's method
        """Nobody listens: the same moment."""
        return moment

    def leave(self) -> None:
        """Nobody waits."""


class SandboxClock:
    """A clock that is turned from outside, and waits until its followers are idle."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(timeout=10)
        self._url = url.rstrip("/")
        self._me = f"{self._url}/followers/{uuid.uuid4().hex}"

    def read(self) -> Moment:
        """The present moment."""
        return _moment(self._http.get(self._url))

    def report(self, moment: Moment, *, is_idle: bool, next_due: datetime | None) -> Moment:
        """Say that all that was due at a moment is done, and what comes next."""
        due = next_due.isoformat() if next_due else None
        return _moment(self._http.post(self._me, json={"round": moment.round, "idle": is_idle, "next_due": due}))

    def leave(self) -> None:
        """Stop being waited for."""
        self._http.delete(self._me)
        self._http.close()


def clock_for(url: str) -> Clock:
    """The sandbox's clock where there is one, else the machine's."""
    return SandboxClock(url) if url else MachineClock()


def _moment(answer: httpx.Response) -> Moment:
    content = answer.raise_for_status().json()
    return Moment(datetime.fromisoformat(content["now"]).astimezone(UTC), content["round"])
