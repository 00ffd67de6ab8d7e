"""The room that deliveries share: what each may take alone, and what all of them may take together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from models.base.arithmetic import WEEK
from models.promise.facts import Company, Deal, Kind, Line, Resource
from models.promise.windows import Cell, Window, windows_of


@dataclass(frozen=True)
class Room:
    """What is free in some cells together, in thousandths: one week of time, or stock up to a week.

    `overtime` more can be bought, at `cost` minor units for a whole unit.
    """

    cells: frozenset[Cell]
    free: int
    overtime: int = 0
    cost: int = 0


@dataclass(frozen=True, eq=False)
class Slot:
    """A delivery that a plan may hold: between `least` and `most` of a line in a week, or nothing.

    `takes` says what it takes of each room, for each piece and once; `draws` what it draws from each pool. Weeks late
    count from the week asked for.
    """

    line: int
    week: date
    late: int
    least: int
    most: int
    takes: Mapping[int, tuple[int, int]]
    draws: Mapping[int, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Pool:
    """Rooms among which what is drawn may be shared out: the cells of a window."""

    rooms: tuple[int, ...]


def rooms_and_slots(
    company: Company, deal: Deal, weeks: Sequence[Iterable[date]], *, has_overtime: bool = False, is_whole: bool = False
) -> tuple[list[Room], list[Slot], list[Pool]]:
    """The deliveries that are possible in the weeks given for each line, each limited to what would fit alone.

    A delivery is at least the lot, or with `is_whole` all that was asked.
    """
    wanted = {
        (number, week): _takes(company, line, week) for number, line in enumerate(deal.lines) for week in weeks[number]
    }
    possible = {k: takes for k, takes in wanted.items() if all(window.week >= deal.first_week for window in takes)}
    windows = list(dict.fromkeys(window for takes in possible.values() for window in takes))
    cells = {cell for window in windows for cell, _, _ in window.cells() if cell[1] >= deal.first_week}
    rooms = list(_rooms(company, deal, cells, has_overtime))
    rooms_of: defaultdict[Cell, list[int]] = defaultdict(list)
    for number, room in enumerate(rooms):
        for cell in room.cells:
            rooms_of[cell].append(number)
    choices = [w for w in windows if not w.is_one_cell]
    pools = [Pool(tuple(number for cell, _, _ in w.cells() for number in rooms_of[cell])) for w in choices]
    slots = []
    for (number, week), takes in possible.items():
        line = deal.lines[number]
        least = line.quantity if is_whole else min(company.offers[line.offer].min_lot, line.quantity)
        shares = _shares({w.home: take for w, take in takes.items() if w.is_one_cell}, rooms_of)
        draws = {pool: takes[w] for pool, w in enumerate(choices) if w in takes}
        most = min([line.quantity, *_alone(shares, rooms), *_alone(draws, _whole(pools, rooms))])
        if most >= least:
            slots.append(Slot(number, week, (week - line.week) // WEEK, least, most, shares, draws))
    return rooms, slots, pools


def _takes(company: Company, line: Line, week: date) -> dict[Window, tuple[int, int]]:
    """What a delivery takes of each window: for each piece, and once; nothing where it takes nothing."""
    takes: defaultdict[Window, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for need in company.offers[line.offer].needs:
        for window in windows_of(need, week) if need.per_unit or need.fixed else ():
            each, once = takes[window]
            takes[window] = each + need.per_unit, once + need.fixed
    return takes


def _whole(pools: Sequence[Pool], rooms: Sequence[Room]) -> list[Room]:
    """Each pool as if it were one room, and nobody else's."""
    return [
        Room(frozenset(), sum(rooms[n].free for n in pool.rooms), sum(rooms[n].overtime for n in pool.rooms))
        for pool in pools
    ]


def _rooms(company: Company, deal: Deal, cells: Iterable[Cell], has_overtime: bool) -> Iterator[Room]:
    for name, group in groupby(sorted(cells), key=lambda cell: cell[0]):
        resource = company.resources[name]
        weeks = [week for _, week in group]
        if resource.kind is Kind.STOCK:
            yield from _stock(resource, weeks, deal)
            continue
        for week in weeks:
            free = resource.ordinary(week)
            overtime = resource.room(week) - free if has_overtime else 0
            cost = resource.overtime_cost if overtime else 0
            yield Room(frozenset({(name, week)}), free, overtime, cost)


def _stock(resource: Resource, weeks: Sequence[date], deal: Deal) -> Iterator[Room]:
    """Needs add up over the weeks, so that what is left in a later week limits the earlier ones too."""
    positions = resource.positions(weeks, today=deal.today)
    lowest: dict[date, int] = {}
    least = None
    for week in sorted(positions, reverse=True):
        least = positions[week] if least is None else min(least, positions[week])
        lowest[week] = max(0, least)
    seen = 0
    for free, group in groupby(sorted(lowest), key=lambda week: lowest[week]):
        last = max(group)
        cells = frozenset((resource.name, week) for week in weeks if week <= last)
        if len(cells) > seen:
            yield Room(cells, free)
        seen = len(cells)


def _shares(takes: Mapping[Cell, tuple[int, int]], rooms_of: Mapping[Cell, list[int]]) -> dict[int, tuple[int, int]]:
    shares: defaultdict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for cell, (each, once) in takes.items():
        for number in rooms_of[cell]:
            shares[number] = shares[number][0] + each, shares[number][1] + once
    return dict(shares)


def _alone(shares: Mapping[int, tuple[int, int]], rooms: Sequence[Room]) -> Iterator[int]:
    """The most that each room would let one delivery have; -1 where not even an empty one fits."""
    for number, (each, once) in shares.items():
        left = rooms[number].free + rooms[number].overtime - once
        if left < 0:
            yield -1
        elif each:
            yield left // each
