"""The clock turns through everything that is due, and waits at each instant until all who follow it are idle."""

import asyncio
import threading
import time
from collections.abc import Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from sandbox.client import NotPossible, Sandbox
from sandbox.clock import Clock, NotIdle
from sandbox.server import start

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(work, 60))


def report(clock: Clock, name: str, due: datetime | None = None, *, idle: bool = True) -> datetime:
    clock.report(name, round_=clock.round, idle=idle, next_due=due)
    return clock.now()


class Follower(threading.Thread):
    """A heartbeat as a guest would write it: do what is due now, report, wait for the next round."""

    def __init__(self, url: str, name: str, dues: list[datetime], wait: float = 0.2) -> None:
        super().__init__(daemon=True)
        self.url, self.name_, self.dues, self.wait = f"{url}/clock/followers/{name}", name, list(dues), wait
        self.done: list[datetime] = []
        self.left = threading.Event()

    def run(self) -> None:
        with httpx.Client() as http:
            reading = http.get(self.url.rsplit("/", 2)[0]).json()
            while not self.left.is_set():
                now = datetime.fromisoformat(reading["now"])
                for due in [due for due in self.dues if due <= now]:
                    self.dues.remove(due)
                    self.done.append(now)
                following = min(self.dues, default=None)
                reading = http.post(
                    self.url,
                    json={
                        "round": reading["round"],
                        "idle": True,
                        "next_due": following.isoformat() if following else None,
                        "wait": self.wait,
                    },
                ).json()
            http.delete(self.url)

    def leave(self) -> None:
        self.left.set()
        self.join()


@pytest.fixture
def standing() -> Iterator[Sandbox]:
    box = start(now=NOON)
    sandbox = Sandbox(box.url)
    yield sandbox
    sandbox.close()
    box.stop()


def test_a_clock_without_followers_just_turns(standing: Sandbox) -> None:
    assert standing.now() == NOON
    assert standing.turn(by=HOUR) == NOON + HOUR
    assert standing.turn(to=NOON + 2 * HOUR) == NOON + 2 * HOUR
    assert standing.now() == NOON + 2 * HOUR


def test_a_clock_is_never_turned_back(standing: Sandbox) -> None:
    with pytest.raises(NotPossible, match="cannot be turned back"):
        standing.turn(by=-HOUR)


def test_a_turn_stops_wherever_something_is_due(standing: Sandbox) -> None:
    dues = [NOON + HOUR, NOON + 3 * HOUR, NOON + 26 * HOUR]
    follower = Follower(standing.url, "heartbeat", dues)
    follower.start()
    assert standing.until(standing.followers)
    assert standing.turn(by=timedelta(days=1)) == NOON + timedelta(days=1)
    assert follower.done == dues[:2]
    standing.turn(by=timedelta(days=1))
    assert follower.done == dues
    follower.leave()


def test_two_followers_meet_at_every_stop(standing: Sandbox) -> None:
    one = Follower(standing.url, "one", [NOON + HOUR, NOON + 2 * HOUR])
    two = Follower(standing.url, "two", [NOON + HOUR * 1.5])
    for follower in (one, two):
        follower.start()
    assert standing.until(lambda: len(standing.followers()) == 2)
    standing.turn(by=3 * HOUR)
    assert (one.done, two.done) == ([NOON + HOUR, NOON + 2 * HOUR], [NOON + HOUR * 1.5])
    for follower in (one, two):
        follower.leave()


def test_a_week_of_instants_passes_in_a_moment(standing: Sandbox) -> None:
    dues = [NOON + timedelta(minutes=10 * number) for number in range(1, 7 * 24 * 6 + 1)]
    follower = Follower(standing.url, "heartbeat", dues)
    follower.start()
    assert standing.until(standing.followers)
    began, worked = time.monotonic(), time.process_time()
    standing.turn(by=timedelta(days=7))
    assert follower.done == dues
    # However little of the machine it gets: nobody waits at any instant until the answer to a report comes by itself.
    assert time.process_time() - worked < 20
    assert time.monotonic() - began < len(dues) * follower.wait / 2
    follower.leave()


def test_the_report_that_ends_a_round_is_answered_with_the_next() -> None:
    async def story() -> None:
        clock = Clock(NOON)
        report(clock, "one", NOON + HOUR)
        turning = asyncio.create_task(clock.turn(NOON + 2 * HOUR))
        await asyncio.sleep(0)
        assert clock.round == 1
        assert report(clock, "one", NOON + HOUR) == NOON + HOUR
        assert clock.round == 2
        assert report(clock, "one") == NOON + 2 * HOUR
        assert not turning.done()
        report(clock, "one")
        assert await turning == NOON + 2 * HOUR

    run(story())


