"""Absences: on which days somebody is away, who answers for them meanwhile, and when that begins and ends."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ForeignKey, func, select
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base.declarative import Base
from models.base.errors import Refused
from models.base.language import _
from models.base.working_time import DAY
from models.workspace.history import record
from models.workspace.members import Member, covers
from models.workspace.outbox import News, Payload, queue
from models.workspace.workspaces import OfWorkspace, Workspace

MOST_DAYS = timedelta(days=366)


@dataclass(frozen=True)
class Deputised(Payload):
    """The absence for which somebody was named deputy."""

    absence: int


def _midnight(day: str, context: DefaultExecutionContext, *, after: int) -> datetime:
    """When a day begins, where an archive from before there were deputies does not say it."""
    parameters = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return datetime.combine(parameters[day] + after * DAY, time.min, UTC)


class Absence(OfWorkspace, Base):
    """Days on which somebody is away, the first and the last included; `deputy` answers for them.

    It begins and ends with the days of who is away; `has_begun` and `is_over` once the clock has seen to it.
    """

    __tablename__ = "absence"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    begins_at: Mapped[datetime] = mapped_column(default=partial(_midnight, "first_day", after=0))
    ends_at: Mapped[datetime] = mapped_column(default=partial(_midnight, "last_day", after=1))
    has_begun: Mapped[bool] = mapped_column(default=False)
    is_over: Mapped[bool] = mapped_column(default=False)
    member: Mapped[Member] = relationship(foreign_keys=member_id)
    deputy: Mapped[Member | None] = relationship(foreign_keys=deputy_id)

    def has(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first_day <= day <= self.last_day


def go_away(member: Member, first: date, last: date, *, now: datetime, deputy: Member | None = None) -> Absence:
    """Somebody is away for some days, besides those that they said before."""
    today = member.workspace.today(now)
    if last < today or last < first:
        raise Refused(_("The last day comes after today, and not before the first."), field="last")
    if last - first > MOST_DAYS:
        raise Refused(_("A year at most."), field="last")
    if deputy is not None:
        _check_deputy(member, deputy, first, last)
    row = Absence(workspace=member.workspace, member=member, first_day=first, last_day=last, made_at=now)
    row.deputy, row.begins_at, row.ends_at = deputy, _start_of(first, member), _start_of(last + DAY, member)
    member.session.add(row)
    member.session.flush()
    details = {"days": [first.isoformat(), last.isoformat()]} | ({"deputy": deputy.user_id} if deputy else {})
    record(member, "away", by=member, now=now, details=details)
    if deputy is not None:
        _tell_deputy(row, deputy, now)
    return row


def _tell_deputy(absence: Absence, deputy: Member, now: datetime) -> None:
    told = Deputised(absence=absence.id)
    queue(absence.workspace, News.DEPUTY, stream=deputy.user_id, member_id=deputy.id, payload=told, now=now)


def come_back(member: Member, *, now: datetime) -> Sequence[Absence]:
    """Somebody is back; who is not away now does not go after all."""
    today = member.workspace.today(now)
    # Under lock: the clock may see to it that they go at this moment.
    known = (
        select(Absence).where(Absence.member_id == member.id, Absence.ended_at.is_(None)).order_by(Absence.first_day)
    )
    locked = known.with_for_update().execution_options(populate_existing=True)
    coming = [row for row in member.session.scalars(locked) if row.last_day >= today]
    ended = [row for row in coming if row.first_day <= today] or coming
    if not ended:
        raise Refused(_("You are not away, and nothing says that you will be."))
    for row in ended:
        row.ended_at = row.ends_at = now
        row.is_over = not row.has_begun
        if row.deputy is not None and row.has_begun:
            _tell_deputy(row, row.deputy, now)
    record(member, "back", by=member, now=now, details={})
    return ended


def absences_of(workspace: Workspace, members: Collection[int]) -> Sequence[Absence]:
    """When people are away, in the order of the days."""
    rows = select(Absence).where(Absence.workspace_id == workspace.id, Absence.member_id.in_(list(members)))
    return workspace.session.scalars(rows.where(Absence.ended_at.is_(None)).order_by(Absence.first_day)).all()


def next_absence(session: Session) -> datetime | None:
    """When somebody goes away or comes back next."""
    ahead = select(func.min(Absence.begins_at)).where(~Absence.has_begun, ~Absence.is_over)
    under_way = select(func.min(Absence.ends_at)).where(Absence.has_begun, ~Absence.is_over)
    return min((at for at in (session.scalar(ahead), session.scalar(under_way)) if at is not None), default=None)


def workspaces_with_due(session: Session, *, now: datetime) -> Sequence[Workspace]:
    """Where absences begin or end."""
    due = select(Absence.workspace_id).where(_is_due(now))
    return session.scalars(select(Workspace).where(Workspace.id.in_(due)).order_by(Workspace.id)).all()


def begin_and_end(workspace: Workspace, *, now: datetime) -> list[Member]:
    """See to absences that begin or end; whose they are."""
    due = select(Absence).where(Absence.workspace_id == workspace.id, _is_due(now))
    locked = due.order_by(Absence.id).with_for_update(key_share=True)
    rows = workspace.session.scalars(locked.execution_options(populate_existing=True)).all()
    for row in rows:
        row.has_begun, row.is_over = True, row.ends_at <= now
    workspace.session.flush()
    return list(dict.fromkeys(row.member for row in rows))


def appoint_deputy(member: Member) -> None:
    """Bring somebody to what their absences say: away with the deputy whom they named last, or there."""
    under_way = select(Absence).where(Absence.member_id == member.id, Absence.has_begun, ~Absence.is_over)
    present = member.session.scalars(under_way).all()
    named = max((row for row in present if row.deputy_id), key=lambda row: (row.made_at, row.id), default=None)
    former, deputy = member.deputy, named.deputy if named else None
    member.is_away, member.deputy = bool(present), deputy
    if former is not None:
        former.delegate_ids = [key for key in former.delegate_ids if key != member.id]
    if deputy is not None:
        deputy.delegate_ids = sorted({*deputy.delegate_ids, member.id})
    member.session.flush()


def _is_due(now: datetime) -> ColumnElement[bool]:
    begins = ~Absence.has_begun & (Absence.begins_at <= now)
    return ~Absence.is_over & (begins | (Absence.has_begun & (Absence.ends_at <= now)))


def _check_deputy(member: Member, deputy: Member, first: date, last: date) -> None:
    if deputy.id == member.id:
        raise Refused(_("Choose somebody else: you are away."), field="deputy")
    if not covers(deputy, member):
        roles = _(" and ").join(sorted(_(role) for role in member.roles))
        needs = _("somebody in {roles}, or in leadership", roles=roles) if roles else _("somebody with a role")
        raise Refused(
            _("{name} cannot decide what you decide. Choose {needs}.", name=deputy.name, needs=needs), field="deputy"
        )
    away = absences_of(member.workspace, [deputy.id])
    if any(row.first_day <= last and row.last_day >= first for row in away):
        raise Refused(_("{name} is away then, too. Choose somebody else.", name=deputy.name), field="deputy")


def _start_of(day: date, member: Member) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(member.timezone))
