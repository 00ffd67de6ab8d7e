"""What forecasts taught: errors by family and by seller, what each step of the chain added, plan adherence."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.base.months import month_after, month_of
from models.sop.accuracy import CHAIN, SEASON, Accuracy, accuracy_of, adherence, mase_of, value_added
from models.sop.money import MoneyReport, money_report
from models.sop.past_sales import Past, past_of
from models.sop.plan import kept_economics
from models.sop.rows import Cycle, Forecast, Signed
from models.sop.rules import sees_all_accuracy
from models.sop.settings import planning_of
from models.workspace.members import Member
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace

LAG, MOST_MONTHS = 1, 12
NAIVE, BASELINE, SALES, CONSENSUS, PLAN = CHAIN


@dataclass(frozen=True)
class AccuracyRow:
    """How good the forecasts of a family, or of a person, were in so many months."""

    name: str
    months: int
    accuracy: Accuracy
    mase: Fraction | None = None


@dataclass(frozen=True)
class AccuracyReport:
    """What somebody may see: their own families as a seller; all families, sellers and the chain as leadership."""

    own: tuple[AccuracyRow, ...] = ()
    families: tuple[AccuracyRow, ...] = ()
    sellers: tuple[AccuracyRow, ...] = ()
    wapes: Mapping[str, Fraction | None] = field(default_factory=dict)
    added: Mapping[str, Fraction] = field(default_factory=dict)
    adherence: Fraction | None = None
    money: MoneyReport | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no month has closed that was forecast."""
        return not (self.own or self.families or self.sellers)


@dataclass(frozen=True)
class Point:
    """A family in a month that is over: what was sold, what each step of the chain had said, what was supplied.

    `value` is that of a unit: its cost when the cycle opened.
    """

    family: str
    actual: int
    value: Fraction
    forecasts: Mapping[str, int]
    planned_supply: int | None
    supply: int | None


def accuracy_report(member: Member, *, now: datetime) -> AccuracyReport:
    """Compare what was frozen so many months ahead as the workspace sets with the last twelve closed months.

    A family's actual is its bookings; a seller's is what their own won and delivered deals deliver in the month, where
    those tell at least half of the bookings.
    Sellers see their own; leadership, finance and the coordinator all, by name: nobody is ranked.
    The chain is compared where every step spoke.
    """
    workspace = member.workspace
    lag = lag_of(workspace)
    first = month_of(workspace.today(now))
    past = past_of(workspace, first)
    cycles = _closed(workspace, first, lag)
    forecasts = _frozen(cycles)
    pairs = _pairs_of_sellers(past, cycles, forecasts, lag)
    own = _rows_of(pairs.get(member, {})) if member.has(Role.SALES) else ()
    if not sees_all_accuracy(member):
        return AccuracyReport(own=own)
    points = _points(past, cycles, forecasts, lag)
    values = _values(cycles[-1], past) if cycles else {}
    whole = [point for point in points if len(point.forecasts) == len(CHAIN)]
    wapes = {step: _by_value(whole, step).wape for step in CHAIN}
    kept = [
        (point.planned_supply * point.value, point.supply * point.value)
        for point in points
        if point.planned_supply is not None and point.supply is not None
    ]
    return AccuracyReport(
        own=own,
        families=_of_families(past, points),
        sellers=tuple(
            AccuracyRow(seller.name, max(map(len, by_family.values())), accuracy_of(_valued(by_family, values)))
            for seller, by_family in sorted(pairs.items(), key=lambda entry: entry[0].name)
        ),
        wapes=wapes if whole else {},
        added=value_added(wapes) if whole else {},
        adherence=adherence(kept),
        money=money_report(past, cycles, _signed(cycles)),
    )


def family_accuracy(cycle: Cycle) -> tuple[AccuracyRow, ...]:
    """How good the forecasts of each family were in the months that were closed when the cycle began."""
    lag = lag_of(cycle.workspace)
    past = past_of(cycle.workspace, cycle.month)
    cycles = _closed(cycle.workspace, cycle.month, lag)
    return _of_families(past, _points(past, cycles, _frozen(cycles), lag))


def accuracy_before(cycle: Cycle, past: Past) -> Accuracy:
    """How good what was forecast for the last closed month was, all families together by their value."""
    lag = lag_of(cycle.workspace)
    month = month_after(cycle.month, -1)
    query = select(Cycle).where(Cycle.workspace_id == cycle.workspace_id, Cycle.frozen_at.is_not(None))
    cycles = list(cycle.session.scalars(query.where(Cycle.month == month_after(month, -lag))))
    return _by_value(_points(past, cycles, _frozen(cycles), lag), SALES)


def lag_of(workspace: Workspace) -> int:
    """How many months ahead a forecast is judged."""
    planning = planning_of(workspace)
    return planning.lag if planning else LAG


def _of_families(past: Past, points: Iterable[Point]) -> tuple[AccuracyRow, ...]:
    by_family: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for point in points:
        by_family[point.family].append((point.forecasts[SALES], point.actual))
    return _rows_of(by_family, {family: closed_months.history() for family, closed_months in past.closed.items()})


