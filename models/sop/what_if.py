"""What if: the present plan with changes, computed by the same functions as the plan itself.

Supply follows what is changed: of families whose demand, resources or overtime change it moves as what is filled in for
them does, so that what a planner said beyond that stands; all others are supplied as planned.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from models.base.arithmetic import half_up
from models.sop.gaps import Gap, ranked_gaps
from models.sop.identities import FamilyPlan
from models.sop.launches import launched_in
from models.sop.money import Money, money_by_month
from models.sop.plan import Plan
from models.sop.plan_changes import PlanChange, changed_plans
from models.sop.prefilling import Prefill, prefill
from models.sop.rough_cut import ResourceMonths, overtime_cost, rough_cut


class ChangeKind(StrEnum):
    """What a scenario changes."""

    DEMAND = "demand"
    CAPACITY = "capacity"
    OVERTIME = "overtime"
    LAUNCH = "launch"
    END = "end"
    PRICE = "price"
    COST = "cost"
    PLAN = "plan"


DEMANDING = frozenset({ChangeKind.DEMAND, ChangeKind.LAUNCH, ChangeKind.END})


@dataclass(frozen=True)
class ScenarioChange:
    """A change of the plan from a month to another, by their numbers, of a family or resource (`name`; empty: of all).

    `percent` moves demand, capacity, price or cost; `units` are added to the demand of each month, or thousandths to
    the capacity. `changes` are units of families in months, as a way out of a gap or a deal makes them. A launch is in
    the first month, `like` another family moved by the percentage, or as planned; an end is after the last month.
    """

    kind: ChangeKind
    name: str = ""
    first: int = 0
    last: int = 0
    percent: Fraction = Fraction(0)
    units: int = 0
    changes: tuple[PlanChange, ...] = ()
    like: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a plan comes to over the horizon: money in minor units, shares exact.

    `service` is what is shipped of demand and opening backlog, both at their price; `inventory` the mean of the months;
    `fullest` the resource and month that are used most.
    """

    gaps: tuple[Gap, ...]
    revenue: Fraction
    margin: Fraction
    inventory: Fraction
    service: Fraction | None
    utilisation: Fraction | None
    fullest: tuple[str, date] | None

    @property
    def waiting(self) -> int:
        """What customers wait for at the worst, family by family: the same backlog counts once."""
        worst: dict[str, int] = {}
        for gap in self.gaps:
            worst[gap.family] = max(worst.get(gap.family, 0), gap.waiting)
        return sum(worst.values())


def changed_plan(plan: Plan, changes: Sequence[ScenarioChange]) -> Plan:
    """The plan as it would be."""
    capacity = tuple(_capacity(one, changes) for one in plan.capacity)
    known = {one.family: one.demand for one in plan.families}
    families = [_priced(_demanded(_lived(one, changes, known), changes), changes) for one in plan.families]
    moved = changed_plans(families, (move for change in changes for move in change.changes))
    made = replace(plan, families=tuple(moved), capacity=capacity)
    return _supplied(plan, made, _replanned(plan, changes), changes)


def renamed(change: ScenarioChange, was: str, now: str) -> ScenarioChange:
    """The same change, where a family has another name; a resource keeps its own."""
    is_of_resource = change.kind in {ChangeKind.CAPACITY, ChangeKind.OVERTIME}
    name = now if change.name == was and not is_of_resource else change.name
    moves = tuple(replace(move, family=now) if move.family == was else move for move in change.changes)
    return replace(change, name=name, like=now if change.like == was else change.like, changes=moves)


def adopted_plan(plan: Plan, changes: Sequence[ScenarioChange]) -> Plan:
    """The plan into which a scenario has gone: its demand and supply stand there, what else it assumes does not."""
    capacity = tuple(_capacity(one, changes) for one in plan.capacity)
    return replace(plan, families=tuple(_priced(one, changes) for one in plan.families), capacity=capacity)


def outcome_of(plan: Plan) -> Outcome:
    """What a plan comes to."""
    months = money_by_month(plan.families)
    wanted = sum(((sum(one.demand) + one.backlog) * one.unit_price for one in plan.families), Fraction(0))
    total = sum(months, Money())
    used = [
        (share, one.name, plan.months[n])
        for one in plan.resources
        for n in range(len(plan.months))
        if (share := one.utilisation(n)) is not None
    ]
    share, name, month = max(used, key=lambda entry: entry[0], default=(None, "", plan.months[0]))
    return Outcome(
        gaps=tuple(ranked_gaps(plan.families)),
        revenue=total.revenue,
        margin=total.margin - overtime_cost(plan.resources),
        inventory=total.inventory / max(1, len(months)),
        service=total.revenue / wanted if wanted else None,
        utilisation=share,
        fullest=(name, month) if share else None,
    )


