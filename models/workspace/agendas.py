"""What waits for a person, in one direct message: said when a reminder is due, and true from then on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from models.base.columns import Document, SlackId, Word
from models.base.declarative import Base, OfWorkspace
from models.base.errors import NotYours, Refused
from models.deals.lists import WITH_ALL, is_turn_of
from models.deals.rows import Deal, Side
from models.deals.turns import Turn
from models.workspace.history import record
from models.workspace.members import Member, Role, members_with
from models.workspace.outbox import News, Outbox, queue
from models.workspace.workspaces import Workspace

LONGEST_SNOOZE = timedelta(days=30)


class Agenda(OfWorkspace, Base):
    """The message that lists what waits for a person; `ts` is None until Slack has it, `shown` a digest of it.

    `listed` are the ids of the deals in it.
    """

    __tablename__ = "agenda"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), unique=True)
    channel: Mapped[SlackId]
    ts: Mapped[Word | None] = mapped_column(String(40))
    shown: Mapped[Word | None] = mapped_column(String(40))
    listed: Mapped[list[int]] = mapped_column(Document, default=list)
    member: Mapped[Member] = relationship()


class Snooze(OfWorkspace, Base):
    """A person wants to hear of a deal no sooner than `until`; whoever is above them hears of it as ever."""

    __tablename__ = "snooze"
    __table_args__ = (UniqueConstraint("member_id", "deal_id"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"))
    made_at: Mapped[datetime]
    until: Mapped[datetime]
    told_at: Mapped[datetime | None]
    member: Mapped[Member] = relationship()
    deal: Mapped[Deal] = relationship()


@dataclass(frozen=True)
class Waiting:
    """A turn that waits for a person."""

    deal: Deal
    turn: Turn


def owes(member: Member, turn: Turn, *, has_finance: bool | None = None) -> bool:
    """Whether a turn is this person's: the seller's, the planner's who deals with it, or that of a whole side."""
    deal = turn.deal
    if turn.side == Side.SALES:
        return member.id == deal.seller_id and member.has(Role.SALES)
    if member.id == deal.seller_id or not is_turn_of(deal, member):
        return False
    if turn.side == Side.OPERATIONS:
        is_planner_gone = turn.member is None or not turn.member.has(Role.OPERATIONS)
        return member.has(Role.OPERATIONS) and (is_planner_gone or turn.member_id == member.id)
    if member.has(Role.FINANCE):
        return True
    return member.has(Role.LEADERSHIP) and not (has_finance_in(deal.workspace) if has_finance is None else has_finance)


def has_finance_in(workspace: Workspace) -> bool:
    """Whether anybody is in finance; else leadership agrees for it."""
    return bool(members_with(workspace.session, workspace, Role.FINANCE))


def waiting_for(member: Member, *, now: datetime) -> list[Waiting]:
    """What a person has been reminded of and still owes, once a deal, the most overdue first; not what is snoozed."""
    session = member.session
    due = select(Turn).where(Turn.workspace_id == member.workspace_id, Turn.ended_at.is_(None), Turn.began_at <= now)
    turns = session.scalars(due.options(selectinload(Turn.deal).options(*WITH_ALL)).order_by(Turn.due_at, Turn.id))
    later = snoozed(member.workspace, now=now)
    found: dict[int, Waiting] = {}
    has_finance = has_finance_in(member.workspace)
    for turn in turns:
        if (
            turn.first_reminder <= now
            and owes(member, turn, has_finance=has_finance)
            and not is_snoozed(turn, member, later)
        ):
            found.setdefault(turn.deal_id, Waiting(turn.deal, turn))
    return list(found.values())


def agenda_of(member: Member) -> Agenda:
    """The message of a person; noted when it is needed first."""
    agenda = member.session.scalar(select(Agenda).where(Agenda.member_id == member.id))
    if agenda is None:
        agenda = Agenda(workspace=member.workspace, member=member, channel=member.user_id, listed=[])
        member.session.add(agenda)
        member.session.flush()
    return agenda


def remind(member: Member, *, now: datetime) -> None:
    """Put what waits for a person before them, all of it in one message."""
    _queue(agenda_of(member), News.AGENDA_ANEW, now)


def refresh_agenda(member: Member, *, now: datetime) -> None:
    """Bring a person's message to the present state, where there is one."""
    agenda = agenda_of(member)
    if agenda.ts is not None:
        _queue(agenda, News.AGENDA, now)


def refresh_home(member: Member, *, now: datetime) -> None:
    """Bring a person's home to the present state, where they look at it."""
    if member.home_opened_at:
        queue(member.workspace, News.HOME, stream=member.user_id, member_id=member.id, now=now)


def refresh_agendas(deal: Deal, *, now: datetime) -> None:
    """Bring the messages of those who were reminded of a deal to the present state; what is done goes from them."""
    shown = select(Agenda).where(Agenda.workspace_id == deal.workspace_id, Agenda.ts.is_not(None))
    for agenda in deal.session.scalars(shown.order_by(Agenda.id)):
        if deal.id in agenda.listed:
            _queue(agenda, News.AGENDA, now)


def snooze(deal: Deal, until: datetime, *, by: Member, now: datetime) -> None:
    """Hear of a deal later; only for oneself, and for a month at most."""
    mine = select(Turn).where(Turn.deal_id == deal.id, Turn.ended_at.is_(None))
    if not any(owes(by, turn) for turn in deal.session.scalars(mine)):
        raise NotYours(f"Deal #{deal.number} does not wait for you.")
    if not now < until <= now + LONGEST_SNOOZE:
        raise Refused("Choose a time within the next 30 days.", field="until")
    known = select(Snooze).where(Snooze.member_id == by.id, Snooze.deal_id == deal.id)
    row = deal.session.scalar(known) or Snooze(workspace=deal.workspace, member=by, deal=deal)
    row.made_at, row.until, row.told_at = now, until, None
    deal.session.add(row)
    record(deal, "snooze", by=by, now=now, details={"until": until.isoformat()})
    _queue(agenda_of(by), News.AGENDA, now)


def is_over(session: Session, snooze: Snooze) -> bool:
    """Whether the person owes nothing on that deal any more."""
    mine = select(Turn).where(Turn.deal_id == snooze.deal_id, Turn.ended_at.is_(None))
    return not any(owes(snooze.member, turn) for turn in session.scalars(mine))


def snoozed(workspace: Workspace, *, now: datetime) -> dict[tuple[int, int], datetime]:
    """Who wants to hear of which deal later, by person and deal, and since when."""
    active = select(Snooze).where(Snooze.workspace_id == workspace.id, Snooze.until > now)
    return {(row.member_id, row.deal_id): row.made_at for row in workspace.session.scalars(active)}


def is_snoozed(turn: Turn, member: Member, later: Mapping[tuple[int, int], datetime]) -> bool:
    """Whether a person wants to hear of a turn later; a new turn is a new matter."""
    made = later.get((member.id, turn.deal_id))
    return made is not None and made >= turn.began_at


def _queue(agenda: Agenda, kind: News, now: datetime) -> None:
    session, person = agenda.session, agenda.member
    waiting = select(Outbox.id).where(Outbox.member_id == person.id, Outbox.settled_at.is_(None))
    waiting = waiting.where(Outbox.first_attempt_at.is_(None), Outbox.kind.in_({kind, News.AGENDA_ANEW}))
    if session.scalar(waiting.limit(1).with_for_update(skip_locked=True)) is None:
        queue(agenda.workspace, kind, stream=person.user_id, member_id=person.id, now=now)
