"""The plan of a cycle as numbers: its families, what a unit takes of resources, and what those offer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sqlalchemy import select

from models.sop.bands import DEFAULT_BAND, WITHOUT_STOCK, Band
from models.sop.economics import Economics
from models.sop.identities import HORIZON, FamilyPlan
from models.sop.launches import lives_of
from models.sop.open_deals import OpenUnits
from models.sop.past_sales import Past, past_of
from models.sop.plan_changes import PlanChange, changed_plans
from models.sop.rough_cut import ResourceMonths, Work, capacity_of, rough_cut, with_later, work_of
from models.sop.rows import CARRYING_RATE, Cycle, StockTarget
from models.sop.settings import planning_of
from models.sop.ways_out import Remedies


@dataclass(frozen=True)
class Plan:
    """Demand, supply and stock of each family over the horizon; `capacity` is without load."""

    months: tuple[date, ...]
    families: tuple[FamilyPlan, ...]
    work: Mapping[str, Sequence[Work]]
    capacity: tuple[ResourceMonths, ...]

    def of(self, family: str) -> FamilyPlan:
        """One of its families."""
        return next(one for one in self.families if one.family == family)

    @cached_property
    def resources(self) -> list[ResourceMonths]:
        """What the planned supply takes."""
        return rough_cut(self.capacity, self.work, {plan.family: plan.supply for plan in self.families})

    def changed(self, changes: Iterable[PlanChange]) -> "Plan":
        """The plan with changes."""
        return replace(self, families=tuple(changed_plans(self.families, changes)))


def plan_of(cycle: Cycle, past: Past, demand: Mapping[str, Sequence[int]], supply: Mapping[str, Sequence[int]]) -> Plan:
    """The plan of demand and supply by family; until supply is on the table it is what is wanted."""
    nothing = [0] * HORIZON
    economics = kept_economics(cycle, past)
    bands = bands_of(cycle)
    usual = DEFAULT_BAND if cycle.workspace.keeps_stock else WITHOUT_STOCK
    families = [
        FamilyPlan(
            family,
            economics[family].unit_cost,
            economics[family].unit_price,
            past.closed[family].inventory(),
            past.closed[family].backlog(),
            tuple(demand.get(family, nothing)),
            tuple(supply.get(family, demand.get(family, nothing))),
            bands.get(family, usual),
        )
        for family in past.families
    ]
    months = cycle.months
    work = {family: work_of(economics[family], months) for family in past.families}
    wanted = {one.family: one.demand for one in families}
    capacity = with_later(capacity_of(cycle.workspace, months), economics, wanted, months)
    return Plan(tuple(months), tuple(families), work, tuple(capacity))


def present_plan(cycle: Cycle) -> Plan:
    """The plan as it stands now."""
    past = past_of(cycle.workspace, cycle.month, also=cycle.baselines)
    return plan_of(cycle, past, cycle.demand, {row.family: row.units for row in cycle.supplies})


def remedies_of(cycle: Cycle, plan: Plan, open_deals: Mapping[tuple[str, date], Sequence[OpenUnits]]) -> Remedies:
    """What ways out of gaps are looked for in."""
    planning = planning_of(cycle.workspace)
    begin = {family: life.since for family, life in lives_of(cycle.workspace).items() if family in cycle.families}
    launches = {family: plan.months.index(since) for family, since in begin.items() if since in plan.months}
    return Remedies(
        months=plan.months,
        plans={one.family: one for one in plan.families},
        work=plan.work,
        resources=plan.resources,
        late_cost=cycle.workspace.late_cost,
        carrying_rate=planning.carrying_rate if planning else CARRYING_RATE,
        open_deals=open_deals,
        launches=launches,
    )


def kept_economics(cycle: Cycle, past: Past) -> dict[str, Economics]:
    """Cost, price and needs as they were when the cycle opened; as they are now of what came into it since."""
    kept = {family: Economics.from_document(document) for family, document in cycle.economics.items()}
    return {**past.economics, **kept}


def keep_economics(cycle: Cycle, past: Past) -> None:
    """Keep what is not kept yet: a cost that changes later changes the next cycle."""
    new = {family: one.to_document() for family, one in past.economics.items() if family not in past.gone}
    cycle.economics = {**new, **cycle.economics}


def bands_of(cycle: Cycle) -> dict[str, Band]:
    """Where the net stock of each family that has a target should lie; none where no stock is kept."""
    if not cycle.workspace.keeps_stock:
        return {}
    rows = cycle.session.scalars(select(StockTarget).where(StockTarget.workspace_id == cycle.workspace_id))
    return {row.family: row.band for row in rows}
