"""The page: demand, supply, net stock and the money in it; gaps, capacity, lost demand, who is silent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.base.months import month_after
from models.deals.lost_demand import LostDemand
from models.deals.rows import Deal
from models.sop.accuracy import Accuracy
from models.sop.accuracy_report import accuracy_before
from models.sop.budgets import YearMoney, year_of
from models.sop.gaps import Gap, ranked_gaps
from models.sop.identities import HORIZON, FamilyPlan, check_identities
from models.sop.open_deals import open_units
from models.sop.owners import owners_of
from models.sop.past_sales import Past, past_of
from models.sop.plan import plan_of, remedies_of
from models.sop.rough_cut import ResourceMonths
from models.sop.rows import Consensus, Cycle, Forecast, Resolution, SupplyPlan, agreed
from models.sop.steps import Step
from models.sop.ways_out import Remedies, WayOut
from models.workspace.members import Member

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
class Change:
    """What a person put in the place of other numbers: units more, or fewer, over all months, and why."""

    family: str
    seller: str
    units: int
    reason: str


@dataclass(frozen=True)
class Decided:
    """A decision of this cycle, or an earlier one that is still open; its owner by name and as Slack knows them."""

    id: int
    family: str
    month: date | None
    text: str
    owner: str
    user: str
    due: date
    is_closed: bool = False


@dataclass(frozen=True)
class MonthBefore:
    """The last closed month, all families together: what was, and how good what had been forecast was.

    `booked` is None where nobody knows.
    """

    month: date
    booked: int | None
    shipped: int
    inventory: int
    backlog: int
    accuracy: Accuracy


@dataclass(frozen=True)
class Page:
    """A cycle as numbers; `silent` are those who have not answered, by step, and count with what was filled in.

    `gone` are families that are not sold any more, `unasked` those that nobody was asked to forecast, `unknown` the
    months of the past that the data does not name, `old_stock` the month of which inventory or backlog is the latest.
    `sales` is what sales believe, where demand is a consensus; `agreed` says by how much, by whom and why.
    """

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
    remedies: Remedies | None = None
    ways: tuple[tuple[WayOut, ...], ...] = ()
    decided: tuple[Decided, ...] = ()
    gone: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    unknown: dict[str, tuple[date, ...]] = field(default_factory=dict)
    old_stock: dict[str, date] = field(default_factory=dict)
    sales: dict[str, tuple[int, ...]] = field(default_factory=dict)
    agreed: tuple[Change, ...] = ()
    year: YearMoney | None = None
    changes: tuple[Change, ...] = ()
    before: MonthBefore | None = None

    def ways_out(self, number: int) -> tuple[WayOut, ...]:
        """The ways out of a gap, by its place in the ranking."""
        if self.remedies is not None:
            return self.remedies.ways_out(self.gaps[number])
        return self.ways[number] if number < len(self.ways) else ()

    def is_decided(self, gap: Gap) -> bool:
        """Whether something was decided about a month of the gap, or about its family as a whole."""
        months = {None, *self.months[gap.first : gap.last + 1]}
        return any(one.family == gap.family and one.month in months for one in self.decided)

    def gap_in(self, family: str, month: date | None) -> int | None:
        """The gap of a family in which a month lies, by its place in the ranking."""
        number = self.months.index(month) if month in self.months else -1
        gaps = (n for n, gap in enumerate(self.gaps) if gap.family == family and gap.first <= number <= gap.last)
        return next(gaps, None)

    @property
    def open_decisions(self) -> tuple[Decided, ...]:
        """What was decided and is not done yet."""
        return tuple(one for one in self.decided if not one.is_closed)

    def check(self) -> None:
        """Refuse a page that does not add up."""
        for plan in self.plans:
            check_identities(plan, plan.months)


def page_of(cycle: Cycle) -> Page:
    """Read the page as it is; a query for each kind of rows."""
    months = cycle.months
    past = past_of(cycle.workspace, cycle.month, also=cycle.baselines)
    forecasts = cycle.forecasts
    supplies = cycle.supplies
    consensus = cycle.consensus
    sales = cycle.demand_in(forecasts)
    demand = agreed(sales, consensus)
    supply = {row.family: row.units for row in supplies}
    contingent = _contingent(forecasts)
    changes = _changes(forecasts)
    plan = plan_of(cycle, past, demand, supply)
    return Page(
        cycle=cycle.id,
        month=cycle.month,
        step=cycle.step,
        version=cycle.version,
        months=tuple(months),
        plans=plan.families,
        contingent={family: tuple(units) for family, units in contingent.items()},
        gaps=tuple(ranked_gaps(plan.families)),
        capacity=tuple(plan.resources),
        lost=tuple(_lost(cycle)),
        limits={row.family: row.limit for row in supplies if row.limit},
        silent=silent_in(cycle, forecasts, supplies),
        means=tuple(cycle.means),
        stale=tuple(cycle.stale),
        unknown={family: tuple(map(date.fromisoformat, months)) for family, months in cycle.unknown.items()},
        sales={row.family: tuple(sales.get(row.family, [0] * HORIZON)) for row in consensus},
        agreed=tuple(_agreed(sales, row) for row in consensus),
        year=year_of(cycle.workspace, past, plan.families, months),
        old_stock={family: month for family, one in past.closed.items() if (month := one.old_stock)},
        changes=tuple(sorted(changes, key=lambda change: (-abs(change.units), change.family, change.seller))),
        before=month_before(cycle, past),
        remedies=remedies_of(cycle, plan, open_units(cycle.workspace)),
        decided=decided_in(cycle),
        gone=past.gone,
        unasked=tuple(sorted(set(past.families) - {row.family for row in forecasts})),
    )


def month_before(cycle: Cycle, past: Past) -> MonthBefore:
    """What the data step found."""
    month = month_after(cycle.month, -1)
    closed = past.closed.values()
    booked = [closed_months.booked()[month] for closed_months in closed if month in closed_months.booked()]
    return MonthBefore(
        month=month,
        booked=sum(booked) if booked else None,
        shipped=sum(closed_months.shipments(month) for closed_months in closed),
        inventory=sum(closed_months.inventory() for closed_months in closed),
        backlog=sum(closed_months.backlog() for closed_months in closed),
        accuracy=accuracy_before(cycle, past),
    )


def silent_in(
    cycle: Cycle, forecasts: Sequence[Forecast], supplies: Sequence[SupplyPlan]
) -> dict[str, tuple[str, ...]]:
    """Who has not answered, by step; in the reviews that stays true after the signature."""
    owned = owners_of(cycle.workspace, [row.family for row in supplies if row.answered_at is None])
    silent = {
        Step.DEMAND: list(dict.fromkeys(row.member.name for row in forecasts if row.answered_at is None)),
        Step.SUPPLY: [member.name for member in owned],
    }
    for step in (Step.RECONCILIATION, Step.EXECUTIVE):
        silent[step] = [member.name for member in cycle.unanswered(step)]
    return {step: tuple(names) for step, names in silent.items() if names}


def decided_in(cycle: Cycle) -> tuple[Decided, ...]:
    """Decisions of this cycle, and of those before it that are not closed, the one that is due first first."""
    own = (Resolution.cycle_id == cycle.id) | Resolution.closed_at.is_(None)
    query = select(Resolution).where(Resolution.workspace_id == cycle.workspace_id, own)
    rows = cycle.session.scalars(query.options(joinedload(Resolution.owner)).order_by(Resolution.due, Resolution.id))
    return tuple(
        Decided(r.id, r.family, r.month, r.text, r.owner.name, r.owner.user_id, r.due, r.closed_at is not None)
        for r in rows
    )


def resolutions_due(member: Member, *, now: datetime) -> list[Resolution]:
    """A person's own decisions whose day has come."""
    today = member.workspace.today(now)
    query = select(Resolution).where(Resolution.owner_id == member.id, Resolution.closed_at.is_(None))
    return list(member.session.scalars(query.where(Resolution.due <= today).order_by(Resolution.due, Resolution.id)))


