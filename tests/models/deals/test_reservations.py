"""Thirty people approve deals for the last ten units at once, from three processes of ten threads each."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from threading import Timer
from typing import NamedTuple

from sqlalchemy import select

from bot.database import Database
from models.company.resources import Commitment, ResourceRow
from models.deals.rows import Deal
from tests.places import ROOT
from tests.world import World

WEEK = date(2027, 1, 18)
DEALS, PROCESSES = 30, 3
MOST_SECONDS = 120


class Told(NamedTuple):
    """What the person who approved a deal was told; both texts are empty when it was committed."""

    deal_id: int
    error: str
    sentence: str


class Promised(NamedTuple):
    """A commitment in force on the last ten, in thousandths, with its deal."""

    deal_id: int
    number: int
    state: str
    quantity: int


def test_last_units_are_committed_once(database: Database, database_url: str) -> None:
    deal_ids = _propose(database)
    told = _race(database_url, deal_ids)
    promised = _promised(database)
    assert [(row.state, row.quantity) for row in promised] == [("approved", 1_000)] * 10
    assert sorted(row.deal_id for row in promised) == sorted(one.deal_id for one in told if not one.error)
    last = promised[-1].number
    refusal = (
        "This does not fit. Last ten, week of Jan 18: needs 1 unit, 0 free, 1 short. "
        f"Deal #{last} for Customer {last} took it (Sara, Nov 23, 10:00\u202fAM)."
    )
    assert [(one.error, one.sentence) for one in told if one.error] == [("DoesNotFit", refusal)] * 20


def test_last_units_are_oversold_without_the_lock(database: Database, database_url: str) -> None:
    deal_ids = _propose(database)
    told = _race(database_url, deal_ids, "--without-lock")
    promised = _promised(database)
    assert sorted(row.deal_id for row in promised) == sorted(one.deal_id for one in told if not one.error)
    assert sum(row.quantity for row in promised) > 10_000
    assert {one.error for one in told} <= {"", "DoesNotFit"}


def _propose(database: Database) -> list[int]:
    with World.build(database) as world:
        lamp = ("Scarce lamp", 1, 10_000, WEEK)
        return [world.propose(lamp, customer=f"Customer {number}").id for number in range(1, DEALS + 1)]


def _race(database_url: str, deal_ids: list[int], *how: str) -> list[Told]:
    """Start the processes, let them go when all are ready, and hear what each of their threads was told."""
    shares = [deal_ids[first::PROCESSES] for first in range(PROCESSES)]
    with _processes([[database_url, *map(str, share), *how] for share in shares]) as processes:
        assert [_line(process) for process in processes] == ["ready\n"] * PROCESSES
        for process in processes:
            _let_go(process)
        told = [Told(*one) for process in processes for one in json.loads(_line(process))]
        assert [process.wait() for process in processes] == [0] * PROCESSES
    assert sorted(one.deal_id for one in told) == deal_ids
    return told


@contextmanager
def _processes(arguments: list[list[str]]) -> Iterator[list["subprocess.Popen[str]"]]:
    """Worker processes; none of them outlives the test, nor does the test wait for them for ever."""
    pipe = subprocess.PIPE
    with ExitStack() as stack:
        processes = []
        for given in arguments:
            command = [sys.executable, "-m", "tests.models.deals.race_worker", *given]
            process = stack.enter_context(subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True))
            stack.callback(process.kill)
            alarm = Timer(MOST_SECONDS, process.kill)
            stack.callback(alarm.cancel)
            alarm.start()
            processes.append(process)
        yield processes


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline()


def _let_go(process: "subprocess.Popen[str]") -> None:
    assert process.stdin
    process.stdin.write("go\n")
    process.stdin.flush()


def _promised(database: Database) -> list[Promised]:
    rows = (
        select(Deal.id, Deal.number, Deal.state, Commitment.quantity)
        .select_from(Commitment)
        .join(Deal, Deal.id == Commitment.deal_id)
        .join(ResourceRow, ResourceRow.id == Commitment.resource_id)
        .where(ResourceRow.name == "Last ten", Commitment.week == WEEK, Commitment.released_at.is_(None))
        .order_by(Commitment.id)
    )
    with database.reading() as session:
        return [Promised(*row) for row in session.execute(rows)]
