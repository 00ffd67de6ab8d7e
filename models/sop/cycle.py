"""The monthly cycle: it opens by itself, goes from step to step on its working days, and fills in what is asked for."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.errors import NotFound, NotYours, Refused
from models.history import record
from models.members import Member, Role, members_with
from models.sop.history import Past, past_of, spread
from models.sop.months import month_after, month_of, months_from, working_day
from models.sop.owners import owners_of
from models.sop.plan import HORIZON
from models.sop.roughcut import capacity_of, cut_to_capacity, rough_cut, tightest
from models.sop.rows import DAYS, Cycle, Forecast, Planning, Step, SupplyPlan
from models.sop.tasks import finish, give_task, unanswered
from models.sop.theta import baseline
from models.workspaces import Workspace

LAST_DAY, MOST_LAG = 23, 6
ASKING = (Step.SUPPLY, Step.RECONCILIATION, Step.EXECUTIVE)


class NoCycle(Refused):
    """Nothing is planned yet."""


def planning_of(workspace: Workspace) -> Planning | None:
    """How a workspace plans; None until somebody has set it up."""
    return workspace.session.scalar(select(Planning).where(Planning.workspace_id == workspace.id))


def current_cycle(workspace: Workspace) -> Cycle | None:
    """The latest cycle."""
    mine = select(Cycle).where(Cycle.workspace_id == workspace.id).order_by(Cycle.month.desc())
    return workspace.session.scalar(mine.limit(1))


def present_cycle(workspace: Workspace) -> Cycle:
    """The latest cycle; a refusal says how there will be one."""
    cycle = current_cycle(workspace)
    if cycle is not None:
        return cycle
    if planning_of(workspace) is None:
        raise NoCycle("No cycle has begun yet. An admin sets it up with `/sop schedule`.")
    raise NoCycle("No cycle has begun yet. The first one opens by itself.")


def find_cycle(session: Session, workspace: Workspace, cycle_id: int) -> Cycle:
    """A cycle of this workspace."""
    row = session.scalar(select(Cycle).where(Cycle.workspace_id == workspace.id, Cycle.id == cycle_id))
    if row is None:
        raise NotFound("That cycle is not here. `/sop` shows the present one.")
    return row


def plan_monthly(
    workspace: Workspace,
    *,
    channel: str,
    coordinator: Member,
    days: dict[str, int],
    lag: int = 1,
    by: Member | None,
    now: datetime,
) -> Planning:
    """Plan from the next first working day on, or this month's when that is to come. `by` None: the command line."""
    _check_days(days)
    if not 0 <= lag <= MOST_LAG:
        raise Refused(f"From 0 to {MOST_LAG} months ahead.", field="lag")
    if not coordinator.roles:
        raise NotYours("The coordinator needs a role. An admin gives one with `/belay roles`.")
    row = planning_of(workspace) or Planning(workspace=workspace)
    row.channel, row.coordinator, row.days, row.lag = channel, coordinator, days, lag
    row.next_at = _next_opening(workspace, days, now)
    workspace.session.add(row)
    workspace.session.flush()
    record(row, "plan", by=by, now=now, details={"channel": channel, "days": days, "lag": lag})
    return row


def open_cycle(planning: Planning, month: date, *, now: datetime) -> Cycle:
    """Step 1, data: last month's actuals, and the statistical baseline of each family."""
    workspace = planning.workspace
    cycle = Cycle(workspace=workspace, month=month, step=Step.DATA, opened_at=now)
    _foresee(cycle, past_of(workspace, month))
    cycle.step_at = instant(workspace, month, planning.days["demand"])
    workspace.session.add(cycle)
    workspace.session.flush()
    record(cycle, "open", by=None, now=now, details={"families": len(cycle.baselines)})
    return cycle