def _rows_of(
    pairs: Mapping[str, Sequence[tuple[int, int]]], histories: Mapping[str, Sequence[int | None]] | None = None
) -> tuple[AccuracyRow, ...]:
    return tuple(
        AccuracyRow(name, len(judged), accuracy_of(judged), mase_of(judged, histories[name]) if histories else None)
        for name, judged in sorted(pairs.items())
        if judged
    )


def _closed(workspace: Workspace, first: date, lag: int) -> list[Cycle]:
    """Cycles that were frozen, and whose month at the lag is over."""
    end = month_after(first, -lag)
    query = select(Cycle).where(Cycle.workspace_id == workspace.id, Cycle.frozen_at.is_not(None))
    query = query.where(Cycle.month >= month_after(end, -MOST_MONTHS), Cycle.month < end)
    return list(workspace.session.scalars(query.order_by(Cycle.month)))


def _frozen(cycles: Sequence[Cycle]) -> dict[int, list[Forecast]]:
    """What sellers had said when the demand review closed, by cycle."""
    frozen: dict[int, list[Forecast]] = {cycle.id: [] for cycle in cycles}
    query = select(Forecast).where(Forecast.cycle_id.in_(frozen), Forecast.frozen.is_not(None))
    for row in cycles[0].session.scalars(query.options(joinedload(Forecast.member))) if cycles else ():
        frozen[row.cycle_id].append(row)
    return frozen


def _pairs_of_sellers(
    past: Past, cycles: Iterable[Cycle], forecasts: Mapping[int, Sequence[Forecast]], lag: int
) -> dict[Member, dict[str, list[tuple[int, int]]]]:
    sold: Counter[tuple[int, str, date]] = Counter()
    for family, sales in past.sales.items():
        for sale in sales:
            sold[sale.seller, family, sale.month] += sale.units
    pairs: dict[Member, dict[str, list[tuple[int, int]]]] = {}
    for cycle in cycles:
        month = month_after(cycle.month, lag)
        for row in forecasts[cycle.id]:
            closed_months = past.closed.get(row.family)
            # Where bookings come from a file, nobody knows who sold what.
            if closed_months is None or 2 * closed_months.sold[month] < closed_months.booked().get(month, 0):
                continue
            forecast = (row.frozen or row.units)[lag]
            actual = sold[row.member_id, row.family, month]
            pairs.setdefault(row.member, {}).setdefault(row.family, []).append((forecast, actual))
    return pairs


def _points(past: Past, cycles: Sequence[Cycle], forecasts: Mapping[int, Sequence[Forecast]], lag: int) -> list[Point]:
    signed = _signed(cycles)
    booked = {family: closed_months.booked() for family, closed_months in past.closed.items()}
    points = []
    for cycle in cycles:
        month = month_after(cycle.month, lag)
        plan = signed.get(cycle.id)
        plan = plan if plan and _was_to_come(plan, cycle, month) else None
        values = _values(cycle, past)
        sales: Counter[str] = Counter()
        for row in forecasts[cycle.id]:
            sales[row.family] += (row.frozen or row.units)[lag]
        for family in past.families:
            if month not in booked[family] or family not in sales:
                continue
            own = plan.numbers.get(family) if plan else None
            before = booked[family].get(month_after(month, -SEASON))
            by_step = {
                NAIVE: before,
                BASELINE: cycle.baselines[family][lag],
                SALES: sales[family],
                CONSENSUS: (cycle.agreed or {}).get(family, {lag: sales[family]})[lag],
                PLAN: own["demand"][lag] if own else None,
            }
            points.append(
                Point(
                    family=family,
                    actual=booked[family][month],
                    value=values[family],
                    forecasts={step: units for step, units in by_step.items() if units is not None},
                    planned_supply=own["supply"][lag] if own else None,
                    supply=past.closed[family].supply(month),
                )
            )
    return points


def _was_to_come(plan: Signed, cycle: Cycle, month: date) -> bool:
    """A plan that is signed late is judged by months that were still to come then."""
    at = month_of(cycle.workspace.today(plan.at))
    return at == cycle.month or month > at


def _by_value(points: Iterable[Point], step: str) -> Accuracy:
    """The accuracy of a step over all families, weighted by the value of a unit."""
    return accuracy_of([(point.forecasts[step] * point.value, point.actual * point.value) for point in points])


def _valued(
    pairs: Mapping[str, Sequence[tuple[int, int]]], values: Mapping[str, Fraction]
) -> list[tuple[Fraction, Fraction]]:
    return [(forecast * values[family], sold * values[family]) for family, of in pairs.items() for forecast, sold in of]


def _values(cycle: Cycle, past: Past) -> dict[str, Fraction]:
    """The value of a unit of each family: its cost; where nothing costs anything, all are worth the same."""
    costs = {family: one.unit_cost for family, one in kept_economics(cycle, past).items()}
    return costs if any(costs.values()) else dict.fromkeys(costs, Fraction(1))


def _signed(cycles: Sequence[Cycle]) -> dict[int, Signed]:
    """The last signed version of each cycle."""
    if not cycles:
        return {}
    query = select(Signed).where(Signed.cycle_id.in_([cycle.id for cycle in cycles])).order_by(Signed.version)
    return {row.cycle_id: row for row in cycles[0].session.scalars(query)}
