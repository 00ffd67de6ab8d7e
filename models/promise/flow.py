"""Needs as a flow from windows through cells: exact, by OR-Tools' min-cost flow.

What comes first in the order of placings costs more than all that comes after it: a change of a placing is a sum of
cycles, none of which passes a window or a cell twice, so that a step of one unit outweighs the longest cycle of the
next one. What limits whom is a polymatroid on either side; therefore ranks do for home weeks and for the prices of
overtime, whatever the prices are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from models.promise.windows import Cell, CellRoom, Placing, Window

Node = Window | Cell | date | None
Kept = TypeVar("Kept", Cell, Window)
SINK = None


@dataclass(frozen=True)
class Costs:
    """What a unit costs that is early by a week, on the next resource of its window, at the next price of overtime."""

    early: int = 0
    place: int = 0
    overtime: int = 0


@dataclass(frozen=True)
class MayLack:
    """How much of a home week may stay unmet, and what a unit of that costs."""

    most: int
    cost: int = 0


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

    def _solved(self, costs: Costs, lacks: Mapping[date, MayLack]) -> Placing:
        """The cheapest placing in which so much may stay unmet; one that is not whole where there is none."""
        solver = SimpleMinCostFlow()
        nodes = {node: number for number, node in enumerate([*self.demands, *self.rooms, *lacks, SINK])}
        for window, amount in self.demands.items():
            solver.set_node_supply(nodes[window], amount)
        solver.set_node_supply(nodes[SINK], -sum(self.demands.values()))
        met = list(self._done(solver, nodes, costs))
        unmet = list(self._left(solver, nodes, lacks))
        self._limit(solver, nodes, costs)
        if solver.solve() != solver.OPTIMAL:
            return Placing({}, dict(self.demands), is_whole=False)
        return Placing(_amounts(solver, met), _amounts(solver, unmet))

    def _done(self, solver: SimpleMinCostFlow, nodes: Mapping[Node, int], costs: Costs) -> Iterator[tuple[Cell, int]]:
        """The arcs of windows to their cells, each with the cell."""
        for window, amount in self.demands.items():
            for cell, early, place in window.cells():
                if cell in self.rooms:
                    cost = early * costs.early + place * costs.place
                    ends = nodes[window], nodes[cell]
                    yield cell, solver.add_arc_with_capacity_and_unit_cost(*ends, amount, cost)

    def _left(
        self, solver: SimpleMinCostFlow, nodes: Mapping[Node, int], lacks: Mapping[date, MayLack]
    ) -> Iterator[tuple[Window, int]]:
        """The arcs of what stays unmet, each with the window."""
        for window, amount in self.demands.items():
            if window.week in lacks:
                ends = nodes[window], nodes[window.week]
                yield window, solver.add_arc_with_capacity_and_unit_cost(*ends, amount, 0)
        for week, lack in lacks.items():
            solver.add_arc_with_capacity_and_unit_cost(nodes[week], nodes[SINK], lack.most, lack.cost)

    def _limit(self, solver: SimpleMinCostFlow, nodes: Mapping[Node, int], costs: Costs) -> None:
        """What cells hold before overtime, and with it."""
        prices = sorted({0, *(room.cost for room in self.rooms.values())})
        rank = {price: number for number, price in enumerate(prices)}
        for cell, room in self.rooms.items():
            ends = nodes[cell], nodes[SINK]
            solver.add_arc_with_capacity_and_unit_cost(*ends, room.free, 0)
            solver.add_arc_with_capacity_and_unit_cost(*ends, room.overtime, rank[room.cost] * costs.overtime)


def _amounts(solver: SimpleMinCostFlow, arcs: Iterable[tuple[Kept, int]]) -> Counter[Kept]:
    amounts: Counter[Kept] = Counter()
    for kept, arc in arcs:
        amounts[kept] += solver.flow(arc)
    return +amounts
