"""What a check and all ways cost where work may be done in windows of eight weeks and on any of four resources."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random

from bot.database import Database
from models.deals.terms import Terms
from models.promise import Kind, Need, Offer
from models.promise.check import Verdict
from models.promise.ways import QUICK
from models.workspace.workspaces import the_workspace
from tests.bench.checking import LINES, Companies, check_once
from tests.bench.company import Plant, asks, commit, import_plants
from tests.bench.timing import p95, spread, timed
from tests.bench.ways import answer

AHEAD, GROUP, DEALS, ROUNDS, LARGER = 7, 4, 20, 3, 30
MOST_SECONDS, MOST_TIMES = 0.020, 3.0


def main(companies: Companies) -> None:
    """Print both, beside the same questions without windows, in turn."""
    with tempfile.TemporaryDirectory() as home:
        made = [_with_windows(plant) for plant in companies.made]
        windowed = Database(f"sqlite:///{Path(home) / 'windows.db'}")
        windowed.migrate()
        with windowed.writing() as session:
            import_plants(the_workspace(session), made)
            commit(the_workspace(session), companies.load)
        for lines in LINES:
            _compare(companies, windowed, made, lines)
        windowed.close()


def _compare(companies: Companies, windowed: Database, made: Sequence[Plant], lines: int) -> None:
    with windowed.reading() as session:
        asked = [_larger(terms) for terms in islice(asks(session, made, lines=lines), DEALS)]
    both = [(partial(check_once, companies.many, terms), partial(check_once, windowed, terms)) for terms in asked]
    pairs = [(timed(without)[1], timed(within)[1]) for _ in range(ROUNDS) for without, within in both]
    without, within = ([pair[n] for pair in pairs] for n in (0, 1))
    times = p95(within) / p95(without)
    held = "at most" if p95(within) <= MOST_SECONDS and times <= MOST_TIMES else "MORE THAN"
    bounds = f"{held} {1000 * MOST_SECONDS:.0f} ms and {MOST_TIMES:.0f} times"
    print(f"check in windows, {lines:>2} lines: {spread(within)}; {times:.2f} times the p95 without ({bounds})")
    short = [terms for terms in asked if check_once(windowed, terms).check.verdict is not Verdict.FITS]
    searched = [timed(partial(answer, windowed, terms)) for terms in short]
    if len(searched) > 1:
        proven = sum(ways.is_complete and seconds <= QUICK for ways, seconds in searched)
        seconds = spread([taken for _, taken in searched])
        print(f"  all ways of {len(short)} that do not fit: {seconds}; {proven / len(short):.0%} proven in 2 s")


def _larger(terms: Terms) -> Terms:
    """Windows take in more than the usual ask."""
    return replace(terms, lines=tuple(replace(line, quantity=LARGER * line.quantity) for line in terms.lines))


def _with_windows(plant: Plant) -> Plant:
    chance = Random("windows")
    times = [one.name for one in plant.resources if one.kind is Kind.TIME]
    return replace(plant, offers=[_free(chance, offer, times) for offer in plant.offers])


def _free(chance: Random, offer: Offer, times: Sequence[str]) -> Offer:
    """The same needs of time, in windows and on any of several."""

    def freed(need: Need) -> Need:
        if need.resource not in times:
            return need
        others = chance.sample([name for name in times if name != need.resource], GROUP - 1)
        return replace(need, ahead=AHEAD, any_of=(need.resource, *others))

    return replace(offer, needs=tuple(map(freed, offer.needs)))
