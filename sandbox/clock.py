"""Business time: it stands still or runs, and it turns only through every instant at which something is due."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

# Somebody at work is not heard meanwhile: the first picture of a process takes seconds, and more on a busy machine.
FORGOTTEN_AFTER = 20.0
TURN_TIMEOUT = 60.0


class NotIdle(Exception):
    """The clock could not go on because somebody who follows it was still at work."""


@dataclass
class Follower:
    """Somebody who works by this clock, as last heard from."""

    name: str
    round: int = -1
    idle: bool = False
    next_due: datetime | None = None
    heard: float = field(default_factory=time.monotonic)


@dataclass(order=True)
class Appointment:
    """Something the sandbox itself does at a later business time."""

    due: datetime
    number: int
    act: Callable[[], Awaitable[None]] = field(compare=False)


@dataclass
class Walk:
    """A turn that is under way."""

    target: datetime
    final: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)


class Clock:
    """The sandbox's business clock and those who follow it; touched only on the event loop."""

    def __init__(self, now: datetime | None = None, *, running: bool = False) -> None:
        self.running = running
        self.round = 0
        self.followers: dict[str, Follower] = {}
        self._now = (now or datetime.now(UTC)).astimezone(UTC)
        self._since = time.monotonic()
        self._appointments: list[Appointment] = []
        self._made = 0
        self._walk: Walk | None = None
        self._turning = asyncio.Lock()
        self._moved = asyncio.Event()
        self._acts: set[asyncio.Future[None]] = set()

    def now(self) -> datetime:
        if self.running and self._walk is None:
            return self._now + timedelta(seconds=time.monotonic() - self._since)
        return self._now

    def reading(self) -> dict[str, object]:
        return {"now": self.now().isoformat(), "round": self.round}

    async def turn(self, target: datetime | None, *, timeout: float | None = None) -> datetime:
        """Walk to `target`, or stay: at each instant somebody has something due, and wait there until all are idle."""
        async with self._turning:
            now = self.now()
            target = now if target is None else target
            if target < now:
                raise ValueError(f"the clock cannot be turned back from {now.isoformat()} to {target.isoformat()}")
            self._walk = Walk(target, final=target == now)
            self._set(now)
            self._keep_appointments()
            try:
                await self._finish(self._walk, TURN_TIMEOUT if timeout is None else timeout)
            finally:
                self._walk = None
                self._since = time.monotonic()
            return self.now()

    async def settle(self, *, timeout: float | None = None) -> datetime:
        """Let everybody do what is due at the present instant."""
        return await self.turn(None, timeout=timeout)

    def report(self, name: str, *, round_: int, idle: bool, next_due: datetime | None) -> None:
        """Hear from a follower; when this ends a round of a turn, the next one begins at once."""
        self.followers[name] = Follower(name, round_, idle, next_due)
        self._advance()

    def leave(self, name: str) -> None:
        self.followers.pop(name, None)
        self._advance()

    async def changed(self, round_: int, seconds: float, name: str) -> None:
        """Wait until the round is another than `round_`, for a follower that rather waits than asks again."""
        self.followers[name].heard = time.monotonic() + seconds
        deadline = time.monotonic() + seconds
        while self.round == round_ and (left := deadline - time.monotonic()) > 0:
            try:
                await asyncio.wait_for(self._moved.wait(), left)
            except TimeoutError:
                return

    def at(self, due: datetime, act: Callable[[], Awaitable[None]]) -> None:
        """Do `act` when business time reaches `due`."""
        self._made += 1
        self._appointments.append(Appointment(due, self._made, act))

    def forget_work(self) -> None:
        """Drop what the sandbox itself still had to do."""
        self._appointments.clear()
        for task in self._acts:
            task.cancel()

    def keep_busy(self, work: Awaitable[None]) -> None:
        """Do `work` beside everything else; a turn waits for it."""
        task = asyncio.ensure_future(work)
        self._acts.add(task)
        task.add_done_callback(self._finished)

    async def run(self) -> None:
        """Keep appointments while business time runs by itself, and forget followers who went silent."""
        while True:
            await asyncio.sleep(0.1)
            self._forget_silent()
            if self._walk is None and self._appointments:
                self._keep_appointments()

    def _finished(self, task: "asyncio.Future[None]") -> None:
        self._acts.discard(task)
        if self._walk and not self._acts:
            self._set(self._now)
            self._advance()

    async def _finish(self, walk: Walk, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        self._advance()
        while not walk.done.is_set():
            try:
                await asyncio.wait_for(walk.done.wait(), 0.2)
            except TimeoutError:
                self._forget_silent()
                self._advance()
                if time.monotonic() > deadline:
                    raise NotIdle(self._who_is_not_idle()) from None

    def _advance(self) -> None:
        while (walk := self._walk) and not walk.done.is_set() and self._is_idle():
            if walk.final:
                walk.done.set()
                return
            stop = self._next_stop(walk.target)
            walk.final = stop == walk.target
            self._set(stop)
            self._keep_appointments()

    def _is_idle(self) -> bool:
        return not self._acts and all(f.idle and f.round == self.round for f in self.followers.values())

    def _next_stop(self, target: datetime) -> datetime:
        dues = [f.next_due for f in self.followers.values() if f.next_due] + [a.due for a in self._appointments]
        return min((due for due in dues if self._now < due < target), default=target)

    def _set(self, now: datetime) -> None:
        self._now = now
        self.round += 1
        self._moved.set()
        self._moved = asyncio.Event()

    def _keep_appointments(self) -> None:
        now = self.now()
        due = sorted(a for a in self._appointments if a.due <= now)
        self._appointments = [a for a in self._appointments if a.due > now]
        for appointment in due:
            self.keep_busy(appointment.act())

    def _forget_silent(self) -> None:
        limit = time.monotonic() - FORGOTTEN_AFTER
        self.followers = {name: f for name, f in self.followers.items() if f.heard > limit}

    def _who_is_not_idle(self) -> str:
        names = [f.name for f in self.followers.values() if not (f.idle and f.round == self.round)]
        if self._acts:
            names.append(f"{len(self._acts)} deliveries of the sandbox itself")
        return f"not idle at {self._now.isoformat()}: {', '.join(names)}"
