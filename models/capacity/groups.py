"""Resources that may stand in for each other, and what they offer together."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.base.language import _
from models.capacity.overview import ResourceWeeks, WeekLoad, weeks_of
from models.company.offers import Alternative, NeedRow, OfferRow, offered
from models.company.resources import ResourceRow

MOST_GROUPS = 3


def groups_with(resource: ResourceRow, *, now: datetime, since: date | None = None) -> list[ResourceWeeks]:
    """The groups of resources that a resource shares work with, each as if it were one."""
    workspace = resource.workspace
    needs = select(NeedRow).join(OfferRow, OfferRow.id == NeedRow.offer_id).join(Alternative).where(*offered(workspace))
    needs = needs.options(selectinload(NeedRow.alternatives)).order_by(NeedRow.id)
    groups = {frozenset(need.resource_ids) for need in workspace.session.scalars(needs).unique()}
    shared = sorted(sorted(group) for group in groups if resource.id in group)[:MOST_GROUPS]
    rows = select(ResourceRow).where(ResourceRow.id.in_({key for group in shared for key in group}))
    loaded = rows.options(selectinload(ResourceRow.weeks), selectinload(ResourceRow.receipts)).order_by(ResourceRow.id)
    known = workspace.session.scalars(loaded).all()
    shown = {one.id: one for one in weeks_of(workspace, known, now=now, since=since)} if known else {}
    return [_together([shown[key] for key in group]) for group in shared]


def _together(members: Sequence[ResourceWeeks]) -> ResourceWeeks:
    weeks = [_sum(loads) for loads in zip(*(one.weeks for one in members), strict=True)]
    names = _(" or ").join(one.name for one in members)
    return ResourceWeeks(0, names, members[0].kind, members[0].unit, tuple(weeks))


def _sum(loads: Sequence[WeekLoad]) -> WeekLoad:
    """What several resources offer and carry in a week."""

    def total(name: str) -> int:
        return sum(getattr(load, name) for load in loads)

    amounts = ("offered", "overtime", "committed", "held", "free", "bought", "over", "reserved")
    return WeekLoad(loads[0].week, reason="", **{name: total(name) for name in amounts})
