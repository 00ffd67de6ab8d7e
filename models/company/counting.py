"""Capacity is counted, not stored: what is free is what there is, less what is committed and held now."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import selectinload

from models.base.arithmetic import WEEK, monday
from models.company.offers import OfferRow
from models.company.resources import Commitment, Hold, ResourceRow
from models.promise import Company, Kind, Need, Offer, Resource, WeekException
from models.workspace.workspaces import Workspace

LAST_WEEK = date(2999, 1, 1)
Load = Mapping[int, Mapping[date, int]]


@dataclass(frozen=True)
class Counted:
    """Capacity at an instant: resources by id with all that loads them, and how much of that some deals take."""

    workspace: Workspace
    rows: Mapping[int, ResourceRow]
    load: Load
    taken: Mapping[int, Load]

    def company(self, offers: Iterable[OfferRow], *, without: int | None = None) -> Company:
        """What a check of these offers looks at; without what one of the deals takes itself."""
        workspace = self.workspace
        known = {offer.name: offer for offer in offers}
        ids = {need.resource_id for offer in known.values() for need in offer.needs}
        own = self.taken.get(without, {}) if without is not None else {}
        return Company(
            name=workspace.name,
            currency=workspace.currency,
            places=workspace.places,
            timezone=workspace.timezone,
            country=workspace.country,
            horizon_weeks=workspace.horizon_weeks,
            margin_floor=workspace.margin_floor,
            late_cost=workspace.late_cost,
            tight_at=workspace.tight_at,
            max_deliveries=workspace.max_deliveries,
            hold_days=workspace.hold_days,
            resources={row.name: self._resource(row, own.get(row.id, {})) for row in map(self.rows.get, ids) if row},
            offers={name: offer_facts(row, workspace, known) for name, row in known.items()},
        )

    def _resource(self, row: ResourceRow, own: Mapping[date, int]) -> Resource:
        load = self.load.get(row.id, {})
        return Resource(
            name=row.name,
            kind=row.kind,
            unit=row.unit,
            weekly=row.weekly,
            overtime=row.overtime,
            overtime_cost=row.overtime_cost,
            exceptions={week.week: WeekException(week.available, week.overtime, week.reason) for week in row.weeks},
            on_hand=row.on_hand,
            as_of=row.as_of,
            receipts={receipt.week: receipt.quantity for receipt in row.receipts},
            load={week: left for week, all_ in load.items() if (left := all_ - own.get(week, 0))},
        )


def count_capacity(
    workspace: Workspace,
    offers: Iterable[OfferRow],
    *,
    now: datetime,
    until: date = date.max,
    deals: Collection[int] = (),
) -> Counted:
    """Count what these offers need, for any number of checks; `deals` are those whose own part is to be known."""
    needs = [need for offer in offers for need in offer.needs]
    furthest = max((need.offset + need.weeks for need in needs), default=0)
    first, last = monday(workspace.today(now)), _later(until, furthest)
    ids = {need.resource_id for need in needs}
    rows = workspace.session.scalars(
        select(ResourceRow)
        .where(ResourceRow.workspace_id == workspace.id, ResourceRow.id.in_(ids))
        .options(selectinload(ResourceRow.weeks), selectinload(ResourceRow.receipts))
        .execution_options(populate_existing=True)
        .order_by(ResourceRow.name)
    )
    load: defaultdict[int, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
    taken: dict[int, defaultdict[int, defaultdict[date, int]]] = {}
    committed = _sums(Commitment, deals, Commitment.released_at.is_(None))
    held = _sums(Hold, deals, *in_force(now))
    for query, row in ((committed, Commitment), (held, Hold)):
        for resource_id, week, deal, quantity in workspace.session.execute(_within(query, row, ids, first, last)):
            load[resource_id][week] += int(quantity)
            if deal is not None:
                own = taken.setdefault(deal, defaultdict(lambda: defaultdict(int)))
                own[resource_id][week] += int(quantity)
    return Counted(workspace, {row.id: row for row in rows}, load, taken)


def _sums(
    row: type[Commitment | Hold], deals: Collection[int], *where: ColumnElement[bool]
) -> Select[int, date, int | None, int]:
    """Amounts by resource and week, those of some deals apart."""
    whose = case((row.deal_id.in_(deals), row.deal_id), else_=None).label("whose")
    sums = select(row.resource_id, row.week, whose, func.sum(row.quantity)).where(*where)
    # By its name: an expression with parameters would be another one for PostgreSQL.
    return sums.group_by(row.resource_id, row.week, "whose")


def _within(
    query: Select[int, date, int | None, int], row: type[Commitment | Hold], ids: set[int], first: date, last: date
) -> Select[int, date, int | None, int]:
    """Stock is a sum over all weeks; of time only some weeks matter."""
    stock = select(ResourceRow.id).where(ResourceRow.kind == Kind.STOCK)
    return query.where(row.resource_id.in_(ids), or_(row.week.between(first, last), row.resource_id.in_(stock)))


def in_force(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Holds that count at an instant: expiry is a comparison when reading."""
    return Hold.released_at.is_(None), Hold.expires_at > now


def offer_facts(row: OfferRow, workspace: Workspace, known: Container[str] = ()) -> Offer:
    """An offer as a check sees it; of its stand-ins, those that are known."""
    return Offer(
        name=row.name,
        family=row.family,
        unit=row.unit,
        list_price=row.list_price,
        unit_cost=row.unit_cost,
        standard=row.standard,
        max_discount=row.max_discount,
        lead_weeks=row.lead_weeks,
        min_lot=row.min_lot,
        margin_floor=workspace.margin_floor if row.margin_floor is None else row.margin_floor,
        substitutes=tuple(e.substitute.name for e in row.substitutes if e.substitute.name in known),
        needs=tuple(Need(n.resource.name, n.offset, n.weeks, n.per_unit, n.fixed) for n in row.needs),
    )


def _later(week: date, weeks: int) -> date:
    return week + weeks * WEEK if week < LAST_WEEK else week
