"""The page made of a cycle: what its rows say, a query for each kind of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.base.arithmetic import half_up
from models.base.months import month_after
from models.deals.lost_demand import LostDemand
from models.deals.rows import Deal
from models.sop.accuracy_report import accuracy_before, family_accuracy
from models.sop.budgets import year_of
from models.sop.closed_months import ClosedMonths
from models.sop.comments import comments_of
from models.sop.gaps import ranked_gaps
from models.sop.identities import HORIZON
from models.sop.open_deals import open_units
from models.sop.owners import owners_of
from models.sop.page import Change, Lost, MonthBefore, Page, Said
from models.sop.past_sales import Past, past_of
from models.sop.plan import kept_economics, plan_of, present_plan, remedies_of
from models.sop.resolutions import decided_in
from models.sop.rows import Consensus, Cycle, Forecast, SupplyPlan, agreed
from models.sop.scenarios import imagined
from models.sop.steps import Step
from models.workspace.members import Member

LOST_MONTHS = 3


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
    changes = _changes(cycle, forecasts)
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
        agreed=tuple(_agreed(cycle, sales, row) for row in consensus),
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
    """The page with what goes into a workbook only: what the scenarios come to takes as long again for each of them."""
    return with_details(page_of(cycle), cycle)


def with_details(page: Page, cycle: Cycle) -> Page:
    """A page that is there, with the same."""
    return replace(page, scenarios=imagined(cycle, present_plan(cycle)), accuracy=family_accuracy(cycle))


def month_before(cycle: Cycle, past: Past) -> MonthBefore:
    """What the data step found; of several families at list price."""
    month = month_after(cycle.month, -1)
    is_money = len(past.closed) > 1
    prices = {family: one.unit_price for family, one in kept_economics(cycle, past).items()}

    def worth(units: Callable[[ClosedMonths], int]) -> int:
        amounts = (units(one) * prices[family] for family, one in past.closed.items())
        return half_up(sum(amounts, Fraction(0))) if is_money else sum(map(units, past.closed.values()))

    is_known = any(month in one.booked() for one in past.closed.values())
    return MonthBefore(
        month=month,
        booked=worth(lambda one: one.booked().get(month, 0)) if is_known else None,
        shipped=worth(lambda one: one.shipments(month)),
        inventory=worth(ClosedMonths.inventory),
        backlog=worth(ClosedMonths.backlog),
        accuracy=accuracy_before(cycle, past),
        is_money=is_money,
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


def _agreed(cycle: Cycle, sales: Mapping[str, Sequence[int]], row: Consensus) -> Change:
    """How much more, or less, was agreed on than sales believe."""
    said = sales.get(row.family, [0] * HORIZON)
    units = [have if agreed_on is None else agreed_on for agreed_on, have in zip(row.units, said, strict=True)]
    return _change(cycle, row.family, row.by, (said, units), row.reason)


def _changes(cycle: Cycle, forecasts: Sequence[Forecast]) -> list[Change]:
    changed = [row for row in forecasts if row.units != row.prefill]
    return [_change(cycle, row.family, row.member, (row.prefill, row.units), row.reason) for row in changed]


def _change(cycle: Cycle, family: str, by: Member, units: tuple[Sequence[int], Sequence[int]], reason: str) -> Change:
    moved = [now - was for was, now in zip(*units, strict=True)]
    months = tuple(month for month, count in zip(cycle.months, moved, strict=True) if count)
    return Change(family, by.name, sum(moved), reason, months)
