"""Which turns wait for a person, and hearing of one later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.base.errors import NotYours, Refused
from models.base.language import _
from models.deals.lists import WITH_ALL, is_turn_of
from models.deals.rows import Deal
from models.deals.turns import Turn
from models.workspace.agendas import Snooze, correct_agenda, snoozed
from models.workspace.history import record
from models.workspace.leads import lead_of
from models.workspace.members import Member, members_with
from models.workspace.roles import Role, Side
from models.workspace.workspaces import Workspace

LONGEST_SNOOZE = timedelta(days=30)


@dataclass(frozen=True)
class Waiting:
    """A turn that waits for a person."""

    deal: Deal
    turn: Turn


def owes(member: Member, turn: Turn, *, has_finance: bool | None = None) -> bool:
    """Whether a turn is this person's: the seller's, the planner's who deals with it, or that of a whole side."""
    deal = turn.deal
    if turn.condition is not None:
        return member.represents(turn.condition.owner_id)
    if turn.side == Side.SALES:
        return member.represents(deal.seller_id) if deal.seller.has(Role.SALES) else stands_in(member)
    if member.represents(deal.seller_id) or not is_turn_of(deal, member):
        return False
    if turn.side == Side.OPERATIONS:
        planner = turn.member if turn.member and turn.member.has(Role.OPERATIONS) and turn.member.acting else None
        # Who has come to sell it answers it no more: it is anybody's again.
        planner = None if planner and planner.represents(deal.seller_id) else planner
        return member.may_act_as(Role.OPERATIONS) and (planner is None or member.represents(planner.id))
    return _owes_beside(member, turn, has_finance=has_finance)


def _owes_beside(member: Member, turn: Turn, *, has_finance: bool | None) -> bool:
    """Of those who are asked beside operations, leadership answer for finance only where nobody is in it."""
    if turn.step is not None and not turn.step.waits_for(member):
        return False
    if turn.side != Side.FINANCE or member.may_act_as(Role.FINANCE):
        return True
    return member.has(Role.LEADERSHIP) and not (
        has_finance_in(turn.deal.workspace) if has_finance is None else has_finance
    )


def owed_for(member: Member, turn: Turn) -> Member | None:
    """For whom a person owes a turn as their deputy; None for themselves."""
    if turn.condition is not None:
        person: Member | None = turn.condition.owner
    elif turn.side == Side.SALES:
        person = turn.deal.seller
    else:
        person = turn.step.principal_of(member) if turn.step else turn.member
    is_deputy = person is not None and person.id != member.id and member.represents(person.id)
    return person if is_deputy else None


def stands_in(member: Member) -> bool:
    """Who is asked when a seller has left or sells no more: the lead of sales, or leadership where nobody leads."""
    if member.leads_now(Side.SALES):
        return True
    return member.has(Role.LEADERSHIP) and lead_of(member.workspace, Side.SALES) is None


def has_finance_in(workspace: Workspace) -> bool:
    """Whether anybody is in finance; else leadership agrees for it."""
    return bool(members_with(workspace, Role.FINANCE))


def waiting_for(member: Member, *, now: datetime) -> list[Waiting]:
    """What a person has been reminded of and still owes, once a deal, the most overdue first; not what is snoozed."""
    session = member.session
    due = select(Turn).where(Turn.workspace_id == member.workspace_id, Turn.ended_at.is_(None), Turn.began_at <= now)
    turns = session.scalars(due.options(selectinload(Turn.deal).options(*WITH_ALL)).order_by(Turn.due_at, Turn.id))
    later = snoozed(member.workspace, now=now)
    waiting: dict[int, Waiting] = {}
    has_finance = has_finance_in(member.workspace)
    for turn in turns:
        if (
            turn.first_reminder <= now
            and owes(member, turn, has_finance=has_finance)
            and not is_snoozed(turn, member, later)
        ):
            waiting.setdefault(turn.deal_id, Waiting(turn.deal, turn))
    return list(waiting.values())


def snooze(deal: Deal, until: datetime, *, by: Member, now: datetime) -> None:
    """Hear of a deal later; only for oneself, and for a month at most."""
    query = select(Turn).where(Turn.deal_id == deal.id, Turn.ended_at.is_(None))
    if not any(owes(by, turn) for turn in deal.session.scalars(query)):
        raise NotYours(_("Deal #{number} does not wait for you.", number=deal.number))
    if not now < until <= now + LONGEST_SNOOZE:
        raise Refused(_("Choose a time within the next 30 days."), field="until")
    known = select(Snooze).where(Snooze.member_id == by.id, Snooze.deal_id == deal.id)
    row = deal.session.scalar(known) or Snooze(workspace=deal.workspace, member=by, deal_id=deal.id)
    row.made_at, row.until, row.told_at = now, until, None
    deal.session.add(row)
    record(deal, "snooze", by=by, now=now, details={"until": until.isoformat()})
    correct_agenda(by, now=now)


def is_over(session: Session, snooze: Snooze) -> bool:
    """Whether the person owes nothing on that deal any more."""
    query = select(Turn).where(Turn.deal_id == snooze.deal_id, Turn.ended_at.is_(None))
    return not any(owes(snooze.member, turn) for turn in session.scalars(query))


def is_snoozed(turn: Turn, member: Member, later: Mapping[tuple[int, int], datetime]) -> bool:
    """Whether a person wants to hear of a turn later; a new turn is a new matter."""
    made = later.get((member.id, turn.deal_id))
    return made is not None and made >= turn.began_at
