"""Steps that wait for people: asked for, reminded of until they are answered, and told to leadership when late."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.sop.rows import Cycle, Task
from models.sop.steps import Step
from models.workspace.agendas import refresh_agenda, refresh_home, remind
from models.workspace.members import Member, members_with
from models.workspace.outbox import News, Payload, queue
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace

LATE_DAYS = 2
ASKED = {
    Step.DEMAND: (Role.SALES,),
    Step.SUPPLY: (Role.OPERATIONS,),
    Step.RECONCILIATION: tuple(Role),
    Step.EXECUTIVE: (Role.LEADERSHIP,),
}


@dataclass(frozen=True)
class LateTasks(Payload):
    """Steps that are two days late."""

    tasks: tuple[int, ...]


def give_task(cycle: Cycle, step: Step, member: Member, *, due: datetime, now: datetime) -> None:
    """Ask a person for a step: at once, the morning before it is due, that day's, and each one after it."""
    query = select(Task).where(Task.cycle_id == cycle.id, Task.step == step, Task.member_id == member.id)
    task = cycle.session.scalar(query) or Task(workspace=cycle.workspace, cycle=cycle, step=step, member=member)
    task.due_at, task.next_at, task.done_at = due, now, None
    task.escalate_at = cycle.workspace.hours.add_days(max(due, now), LATE_DAYS)
    cycle.session.add(task)
    cycle.session.flush()


def tasks_of(member: Member, *, now: datetime) -> list[Task]:
    """What waits for a person, due first."""
    query = select(Task).where(Task.member_id == member.id, Task.done_at.is_(None), Task.due_at.is_not(None))
    tasks = member.session.scalars(query.order_by(Task.due_at, Task.id))
    return [task for task in tasks if task.cycle.opened_at <= now]


def finish(cycle: Cycle, step: Step, member: Member, *, now: datetime) -> None:
    """The answer is in: no reminder any more."""
    for task in cycle.open_tasks(step):
        if task.member_id == member.id:
            _end(task, now)


def hand_over(cycle: Cycle, step: Step, before: Member, after: Member, *, now: datetime) -> None:
    """What waits for one person waits for another instead."""
    for task in cycle.open_tasks(step):
        if task.member_id == before.id:
            _end(task, now)
            give_task(cycle, step, after, due=task.due_at, now=now)


def finish_step(cycle: Cycle, step: Step, *, now: datetime) -> None:
    """The step is done, whoever was asked for it."""
    for task in cycle.open_tasks(step):
        _end(task, now)


def finish_all(cycle: Cycle, *, now: datetime) -> None:
    """The plan is signed, or a new cycle has begun: nobody is asked any more."""
    for step in ASKED:
        finish_step(cycle, step, now=now)


def refresh(member: Member, *, now: datetime) -> None:
    """What waits for a person has changed: their message and their home say so."""
    refresh_agenda(member, now=now)
    refresh_home(member, now=now)


def next_task(session: Session) -> datetime | None:
    """When somebody is to be reminded, or told."""
    times = (func.min(Task.next_at), func.min(Task.escalate_at))
    earliest = session.execute(select(*times).where(Task.done_at.is_(None))).one()
    return min((at for at in earliest if at is not None), default=None)


def keep_tasks(workspace: Workspace, *, now: datetime) -> None:
    """Remind those who have not answered, and nobody else; tell leadership once of what is two days late."""
    open_ = select(Task).where(Task.workspace_id == workspace.id, Task.done_at.is_(None))
    every = workspace.session.scalars(open_.order_by(Task.id).execution_options(populate_existing=True)).all()
    tasks = [task for task in every if _can_answer(task)]
    for task in every:
        if task not in tasks:
            _end(task, now)
    late = [task for task in tasks if task.escalate_at is not None and task.escalate_at <= now]
    for task in late:
        task.escalate_at = None
    for leader in members_with(workspace, Role.LEADERSHIP) if late else []:
        named = LateTasks(tuple(task.id for task in late))
        queue(workspace, News.SOP_LATE, stream=leader.user_id, member_id=leader.id, payload=named, now=now)
    people: dict[Member, None] = {}
    for task in tasks:
        if task.next_at <= now:
            people[task.member] = None
            task.next_at = _next_reminder(task, now)
    for member in sorted(people, key=lambda person: person.id):
        remind(member, now=now)
        refresh_home(member, now=now)


def _end(task: Task, now: datetime) -> None:
    task.done_at = now
    refresh(task.member, now=now)


def _can_answer(task: Task) -> bool:
    """Whether a person still has the role that the step asks."""
    return task.member.has(*ASKED[task.step])


def _next_reminder(task: Task, now: datetime) -> datetime:
    """The morning of the working day before the one on which it is due, that day's, then each working morning."""
    hours = task.workspace.hours
    zone = ZoneInfo(hours.timezone)
    due, morning = task.due_at.astimezone(zone).date(), hours.morning_after(now)
    while hours.add_days(morning, 1).astimezone(zone).date() < due:
        morning = hours.morning_after(morning)
    return morning
