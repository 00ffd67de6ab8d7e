"""What is posted when, where. An occurrence is a row for a local date: each is made once, whoever makes it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count, islice
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base.columns import SlackId, Word
from models.base.declarative import Base
from models.base.errors import NotFound, NotYours, Refused
from models.base.language import N_, _
from models.base.working_time import DAY, is_working_day
from models.workspace.guides import refresh_guide
from models.workspace.history import record
from models.workspace.members import Member, way_to_a_role
from models.workspace.outbox import News, Outbox, Payload, queue
from models.workspace.roles import Role, Side
from models.workspace.workspaces import OfWorkspace, Workspace

LATE = timedelta(minutes=15)
TOO_LATE = timedelta(days=1)
MOST_SCHEDULES = 20
MOST_COUNTED = 400
LAST_WORKING_DAY = 23


class Digest(StrEnum):
    """What is posted."""

    QUEUE = "queue"
    PIPELINE = "pipeline"
    SCOREBOARD = "scoreboard"


class Pattern(StrEnum):
    """On which dates."""

    WORKING_DAYS = N_("working days")
    WEEKDAYS = "weekdays"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class Rhythm:
    """On which dates, at which local time.

    `weekdays` counts from Monday, 0; `working_day` is the n-th of a month, the last one where a month has fewer. A time
    that a change to summer time leaves out is the instant at which it would have been, one that comes twice the first.
    """

    pattern: Pattern
    at: time
    timezone: str
    country: str | None = None
    weekdays: frozenset[int] = frozenset()
    working_day: int = 1

    def names(self, day: date) -> bool:
        """Whether it occurs on a date."""
        match self.pattern:
            case Pattern.WEEKDAYS:
                return day.weekday() in self.weekdays
            case Pattern.WORKING_DAYS:
                return is_working_day(day, country=self.country)
            case Pattern.MONTHLY:
                return day == self._monthly(day)

    def instant(self, day: date) -> datetime:
        """When it occurs on a date that it names."""
        # In UTC: an instant in a gap or a fold equals no other one while it carries its zone.
        return datetime.combine(day, self.at, ZoneInfo(self.timezone)).astimezone(UTC)

    def since(self, first: date) -> Iterator[tuple[date, datetime]]:
        """Its occurrences from a date on."""
        # CronTrigger skips whole days around clock changes; a date and its instant do not.
        days = (first + number * DAY for number in count())
        return ((day, self.instant(day)) for day in days if self.names(day))

    def following(self, after: datetime) -> Iterator[tuple[date, datetime]]:
        """Its occurrences later than an instant."""
        first = after.astimezone(ZoneInfo(self.timezone)).date() - DAY
        return ((day, at) for day, at in self.since(first) if at > after)

    def _monthly(self, day: date) -> date:
        days = (day.replace(day=1) + n * DAY for n in range(31))
        working = [d for d in days if d.month == day.month and is_working_day(d, country=self.country)]
        return working[min(self.working_day, len(working)) - 1]


class Schedule(OfWorkspace, Base):
    """A digest, its channel and its rhythm; `next_at` is None while it is paused, and when it has ended."""

    __tablename__ = "schedule"
    __table_args__ = (Index(None, "next_at"),)

    digest: Mapped[Digest]
    channel: Mapped[SlackId]
    pattern: Mapped[Pattern]
    weekdays: Mapped[Word] = mapped_column(default="")
    working_day: Mapped[int] = mapped_column(default=1)
    at: Mapped[time]
    timezone: Mapped[Word]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    next_date: Mapped[date | None]
    next_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    made_by: Mapped[Member | None] = relationship()

    @property
    def rhythm(self) -> Rhythm:
        """When it occurs."""
        weekdays = frozenset(int(digit) for digit in self.weekdays)
        country = self.workspace.country
        return Rhythm(self.pattern, self.at, self.timezone, country, weekdays, self.working_day)


class Occurrence(OfWorkspace, Base):
    """A date on which a schedule was made; `is_skipped`: it came too late to be of use, and has no `post`."""

    __tablename__ = "occurrence"
    __table_args__ = (UniqueConstraint("workspace_id", "schedule_id", "local_date"),)

    schedule_id: Mapped[int] = mapped_column(ForeignKey("schedule.id"))
    local_date: Mapped[date]
    due_at: Mapped[datetime]
    made_at: Mapped[datetime]
    is_skipped: Mapped[bool] = mapped_column(default=False)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))
    schedule: Mapped[Schedule] = relationship()
    post: Mapped[Outbox | None] = relationship()


@dataclass(frozen=True)
class ScheduleSettings:
    """What is to be posted where and when, as a person asks for it."""

    digest: Digest
    channel: str
    rhythm: Rhythm


@dataclass(frozen=True)
class Due(Payload):
    """A digest to be posted: of a date when it was due, or at once without one."""

    schedule: int
    day: date | None = None
    due: datetime | None = None


def check_may_schedule(by: Member) -> None:
    """Summaries are scheduled by those whom they are for."""
    if not by.roles:
        needs = _("Schedules are for people with a role. An admin gives roles with `/belay roles`.")
        raise NotYours(needs, way_on=way_to_a_role(by))


def may_change(row: Schedule, by: Member) -> bool:
    """Whoever made it, the leads, leadership and Slack's admins; nobody else stops what others wait for."""
    is_above = by.has(Role.LEADERSHIP) or any(by.is_lead_of(side) for side in Side) or by.is_slack_admin
    return bool(by.roles) and (row.made_by_id == by.id or is_above)


