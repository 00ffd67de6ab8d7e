"""People as resources: in a week a person has the days that they work, as long as they work, and none while away."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.base.arithmetic import WEEK
from models.base.language import _
from models.base.working_time import DAY, WorkingHours, is_working_day
from models.company.resources import ResourceRow, in_use
from models.promise import WeekException
from models.workspace.absences import Absence, absences_of
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

USUAL_DAYS = 5
HOURS = frozenset({"hour", "hours", "h", "hr", "hrs"})
# Nobody's holidays are worked out further ahead than a plan reaches.
MOST_WEEKS = 160
THOUSAND = 1000


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
            reason = (
                "" if worked == USUAL_DAYS else _("{worked} of {usual_days} days", worked=worked, usual_days=USUAL_DAYS)
            )
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
