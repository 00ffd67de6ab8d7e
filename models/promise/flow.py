"""Needs as a flow from windows through cells: exact, by OR-Tools' min-cost flow.

What comes first in the order of placings costs more than all that comes after it: a change of a placing is a sum of
cycles, none of which passes a window or a cell twice, so that a step of one unit outweighs the longest cycle of the
next one. What limits whom is a polymatroid on either side; therefore ranks do for home weeks and for the prices of
overtime, whatever the prices are.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from models.promise.windows import Cell, CellRoom, Placing, Window

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Costs:
    """What a unit costs that is early by a week, on the next resource of its window, at the next price of overtime."""

    early: int = 0
    rank: int = 0
    overtime: int = 0


@dataclass(frozen=True)
class MayLack:
    """How much of a home week may stay unmet, and what a unit of that costs."""

    most: int
    cost: int = 0


@dataclass(frozen=True)
class Arcs:
    """Each way of a window to a cell: both by their numbers, how much it takes, how early and far down the names."""

    window: Ints
    cell: Ints
    amount: Ints
    early: Ints
    rank: Ints


@dataclass(frozen=True)
class Flow:
    """Demands by window, and the rooms of cells that have any."""

    demands: Mapping[Window, int]
    rooms: Mapping[Cell, CellRoom]

    def placed(self) -> Placing:
        """The placing that counts: of shortage, overtime, earliness and names the least, in this order."""
        placing = self._solved(self._order, {})
        if placing.is_whole:
            return placing
        weeks = sorted({window.week for window in self.demands}, reverse=True)
        everything = sum(self.demands.values())
        # Of two that cannot both be met the earlier one is.
        short = self._solved(Costs(), {week: MayLack(everything, rank) for rank, week in enumerate(weeks, 1)})
        lacking: Counter[date] = Counter()
        for window, amount in short.unmet.items():
            lacking[window.week] += amount
        return self._solved(self._order, {week: MayLack(amount) for week, amount in lacking.items()})

    @cached_property
    def _order(self) -> Costs:
        longest = 2 * min(len(self.demands), len(self.rooms)) + 2
        early = longest * max((len(window.resources) for window in self.demands), default=1) + 1
        most = max((window.ahead for window in self.demands), default=0)
        return Costs(early, 1, longest * (most + 1) * early + 1)

    @cached_property
    def _arcs(self) -> Arcs:
        numbers = {cell: number for number, cell in enumerate(self.rooms)}
        every = [
            (number, numbers[cell], self.demands[window], early, rank)
            for number, window in enumerate(self.demands)
            for cell, early, rank in window.cells()
            if cell in numbers
        ]
        return Arcs(*np.array(every, dtype=np.int64).reshape(-1, 5).T)

    @cached_property
    def _limits(self) -> tuple[Ints, Ints, Ints]:
        """What cells hold before overtime, how much more with it, and the rank of its price."""
        rooms = list(self.rooms.values())
        prices = sorted({0, *(room.cost for room in rooms)})
        rank = {price: number for number, price in enumerate(prices)}
        limits = [(room.free, room.overtime, rank[room.cost]) for room in rooms]
        free, overtime, ranks = np.array(limits, dtype=np.int64).reshape(-1, 3).T
        return free, overtime, ranks

    def _solved(self, costs: Costs, lacks: Mapping[date, MayLack]) -> Placing:
        """The cheapest placing in which so much may stay unmet; one that is not whole where there is none.

        Nodes are windows, cells, home weeks that may lack something, and the sink.
        """
        windows, cells = list(self.demands), list(self.rooms)
        weeks = {week: len(windows) + len(cells) + number for number, week in enumerate(lacks)}
        sink = len(windows) + len(cells) + len(weeks)
        solver, add = _solver()
        arcs = self._arcs
        done = add(
            arcs.window, arcs.cell + len(windows), arcs.amount, arcs.early * costs.early + arcs.rank * costs.rank
        )
        free, overtime, ranks = self._limits
        of_cells, to_sink = np.arange(len(cells)) + len(windows), np.full(len(cells), sink)
        add(of_cells, to_sink, free, np.zeros_like(free))
        add(of_cells, to_sink, overtime, ranks * costs.overtime)
        lacking = [n for n, window in enumerate(windows) if window.week in weeks]
        amounts = np.array(list(self.demands.values()), dtype=np.int64)
        left = add(lacking, [weeks[windows[n].week] for n in lacking], amounts[lacking], np.zeros(len(lacking)))
        for week, lack in lacks.items():
            solver.add_arc_with_capacity_and_unit_cost(weeks[week], sink, lack.most, lack.cost)
        solver.set_nodes_supplies(np.arange(len(windows)), amounts)
        solver.set_node_supply(sink, -int(amounts.sum()))
        if solver.solve() != solver.OPTIMAL:
            return Placing({}, dict(self.demands), is_whole=False)
        met = np.zeros(len(cells), dtype=np.int64)
        np.add.at(met, arcs.cell, solver.flows(done))
        unmet = {windows[n]: int(amount) for n, amount in zip(lacking, solver.flows(left), strict=True) if amount}
        return Placing({cell: int(amount) for cell, amount in zip(cells, met, strict=True) if amount}, unmet)


def _solver() -> tuple[SimpleMinCostFlow, Callable[..., Ints]]:
    """A solver, and what adds arcs to it: their ends, how much they take, and what a unit of that costs."""
    solver = SimpleMinCostFlow()

    def add(*columns: Iterable[int] | Ints) -> Ints:
        arcs: Ints = solver.add_arcs_with_capacity_and_unit_cost(*(np.array(c, dtype=np.int64) for c in columns))
        return arcs

    return solver, add
