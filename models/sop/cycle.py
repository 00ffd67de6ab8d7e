"""The monthly cycle: it opens, goes from step to step on its working days, and fills in what is asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.sop.identities import HORIZON
from models.sop.launches import lived, lives_of
from models.sop.owners import ask_for_supply
from models.sop.past_sales import Past, past_of, spread
from models.sop.plan import keep_economics, plan_of
from models.sop.prefilling import prefill
from models.sop.rough_cut import rough_cut
from models.sop.rows import Cycle, Forecast, Planning, SupplyPlan
from models.sop.settings import current_cycle, instant
from models.sop.steps import BEGINS, TRANSITIONS, Move, Step
from models.sop.tasks import give_task
from models.sop.transitions import advance
from models.workspace.history import record
from models.workspace.members import Member, members_with
from models.workspace.outbox import News, Payload, queue
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace


@dataclass(frozen=True)
class MeetingAgenda(Payload):
    """The agenda of a cycle's executive meeting, to be posted."""

    cycle: int = 0


def open_cycle(planning: Planning, month: date, *, now: datetime) -> Cycle:
    """Step 1, data: last month's actuals, and the statistical baseline of each family."""
    workspace = planning.workspace
    cycle = Cycle(workspace=workspace, month=month, opened_at=now, economics={})
    foresee(cycle, past_of(workspace, month))
    cycle.step_at = instant(workspace, month, planning.days[BEGINS[Step.DATA]])
    workspace.session.add(cycle)
    workspace.session.flush()
    record(cycle, "open", by=None, now=now, details={"families": len(cycle.baselines)})
    return cycle


def foresee(cycle: Cycle, past: Past) -> None:
    """The baseline of each family; where the last months are unknown it is forecast over them."""
    # Imported when a cycle is filled in: numpy takes a while, and most commands plan nothing.
    from models.sop.baseline import baseline

    closed = past.closed
    made = {f: baseline(one.history(), horizon=HORIZON + one.missing) for f, one in closed.items()}
    baselines = {family: one.units()[closed[family].missing :] for family, one in made.items()}
    known = {family: len(one.booked()) for family, one in closed.items()}
    cycle.baselines = lived(baselines, cycle.months, lives_of(cycle.workspace), known)
    cycle.means = [family for family, one in made.items() if one.is_mean]
    cycle.stale = [family for family, one in closed.items() if one.missing]
    unknown = {family: [month.isoformat() for month in one.unknown] for family, one in closed.items()}
    cycle.unknown = {family: months for family, months in unknown.items() if months}
    keep_economics(cycle, past)


def foresee_anew(workspace: Workspace) -> None:
    """In the data step what has come in counts at once; later cycles take it when they open."""
    cycle = current_cycle(workspace)
    if cycle is not None and cycle.step is Step.DATA:
        foresee(cycle, past_of(workspace, cycle.month))


def go_on(cycle: Cycle, planning: Planning, *, now: datetime) -> None:
    """Begin the next step, and ask for what it takes."""
    step = TRANSITIONS[cycle.step, Move.GO_ON]
    BEGINNINGS[step](cycle, planning, now)
    begins = BEGINS.get(step)
    step_at = instant(cycle.workspace, cycle.month, planning.days[begins]) if begins else None
    advance(cycle, Move.GO_ON, by=None, now=now, step_at=step_at)


def fill_supply(cycle: Cycle) -> None:
    """Fill in supply that nobody has answered, also when demand changes; what is answered takes its capacity first."""
    past = past_of(cycle.workspace, cycle.month, also=cycle.baselines)
    known = {row.family: row for row in cycle.supplies}
    answered = {family: row.units for family, row in known.items() if row.answered_at is not None}
    plan = plan_of(cycle, past, cycle.demand, answered)
    taken = rough_cut(plan.capacity, plan.work, answered)
    filled = prefill([one for one in plan.families if one.family not in answered], plan.work, taken)
    for family, months in filled.items():
        row = known.get(family) or SupplyPlan(workspace=cycle.workspace, cycle=cycle, family=family)
        row.units = row.prefill = list(months.units)
        row.limit = months.limit
        cycle.session.add(row)
    cycle.session.flush()


def _begin_demand(cycle: Cycle, planning: Planning, now: datetime) -> None:
    """The baseline is made once more: what has come in since the cycle opened counts."""
    workspace = cycle.workspace
    past = past_of(cycle.workspace, cycle.month)
    foresee(cycle, past)
    sellers = members_with(workspace, Role.SALES)
    _prefill_forecasts(cycle, past, sellers)
    due = instant(workspace, cycle.month, planning.days["demand_due"], is_end=True)
    for seller in sellers:
        give_task(cycle, Step.DEMAND, seller, due=due, now=now)


def _begin_supply(cycle: Cycle, planning: Planning, now: datetime) -> None:
    """Demand is frozen as it is; supply is filled in with it, cut to what rough-cut capacity allows."""
    for row in cycle.forecasts:
        row.frozen = row.units
    cycle.frozen_at = now
    fill_supply(cycle)
    ask_for_supply(cycle, planning, now=now)


def _begin_reconciliation(cycle: Cycle, planning: Planning, now: datetime) -> None:
    due = instant(cycle.workspace, cycle.month, planning.days["reconciliation"], is_end=True)
    give_task(cycle, Step.RECONCILIATION, planning.coordinator, due=due, now=now)


def _begin_executive(cycle: Cycle, planning: Planning, now: datetime) -> None:
    """The consensus is kept as it is: accuracy goes by it, whatever the meeting makes of it."""
    cycle.agreed = cycle.demand
    due = instant(cycle.workspace, cycle.month, planning.days["executive"], is_end=True)
    agenda = MeetingAgenda(cycle.id)
    queue(cycle.workspace, News.SOP_MEETING, stream=planning.channel, payload=agenda, now=now)
    for leader in members_with(cycle.workspace, Role.LEADERSHIP):
        give_task(cycle, Step.EXECUTIVE, leader, due=due, now=now)


def _prefill_forecasts(cycle: Cycle, past: Past, sellers: Sequence[Member]) -> None:
    """The baseline, once: as certain what a seller has won, as contingent their share of what nobody has won yet."""
    for family in past.families if sellers else ():
        pairs = zip(cycle.baselines[family], past.won(family), strict=True)
        shares = past.shares(family, [seller.id for seller in sellers])
        parts = [spread(max(0, expected - won), shares) for expected, won in pairs]
        for number, seller in enumerate(sellers):
            certain, contingent = past.won(family, seller.id), [part[number] for part in parts]
            row = Forecast(workspace=cycle.workspace, cycle=cycle, member=seller, family=family)
            row.certain, row.contingent = certain, contingent
            row.prefill = [sure + perhaps for sure, perhaps in zip(certain, contingent, strict=True)]
            cycle.session.add(row)
    cycle.session.flush()


BEGINNINGS: Mapping[Step, Callable[[Cycle, Planning, datetime], None]] = {
    Step.DEMAND: _begin_demand,
    Step.SUPPLY: _begin_supply,
    Step.RECONCILIATION: _begin_reconciliation,
    Step.EXECUTIVE: _begin_executive,
}
