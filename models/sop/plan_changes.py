"""Changes of a plan: units of demand or supply of a family in a month, and the plans that they make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from models.sop.identities import FamilyPlan


class Quantity(StrEnum):
    """What of a plan is changed."""

    DEMAND = "demand"
    SUPPLY = "supply"


@dataclass(frozen=True)
class PlanChange:
    """So many units more (below nothing: fewer) of a family in a month, by its number."""

    family: str
    quantity: Quantity
    month: int
    units: int


def changed_plans(plans: Iterable[FamilyPlan], changes: Iterable[PlanChange]) -> list[FamilyPlan]:
    """The plans with changes; neither demand nor supply falls below nothing."""
    by_family: dict[str, list[PlanChange]] = {}
    for change in changes:
        by_family.setdefault(change.family, []).append(change)
    return [_changed(plan, by_family[plan.family]) if plan.family in by_family else plan for plan in plans]


def _changed(plan: FamilyPlan, changes: Sequence[PlanChange]) -> FamilyPlan:
    units = {Quantity.DEMAND: list(plan.demand), Quantity.SUPPLY: list(plan.supply)}
    for change in changes:
        counts = units[change.quantity]
        counts[change.month] = max(0, counts[change.month] + change.units)
    return replace(plan, demand=tuple(units[Quantity.DEMAND]), supply=tuple(units[Quantity.SUPPLY]))
