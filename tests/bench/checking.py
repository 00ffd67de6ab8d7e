"""What a check costs: figures as ratios of one run, because machines are shared and noisy."""

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from bot.database import Database
from models.capacity import company_for
from models.catalog import NeedRow, OfferRow
from models.promise import Deal, Line, check
from models.resources import Commitment, ResourceRow
from models.workspaces import the_workspace
from tests.world import NOW

RESOURCES, WEEKS, ROUNDS = 200, 104, 60
MONDAY = date(2026, 11, 23)


def loaded(home: Path, commitments: int) -> Database:
    """A company of 200 resources and 104 weeks, with so many commitments."""
    database = Database(f"sqlite:///{home / f'{commitments}.db'}")
    database.migrate()
    chance = random.Random(1)
    with database.writing() as session:
        workspace = the_workspace(session)
        rows = [ResourceRow(workspace=workspace, name=f"R{n}", kind="time", unit="hour") for n in range(RESOURCES)]
        for row in rows:
            row.weekly = 400_000
        session.add_all(rows)
        session.flush()
        for n in range(RESOURCES):
            offer = OfferRow(workspace=workspace, name=f"O{n}", family="F", unit="piece", list_price=100, unit_cost=60)
            for resource in chance.sample(rows, 3):
                offer.needs.append(NeedRow(workspace=workspace, resource=resource, offset=-2, weeks=2, per_unit=500))
            session.add(offer)
        for n in range(commitments):
            week = MONDAY + timedelta(weeks=chance.randrange(WEEKS))
            load = Commitment(workspace=workspace, resource=chance.choice(rows), week=week, quantity=1000, ref=f"S{n}")
            load.committed_at = NOW
            session.add(load)
    return database


def checking(database: Database, lines: int) -> Callable[[], None]:
    """One check of a deal of so many lines, from the database."""
    chance = random.Random(2)

    def once() -> None:
        with database.reading() as session:
            workspace = the_workspace(session)
            ids = chance.sample(range(1, RESOURCES + 1), lines)
            company = company_for(session, workspace, ids, now=NOW)
            asked = tuple(Line(f"O{n - 1}", 20, 100, MONDAY + timedelta(weeks=8)) for n in ids)
            check(company, Deal("Acme", MONDAY, asked))

    return once


def median(work: Callable[[], None]) -> float:
    """The median of some rounds, in seconds."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def main() -> None:
    """Print what a check costs, and how that depends on the load of the company."""
    with tempfile.TemporaryDirectory() as home:
        few, many = loaded(Path(home), 1_000), loaded(Path(home), 50_000)
        for lines in (1, 3, 10):
            with_few, with_many = median(checking(few, lines)), median(checking(many, lines))
            shown = f"{with_few * 1000:.1f} ms with 1,000 commitments, {with_many * 1000:.1f} ms with 50,000"
            print(f"check, {lines:>2} lines: {shown}, ratio {with_many / with_few:.2f}")
