"""Somebody whose time deals need is away or comes back: what that breaks is told to the owners of the deals."""

from collections.abc import Callable
from datetime import date, datetime

from models.base.arithmetic import monday
from models.base.language import N_, _, reading
from models.base.words import company_locale, week_text
from models.base.working_time import WorkingHours
from models.capacity.adjusting import NONE_BREAKS, Breaking, steer
from models.company.people import resources_of, span_of, weeks_of_people
from models.company.resources import ResourceRow
from models.workspace.absences import come_back, go_away
from models.workspace.members import Member, set_hours


def leave(member: Member, first: date, last: date, *, now: datetime, deputy: Member | None = None) -> Breaking:
    """From now on nobody counts on the person in these days; the deputy answers for them."""

    def go() -> None:
        go_away(member, first, last, now=now, deputy=deputy)
        for row in resources_of(member):
            _lower_what_was_said(row, first, last)

    return _steered(member, go, why=N_("{name} is away from {first} to {last}."), now=now, first=first, last=last)


def be_back(member: Member, *, now: datetime) -> Breaking:
    """The person counts again; promises that lacked them are looked at with the next beat."""
    return _steered(member, lambda: come_back(member, now=now), why=N_("{name} is back."), now=now)


def work_hours(member: Member, hours: WorkingHours, *, now: datetime) -> Breaking:
    """Somebody works at other hours; what that breaks of their own time is told."""
    why = N_("{name} works at other hours.")
    return _steered(member, lambda: set_hours(member, hours, now=now), why=why, now=now)


def _lower_what_was_said(row: ResourceRow, first: date, last: date) -> None:
    """What a planner said of a week before they knew is no more than the person works; what they say later stands."""
    weeks = span_of(monday(first), last)
    worked = weeks_of_people(row.workspace, [row.id], weeks).get(row.id, {})
    for said in row.weeks:
        works = worked.get(said.week)
        if works is not None and said.available is not None:
            said.available = min(said.available, works.available or 0)


def _steered(member: Member, change: Callable[[], object], *, why: str, now: datetime, **days: date) -> Breaking:
    def act() -> None:
        change()

    names = [row.name for row in resources_of(member)]
    if not names:
        act()
        return NONE_BREAKS
    with reading(member.workspace.language):
        locale = company_locale(member.workspace.country)
        said = _(why, name=member.name, **{name: week_text(day, locale) for name, day in days.items()})
    return steer(member.workspace, names, act, why=said, by=member, now=now)
