"""Supply as it is filled in: what brings each family's net stock to its target, built ahead where a month is too full.

Where families and months want the same hours, each gets a part of what it misses in turn: no month is starved by
the one before it, and no family by another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from models.sop.identities import FamilyPlan
from models.sop.placing import Placement, Room
from models.sop.rough_cut import ResourceMonths, Work

TURNS = 8


@dataclass(frozen=True)
class Prefill:
    """Units by month, and the resource that leaves the family short; nothing where none does."""

    units: tuple[int, ...]
    limit: str = ""


def prefill(
    plans: Sequence[FamilyPlan], work: Mapping[str, Sequence[Work]], resources: Sequence[ResourceMonths]
) -> dict[str, Prefill]:
    """Fill in the supply of families, whatever it was; `resources` carry the load of all others.

    Backlog comes first, then month by month what is missing to the target: made in its month, else in earlier ones as
    late as possible, as far as the ceiling lets it lie there. What no month can make is short until a later one can.
    """
    room = Room(resources)
    places = [Placement(replace(plan, supply=(0,) * len(plan.supply)), work[plan.family], room) for plan in plans]
    _fill_in_turns(places)
    limits = dict.fromkeys((plan.family for plan in plans), "")
    for month in range(len(plans[0].demand) if plans else 0):
        for one in _unplaced(places, month):
            limits[one.plan.family] = limits[one.plan.family] or one.limit(month)
    return {one.plan.family: Prefill(tuple(one.supply), limits[one.plan.family]) for one in places}


def _fill_in_turns(places: Sequence[Placement]) -> None:
    """Make what each month adds to the need in the month itself, as far as there is room."""
    added = [(one, month, units) for one in places for month, units in enumerate(_added(one.plan))]
    waiting = [(*entry, -(-entry[2] // TURNS)) for entry in sorted(added, key=lambda entry: entry[1])]
    while waiting:
        tried = [(*entry, entry[0].place_in(entry[1], min(entry[2], entry[3]))) for entry in waiting if entry[2]]
        waiting = [(one, month, left - made, part) for one, month, left, part, made in tried if made == min(left, part)]


def _added(plan: FamilyPlan) -> list[int]:
    """What of supply each month needs beyond what the months before it did."""
    needed = list(accumulate((max(0, target - net) for target, net in zip(plan.targets, plan.net, strict=True)), max))
    return [now - before for now, before in zip(needed, [0, *needed], strict=False)]


def _unplaced(places: Sequence[Placement], month: int) -> list[Placement]:
    """Place what families still miss in a month in earlier ones, in turns; those for which room was missing."""
    waiting = [(one, -(-missing // TURNS)) for one in places if (missing := one.missing(month))]
    while waiting:
        placed = [(one, part, one.place(month, min(part, one.missing(month)))) for one, part in waiting]
        waiting = [(one, part) for one, part, units in placed if units == part and one.missing(month)]
    return [one for one in places if one.missing(month)]
