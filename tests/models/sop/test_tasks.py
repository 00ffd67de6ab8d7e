"""Steps that wait for people: when they are reminded, what ends it, and when leadership is told."""

from datetime import timedelta

from sqlalchemy import select

from models.sop.clock import keep_planning
from models.sop.rows import Cycle, Task
from models.sop.steps import Step
from models.sop.tasks import LateTasks, finish, finish_all, give_task, hand_over, keep_tasks, next_task, tasks_of
from models.workspace.agendas import agenda_of
from models.workspace.members import Member, set_roles
from models.workspace.outbox import News, Outbox
from tests.models.sop.december import DEC, at, planned, turn
from tests.world import NOW, World

DUE = at("12-08", "17:00")


def cycle_of(world: World) -> Cycle:
    """A cycle in which nobody was asked for anything yet."""
    cycle = Cycle(workspace=world.workspace, month=DEC, opened_at=NOW, baselines={}, means=[])
    world.session.add(cycle)
    world.session.flush()
    return cycle


def asked(cycle: Cycle, member: Member, step: Step = Step.DEMAND) -> Task:
    give_task(cycle, step, member, due=DUE, now=at("12-03"))
    return next(task for task in cycle.open_tasks(step) if task.member is member)


def test_person_is_reminded_at_once_then_the_morning_before_and_each_one_from_then_on(world: World) -> None:
    task = asked(cycle_of(world), world.person("Sara"))
    mornings = []
    for _ in range(5):
        mornings.append(task.next_at)
        keep_tasks(world.workspace, now=task.next_at)
    # It is due on Tuesday.
    assert mornings == [at("12-03"), at("12-07"), at("12-08"), at("12-09"), at("12-10")]


def test_leadership_is_told_once_two_working_days_after_it_was_due(world: World) -> None:
    task = asked(cycle_of(world), world.person("Sara"))
    assert task.escalate_at == at("12-10", "17:00")
    late = select(Outbox).where(Outbox.kind == News.SOP_LATE)
    keep_tasks(world.workspace, now=at("12-10", "16:59"))
    assert world.session.scalars(late).all() == []
    for _ in range(2):
        keep_tasks(world.workspace, now=at("12-10", "17:00"))
    (row,) = world.session.scalars(late)
    assert (row.stream, LateTasks.of(row)) == ("ULEA", LateTasks((task.id,)))
    assert next_task(world.session) == at("12-11")


def test_answer_ends_ones_own_task_only(world: World) -> None:
    cycle, sara, pete = cycle_of(world), world.person("Sara"), world.person("Pete")
    for member in (sara, pete):
        asked(cycle, member)
    finish(cycle, Step.DEMAND, sara, now=NOW)
    assert cycle.unanswered(Step.DEMAND) == [pete]
    assert (tasks_of(sara, now=at("12-03")), next_task(world.session)) == ([], at("12-03"))
    finish_all(cycle, now=NOW)
    assert (cycle.unanswered(Step.DEMAND), next_task(world.session)) == ([], None)


def test_task_that_was_done_is_asked_again_as_the_same_one(world: World) -> None:
    cycle, olga = cycle_of(world), world.person("Olga")
    first = asked(cycle, olga, Step.SUPPLY)
    finish(cycle, Step.SUPPLY, olga, now=NOW)
    assert asked(cycle, olga, Step.SUPPLY) is first
    assert first.done_at is None


def test_what_is_handed_over_keeps_its_day(world: World) -> None:
    cycle, olga, otto = cycle_of(world), world.person("Olga"), world.person("Otto")
    asked(cycle, olga, Step.RECONCILIATION)
    hand_over(cycle, Step.RECONCILIATION, world.person("Lea"), otto, now=NOW)
    assert cycle.unanswered(Step.RECONCILIATION) == [olga]
    hand_over(cycle, Step.RECONCILIATION, olga, otto, now=at("12-04"))
    (task,) = cycle.open_tasks(Step.RECONCILIATION)
    assert (task.member, task.due_at, task.next_at) == (otto, DUE, at("12-04"))


def test_late_request_gives_two_days_from_when_it_was_made(world: World) -> None:
    cycle = cycle_of(world)
    give_task(cycle, Step.DEMAND, world.person("Sara"), due=DUE, now=DUE + timedelta(days=7))
    (task,) = cycle.open_tasks(Step.DEMAND)
    assert task.escalate_at == at("12-17", "17:00")


def test_leadership_hears_two_days_after_somebody_was_asked(world: World) -> None:
    planned(world)
    turn(world, at("12-01"))
    turn(world, at("12-02"))
    # Nothing ran until the 17th: everybody is asked for the first time, and nobody is late yet.
    keep_planning(world.session, now=at("12-17", "10:00"))
    assert list(world.session.scalars(select(Outbox).where(Outbox.kind == News.SOP_LATE))) == []
    turn(world, at("12-22", "12:00"))
    assert list(world.session.scalars(select(Outbox).where(Outbox.kind == News.SOP_LATE))) != []


def test_reminder_of_a_role_that_is_gone_ends_and_the_message_says_so(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    sara = world.person("Sara")
    agenda_of(sara).ts = "1.0"
    for row in world.session.scalars(select(Outbox)):
        row.settled_at = at("12-03")
    set_roles(sara, [], by=None, now=at("12-03", "10:00"))
    turn(world, at("12-07"))
    told = select(Outbox).where(Outbox.member_id == sara.id, Outbox.kind == News.AGENDA)
    assert len(list(world.session.scalars(told))) == 1
    assert tasks_of(sara, now=at("12-07")) == []
