"""How a workspace plans: its channel, coordinator and days; and which cycle is the present one."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.base.errors import NotFound, NotYours, Refused
from models.base.language import _
from models.base.months import month_after, month_of, working_day
from models.base.words import company_locale, week_text
from models.sop.rows import CARRYING_RATE, DAYS, Cycle, Planning
from models.sop.steps import BEGINS, Step
from models.sop.tasks import hand_over
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

LAST_DAY, MOST_LAG = 23, 6


class NoCycle(Refused):
    """Nothing is planned yet."""


def planning_of(workspace: Workspace) -> Planning | None:
    """How a workspace plans; None until somebody has set it up."""
    return workspace.session.scalar(select(Planning).where(Planning.workspace_id == workspace.id))


def current_cycle(workspace: Workspace) -> Cycle | None:
    """The latest cycle."""
    query = select(Cycle).where(Cycle.workspace_id == workspace.id).order_by(Cycle.month.desc())
    return workspace.session.scalar(query.limit(1))


def present_cycle(workspace: Workspace) -> Cycle:
    """The latest cycle; a refusal says how there will be one."""
    cycle = current_cycle(workspace)
    if cycle is not None:
        return cycle
    planning = planning_of(workspace)
    if planning is None:
        raise NoCycle(_("No cycle has begun yet. An admin sets it up with `/sop schedule`."))
    opens = (
        week_text(workspace.today(planning.next_at), company_locale(workspace.country))
        if planning.next_at
        else _("by itself")
    )
    raise NoCycle(_("No cycle has begun yet. The first one opens {opens}.", opens=opens))


def find_cycle(workspace: Workspace, cycle_id: int) -> Cycle:
    """A cycle of this workspace."""
    row = workspace.session.scalar(select(Cycle).where(Cycle.workspace_id == workspace.id, Cycle.id == cycle_id))
    if row is None:
        raise NotFound(_("That cycle is not here. `/sop` shows the present one."))
    return row


def plan_monthly(
    workspace: Workspace,
    *,
    channel: str,
    coordinator: Member,
    days: dict[str, int],
    lag: int = 1,
    carrying_rate: Decimal = CARRYING_RATE,
    shows_money: bool = False,
    by: Member | None,
    now: datetime,
) -> Planning:
    """Plan from the next first working day on, or this month's when that is to come. `by` None: the command line.

    A cycle that is under way goes on by the new days, and with the new coordinator.
    """
    _check_days(days)
    if not 0 <= lag <= MOST_LAG:
        raise Refused(_("From 0 to {most_lag} months ahead.", most_lag=MOST_LAG), field="lag")
    if not 0 <= carrying_rate <= 1:
        raise Refused(_("From 0 to 100 %."), field="carrying")
    if not coordinator.roles:
        raise NotYours(_("The coordinator needs a role. An admin gives one with `/belay roles`."))
    workspace.lock()
    known = planning_of(workspace)
    before, row = (known.coordinator, known) if known else (None, Planning(workspace=workspace))
    row.channel, row.coordinator, row.days, row.lag = channel, coordinator, days, lag
    row.carrying_rate, row.shows_money = carrying_rate, shows_money
    row.next_at = _next_opening(workspace, days, now)
    workspace.session.add(row)
    workspace.session.flush()
    cycle = current_cycle(workspace)
    if cycle is not None and cycle.step_at is not None:
        cycle.step_at = instant(workspace, cycle.month, days[BEGINS[cycle.step]])
    if cycle is not None and before is not None and before is not coordinator:
        hand_over(cycle, Step.RECONCILIATION, before, coordinator, now=now)
    record(row, "plan", by=by, now=now, details={"channel": channel, "days": days, "lag": lag})
    return row


def instant(workspace: Workspace, month: date, day: int, *, is_end: bool = False) -> datetime:
    """When a working day of a month begins, or ends, in the company's hours."""
    at: time = workspace.closes_at if is_end else workspace.opens_at
    on = working_day(month, day, country=workspace.country)
    return datetime.combine(on, at, ZoneInfo(workspace.timezone))


def _next_opening(workspace: Workspace, days: dict[str, int], now: datetime) -> datetime:
    """The next first working day for which there is no cycle yet."""
    month = month_of(workspace.today(now))
    latest = current_cycle(workspace)
    if latest is not None and latest.month >= month:
        month = month_after(latest.month)
    at = instant(workspace, month, days["data"])
    return at if at > now - timedelta(hours=12) else instant(workspace, month_after(month), days["data"])


def _check_days(days: dict[str, int]) -> None:
    for name in DAYS:
        if not 1 <= days[name] <= LAST_DAY:
            raise Refused(_("A working day is from 1 to {last_day}.", last_day=LAST_DAY), field=name)
    for before, name in pairwise(DAYS):
        if days[name] < days[before]:
            raise Refused(_("Each step comes on the day of the one before it or later."), field=name)
