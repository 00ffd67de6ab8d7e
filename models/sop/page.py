"""The page: demand, supply and what the difference does to inventory; gaps, capacity, lost demand, who is silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from models.deals.rows import Deal
from models.members import Member
from models.sop.cycle import demand_of, forecasts_of, months_of, supplies_of
from models.sop.history import past_of
from models.sop.months import month_after
from models.sop.plan import HORIZON, FamilyPlan, Gap, check_identities, ranked_gaps
from models.sop.roughcut import ResourceMonths, capacity_of, rough_cut
from models.sop.rows import Cycle, Forecast, LostDemand, Resolution, Signed, Task

LOST_MONTHS = 3


@dataclass(frozen=True)
class Lost:
    """Units of a family that were refused or shrunk in a month, with the deal and the reason."""

    family: str
    month: date
    units: int
    reason: str
    deal: int
    customer: str


@dataclass(frozen=True)
class Page:
    """A cycle as numbers; `silent` are those who have not answered, by step, and count with what was filled in."""

    cycle: int
    month: date
    step: str
    version: int
    months: tuple[date, ...]
    plans: tuple[FamilyPlan, ...]
    contingent: dict[str, tuple[int, ...]]
    gaps: tuple[Gap, ...]
    capacity: tuple[ResourceMonths, ...]
    lost: tuple[Lost, ...]
    limits: dict[str, str]
    silent: dict[str, tuple[str, ...]]
    means: tuple[str, ...]

    def check(self) -> None:
        """Refuse a page that does not add up."""
        for plan in self.plans:
            check_identities(plan, plan.months)


def page_of(cycle: Cycle, signed: Signed | None = None) -> Page:
    """Read the page as it is, or with the numbers of a signed version; a query for each kind of rows."""
    workspace = cycle.workspace
    past, months = past_of(workspace, cycle.month), months_of(cycle)
    forecasts, supplies = forecasts_of(cycle), supplies_of(cycle)
    demand, supply = demand_of(forecasts), {row.family: row.units for row in supplies}
    if signed is not None:
        demand, supply = ({f: of[kind] for f, of in signed.numbers.items()} for kind in ("demand", "supply"))
    nothing = [0] * HORIZON
    plans = tuple(
        FamilyPlan(
            family,
            past.economics[family].unit_cost,
            past.economics[family].unit_price,
            *past.opening(family),
            tuple(demand.get(family, nothing)),
            tuple(supply.get(family, demand.get(family, nothing))),
        )
        for family in past.families
    )
    wanted = {plan.family: plan.demand for plan in plans}
    return Page(
        cycle=cycle.id,
        month=cycle.month,
        step=cycle.step,
        version=signed.version if signed else cycle.version,
        months=tuple(months),
        plans=plans,
        contingent=_contingent(forecasts),
        gaps=tuple(ranked_gaps(plans)),
        capacity=tuple(rough_cut(capacity_of(workspace, months), past.economics, wanted)),
        lost=tuple(_lost(cycle)),
        limits={row.family: row.limit for row in supplies if row.limit},
        silent=_silent(cycle),
        means=tuple(cycle.means),
    )


def open_resolutions(cycle: Cycle) -> list[Resolution]:
    """Decisions of this cycle and of those before it that are not closed, the one that is due first first."""
    mine = select(Resolution).where(Resolution.workspace_id == cycle.workspace_id, Resolution.closed_at.is_(None))
    return list(cycle.session.scalars(mine.order_by(Resolution.due, Resolution.id)))


def resolutions_due(member: Member, *, now: datetime) -> list[Resolution]:
    """A person's own decisions whose day has come."""
    today = member.workspace.today(now)
    mine = select(Resolution).where(Resolution.owner_id == member.id, Resolution.closed_at.is_(None))
    return list(member.session.scalars(mine.where(Resolution.due <= today).order_by(Resolution.due, Resolution.id)))


def _contingent(forecasts: Sequence[Forecast]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for row in forecasts:
        known = found.setdefault(row.family, [0] * HORIZON)
        found[row.family] = [have + units for have, units in zip(known, row.contingent, strict=True)]
    return {family: tuple(units) for family, units in found.items()}


def _lost(cycle: Cycle) -> list[Lost]:
    """Of the months that are planned, and what was refused lately, the largest first."""
    since = month_after(cycle.month, -LOST_MONTHS)
    mine = select(LostDemand).where(LostDemand.workspace_id == cycle.workspace_id, LostDemand.month >= since)
    rows = cycle.session.scalars(mine.options(joinedload(LostDemand.deal).load_only(Deal.number, Deal.customer)))
    found = [Lost(r.family, r.month, r.units, r.reason, r.deal.number, r.deal.customer) for r in rows]
    return sorted(found, key=lambda lost: (-lost.units, lost.month, lost.family, lost.deal))


def _silent(cycle: Cycle) -> dict[str, tuple[str, ...]]:
    open_ = select(Task).where(Task.cycle_id == cycle.id, Task.done_at.is_(None)).order_by(Task.id)
    found: dict[str, list[str]] = {}
    for task in cycle.session.scalars(open_.options(selectinload(Task.member).load_only(Member.name))):
        found.setdefault(task.step, []).append(task.member.name)
    return {step: tuple(names) for step, names in found.items()}
