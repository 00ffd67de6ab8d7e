"""Clocks: the machine's waits for nobody; the sandbox's is turned from outside, and waits for whoever follows it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.clock import MachineClock, Moment, SandboxClock, clock_for
from sandbox.client import Sandbox
from sandbox.server import RunningSandbox, start
from tests.world import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def box() -> Iterator[RunningSandbox]:
    running = start(now=NOW)
    yield running
    running.stop()


def test_clock_is_the_sandbox_s_where_there_is_one() -> None:
    kinds = [type(clock_for(url)) for url in ("", "http://127.0.0.1:1/clock")]
    assert kinds == [MachineClock, SandboxClock]


def test_machine_s_clock_tells_the_time_in_utc_and_waits_for_nobody() -> None:
    clock = MachineClock()
    before, moment, after = datetime.now(UTC), clock.read(), datetime.now(UTC)
    assert before <= moment.now <= after
    assert (moment.now.tzinfo, moment.round) == (UTC, 0)
    assert clock.report(moment, is_idle=False, next_due=NOW) is moment


def test_sandbox_s_clock_waits_for_its_follower_until_it_leaves(box: RunningSandbox) -> None:
    sandbox, clock = Sandbox(box.url), SandboxClock(f"{box.clock_url}/")
    assert clock.read() == Moment(NOW, 0)
    assert sandbox.followers() == []
    assert clock.report(Moment(NOW, 0), is_idle=True, next_due=NOW + HOUR) == Moment(NOW, 0)
    (follower,) = sandbox.followers()
    heard = {name: follower[name] for name in ("round", "idle", "next_due")}
    assert heard == {"round": 0, "idle": True, "next_due": "2026-11-23T17:00:00+00:00"}
    clock.report(clock.read(), is_idle=False, next_due=None)
    assert [(one["idle"], one["next_due"]) for one in sandbox.followers()] == [(False, None)]
    clock.leave()
    assert sandbox.followers() == []
    sandbox.turn(by=2 * HOUR)
    assert clock_for(box.clock_url).read().now == NOW + 2 * HOUR
    sandbox.close()


def test_two_clocks_are_two_followers(box: RunningSandbox) -> None:
    sandbox, clocks = Sandbox(box.url), [SandboxClock(box.clock_url) for _ in range(2)]
    for clock in clocks:
        clock.report(clock.read(), is_idle=True, next_due=None)
    clocks[0].leave()
    assert len(sandbox.followers()) == 1
    clocks[1].leave()
    sandbox.close()


def test_address_that_is_no_clock_is_an_error_and_no_time(box: RunningSandbox) -> None:
    with pytest.raises(httpx.HTTPStatusError):
        SandboxClock(f"{box.url}/nowhere").read()
