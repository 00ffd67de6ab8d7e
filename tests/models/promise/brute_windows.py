"""Placings by trying all of them: an own reading of sections 4 to 6 for windows and alternatives.

Imports nothing of the promise: it reads the same company and the same deal as `belay check` does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import prod
from typing import Any

Json = dict[str, Any]
# Total short; short by home week, in order; overtime cost; units × weeks early; units × place of the resource.
Rank = tuple[int, tuple[int, ...], int, int, int]


@dataclass(frozen=True)
class Want:
    """Whole units that are wanted in a home week, of any of several resources, up to `ahead` weeks earlier."""

    week: int
    ahead: int
    resources: tuple[str, ...]
    units: int


def wants_of(company: Json, deal: Json) -> list[Want]:
    """What the lines of a deal want, in weeks from the week of today."""
    offers = {offer["name"]: offer for offer in company["offers"]}
    first = monday(date.fromisoformat(deal["today"]))
    total: dict[tuple[int, int, tuple[str, ...]], int] = {}
    for line in deal["lines"]:
        for need in offers[line["offer"]]["needs"]:
            units = need.get("per_unit", 0) * line["quantity"] + need.get("fixed", 0)
            names = tuple(need.get("any_of") or [need["resource"]])
            home = (monday(date.fromisoformat(line["week"])) - first).days // 7 + need.get("offset", 0)
            for k in range(need.get("weeks", 1)):
                key = (home + k, need.get("ahead", 0), names)
                total[key] = total.get(key, 0) + units
    return [Want(*key, units) for key, units in total.items() if units]


def best(company: Json, deal: Json) -> Rank:
    """The rank of the best of all placings."""
    wants, rooms = wants_of(company, deal), Rooms(company, deal)
    cells = sorted({cell for want in wants for cell in cells_of(want)})
    weeks = sorted({want.week for want in wants})
    # Of what lies in the cells and is short by week: the least that it is early, and far down the names.
    known: dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[int, int]] = {
        ((0,) * len(cells), (0,) * len(weeks)): (0, 0)
    }
    for want in wants:
        own = [(cells.index(cell), early, place) for cell, early, place in placed_cells(want)]
        for _ in range(want.units):
            known = one_more(known, own, weeks.index(want.week), [rooms.most(cell) for cell in cells])
    return min(
        (sum(short), short, sum(rooms.cost(cells[n], units) for n, units in enumerate(loads)), early, places)
        for (loads, short), (early, places) in known.items()
    )


def one_more(
    known: Mapping[tuple[tuple[int, ...], tuple[int, ...]], tuple[int, int]],
    own: Sequence[tuple[int, int, int]],
    week: int,
    most: Sequence[int],
) -> dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[int, int]]:
    """Every way to place one unit more in one of its own cells, or to leave it short."""
    after: dict[tuple[tuple[int, ...], tuple[int, ...]], tuple[int, int]] = {}
    for (loads, short), (early, places) in known.items():
        ways = [((loads, raised(short, week)), (early, places))]
        ways += [
            ((raised(loads, n), short), (early + weeks, places + place))
            for n, weeks, place in own
            if loads[n] < most[n]
        ]
        for key, value in ways:
            after[key] = min(value, after.get(key, value))
    return after


def raised(counts: tuple[int, ...], number: int) -> tuple[int, ...]:
    """One more of one."""
    return (*counts[:number], counts[number] + 1, *counts[number + 1 :])


def size_of(company: Json, deal: Json) -> int:
    """About how many placings there are to look at."""
    wants, rooms = wants_of(company, deal), Rooms(company, deal)
    cells = {cell for want in wants for cell in cells_of(want)}
    return prod(rooms.most(cell) + 1 for cell in cells) * prod(want.units + 1 for want in wants)


def placed_cells(want: Want) -> Iterator[tuple[tuple[str, int], int, int]]:
    """The cells of a want that are not over."""
    for early in range(want.ahead + 1):
        for place, name in enumerate(want.resources):
            if want.week - early >= 0:
                yield (name, want.week - early), early, place


def cells_of(want: Want) -> list[tuple[str, int]]:
    return [cell for cell, _, _ in placed_cells(want)]


class Rooms:
    """What is free in cells, in whole units."""

    def __init__(self, company: Json, deal: Json) -> None:
        self._resources: Mapping[str, Json] = {one["name"]: one for one in company["resources"]}
        first = monday(date.fromisoformat(deal["today"]))
        self._load: dict[tuple[str, int], int] = {}
        for entry in company.get("commitments", ()):
            cell = entry["resource"], (date.fromisoformat(entry["week"]) - first).days // 7
            self._load[cell] = self._load.get(cell, 0) + entry["quantity"]

    def free(self, cell: tuple[str, int]) -> int:
        """Before overtime."""
        return max(0, int(self._resources[cell[0]]["weekly"]) - self._load.get(cell, 0))

    def most(self, cell: tuple[str, int]) -> int:
        """With overtime."""
        one = self._resources[cell[0]]
        return max(0, int(one["weekly"] + one["overtime"]) - self._load.get(cell, 0))

    def cost(self, cell: tuple[str, int], units: int) -> int:
        """Of overtime."""
        return max(0, units - self.free(cell)) * int(self._resources[cell[0]]["overtime_cost"])


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