def test_a_report_of_an_old_round_or_of_work_holds_the_clock() -> None:
    async def story() -> None:
        clock = Clock(NOON)
        report(clock, "one", NOON + HOUR)
        turning = asyncio.create_task(clock.turn(NOON + HOUR))
        await asyncio.sleep(0)
        assert report(clock, "one", NOON + HOUR, idle=False) == NOON
        clock.report("one", round_=clock.round - 1, idle=True, next_due=None)
        assert clock.now() == NOON
        assert report(clock, "one") == NOON + HOUR
        report(clock, "one")
        await turning

    run(story())


def test_a_turn_gives_up_and_names_who_is_not_idle() -> None:
    async def story() -> None:
        clock = Clock(NOON)
        report(clock, "busy one", idle=False)
        with pytest.raises(NotIdle, match=r"not idle at 2026-11-23T12:00:00\+00:00: busy one"):
            await clock.turn(NOON + HOUR, timeout=0.1)

    run(story())


def test_a_silent_follower_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        monkeypatch.setattr("sandbox.clock.FORGOTTEN_AFTER", 0.1)
        clock = Clock(NOON)
        report(clock, "gone", NOON + HOUR)
        assert await clock.turn(NOON + 2 * HOUR) == NOON + 2 * HOUR
        assert clock.followers == {}

    run(story())


def test_a_follower_that_leaves_does_not_hold_the_clock() -> None:
    async def story() -> None:
        clock = Clock(NOON)
        report(clock, "one", idle=False)
        turning = asyncio.create_task(clock.turn(NOON + HOUR))
        await asyncio.sleep(0)
        clock.leave("one")
        assert await turning == NOON + HOUR

    run(story())


def test_appointments_of_the_sandbox_are_kept_on_the_way() -> None:
    async def story() -> None:
        clock = Clock(NOON)
        kept: list[datetime] = []

        async def keep() -> None:
            await asyncio.sleep(0.01)
            kept.append(clock.now())

        clock.at(NOON + HOUR, keep)
        clock.at(NOON + 5 * HOUR, keep)
        report(clock, "one")
        turning = asyncio.create_task(clock.turn(NOON + 2 * HOUR))
        while not turning.done():
            report(clock, "one")
            await asyncio.sleep(0.002)
        assert kept == [NOON + HOUR]

    run(story())


def test_settling_gives_everybody_one_round_at_the_same_time() -> None:
    async def story() -> None:
        clock = Clock(NOON)
        report(clock, "one")
        settling = asyncio.create_task(clock.settle())
        await asyncio.sleep(0)
        assert not settling.done()
        report(clock, "one")
        assert await settling == NOON
        assert clock.round == 1

    run(story())


def test_a_running_clock_runs_and_can_be_turned() -> None:
    box = start(now=NOON, running=True)
    sandbox = Sandbox(box.url)
    first = sandbox.now()
    assert sandbox.until(lambda: sandbox.now() > first)
    assert NOON <= first < sandbox.now() < NOON + timedelta(minutes=1)
    turned = sandbox.turn(by=HOUR)
    assert sandbox.until(lambda: sandbox.now() > turned)
    assert NOON + HOUR < sandbox.now() < NOON + HOUR + timedelta(minutes=1)
    sandbox.close()
    box.stop()


def test_the_contract_of_the_wire(standing: Sandbox) -> None:
    assert httpx.get(f"{standing.url}/clock").json() == {"now": "2026-11-23T12:00:00+00:00", "round": 0}
    said = {"round": 0, "idle": True, "next_due": None}
    assert httpx.post(f"{standing.url}/clock/followers/me", json=said).json()["round"] == 0
    assert httpx.delete(f"{standing.url}/clock/followers/me").status_code == 200


def test_appointments_are_kept_while_the_clock_runs() -> None:
    async def story() -> None:
        clock = Clock(NOON, running=True)
        kept = asyncio.Event()

        async def keep() -> None:
            kept.set()

        ticking = asyncio.create_task(clock.run())
        clock.at(NOON + timedelta(milliseconds=50), keep)
        await asyncio.wait_for(kept.wait(), 30)
        ticking.cancel()

    run(story())


def test_a_turn_waits_for_what_the_sandbox_itself_delivers() -> None:
    async def story() -> None:
        clock = Clock(NOON)
        done: list[str] = []

        async def deliver() -> None:
            await asyncio.sleep(0.03)
            done.append("delivered")

        clock.keep_busy(deliver())
        await clock.settle()
        assert done == ["delivered"]
        clock.keep_busy(deliver())
        clock.forget_work()
        await clock.settle()
        assert done == ["delivered"]

    run(story())


def test_a_delivery_gives_the_followers_another_round() -> None:
    async def story() -> None:
        clock = Clock(NOON)
        gate = asyncio.Event()

        async def deliver() -> None:
            await gate.wait()

        report(clock, "one")
        clock.keep_busy(deliver())
        settling = asyncio.create_task(clock.settle())
        await asyncio.sleep(0)
        report(clock, "one")
        assert not settling.done()
        before = clock.round
        gate.set()
        while clock.round == before:
            await asyncio.sleep(0)
        assert clock.round == before + 1
        assert not settling.done()
        report(clock, "one")
        await settling

    run(story())
