"""Ways out of a gap, each with its cost: what operations or sales would have to do, and what that is in money.

Rough-cut, as the plan is: units of a family in months, capacity by time resource. What is promised is checked when a
deal is; a way out is a proposal for the meeting. None makes another gap: what is taken from elsewhere was above the
target there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from models.base.arithmetic import half_up, round_up
from models.sop.gaps import Gap, GapKind, ranked_gaps
from models.sop.identities import FamilyPlan
from models.sop.launches import launched_in
from models.sop.open_deals import OpenUnits
from models.sop.placing import Placement, Room
from models.sop.plan_changes import PlanChange, Quantity, changed_plans
from models.sop.rough_cut import ResourceMonths, Work

MOST_DEALS = 2
MOST_SHIFTS = 2
MOST_MONTHS_LATER = 6
HARDLY = 20
YEAR = 12


class WayOutKind(StrEnum):
    """What is done about a gap, in the order in which ties are listed."""

    MORE = "more"
    OVERTIME = "overtime"
    SHIFT = "shift"
    RETIME = "retime"
    SHRINK = "shrink"
    LAUNCH_LATER = "launch_later"
    TAKE_BACK = "take_back"
    LESS = "less"


@dataclass(frozen=True)
class WayOut:
    """So many units of what a gap misses in its worst month, and what that costs in minor units.

    `net` is what the net stock there becomes, `spend` what the units cost to make (below nothing: not spent), `extra`
    what comes on top: stock carried meanwhile, overtime, lateness, or value that is not sold. `months` are those in
    which more is made, or less; `other` is the family that gives, `deal` the one that is asked.
    """

    kind: WayOutKind
    units: int
    net: int
    changes: tuple[PlanChange, ...]
    spend: int = 0
    extra: int = 0
    months: tuple[date, ...] = ()
    other: str = ""
    deal: OpenUnits | None = None
    keeps_stock: bool = True


@dataclass(frozen=True)
class Remedies:
    """What ways out are looked for in: the plans, resources that carry the planned supply, and deals that are open.

    `carrying_rate` is what stock costs a year, as a share of its value; `late_cost` what a week late does. `launches`
    are families that begin in one of the months, by its number.
    """

    months: Sequence[date]
    plans: Mapping[str, FamilyPlan]
    work: Mapping[str, Sequence[Work]]
    resources: Sequence[ResourceMonths]
    late_cost: Decimal
    carrying_rate: Decimal
    open_deals: Mapping[tuple[str, date], Sequence[OpenUnits]]
    launches: Mapping[str, int] = field(default_factory=dict)

    def ways_out(self, gap: Gap) -> tuple[WayOut, ...]:
        """The ways out of a gap, the least extra cost first; what closes hardly any of it is none."""
        every = self._of_shortage(gap) if gap.kind is GapKind.SHORT else self._of_surplus(gap)
        worth = [
            replace(way, keeps_stock=gap.keeps_stock)
            for way in every
            if way.units * HARDLY >= gap.units and self._is_better(way)
        ]
        order = list(WayOutKind)
        return tuple(sorted(worth, key=lambda way: (way.extra, order.index(way.kind), -way.units)))

    def _is_better(self, way: WayOut) -> bool:
        """Whether the families that it changes have smaller gaps afterwards, all together."""
        plans = [self.plans[family] for family in sorted({change.family for change in way.changes})]
        after = changed_plans(plans, way.changes)
        return sum(gap.money for gap in ranked_gaps(after)) < sum(gap.money for gap in ranked_gaps(plans))

    def _of_shortage(self, gap: Gap) -> Iterator[WayOut]:
        more = self._supplied(gap, WayOutKind.MORE, Room(self.resources))
        if more.units:
            yield more
        if more.units == gap.units:
            return
        overtime = self._supplied(gap, WayOutKind.OVERTIME, Room(self.resources, has_overtime=True))
        if overtime.units > more.units:
            yield overtime
        shifts = [way for family in self._givers(gap) for way in self._shifted(gap, family)]
        shifts = [way for way in shifts if way.units > more.units]
        yield from sorted(shifts, key=lambda way: (-way.units, way.other))[:MOST_SHIFTS]
        yield from self._asked_of_deals(gap)
        yield from self._launched_later(gap)
        yield self._taken_back(gap)

    def _supplied(self, gap: Gap, kind: WayOutKind, room: Room) -> WayOut:
        """More supply in the months of the gap and before it, as late as there is room."""
        plan = self.plans[gap.family]
        placement = Placement(plan, self.work[gap.family], room)
        for month in range(gap.first, gap.last + 1):
            placement.place(month, placement.missing(month))
        placement.trim(gap.last + 1)
        made = _differences(plan, placement)
        bought = room.overtime_cost() if kind is WayOutKind.OVERTIME else 0
        return WayOut(
            kind,
            placement.net[gap.worst] - gap.net,
            placement.net[gap.worst],
            made,
            spend=half_up(sum(change.units for change in made) * plan.unit_cost),
            extra=bought + self._carried(plan, placement),
            months=tuple(self.months[change.month] for change in made if change.units > 0),
        )

    def _carried(self, plan: FamilyPlan, placement: Placement) -> int:
        """What it costs that units lie in stock until they are wanted: above what was there and the target."""
        pairs = zip(plan.net, placement.net, plan.targets, strict=True)
        unit_months = sum(max(0, after - max(before, target, 0)) for before, after, target in pairs)
        return half_up(unit_months * plan.unit_cost * Fraction(self.carrying_rate) / YEAR)

    def _givers(self, gap: Gap) -> Iterator[str]:
        """Families with stock above their target to the end, which need a resource of the gap's family."""
        needed = self._needed(gap.family)
        for family, plan in self.plans.items():
            is_rich = plan.net[-1] > plan.targets[-1]
            if family != gap.family and is_rich and needed & self._needed(family):
                yield family

    def _needed(self, family: str) -> set[str]:
        return {name for work in self.work[family] for name, _ in work}

    def _shifted(self, gap: Gap, other: str) -> Iterator[WayOut]:
        """Another family that needs the same resources makes less where its stock allows it."""
        room = Room(self.resources)
        taker = Placement(self.plans[gap.family], self.work[gap.family], room)
        giver = Placement(self.plans[other], self.work[other], room)
        for month in range(gap.first, gap.last + 1):
            for at in range(month, -1, -1):
                self._give(taker, giver, at, taker.in_stock(at, month, taker.missing(month)))
        given = _differences(self.plans[other], giver)
        units = taker.net[gap.worst] - gap.net
        if not given or not units:
            return
        made = _differences(self.plans[gap.family], taker)
        costs = (self.plans[change.family].unit_cost * change.units for change in (*made, *given))
        yield WayOut(
            WayOutKind.SHIFT,
            units,
            taker.net[gap.worst],
            (*made, *given),
            spend=half_up(sum(costs, Fraction(0))),
            extra=self._carried(self.plans[gap.family], taker),
            months=tuple(self.months[change.month] for change in made),
            other=other,
        )

    def _give(self, taker: Placement, giver: Placement, month: int, wanted: int) -> None:
        """Make units of one family in a month, and as many fewer of another as that takes."""
        taken, given = self.work[taker.plan.family][month], self.work[giver.plan.family][month]
        slack = (net - target for net, target in zip(giver.net[month:], giver.plan.targets[month:], strict=True))
        most = max(0, min(giver.supply[month], *slack))
        if not most or not wanted or not taken.keys() & given.keys():
            return
        left = {cell: taker.room.left(cell) for cell in taken}
        limits = [floor((have + most * given.get(c, 0)) / taken[c]) for c, have in left.items() if have is not None]
        units = max(0, min([wanted, *limits]))
        short = {c: taken[c] * units - have for c, have in left.items() if have is not None}
        fewer = max([round_up(short[c] / given[c]) for c in short if c in given], default=0)
        if units > 0:
            giver.make(month, -max(0, fewer))
            taker.make(month, units)

    def _asked_of_deals(self, gap: Gap) -> Iterator[WayOut]:
        """Deals that are not agreed yet may come when the gap is over, or take less; the largest are named."""
        plan = self.plans[gap.family]
        deals = [
            (number, deal)
            for number in range(gap.worst + 1)
            if number >= gap.first
            for deal in self.open_deals.get((gap.family, self.months[number]), ())
        ]
        for month, deal in sorted(deals, key=lambda entry: (-entry[1].units, entry[1].deal))[:MOST_DEALS]:
            units = min(gap.units, deal.units, plan.demand[month])
            fewer = PlanChange(gap.family, Quantity.DEMAND, month, -units)
            net = gap.net + units
            if units and gap.last + 1 < len(self.months):
                later = self.months[gap.last + 1]
                weeks = Fraction((later - self.months[month]).days, 7)
                late = half_up(Fraction(self.late_cost) * weeks * deal.price * units)
                then = PlanChange(gap.family, Quantity.DEMAND, gap.last + 1, units)
                yield WayOut(WayOutKind.RETIME, units, net, (fewer, then), extra=late, months=(later,), deal=deal)
            if units:
                lost = half_up(units * deal.price)
                yield WayOut(WayOutKind.SHRINK, units, net, (fewer,), extra=lost, deal=deal)

    def _launched_later(self, gap: Gap) -> Iterator[WayOut]:
        """The family begins later: by the fewest months that close the gap, or that help most."""
        plan, first = self.plans[gap.family], self.launches.get(gap.family)
        if first is None or not any(plan.demand[first : gap.worst + 1]):
            return
        begun = {month: launched_in(plan.demand, month) for month in range(first + 1, first + 1 + MOST_MONTHS_LATER)}
        units = {m: sum(plan.demand[: gap.worst + 1]) - sum(d[: gap.worst + 1]) for m, d in begun.items()}
        later = next((m for m in begun if units[m] >= gap.units), max(begun, key=lambda m: (units[m], -m)))
        if later >= len(self.months):
            return
        pairs = enumerate(zip(begun[later], plan.demand, strict=True))
        moved = [PlanChange(gap.family, Quantity.DEMAND, n, now - was) for n, (now, was) in pairs if now != was]
        yield WayOut(
            WayOutKind.LAUNCH_LATER,
            units[later],
            gap.net + units[later],
            tuple(moved),
            extra=half_up(-sum(change.units for change in moved) * plan.unit_price),
            months=(self.months[later],),
        )

    def _taken_back(self, gap: Gap) -> WayOut:
        """Sales promise less: the consensus is lowered where the gap is, and before it where that is not enough."""
        plan = self.plans[gap.family]
        demand, net = list(plan.demand), list(plan.net)
        for month in range(gap.first, gap.last + 1):
            for at in range(month, -1, -1):
                units = min(demand[at], max(0, plan.targets[month] - net[month]))
                demand[at] -= units
                net = [stock + units if n >= at else stock for n, stock in enumerate(net)]
        fewer = {n: plan.demand[n] - units for n, units in enumerate(demand) if units != plan.demand[n]}
        return WayOut(
            WayOutKind.TAKE_BACK,
            net[gap.worst] - gap.net,
            net[gap.worst],
            tuple(PlanChange(gap.family, Quantity.DEMAND, n, -units) for n, units in fewer.items()),
            extra=half_up(sum(fewer.values()) * plan.unit_price),
            months=tuple(self.months[n] for n in fewer),
        )

    def _of_surplus(self, gap: Gap) -> Iterator[WayOut]:
        """Make less before and while it lies above the ceiling, as far as no later month falls below its target."""
        plan = self.plans[gap.family]
        placement = Placement(plan, self.work[gap.family], Room(self.resources))
        for month in range(gap.first, gap.last + 1):
            for at in range(month, -1, -1):
                excess = placement.net[month] - (plan.ceilings or plan.targets)[month]
                slack = min(net - target for net, target in zip(placement.net[at:], plan.targets[at:], strict=True))
                fewer = min(excess, slack, placement.supply[at])
                if fewer > 0:
                    placement.make(at, -fewer)
        changes = _differences(plan, placement)
        units = gap.net - placement.net[gap.worst]
        if units:
            spend = half_up(sum(change.units for change in changes) * plan.unit_cost)
            months = tuple(self.months[change.month] for change in changes)
            yield WayOut(WayOutKind.LESS, units, placement.net[gap.worst], changes, spend=spend, months=months)


def _differences(plan: FamilyPlan, placement: Placement) -> tuple[PlanChange, ...]:
    return tuple(
        PlanChange(plan.family, Quantity.SUPPLY, month, units - plan.supply[month])
        for month, units in enumerate(placement.supply)
        if units != plan.supply[month]
    )