def check_may_change(row: Schedule, by: Member) -> None:
    """Refuse who may only read it."""
    check_may_schedule(by)
    if not may_change(row, by):
        whose = _("{name}, who made it, ", name=row.made_by.name) if row.made_by else ""
        raise NotYours(_("It is changed by {whose}a lead, leadership or an admin.", whose=whose))


def schedules_of(workspace: Workspace) -> list[Schedule]:
    """What is posted, the next first, the paused last."""
    known = select(Schedule).where(Schedule.workspace_id == workspace.id, Schedule.ended_at.is_(None))
    return sorted(workspace.session.scalars(known), key=lambda row: (row.next_at is None, row.next_at, row.id))


def find_schedule(workspace: Workspace, schedule_id: int) -> Schedule:
    """A schedule of this workspace that has not ended."""
    known = select(Schedule).where(Schedule.workspace_id == workspace.id, Schedule.id == schedule_id)
    row = workspace.session.scalar(known.where(Schedule.ended_at.is_(None)).with_for_update(key_share=True))
    if row is None:
        raise NotFound(_("That schedule is not there any more. `/belay schedules` shows those that are."))
    return row


def next_three(rhythm: Rhythm, *, now: datetime) -> Sequence[datetime]:
    """The next three occurrences."""
    return [at for _, at in islice(rhythm.following(now), 3)]


def add_schedule(workspace: Workspace, settings: ScheduleSettings, *, by: Member | None, now: datetime) -> Schedule:
    """Post something from now on. `by` None: the command line."""
    if by is not None:
        check_may_schedule(by)
    if len(schedules_of(workspace)) >= MOST_SCHEDULES:
        raise Refused(
            _("There are {most_schedules} schedules, which is the most. End one first.", most_schedules=MOST_SCHEDULES)
        )
    row = Schedule(workspace=workspace, made_by=by, made_at=now)
    _write(row, settings, now)
    workspace.session.add(row)
    workspace.session.flush()
    record(row, "schedule", by=by, now=now, details={"digest": settings.digest, "channel": settings.channel})
    refresh_guide(workspace, now=now)
    return row


def change_schedule(row: Schedule, settings: ScheduleSettings, *, by: Member, now: datetime) -> None:
    """Post it otherwise from now on; one that is paused stays paused."""
    check_may_change(row, by)
    _write(row, settings, now)
    if row.paused_at:
        row.next_date = row.next_at = None
    record(row, "reschedule", by=by, now=now, details={"digest": settings.digest, "channel": settings.channel})


