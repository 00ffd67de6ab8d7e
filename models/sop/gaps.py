"""Gaps: runs of months in which the net stock of a family leaves its band, in units and in money."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.base.arithmetic import half_up
from models.sop.identities import FamilyPlan


class GapKind(StrEnum):
    """On which side of its band the net stock lies."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True)
class Gap:
    """A run of months, by their numbers, in which a family is short of its target, or has more than its ceiling.

    `units` are missing, or too many, in the `worst` month; `net` is the net stock there. Money is in minor units:
    `waiting` is the price of what customers wait for then, `stock` the cost of what is missing to the target, or of
    what lies above the ceiling.
    """

    family: str
    kind: GapKind
    first: int
    last: int
    worst: int
    units: int
    net: int
    waiting: int
    stock: int
    keeps_stock: bool = True

    @property
    def is_short(self) -> bool:
        """Whether something is missing."""
        return self.kind is GapKind.SHORT

    @property
    def money(self) -> int:
        """What it is ranked by: what customers wait for, or what is missing or tied up where that is more."""
        return max(self.waiting, self.stock)


def gaps_of(plan: FamilyPlan) -> Iterator[Gap]:
    """The gaps of a family, month by month.

    A month in which supply and demand differ is none as long as the net stock stays in its band: to build ahead of a
    season is a plan.
    """
    first = 0
    while first < len(plan.months):
        kind = _side(plan, first)
        last = first
        while last + 1 < len(plan.months) and _side(plan, last + 1) is kind:
            last += 1
        if kind is not None:
            yield _gap(plan, kind, first, last)
        first = last + 1


def ranked_gaps(plans: Sequence[FamilyPlan]) -> list[Gap]:
    """All gaps, the largest money first."""
    gaps = [gap for plan in plans for gap in gaps_of(plan)]
    return sorted(gaps, key=lambda gap: (-gap.money, -gap.units, gap.first, gap.family))


def _side(plan: FamilyPlan, month: int) -> GapKind | None:
    net = plan.months[month].net
    tolerance = plan.band.tolerance * plan.demand[month] / 100
    if net < plan.targets[month] - tolerance:
        return GapKind.SHORT
    return GapKind.LONG if plan.ceilings is not None and net > plan.ceilings[month] + tolerance else None


def _gap(plan: FamilyPlan, kind: GapKind, first: int, last: int) -> Gap:
    net, level = plan.net, plan.targets if kind is GapKind.SHORT else plan.ceilings or plan.targets
    worst = max(range(first, last + 1), key=lambda month: (abs(level[month] - net[month]), -month))
    units = abs(level[worst] - net[worst])
    waiting = half_up(max(0, -net[worst]) * plan.unit_price)
    stock = half_up(units * plan.unit_cost)
    return Gap(plan.family, kind, first, last, worst, units, net[worst], waiting, stock, plan.band.keeps_stock)
