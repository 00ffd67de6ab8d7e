"""People as resources: in a week a person has the days that they work, as long as they work, and none while away."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.base.arithmetic import WEEK
from models.base.declarative import Base
from models.base.errors import Refused
from models.base.working_time import DAY, WorkingHours, is_working_day
from models.company.resources import ResourceRow, in_use
from models.promise import WeekException
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.workspaces import OfWorkspace, Workspace

USUAL_DAYS = 5
HOURS = frozenset({"hour", "hours", "h", "hr", "hrs"})
MOST_DAYS = timedelta(days=366)
# Nobody's holidays are worked out further ahead than a plan reaches.
MOST_WEEKS = 160
THOUSAND = 1000


class Absence(OfWorkspace, Base):
    """Days on which somebody is away, the first and the last included."""

    __tablename__ = "absence"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    member: Mapped[Member] = relationship()

    def has(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first_day <= day <= self.last_day


def go_away(member: Member, first: date, last: date, *, now: datetime) -> Absence:
    """Somebody is away for some days, besides those that they said before."""
    today = member.workspace.today(now)
    if last < today or last < first:
        raise Refused("The last day comes after today, and not before the first.", field="last")
    if last - first > MOST_DAYS:
        raise Refused("A year at most.", field="last")
    row = Absence(workspace=member.workspace, member=member, first_day=first, last_day=last, made_at=now)
    member.session.add(row)
    member.session.flush()
    record(member, "away", by=member, now=now, details={"days": [first.isoformat(), last.isoformat()]})
    return row


def come_back(member: Member, *, now: datetime) -> Sequence[Absence]:
    """Somebody is back; who is not away now does not go after all."""
    today = member.workspace.today(now)
    coming = [row for row in absences_of(member.workspace, [member.id]) if row.last_day >= today]
    ended = [row for row in coming if row.first_day <= today] or coming
    if not ended:
        raise Refused("You are not away, and nothing says that you will be.")
    for row in ended:
        row.ended_at = now
    record(member, "back", by=member, now=now, details={})
    return ended


def absences_of(workspace: Workspace, members: Collection[int]) -> Sequence[Absence]:
    """When people are away, in the order of the days."""
    rows = select(Absence).where(Absence.workspace_id == workspace.id, Absence.member_id.in_(list(members)))
    return workspace.session.scalars(rows.where(Absence.ended_at.is_(None)).order_by(Absence.first_day)).all()


def resources_of(member: Member) -> Sequence[ResourceRow]:
    """The resources that are a person's time."""
    rows = select(ResourceRow).where(*in_use(member.workspace), ResourceRow.member_id == member.id)
    return member.session.scalars(rows.order_by(ResourceRow.name)).all()


def weeks_of_people(
    workspace: Workspace, resources: Collection[int], weeks: Collection[date]
) -> Mapping[int, Mapping[date, WeekException]]:
    """The weeks in which people work less than their resource says, by its id; as many queries as for one."""
    rows = select(ResourceRow).where(ResourceRow.id.in_(list(resources)), ResourceRow.member_id.is_not(None))
    people = workspace.session.scalars(rows.options(joinedload(ResourceRow.member))).all()
    if not people:
        return {}
    away: defaultdict[int, list[Absence]] = defaultdict(list)
    for row in absences_of(workspace, {person.member_id or 0 for person in people}):
        away[row.member_id].append(row)
    return {row.id: dict(_weeks(row, away[row.member_id or 0], weeks)) for row in people}


def beside_person(
    person: WeekException | None, available: int | None, overtime: int | None, reason: str | None
) -> WeekException:
    """What a planner says of a week; where they say nothing, what its person works."""
    if person is None:
        return WeekException(available, overtime, reason)
    return WeekException(
        person.available if available is None else available,
        person.overtime if overtime is None else overtime,
        reason or person.reason,
    )


def span_of(first: date, last: date) -> list[date]:
    """The weeks from one to another, as far as people are looked at."""
    count = min((last - first) // WEEK + 1, MOST_WEEKS)
    return [first + n * WEEK for n in range(count)]


def _weeks(row: ResourceRow, away: Sequence[Absence], weeks: Collection[date]) -> Iterator[tuple[date, WeekException]]:
    if row.member is None:
        return
    hours = row.member.hours
    for week in weeks:
        worked = sum(_works(hours, away, week + n * DAY) for n in range(USUAL_DAYS))
        available = min(row.weekly * worked // USUAL_DAYS, _longest(row, hours, worked))
        if available < row.weekly:
            overtime = row.overtime if worked else 0
            reason = "" if worked == USUAL_DAYS else f"{worked} of {USUAL_DAYS} days"
            yield week, WeekException(available, overtime, reason or None)


def _works(hours: WorkingHours, away: Sequence[Absence], day: date) -> bool:
    return is_working_day(day, country=hours.country) and not any(one.has(day) for one in away)


def _longest(row: ResourceRow, hours: WorkingHours, days: int) -> int:
    """Hours cannot be more than somebody is there."""
    if row.unit.lower() not in HOURS:
        return row.weekly
    closes, opens = (timedelta(hours=at.hour, minutes=at.minute) for at in (hours.closes, hours.opens))
    minutes = (closes - opens) // timedelta(minutes=1)
    return days * minutes * THOUSAND // 60