def go_on(cycle: Cycle, planning: Planning, *, now: datetime) -> None:
    """Begin the next step."""
    match Step(cycle.step):
        case Step.DATA:
            _begin_demand(cycle, planning, now)
        case Step.DEMAND:
            _begin_supply(cycle, planning, now)
        case Step.SUPPLY:
            _begin_reconciliation(cycle, planning, now)
        case Step.RECONCILIATION:
            _begin_executive(cycle, planning, now)
        case _:
            cycle.step_at = None


def months_of(cycle: Cycle) -> list[date]:
    """The months that a cycle plans."""
    return months_from(cycle.month, HORIZON)


def forecasts_of(cycle: Cycle) -> list[Forecast]:
    """What sellers believe, or were prefilled with."""
    mine = select(Forecast).where(Forecast.cycle_id == cycle.id).order_by(Forecast.family, Forecast.member_id)
    return list(cycle.session.scalars(mine.options(joinedload(Forecast.member))))


def supplies_of(cycle: Cycle) -> list[SupplyPlan]:
    """What operations will supply."""
    mine = select(SupplyPlan).where(SupplyPlan.cycle_id == cycle.id).order_by(SupplyPlan.family)
    return list(cycle.session.scalars(mine))


def demand_of(forecasts: Iterable[Forecast]) -> dict[str, list[int]]:
    """Unconstrained demand by family and month: certain and contingent of all sellers."""
    demand: dict[str, list[int]] = {}
    for row in forecasts:
        known = demand.setdefault(row.family, [0] * HORIZON)
        demand[row.family] = [have + units for have, units in zip(known, row.units, strict=True)]
    return demand


def demand_for(cycle: Cycle, family: str) -> list[int]:
    """Unconstrained demand for one family, by month."""
    mine = select(Forecast).where(Forecast.cycle_id == cycle.id, Forecast.family == family)
    return demand_of(cycle.session.scalars(mine)).get(family, [0] * HORIZON)


def ask_for_supply(cycle: Cycle, planning: Planning, *, now: datetime) -> None:
    """Whoever has a family that is not answered is asked; who has none any more is not."""
    rows = supplies_of(cycle)
    owned = owners_of(cycle.workspace, [row.family for row in rows if row.answered_at is None])
    due = instant(cycle.workspace, cycle.month, planning.days["supply_due"], is_end=True)
    asked = unanswered(cycle, Step.SUPPLY)
    for member in asked:
        if member not in owned:
            finish(cycle, Step.SUPPLY, member, now=now)
    for member in owned:
        if member not in asked:
            give_task(cycle, Step.SUPPLY, member, due=due, now=now)


def instant(workspace: Workspace, month: date, day: int, *, is_end: bool = False) -> datetime:
    """When a working day of a month begins, or ends, in the company's hours."""
    at: time = workspace.closes_at if is_end else workspace.opens_at
    on = working_day(month, day, country=workspace.country)
    return datetime.combine(on, at, ZoneInfo(workspace.timezone))


def _foresee(cycle: Cycle, past: Past) -> None:
    """The baseline of each family; where the last months are unknown it is forecast over them."""
    ledgers = past.ledgers
    made = {f: baseline(one.bookings(), horizon=HORIZON + one.missing) for f, one in ledgers.items()}
    cycle.baselines = {family: list(one.units()[ledgers[family].missing :]) for family, one in made.items()}
    cycle.means = [family for family, one in made.items() if one.is_mean]
    cycle.stale = [family for family, one in ledgers.items() if one.missing]


def _begin_demand(cycle: Cycle, planning: Planning, now: datetime) -> None:
    """The baseline is made once more: what has come in since the cycle opened counts."""
    workspace, past = cycle.workspace, past_of(cycle.workspace, cycle.month)
    _foresee(cycle, past)
    sellers = members_with(cycle.session, workspace, Role.SALES)
    _prefill_forecasts(cycle, past, sellers)
    due = instant(workspace, cycle.month, planning.days["demand_due"], is_end=True)
    for seller in sellers:
        give_task(cycle, Step.DEMAND, seller, due=due, now=now)
    _step(cycle, Step.DEMAND, instant(workspace, cycle.month, planning.days["supply"]), now)


