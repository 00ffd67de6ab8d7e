"""Where work may be done: in the week it is meant for or earlier, on any of several resources.

Needs are placed together: all of them in such a way that the least is short, then the least is paid for overtime, then
the least is done early. Source: section 5 of the promise's specification.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from models.base.arithmetic import WEEK
from models.promise.facts import Company, Line, Need, Offer, Resource

Cell = tuple[str, date]


@dataclass(frozen=True)
class Window:
    """The cells in which a need may be met: of its resources, the best first, from `ahead` weeks before home on."""

    week: date
    ahead: int
    resources: tuple[str, ...]

    @property
    def home(self) -> Cell:
        """Where a shortage is told."""
        return self.resources[0], self.week

    @property
    def is_one_cell(self) -> bool:
        """Whether nothing is to be chosen."""
        return not self.ahead and len(self.resources) == 1

    def cells(self) -> Iterator[tuple[Cell, int, int]]:
        """Each cell with how many weeks early it is, and the rank of its resource."""
        for early, (rank, name) in product(range(self.ahead + 1), enumerate(self.resources)):
            yield (name, self.week - early * WEEK), early, rank


@dataclass(frozen=True)
class Placing:
    """Needs in the cells in which they are met, in thousandths; and what of each window is not.

    `is_whole`: nothing is unmet that did not have to be.
    """

    met: Mapping[Cell, int]
    unmet: Mapping[Window, int]
    is_whole: bool = True


@dataclass(frozen=True)
class CellRoom:
    """What a deal can have of a cell: before overtime, and more with it, at a cost for a whole unit."""

    free: int
    overtime: int = 0
    cost: int = 0

    def of_which(self, most: int) -> "CellRoom":
        """No more of it than so much."""
        free = min(self.free, most)
        return CellRoom(free, min(self.overtime, most - free), self.cost)


def demands_of(offers: Mapping[str, Offer], lines: Iterable[Line]) -> Counter[Window]:
    """What lines need, by where it may be met: needs of one window add up, and a need of 0 is no need."""
    demands: Counter[Window] = Counter()
    for line in lines:
        for need in offers[line.offer].needs:
            amount = need.per_unit * line.quantity + need.fixed
            for window in windows_of(need, line.week) if amount else ():
                demands[window] += amount
    return demands


def windows_of(need: Need, week: date) -> Iterator[Window]:
    """Where each week's work of a need may be done, for a delivery in a week."""
    for k in range(need.weeks):
        yield Window(week + (need.offset + k) * WEEK, need.ahead, need.resources)


def place(
    company: Company, demands: Mapping[Window, int], *, first_week: date, within: Mapping[Cell, int] | None = None
) -> Placing:
    """Place needs of time where they fit best; what was worked before the first week stays where it was.

    `within` limits what is taken of each cell.
    """
    # Imported for those who need it: most companies have no windows.
    from models.promise.flow import Flow

    cells = {cell for window in demands for cell, _, _ in window.cells()}
    rooms = {(name, week): room_of(company.resources[name], week, first_week) for name, week in cells}
    if within is not None:
        rooms = {cell: room.of_which(within.get(cell, 0)) for cell, room in rooms.items()}
    return Flow(demands, {cell: room for cell, room in rooms.items() if room.free or room.overtime}).placed()


def room_of(resource: Resource, week: date, first_week: date) -> CellRoom:
    """What a deal can have of a week; of one that is over, what it was promised there."""
    if week < first_week:
        return CellRoom(sum(place.quantity for place in resource.places.get(week, ())))
    free = resource.ordinary(week)
    return CellRoom(free, resource.room(week) - free, resource.overtime_cost)
