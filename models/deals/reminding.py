"""What the clock does to turns: reminders to those whose turn it is, news to those above them, the end of a promise."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from models.deals.asked import asked_in
from models.deals.card_messages import card_messages_of, refresh_card
from models.deals.lists import WITH_ALL
from models.deals.reservations import release_capacity
from models.deals.rows import Deal
from models.deals.states import Move, State
from models.deals.transitions import advance
from models.deals.turns import Turn, tell_above_at_once
from models.deals.waiting import is_over, is_snoozed, owes, stands_in
from models.workspace.agendas import Snooze, remind, snoozed
from models.workspace.leads import lead_of
from models.workspace.members import Member, members_with
from models.workspace.outbox import News, Payload, queue
from models.workspace.roles import SPEAKING, Role, Side
from models.workspace.workspaces import Workspace


@dataclass(frozen=True)
class LateTurns(Payload):
    """Turns that are late, for whoever is above those who owe them."""

    turns: tuple[int, ...]


def next_turn(session: Session) -> datetime | None:
    """When somebody is to be reminded, or told, or a promise ends."""
    times = (func.min(Turn.next_at), func.min(Turn.escalate_at), func.min(Turn.release_at))
    earliest = session.execute(select(*times).where(Turn.ended_at.is_(None))).one()
    woken = session.scalar(select(func.min(Snooze.until)).where(Snooze.told_at.is_(None)))
    return min((at for at in (*earliest, woken) if at is not None), default=None)


def keep_turns(session: Session, *, now: datetime) -> None:
    """Do what is due: what came due while nobody ran is gathered, never skipped."""
    due = or_(Turn.next_at <= now, Turn.escalate_at <= now, Turn.release_at <= now)
    late = select(Turn.workspace_id).where(Turn.ended_at.is_(None), due)
    woken = select(Snooze.workspace_id).where(Snooze.told_at.is_(None), Snooze.until <= now)
    workspaces = select(Workspace).where(or_(Workspace.id.in_(late), Workspace.id.in_(woken)))
    # One process at a time for a workspace, so that all that is due for a person is one message; whoever only adds rows
    # to the workspace does not wait for it.
    locked = workspaces.order_by(Workspace.id).with_for_update(skip_locked=True, key_share=True)
    for workspace in session.scalars(locked).all():
        turns = _due_turns(workspace, now)
        _release(turns, now)
        _escalate(workspace, [turn for turn in turns if turn.ended_at is None], now)
        _remind(workspace, [turn for turn in turns if turn.ended_at is None], now)


def _due_turns(workspace: Workspace, now: datetime) -> list[Turn]:
    due = or_(Turn.next_at <= now, Turn.escalate_at <= now, Turn.release_at <= now)
    query = select(Turn).where(Turn.workspace_id == workspace.id, Turn.ended_at.is_(None), due)
    # A deal before its turns, as everybody locks them; one that somebody acts on is left for the next beat.
    owned = select(Deal.id).where(Deal.id.in_(query.with_only_columns(Turn.deal_id))).order_by(Deal.id)
    ids = workspace.session.scalars(owned.with_for_update(skip_locked=True, key_share=True)).all()
    query = query.where(Turn.deal_id.in_(ids))
    # Read anew: whoever waited for the workspace finds what the other process has done.
    fresh = query.options(selectinload(Turn.deal).options(*WITH_ALL)).execution_options(populate_existing=True)
    return list(workspace.session.scalars(fresh.order_by(Turn.id)))


def _release(turns: Iterable[Turn], now: datetime) -> None:
    """A promise that nobody has reported on ends, with news to both sides: capacity is not hoarded."""
    for turn in turns:
        if turn.release_at and turn.release_at <= now:
            deal = turn.deal
            if deal.state == State.APPROVED:
                release_capacity(deal, now=now)
                advance(deal, Move.EXPIRE, by=None, now=now)


def _escalate(workspace: Workspace, turns: Iterable[Turn], now: datetime) -> None:
    """A working day after the end the lead of the side is told, after another one leadership; once each."""
    by_lead: dict[Member, list[int]] = {}
    for turn in turns:
        while turn.escalate_at is not None and turn.escalate_at <= now:
            for member in _above(workspace, turn):
                by_lead.setdefault(member, []).append(turn.id)
    for member, ids in sorted(by_lead.items(), key=lambda entry: entry[0].id):
        late = LateTurns(tuple(dict.fromkeys(ids)))
        queue(workspace, News.ESCALATION, stream=member.user_id, member_id=member.id, payload=late, now=now)


def _above(workspace: Workspace, turn: Turn) -> list[Member]:
    """Who is told next; without a lead, or when the lead is late in person, leadership at once."""
    late = turn.member or turn.deal.seller
    above: Member | None = None
    if turn.escalations == 0:
        set_by = turn.condition.decision.principal if turn.condition else None
        lead = set_by if set_by and set_by.id != late.id else lead_of(workspace, turn.side)
        above = lead.acting if lead else None
    turn.escalations += 1
    if above is not None and not any(above.represents(key) for key in (late.id, turn.deal.seller_id)):
        # Who heard at once, because nobody was there, is not late before the turn is.
        turn.escalate_at = turn.hours.add_days(max(turn.escalate_at or turn.due_at, turn.due_at), 1)
        return [above]
    turn.escalate_at = None
    return [m.acting or m for m in members_with(workspace, Role.LEADERSHIP) if m.id != late.id]


def _remind(workspace: Workspace, turns: Iterable[Turn], now: datetime) -> None:
    session = workspace.session
    later = snoozed(workspace, now=now)
    circle = {role: members_with(workspace, role) for role in SPEAKING}
    people: dict[Member, None] = {}
    for turn in turns:
        if turn.next_at <= now:
            candidates = _candidates(turn, circle)
            there = dict.fromkeys(member.acting for member in candidates if member.acting)
            if candidates and not there:
                # What has become due while all who owe it are away.
                tell_above_at_once(turn, now)
            asked = [m for m in there if m not in people and not is_snoozed(turn, m, later)]
            people |= dict.fromkeys(
                member for member in asked if owes(member, turn, has_finance=bool(circle[Role.FINANCE]))
            )
            if turn.next_at <= turn.due_at <= now:
                _show_that_it_is_overdue(turn, now)
            turn.remind_again(now)
    woken = select(Snooze).where(Snooze.workspace_id == workspace.id, Snooze.told_at.is_(None), Snooze.until <= now)
    for snooze in session.scalars(woken.order_by(Snooze.id)).all():
        snooze.told_at = now
        people |= {} if is_over(session, snooze) else {snooze.member: None}
    for member in sorted(people, key=lambda person: person.id):
        remind(member, now=now)


def _candidates(turn: Turn, circle: Mapping[Role, Sequence[Member]]) -> list[Member]:
    """Who could owe a turn."""
    if turn.condition is not None:
        return [turn.condition.owner]
    if turn.side == Side.SALES:
        seller = turn.deal.seller
        others = {member.id: member for members in circle.values() for member in members}
        return [seller] if seller.has(Role.SALES) else [m for m in others.values() if stands_in(m)]
    if turn.step is not None and turn.side != Side.FINANCE:
        return asked_in(turn.step)
    roles = {Side.OPERATIONS: [Role.OPERATIONS], Side.LEADERSHIP: [Role.LEADERSHIP]}
    return [member for role in roles.get(turn.side, [Role.FINANCE, Role.LEADERSHIP]) for member in circle[role]]


def _show_that_it_is_overdue(turn: Turn, now: datetime) -> None:
    for card in card_messages_of(turn.deal):
        refresh_card(card, now=now)
