"""Placing units into months: as late as possible, where there is room for the work, and for what lies in stock."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor

from models.base.arithmetic import half_up
from models.sop.identities import FamilyPlan
from models.sop.rough_cut import ResourceMonths, Work


class Room:
    """What is left of resources, month by month, while units are placed."""

    def __init__(self, resources: Iterable[ResourceMonths], *, has_overtime: bool = False) -> None:
        self._resources = {one.name: one for one in resources}
        self._left = {
            (name, month): one.free(month) + (one.overtime_left(month) if has_overtime else 0)
            for name, one in self._resources.items()
            for month in range(len(one.available))
        }

    def units(self, work: Work, wanted: int) -> int:
        """How many of the units that are wanted the tightest of their resources carries."""
        return min([wanted, *(floor(self._left[cell] / need) for cell, need in work.items() if cell in self._left)])

    def take(self, work: Work, units: int) -> None:
        """Use it for so many units; below nothing: give it back."""
        for cell, need in work.items():
            if cell in self._left:
                self._left[cell] -= need * units

    def left(self, cell: tuple[str, int]) -> Fraction | None:
        """What is left of a resource in a month; None where it is not known, so that it limits nothing."""
        return self._left.get(cell)

    def tightest(self, work: Work) -> str:
        """The resource that carries the fewest units; nothing where none limits them."""
        carried = [(self._left[cell] / need, cell[0]) for cell, need in work.items() if cell in self._left]
        return min(carried)[1] if carried else ""

    def overtime_cost(self) -> int:
        """What the overtime costs that was taken beyond what was free, in minor units."""
        cost = Fraction(0)
        for (name, month), left in self._left.items():
            one = self._resources[name]
            bought = one.overtime_left(month) - max(Fraction(0), left)
            if bought > 0:
                cost += bought / 1000 * one.overtime_cost
        return half_up(cost)


class Placement:
    """The supply of a family while units are placed, and what its net stock becomes."""

    def __init__(self, plan: FamilyPlan, work: Sequence[Work], room: Room) -> None:
        self.plan, self.room = plan, room
        self.supply, self.net = list(plan.supply), list(plan.net)
        self._work = work
        self._open = list(range(len(self.supply)))

    def missing(self, month: int) -> int:
        """What the net stock of a month lacks to its target."""
        return max(0, self.plan.targets[month] - self.net[month])

    def place(self, month: int, wanted: int) -> int:
        """Make so many units by the end of a month, as late as possible; how many there was room for."""
        placed = 0
        for at in reversed([at for at in self._open if at <= month]):
            if placed == wanted:
                break
            placed += self.place_in(at, self.in_stock(at, month, wanted - placed))
            if not self.room.units(self._work[at], 1):
                self._open.remove(at)
        return placed

    def place_in(self, month: int, wanted: int) -> int:
        """Make so many units in a month; how many there was room for."""
        units = self.room.units(self._work[month], wanted)
        if units > 0:
            self.make(month, units)
        return units

    def make(self, month: int, units: int) -> None:
        """So many more in a month; below nothing: fewer."""
        self.room.take(self._work[month], units)
        self.supply[month] += units
        for later in range(month, len(self.net)):
            self.net[later] += units

    def trim(self, since: int) -> None:
        """Make less from a month on where the net stock would rise above its ceiling, and did not before."""
        for month in range(since, len(self.net)):
            if self.plan.ceilings is None:
                return
            excess = self.net[month] - max(self.plan.ceilings[month], self.plan.net[month])
            if excess > 0:
                self.make(month, -min(excess, self.supply[month]))

    def limit(self, month: int) -> str:
        """What limits a month."""
        return self.room.tightest(self._work[month])

    def in_stock(self, month: int, until: int, wanted: int) -> int:
        """How many of the units that are wanted may lie in stock from one month until another."""
        ceilings = self.plan.ceilings
        if ceilings is None or month == until:
            return wanted
        return max(0, min(wanted, *(ceilings[n] - self.net[n] for n in range(month, until))))
