"""What waits for a person, in one direct message: said when a reminder is due, and true from then on."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.columns import Document, SlackId, Word
from models.base.declarative import Base
from models.workspace.members import Member
from models.workspace.outbox import News, Outbox, queue
from models.workspace.workspaces import OfWorkspace, Workspace


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


def agenda_of(member: Member) -> Agenda:
    """The message of a person; noted when it is needed first."""
    agenda = member.session.scalar(select(Agenda).where(Agenda.member_id == member.id))
    if agenda is None:
        agenda = Agenda(workspace=member.workspace, member=member, channel=member.user_id, listed=[])
        member.session.add(agenda)
        member.session.flush()
    return agenda


def is_agenda(workspace: Workspace, ts: str) -> bool:
    """Whether a message is one that lists what waits: it stays, and lists what has come since."""
    found = select(Agenda.id).where(Agenda.workspace_id == workspace.id, Agenda.ts == ts)
    return workspace.session.scalar(found.limit(1)) is not None


def remind(member: Member, *, now: datetime) -> None:
    """Put what waits for a person before them, all of it in one message."""
    _queue_for(agenda_of(member), News.AGENDA_ANEW, now)


def refresh_agenda(member: Member, *, now: datetime) -> None:
    """Bring a person's message to the present state, where there is one."""
    agenda = agenda_of(member)
    if agenda.ts is not None:
        correct_agenda(member, now=now)


def correct_agenda(member: Member, *, now: datetime) -> None:
    """Bring a person's message to the present state, also one that Slack does not have yet."""
    _queue_for(agenda_of(member), News.AGENDA, now)


def refresh_home(member: Member, *, now: datetime) -> None:
    """Bring a person's home to the present state, where they look at it."""
    if member.home_opened_at:
        queue(member.workspace, News.HOME, stream=member.user_id, member_id=member.id, now=now)


def refresh_agendas(workspace: Workspace, deal_id: int, *, now: datetime) -> None:
    """Bring the messages of those who were reminded of a deal to the present state; what is done goes from them."""
    shown = select(Agenda.listed, Member.id, Member.user_id).join(Member, Member.id == Agenda.member_id)
    shown = shown.where(Agenda.workspace_id == workspace.id, Agenda.ts.is_not(None)).order_by(Agenda.id)
    rows = workspace.session.execute(shown)
    _queue(workspace, {member: user for listed, member, user in rows if deal_id in listed}, News.AGENDA, now)


def snoozed(workspace: Workspace, *, now: datetime) -> dict[tuple[int, int], datetime]:
    """Who wants to hear of which deal later, by person and deal, and since when."""
    active = select(Snooze).where(Snooze.workspace_id == workspace.id, Snooze.until > now)
    return {(row.member_id, row.deal_id): row.made_at for row in workspace.session.scalars(active)}


def _queue_for(agenda: Agenda, kind: News, now: datetime) -> None:
    _queue(agenda.workspace, {agenda.member_id: agenda.member.user_id}, kind, now)


def _queue(workspace: Workspace, people: Mapping[int, str], kind: News, now: datetime) -> None:
    """Ask for the messages of people, by their ids, unless one waits for them already: in two statements for many."""
    if not people:
        return
    waiting = select(Outbox.member_id).where(Outbox.member_id.in_(list(people)), Outbox.settled_at.is_(None))
    waiting = waiting.where(Outbox.first_attempt_at.is_(None), Outbox.kind.in_({kind, News.AGENDA_ANEW}))
    known = set(workspace.session.scalars(waiting.with_for_update(skip_locked=True)))
    for member, user in people.items():
        if member not in known:
            queue(workspace, kind, stream=user, member_id=member, now=now)
