"""Where more is asked for than there is: the weeks over which deals that wait for operations compete."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from models.compare.comparison import waiting_for_operations
from models.deals.rivals import rivalries_over
from models.deals.terms import check_deals
from models.workspace.members import Member


@dataclass(frozen=True)
class Contested:
    """A resource in a week, and the deals that want it and wait: by their numbers, with the id of the first."""

    deal: int
    resource: str
    week: date
    numbers: tuple[int, ...]


def contested(member: Member, *, now: datetime) -> list[Contested]:
    """The weeks of which there is not enough for all, those that most deals want first; not of one’s own deals."""
    deals = waiting_for_operations(member)
    checks = zip(deals, check_deals(deals, now=now), strict=True)
    wanting: defaultdict[tuple[str, date], list[tuple[int, int]]] = defaultdict(list)
    for deal, rivalry in zip(deals, rivalries_over(member.workspace, list(checks), now=now), strict=True):
        if rivalry and not rivalry.is_enough:
            wanting[rivalry.resource, rivalry.week].append((deal.id, deal.number))
    found = [
        Contested(wanted[0][0], name, week, tuple(number for _, number in wanted))
        for (name, week), wanted in wanting.items()
        if len(wanted) > 1
    ]
    return sorted(found, key=lambda one: (-len(one.numbers), one.week, one.resource))