def _in(change: ScenarioChange, month: int) -> bool:
    return change.first <= month <= change.last


def _of(changes: Sequence[ScenarioChange], kind: ChangeKind, name: str) -> Iterator[ScenarioChange]:
    return (change for change in changes if change.kind is kind and change.name in {name, ""})


def _demanded(plan: FamilyPlan, changes: Sequence[ScenarioChange]) -> FamilyPlan:
    demand = list(plan.demand)
    for change in _of(changes, ChangeKind.DEMAND, plan.family):
        for month, units in enumerate(demand):
            if _in(change, month):
                demand[month] = max(0, half_up(units * (1 + change.percent / 100)) + change.units)
    return replace(plan, demand=tuple(demand))


def _lived(plan: FamilyPlan, changes: Sequence[ScenarioChange], known: Mapping[str, Sequence[int]]) -> FamilyPlan:
    """A family that begins in another month, like another, or that ends."""
    demand = list(plan.demand)
    for change in _of(changes, ChangeKind.LAUNCH, plan.family):
        like = known.get(change.like)
        if like is None:
            demand = launched_in(demand, change.first)
        else:
            moved = [half_up(units * (1 + change.percent / 100)) for units in like]
            demand = [units if month >= change.first else 0 for month, units in enumerate(moved)]
    for change in _of(changes, ChangeKind.END, plan.family):
        demand = [units if month <= change.last else 0 for month, units in enumerate(demand)]
    return replace(plan, demand=tuple(demand))


def _priced(plan: FamilyPlan, changes: Sequence[ScenarioChange]) -> FamilyPlan:
    """Price and cost move over the whole horizon."""
    for change in _of(changes, ChangeKind.PRICE, plan.family):
        plan = replace(plan, unit_price=plan.unit_price * (1 + change.percent / 100))
    for change in _of(changes, ChangeKind.COST, plan.family):
        plan = replace(plan, unit_cost=plan.unit_cost * (1 + change.percent / 100))
    return plan


def _capacity(resource: ResourceMonths, changes: Sequence[ScenarioChange]) -> ResourceMonths:
    available = list(resource.available)
    for change in _of(changes, ChangeKind.CAPACITY, resource.name):
        for month, amount in enumerate(available):
            if _in(change, month):
                available[month] = max(Fraction(0), amount * (1 + change.percent / 100) + change.units)
    return replace(resource, available=tuple(available))


def _replanned(plan: Plan, changes: Sequence[ScenarioChange]) -> set[str]:
    """The families whose supply is filled in anew."""
    families: set[str] = set()
    for one in plan.families:
        needed = {name for work in plan.work[one.family] for name, _ in work}
        for change in changes:
            is_demand = change.kind in DEMANDING and change.name in {one.family, ""}
            is_capacity = change.kind in {ChangeKind.CAPACITY, ChangeKind.OVERTIME}
            if is_demand or (is_capacity and (change.name in needed or (not change.name and needed))):
                families.add(one.family)
    return families


def _supplied(plan: Plan, made: Plan, families: set[str], changes: Sequence[ScenarioChange]) -> Plan:
    """Supply moves by what the changes make of the prefill."""
    before, after = _filled(plan, families, ()), _filled(made, families, changes)

    def supplied(one: FamilyPlan) -> FamilyPlan:
        if one.family not in families:
            return one
        filled = zip(one.supply, before[one.family].units, after[one.family].units, strict=True)
        return replace(one, supply=tuple(max(0, units + now - was) for units, was, now in filled))

    return replace(made, families=tuple(supplied(one) for one in made.families))


def _filled(plan: Plan, families: set[str], changes: Sequence[ScenarioChange]) -> dict[str, Prefill]:
    kept = {one.family: one.supply for one in plan.families if one.family not in families}
    taken = rough_cut([_with_overtime(one, changes) for one in plan.capacity], plan.work, kept)
    return prefill([one for one in plan.families if one.family in families], plan.work, taken)


def _with_overtime(resource: ResourceMonths, changes: Sequence[ScenarioChange]) -> ResourceMonths:
    """What can be planned on where overtime is allowed."""
    available = list(resource.available)
    for change in _of(changes, ChangeKind.OVERTIME, resource.name):
        for month, overtime in enumerate(resource.overtime):
            if _in(change, month):
                available[month] = resource.available[month] + overtime
    return replace(resource, available=tuple(available))
