"""What the clock does to planning: cycles open, steps begin, people are reminded; a day without a bot loses none."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.base.months import month_after, month_of
from models.sop.cycle import go_on, open_cycle
from models.sop.rows import Cycle, Planning, Resolution, Task
from models.sop.settings import current_cycle, instant
from models.sop.tasks import finish_all, keep_tasks, next_task
from models.workspace.agendas import refresh_home, remind
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


def next_planning(session: Session) -> datetime | None:
    """When a cycle opens, a step begins, or somebody is reminded."""
    opens = session.scalar(select(func.min(Planning.next_at)))
    begins = session.scalar(select(func.min(Cycle.step_at)))
    decided = session.scalar(select(func.min(Resolution.next_at)).where(Resolution.closed_at.is_(None)))
    times = (opens, begins, decided, next_task(session))
    return min((at for at in times if at is not None), default=None)


def keep_planning(session: Session, *, now: datetime) -> None:
    """Do all that is due, workspace by workspace; one process at a time for each."""
    late = or_(Task.next_at <= now, Task.escalate_at <= now)
    wanted = (
        select(Planning.workspace_id).where(Planning.next_at <= now),
        select(Cycle.workspace_id).where(Cycle.step_at <= now),
        select(Task.workspace_id).where(Task.done_at.is_(None), late),
        select(Resolution.workspace_id).where(Resolution.closed_at.is_(None), Resolution.next_at <= now),
    )
    due = select(Workspace).where(or_(*(Workspace.id.in_(ids) for ids in wanted))).order_by(Workspace.id)
    for workspace in session.scalars(due.with_for_update(skip_locked=True, key_share=True)).all():
        _keep(workspace, now)


def _keep(workspace: Workspace, now: datetime) -> None:
    session = workspace.session
    planning = session.scalar(
        select(Planning).where(Planning.workspace_id == workspace.id).execution_options(populate_existing=True)
    )
    if planning is not None:
        _open(planning, now)
        cycle = current_cycle(workspace)
        while cycle is not None and cycle.step_at is not None and cycle.step_at <= now:
            go_on(cycle, planning, now=now)
        session.flush()
    keep_tasks(workspace, now=now)
    _remind_of_resolutions(workspace, now)


def _open(planning: Planning, now: datetime) -> None:
    """A cycle opens with the month in which it does; months without a bot are not caught up."""
    if planning.next_at is None or planning.next_at > now:
        return
    month = month_of(planning.workspace.today(now))
    latest = current_cycle(planning.workspace)
    if latest is None or latest.month < month:
        if latest is not None:
            latest.step_at = None
            finish_all(latest, now=now)
        open_cycle(planning, month, now=now)
    planning.next_at = instant(planning.workspace, month_after(month), planning.days["data"])


def _remind_of_resolutions(workspace: Workspace, now: datetime) -> None:
    open_ = select(Resolution).where(Resolution.workspace_id == workspace.id, Resolution.closed_at.is_(None))
    owners: dict[Member, None] = {}
    for row in workspace.session.scalars(open_.where(Resolution.next_at <= now).order_by(Resolution.id)).all():
        # Whoever has no role any more cannot close it; leadership sees it in `/sop`, and can.
        if row.owner.roles:
            owners[row.owner] = None
        row.next_at = workspace.hours.morning_after(now)
    for owner in sorted(owners, key=lambda member: member.id):
        remind(owner, now=now)
        refresh_home(owner, now=now)