def _contingent(forecasts: Sequence[Forecast]) -> dict[str, list[int]]:
    by_family: dict[str, list[int]] = {}
    for row in forecasts:
        known = by_family.setdefault(row.family, [0] * HORIZON)
        by_family[row.family] = [have + units for have, units in zip(known, row.contingent, strict=True)]
    return by_family


def _lost(cycle: Cycle) -> list[Lost]:
    """Of the months that are planned, and what was refused lately, the largest first."""
    since = month_after(cycle.month, -LOST_MONTHS)
    query = select(LostDemand).where(LostDemand.workspace_id == cycle.workspace_id, LostDemand.month >= since)
    rows = cycle.session.scalars(query.options(joinedload(LostDemand.deal).load_only(Deal.number, Deal.customer)))
    all_lost = [Lost(r.family, r.month, r.units, r.reason, r.deal.number, r.deal.customer) for r in rows]
    return sorted(all_lost, key=lambda lost: (-lost.units, lost.month, lost.family, lost.deal))


def _agreed(sales: Mapping[str, Sequence[int]], row: Consensus) -> Change:
    """How much more, or less, was agreed on than sales believe."""
    pairs = zip(row.units, sales.get(row.family, [0] * HORIZON), strict=True)
    return Change(row.family, row.by.name, sum(units - said for units, said in pairs if units is not None), row.reason)


def _changes(forecasts: Sequence[Forecast]) -> list[Change]:
    changed = [row for row in forecasts if row.units != row.prefill]
    return [Change(r.family, r.member.name, sum(r.units) - sum(r.prefill), r.reason) for r in changed]
