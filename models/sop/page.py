"""The page: demand, supply, net stock and the money in it; gaps, capacity, lost demand, who is silent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.base.months import month_after
from models.deals.lost_demand import LostDemand
from models.deals.rows import Deal
from models.sop.accuracy import Accuracy
from models.sop.accuracy_report import accuracy_before
from models.sop.budgets import YearMoney, year_of
from models.sop.comments import comments_of
from models.sop.gaps import Gap, ranked_gaps
from models.sop.identities import HORIZON, FamilyPlan, check_identities
from models.sop.open_deals import open_units
from models.sop.owners import owners_of
from models.sop.past_sales import Past, past_of
from models.sop.plan import plan_of, present_plan, remedies_of
from models.sop.resolutions import Decided, decided_in
from models.sop.rough_cut import ResourceMonths
from models.sop.rows import Consensus, Cycle, Forecast, SupplyPlan, agreed
from models.sop.scenarios import Imagined, imagined
from models.sop.steps import Step
from models.sop.ways_out import Remedies, WayOut

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
class Said:
    """A comment on a family, or on the gap in which its month lies, and who made it."""

    family: str
    month: date | None
    text: str
    by: str


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
    `sales` is what sales believe, where demand is a consensus; `agreed` says by how much, by whom and why. `scenarios`
    are in a page that goes into a workbook.
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
    said: tuple[Said, ...] = ()
    keeps_stock: bool = True
    scenarios: tuple[Imagined, ...] = ()

    def ways_out(self, number: int) -> tuple[WayOut, ...]:
        """The ways out of a gap, by its place in the ranking."""
        if self.remedies is not None:
            return self.remedies.ways_out(self.gaps[number])
        return self.ways[number] if number < len(self.ways) else ()

    def is_decided(self, gap: Gap) -> bool:
        """Whether something was decided about a month of the gap, or about its family as a whole."""
        months = {None, *self.months[gap.first : gap.last + 1]}
        return any(one.family == gap.family and one.month in months for one in self.decided)

    def said_of(self, gap: Gap | None) -> tuple[Said, ...]:
        """The comments on a gap; None: those that belong to no gap."""
        places = [(one, self.gap_in(one.family, one.month)) for one in self.said]
        return tuple(one for one, place in places if (None if place is None else self.gaps[place]) == gap)

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
        said=tuple(Said(row.family, row.month, row.text, row.by.name) for row in comments_of(cycle)),
        gone=past.gone,
        keeps_stock=cycle.workspace.keeps_stock,
        unasked=tuple(sorted(set(past.families) - {row.family for row in forecasts})),
    )


def whole_page_of(cycle: Cycle) -> Page:
    """The page with what the scenarios come to, which takes as long again for each of them."""
    return replace(page_of(cycle), scenarios=imagined(cycle, present_plan(cycle)))


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
