"""What a check costs with 50,000 commitments, and what the same question costs where there are only 1,000.

The company with 1,000 commitments is furnished anew for every deal: what the deal's question reads stands there cell by
cell, one commitment each, and commitments that it does not read make up the thousand. So both answer the same, which is
asserted, and a ratio of their times is the price of 49,000 commitments more.
"""

import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

from sqlalchemy import delete

from bot.database import Database
from models.company.resources import Commitment
from models.deals.terms import Checked, Terms, check_terms, searchable
from models.files import GivenCommitment
from models.promise.check import Verdict
from models.workspace.workspaces import the_workspace
from tests.bench.company import Plant, asks, commit, import_plants, large_load, plants
from tests.bench.timing import spread, timed
from tests.world import NOW

LINES = (1, 3, 10)
DEALS, ROUNDS, FEW = 30, 5, 1_000
# Cost is to depend on the cells of the deal, not on how many commitments the company has.
MOST_RATIO = 1.2
T = TypeVar("T")
Work = Callable[[Database, Terms], T]


@dataclass(frozen=True)
class Compared(Generic[T]):
    """What both companies answer, and the seconds that it took with few commitments and with many."""

    answer: T
    few: Sequence[float]
    many: Sequence[float]


@dataclass(frozen=True)
class Companies:
    """The same company twice, with few commitments and with many."""

    made: Sequence[Plant]
    load: Sequence[GivenCommitment]
    few: Database
    many: Database

    @classmethod
    @contextmanager
    def build(cls) -> Iterator["Companies"]:
        """Two databases that are gone afterwards."""
        made = plants()
        load = large_load(made)
        with tempfile.TemporaryDirectory() as home:
            few, many = (_founded(Path(home) / name, made) for name in ("few.db", "many.db"))
            with many.writing() as session:
                commit(the_workspace(session), load)
            yield cls(made, load, few, many)
            few.close()
            many.close()

    def asked(self, lines: int) -> list[Terms]:
        """What customers ask, as far as it does not fit."""
        with self.many.reading() as session:
            asked = asks(session, self.made, lines=lines)
            short = (terms for terms in asked if check_once(self.many, terms).check.verdict is not Verdict.FITS)
            return list(islice(short, DEALS))

    def compare(self, lines: int, work: Work[T], *, rounds: int) -> list[Compared[T]]:
        """Do some work for each question at both companies in turn, so that a busy moment of the machine hits both."""
        return [self._compare(terms, work, rounds) for terms in self.asked(lines)]

    def _compare(self, terms: Terms, work: Work[T], rounds: int) -> Compared[T]:
        self._pose(terms)
        both = [partial(work, database, terms) for database in (self.few, self.many)]
        taken = [[timed(each) for each in both] for _ in range(rounds)]
        answer = taken[0][0][0]
        assert all(found == answer for turn in taken for found, _ in turn)
        few, many = ([turn[n][1] for turn in taken] for n in (0, 1))
        return Compared(answer, few, many)

    def _pose(self, terms: Terms) -> None:
        """Leave the company with few commitments what the question reads, and fill up with what it does not."""
        question = searchable_once(self.many, terms)
        read = question.company.resources
        cells = [(name, week, load) for name, resource in read.items() for week, load in resource.load.items()]
        kept = [GivenCommitment("Sum", *cell, None) for cell in cells]
        kept += [load for load in self.load if load.resource not in read][: FEW - len(kept)]
        with self.few.writing() as session:
            session.execute(delete(Commitment))
            commit(the_workspace(session), kept)
        assert len(kept) == FEW
        assert searchable_once(self.few, terms) == question


def check_once(database: Database, terms: Terms) -> Checked:
    """A check of terms, from the database."""
    with database.reading() as session:
        return check_terms(the_workspace(session), terms, now=NOW)


def searchable_once(database: Database, terms: Terms) -> Checked:
    """The same check, with all that a search for ways looks at."""
    with database.reading() as session:
        workspace = the_workspace(session)
        return searchable(workspace, check_terms(workspace, terms, now=NOW), now=NOW)


def summary(compared: Sequence[Compared[T]]) -> str:
    """How long it takes with many commitments, and the ratio to few."""
    ratio = statistics.median(statistics.fmean(each.many) / statistics.fmean(each.few) for each in compared)
    times = [seconds for each in compared for seconds in each.many]
    held = "at most" if ratio <= MOST_RATIO else "MORE THAN"
    return f"{spread(times)}; {ratio:.2f} times what it takes with {FEW:,} commitments ({held} {MOST_RATIO})"


def main(companies: Companies) -> None:
    """Print what a check costs, and how that depends on the load of the company."""
    for lines in LINES:
        print(f"check, {lines:>2} lines: {summary(companies.compare(lines, check_once, rounds=ROUNDS))}")


def _founded(path: Path, made: Sequence[Plant]) -> Database:
    database = Database(f"sqlite:///{path}")
    database.migrate()
    with database.writing() as session:
        import_plants(the_workspace(session), made)
    return database
