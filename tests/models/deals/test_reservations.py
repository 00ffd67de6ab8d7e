"""Thirty people approve deals for the last ten units at once, from three processes of ten threads each."""

import json
import subprocess
import sys
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from bot.database import Database
from models.company.resources import Commitment, ResourceRow
from models.deals.rows import Deal
from tests.places import ROOT
from tests.world import World

WEEK = date(2027, 1, 18)
DEALS = 30
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
    """Let the threads of all processes go at once, and hear what each was told."""
    command = [sys.executable, "-m", "tests.models.deals.race_worker", database_url, *how, *map(str, deal_ids)]
    ended = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=MOST_SECONDS)
    told = [Told(*one) for one in json.loads(ended.stdout)]
    assert sorted(one.deal_id for one in told) == deal_ids
    return told


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
