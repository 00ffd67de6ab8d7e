"""Somebody whose time deals need is away or comes back: what that breaks is told to the owners of the deals."""

from collections.abc import Callable
from datetime import date, datetime

from models.base.words import company_locale, week_text
from models.capacity.adjusting import NONE_BREAKS, Breaking, steer
from models.capacity.undoing import mend_what_can_be_kept
from models.company.people import Away, come_back, go_away, resources_of
from models.workspace.members import Member


def leave(member: Member, first: date, last: date, *, now: datetime) -> Breaking:
    """From now on nobody counts on the person in these days."""
    locale = company_locale(member.workspace.country)
    why = f"{member.name} is away until {week_text(last, locale)}."
    return _steered(member, lambda: go_away(member, Away(first, last), now=now), why=why, now=now)


def be_back(member: Member, *, now: datetime) -> Breaking:
    """The person counts again, and promises that lacked them can be kept again."""
    why = f"{member.name} is back."
    breaks = _steered(member, lambda: come_back(member, now=now), why=why, now=now)
    names = [row.name for row in resources_of(member)]
    mend_what_can_be_kept(member.workspace, names, why=why, by=member, now=now)
    return breaks


def _steered(member: Member, change: Callable[[], object], *, why: str, now: datetime) -> Breaking:
    names = [row.name for row in resources_of(member)]
    if not names:
        change()
        return NONE_BREAKS

    def act() -> None:
        change()

    return steer(member.workspace, names, act, why=why, by=member, now=now)
