"""Somebody goes away or comes back: what waits for them goes to their deputy, and comes back with them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.deals.asked import is_nobody_there
from models.deals.lists import WITH_ALL
from models.deals.rows import Deal
from models.deals.turns import Awaited, Turn, tell_above_at_once
from models.deals.waiting import owes
from models.workspace.absences import appoint_deputy, begin_and_end, workspaces_with_due
from models.workspace.agendas import refresh_agenda, remind
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


def keep_absences(session: Session, *, now: datetime) -> None:
    """Do what absences say that begin or end; of what came due while nobody ran, only how it ended counts."""
    for workspace in workspaces_with_due(session, now=now):
        # Before anything is changed: what somebody decides meanwhile is waited for.
        turns = _turns(workspace)
        before = {member: member.acting for member in _concerned(workspace)}
        changing = begin_and_end(workspace, now=now)
        before |= {member: member.acting for member in changing if member not in before}
        for member in changing:
            appoint_deputy(member)
        for member, acting in before.items():
            if member.acting is not acting:
                _pass_on(member, acting, turns, now)
        for turn in _waiting(turns, now):
            about = turn.condition.owner if turn.condition else None
            if is_nobody_there(turn.deal, turn.side, turn.step, about):
                tell_above_at_once(turn, now)


def _concerned(workspace: Workspace) -> Sequence[Member]:
    """Who is away already: somebody else may answer for them now."""
    away = select(Member).where(Member.workspace_id == workspace.id, Member.is_away).order_by(Member.id)
    return workspace.session.scalars(away).all()


def _pass_on(member: Member, before: Member | None, turns: Iterable[Turn], now: datetime) -> None:
    """Whoever answers from now on hears at once of what waits for this person alone; the time to answer stays."""
    owed = [turn for turn in _waiting(turns, now) if owes(member, turn)]
    for turn in owed:
        if turn.member_id == member.id:
            turn.half_at, turn.next_at = min(turn.first_reminder, now), now
        elif turn.step is not None and member.id in turn.step.people:
            turn.half_at = min(turn.first_reminder, now)
    if owed and member.acting is not None:
        remind(member.acting, now=now)
    if before is not None:
        refresh_agenda(before, now=now)


def _waiting(turns: Iterable[Turn], now: datetime) -> list[Turn]:
    """What waits now: a report or a delivery is asked for when it is due, whoever answers then."""
    return [turn for turn in turns if turn.awaited in {Awaited.ANSWER, Awaited.CONDITION} or turn.is_overdue(now)]


def _turns(workspace: Workspace) -> list[Turn]:
    """What is open, under the locks of its deals."""
    session = workspace.session
    open_ = select(Turn).where(Turn.workspace_id == workspace.id, Turn.ended_at.is_(None))
    deals = select(Deal.id).where(Deal.id.in_(open_.with_only_columns(Turn.deal_id))).order_by(Deal.id)
    session.scalars(deals.with_for_update(key_share=True)).all()
    fresh = open_.options(selectinload(Turn.deal).options(*WITH_ALL)).execution_options(populate_existing=True)
    return list(session.scalars(fresh.order_by(Turn.id)))
