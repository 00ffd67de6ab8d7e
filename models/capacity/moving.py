"""Moving work within its windows: a promise that cannot stay where it lies is placed anew, and operations are told.

Nobody is asked, because nothing that was agreed to changes: it comes in the same weeks, and costs no more overtime.
"""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from models.deals.news import tell
from models.deals.reservations import move_promise
from models.deals.rows import Deal
from models.deals.terms import Checked, cannot_be_kept, check_promise
from models.workspace.history import record
from models.workspace.members import Member

MOVE_WORK = "move_work"


def keeps(before: Checked, after: Checked) -> bool:
    """Whether a promise that was kept before a change is kept after it: where it lies, or moved at no more overtime."""
    if cannot_be_kept(after.check):
        return False
    if not after.check.placed or _stays(before, after):
        return True
    return sum(use.cost for use in after.check.overtime) <= (_overtime_in_place(before) or 0)


def move_work(kept: Mapping[Deal, Checked], *, why: str, by: Member | None, now: datetime) -> list[Deal]:
    """Place anew what cannot stay where it lies, one deal after the other; those that cannot be kept at all.

    `kept` are deals as they were checked before the change.
    """
    broken = []
    for deal, before in kept.items():
        if not before.check.placed:
            continue
        after = check_promise(deal, now=now)
        if not keeps(before, after):
            broken.append(deal)
        elif not _stays(before, after):
            move_promise(deal, after.company, after.check.needs, now=now)
            act = record(deal, MOVE_WORK, by=by, now=now, states=(deal.state, deal.state), why=why or None, details={})
            tell(deal, act, now=now, calls_seller=False)
    return broken


def _stays(before: Checked, after: Checked) -> bool:
    """Whether all that a deal was promised can still be had where it lies, at no more overtime than before."""
    costs = _overtime_in_place(before), _overtime_in_place(after)
    return costs[1] is not None and (costs[0] is None or costs[1] <= costs[0])


def _overtime_in_place(checked: Checked) -> Fraction | None:
    """What a promise costs of overtime where it lies, in minor units; None where it cannot be had there."""
    cost = Fraction(0)
    for resource in checked.company.resources.values():
        for week, places in resource.places.items():
            own = sum(place.quantity for place in places) if week >= checked.check.deal.first_week else 0
            if own > resource.room(week):
                return None
            cost += Fraction(max(0, own - resource.ordinary(week)) * resource.overtime_cost, 1000) if own else 0
    return cost