def _begin_supply(cycle: Cycle, planning: Planning, now: datetime) -> None:
    """Demand is frozen as it is; supply is filled in with it, cut to what rough-cut capacity allows."""
    workspace, forecasts = cycle.workspace, forecasts_of(cycle)
    for row in forecasts:
        row.frozen = row.units
    cycle.frozen_at = now
    demand, past = demand_of(forecasts), past_of(workspace, cycle.month)
    capacity = capacity_of(workspace, months_of(cycle))
    wanted = {family: demand.get(family, [0] * HORIZON) for family in past.families}
    loaded = rough_cut(capacity, past.economics, wanted)
    for family, months in cut_to_capacity(loaded, past.economics, wanted).items():
        plan = SupplyPlan(workspace=workspace, cycle=cycle, family=family, units=months, prefill=months)
        plan.limit = tightest(loaded, past.economics[family])
        cycle.session.add(plan)
    cycle.session.flush()
    ask_for_supply(cycle, planning, now=now)
    _step(cycle, Step.SUPPLY, instant(workspace, cycle.month, planning.days["reconciliation"]), now)


def _begin_reconciliation(cycle: Cycle, planning: Planning, now: datetime) -> None:
    due = instant(cycle.workspace, cycle.month, planning.days["reconciliation"], is_end=True)
    give_task(cycle, Step.RECONCILIATION, planning.coordinator, due=due, now=now)
    _step(cycle, Step.RECONCILIATION, instant(cycle.workspace, cycle.month, planning.days["executive"]), now)


def _begin_executive(cycle: Cycle, planning: Planning, now: datetime) -> None:
    due = instant(cycle.workspace, cycle.month, planning.days["executive"], is_end=True)
    for leader in members_with(cycle.session, cycle.workspace, Role.LEADERSHIP):
        give_task(cycle, Step.EXECUTIVE, leader, due=due, now=now)
    _step(cycle, Step.EXECUTIVE, None, now)


def _step(cycle: Cycle, step: Step, next_at: datetime | None, now: datetime) -> None:
    before, cycle.step, cycle.step_at = cycle.step, step, next_at
    record(cycle, "step", by=None, now=now, states=(before, step))


def _prefill_forecasts(cycle: Cycle, past: Past, sellers: Sequence[Member]) -> None:
    """The baseline, once: each seller's share of it, and of that as certain what they have won or were promised."""
    for family in past.families:
        months = cycle.baselines.get(family, [0] * HORIZON)
        shares = past.shares(family, [seller.id for seller in sellers]) if sellers else []
        parts = [spread(units, shares) for units in months]
        for number, seller in enumerate(sellers):
            certain = past.certain(seller.id, family)
            contingent = [max(0, part[number] - sure) for part, sure in zip(parts, certain, strict=True)]
            row = Forecast(workspace=cycle.workspace, cycle=cycle, member=seller, family=family)
            row.certain, row.contingent = certain, contingent
            row.prefill = [sure + perhaps for sure, perhaps in zip(certain, contingent, strict=True)]
            cycle.session.add(row)
    cycle.session.flush()


def _next_opening(workspace: Workspace, days: dict[str, int], now: datetime) -> datetime:
    """The next first working day for which there is no cycle yet."""
    month = month_of(workspace.today(now))
    latest = current_cycle(workspace)
    if latest is not None and latest.month >= month:
        month = month_after(latest.month)
    at = instant(workspace, month, days["data"])
    return at if at > now - timedelta(hours=12) else instant(workspace, month_after(month), days["data"])


def _check_days(days: dict[str, int]) -> None:
    ordered = [days[name] for name in DAYS]
    if any(not 1 <= day <= LAST_DAY for day in ordered):
        raise Refused(f"A working day is from 1 to {LAST_DAY}.", field="executive")
    if ordered != sorted(ordered):
        raise Refused("Each step comes on the day of the one before it or later.", field="executive")
