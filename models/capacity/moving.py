"""Moving work within its windows: a promise that cannot stay where it lies is placed anew, and operations are told.

Nobody is asked, because nothing that was agreed to changes: it comes in the same weeks, and costs no more overtime.
"""

from collections.abc import Mapping
from datetime import datetime

from models.deals.news import tell
from models.deals.reservations import commit_capacity
from models.deals.rows import Deal
from models.deals.terms import Checked, cannot_be_kept, check_promise
from models.promise import Check
from models.workspace.history import record
from models.workspace.members import Member

MOVE_WORK = "move_work"


def keeps(before: Checked, after: Check) -> bool:
    """Whether a promise that was kept before a change is kept after it: met, and without overtime that is new."""
    if cannot_be_kept(after):
        return False
    return not after.placed or after.overtime_cost <= before.check.overtime_cost


def move_work(kept: Mapping[Deal, Checked], *, why: str, by: Member | None, now: datetime) -> list[Deal]:
    """Place anew what cannot stay where it lies, one deal after the other; those that cannot be kept at all.

    `kept` are deals as they were checked before the change.
    """
    broken = []
    for deal, before in kept.items():
        if not before.check.placed:
            continue
        after = check_promise(deal, now=now)
        if not keeps(before, after.check):
            broken.append(deal)
        elif not _is_in_place(after):
            commit_capacity(deal, after.check.needs, now=now)
            act = record(deal, MOVE_WORK, by=by, now=now, states=(deal.state, deal.state), why=why or None, details={})
            tell(deal, act, now=now)
    return broken


def _is_in_place(checked: Checked) -> bool:
    """Whether all that a deal was promised can still be had where it lies."""
    first = checked.check.deal.first_week
    return all(
        own <= resource.room(week)
        for resource in checked.company.resources.values()
        for week, places in resource.places.items()
        if week >= first and (own := sum(place.quantity for place in places))
    )