def pause_schedule(row: Schedule, *, by: Member, now: datetime) -> None:
    """Post it no more until it is resumed; what falls between is left out."""
    check_may_change(row, by)
    if row.paused_at:
        raise Refused(_("It is paused already."))
    row.paused_at, row.next_date, row.next_at = now, None, None
    record(row, "pause", by=by, now=now)


def resume_schedule(row: Schedule, *, by: Member, now: datetime) -> None:
    """Post it again, from the next occurrence on."""
    check_may_change(row, by)
    if not row.paused_at:
        raise Refused(_("It is not paused."))
    row.paused_at = None
    _begin(row, now)
    record(row, "resume", by=by, now=now)


def end_schedule(row: Schedule, *, by: Member, now: datetime) -> None:
    """Post it no more; its occurrences stay, so that none is posted twice."""
    check_may_change(row, by)
    row.ended_at, row.next_date, row.next_at = now, None, None
    record(row, "end", by=by, now=now)


def post_now(row: Schedule, *, by: Member, now: datetime) -> None:
    """Post it once more, at once."""
    check_may_change(row, by)
    record(row, "post_now", by=by, now=now)
    queue(row.workspace, News.DIGEST, stream=row.channel, payload=Due(row.id), now=now)


def next_occurrence(session: Session) -> datetime | None:
    """When something is to be posted next."""
    return session.scalar(select(func.min(Schedule.next_at)))


def make_due(session: Session, *, now: datetime) -> None:
    """Make each occurrence that is due, in the transaction that queues its message.

    One up to a day old is posted, and says that it is late; an older one is skipped, and the next one says so.
    """
    due = select(Schedule).where(Schedule.next_at <= now).order_by(Schedule.id)
    for row in session.scalars(due.with_for_update(skip_locked=True, key_share=True)).all():
        while row.next_at is not None and row.next_date is not None and row.next_at <= now:
            _make(row, row.next_date, row.next_at, now)
            row.next_date, row.next_at = next(row.rhythm.since(row.next_date + DAY))
    session.flush()


def _make(row: Schedule, day: date, due: datetime, now: datetime) -> None:
    made = Occurrence(workspace=row.workspace, schedule=row, local_date=day, due_at=due, made_at=now)
    made.is_skipped = now - due > TOO_LATE
    if not made.is_skipped:
        post = Due(row.id, day, due)
        made.post = queue(row.workspace, News.DIGEST, stream=row.channel, payload=post, now=now)
    row.session.add(made)
    row.session.flush()


def skipped_before(row: Schedule, day: date) -> int:
    """How many came too late to be posted since the last one that was: nobody ran, or Slack did not take them."""
    query = select(Occurrence).where(Occurrence.schedule_id == row.id, Occurrence.local_date < day)
    skipped = 0
    for earlier in row.session.scalars(query.order_by(Occurrence.local_date.desc()).limit(MOST_COUNTED)):
        if earlier.post is not None and earlier.post.ts:
            break
        settled = earlier.post.settled_at if earlier.post else None
        skipped += earlier.is_skipped or (settled is not None and settled - earlier.due_at > TOO_LATE)
    return skipped


def _write(row: Schedule, settings: ScheduleSettings, now: datetime) -> None:
    rhythm = settings.rhythm
    if rhythm.pattern is Pattern.WEEKDAYS and not rhythm.weekdays:
        raise Refused(_("Choose at least one weekday."), field="weekdays")
    row.digest, row.channel, row.pattern = settings.digest, settings.channel, rhythm.pattern
    row.weekdays = "".join(str(day) for day in sorted(rhythm.weekdays))
    row.working_day, row.at, row.timezone = rhythm.working_day, rhythm.at, rhythm.timezone
    _begin(row, now)


def _begin(row: Schedule, now: datetime) -> None:
    """The next occurrence, on a date that was not made yet: a date is made once, whatever was changed on it."""
    session = row.workspace.session
    last = session.scalar(select(func.max(Occurrence.local_date)).where(Occurrence.schedule_id == row.id))
    coming = row.rhythm.following(now)
    row.next_date, row.next_at = next((day, at) for day, at in coming if last is None or day > last)
