"""Capacity is counted, not stored: what is free is what there is, less what is committed and held now."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, selectinload

from models.base.arithmetic import WEEK, monday
from models.company.offers import OfferRow
from models.company.resources import Commitment, Hold, ResourceRow
from models.promise import Company, Kind, Need, Offer, Resource, WeekException
from models.workspace.workspaces import Workspace

LAST_WEEK = date(2999, 1, 1)
Load = Mapping[int, Mapping[date, int]]


def company_for(
    workspace: Workspace,
    offers: Iterable[OfferRow],
    *,
    now: datetime,
    until: date = date.max,
    without: int | None = None,
) -> Company:
    """What a check of these offers looks at: their resources with the load of this instant.

    `until`: the last week of a delivery that is looked at; later time is left out. `without` is the id of a deal whose
    own commitments and holds are left out.
    """
    known = {offer.name: offer for offer in offers}
    needs = [need for offer in known.values() for need in offer.needs]
    furthest = max((need.offset + need.weeks for need in needs), default=0)
    weeks = _Weeks(monday(workspace.today(now)), _later(until, furthest))
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
        resources={r.name: r for r in _resources(workspace, {need.resource_id for need in needs}, weeks, now, without)},
        offers={name: offer_facts(row, workspace, known) for name, row in known.items()},
    )


def load_of(
    session: Session, ids: Iterable[int], *, now: datetime, first: date, last: date, without: int | None = None
) -> Load:
    """What is committed and held of resources, by week: time from the first to the last week, stock in all weeks."""
    wanted = set(ids)
    committed = _sum_of(Commitment, Commitment.released_at.is_(None))
    held = _sum_of(Hold, *in_force(now))
    if without is not None:
        committed = committed.where(or_(Commitment.deal_id.is_(None), Commitment.deal_id != without))
        held = held.where(Hold.deal_id != without)
    load: defaultdict[int, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
    for query, row in ((committed, Commitment), (held, Hold)):
        for resource_id, week, quantity in session.execute(_within(query, row, wanted, first, last)):
            load[resource_id][week] += int(quantity)
    return load


@dataclass(frozen=True)
class _Weeks:
    """The weeks of time that a check can touch."""

    first: date
    last: date


def _resources(
    workspace: Workspace, ids: set[int], weeks: _Weeks, now: datetime, without: int | None
) -> Iterable[Resource]:
    rows = workspace.session.scalars(
        select(ResourceRow)
        .where(ResourceRow.workspace_id == workspace.id, ResourceRow.id.in_(ids))
        .options(selectinload(ResourceRow.weeks), selectinload(ResourceRow.receipts))
        .execution_options(populate_existing=True)
    ).all()
    load = load_of(workspace.session, ids, now=now, first=weeks.first, last=weeks.last, without=without)
    for row in rows:
        yield Resource(
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
            load=load.get(row.id, {}),
        )


def _sum_of(row: type[Commitment | Hold], *where: ColumnElement[bool]) -> Select[int, date, int]:
    return select(row.resource_id, row.week, func.sum(row.quantity)).where(*where).group_by(row.resource_id, row.week)


def _within(
    query: Select[int, date, int], row: type[Commitment | Hold], ids: set[int], first: date, last: date
) -> Select[int, date, int]:
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
