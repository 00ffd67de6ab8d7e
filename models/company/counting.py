"""Capacity is counted, not stored: what is free is what there is, less what is committed and held now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from models.base.arithmetic import WEEK, monday
from models.company.offers import OfferRow
from models.company.resources import Commitment, Hold, ReceiptRow, ResourceRow, WeekExceptionRow
from models.promise import Company, Kind, Need, Offer, Place, Resource, WeekException
from models.workspace.workspaces import Workspace

LAST_WEEK = date(2999, 1, 1)
# What a resource says of itself, under the same names in its row.
STATED = ("name", "kind", "unit", "weekly", "overtime", "overtime_cost", "on_hand", "as_of")


@dataclass(frozen=True, order=True)
class Part:
    """What a deal holds or was promised in a cell since an instant; in the order of the queue."""

    since: datetime
    deal: int
    quantity: int


@dataclass(frozen=True)
class Queue:
    """The loads of a cell: what was imported stands first, then the parts of deals."""

    imported: int
    parts: tuple[Part, ...]

    def without(self, deal: int | None) -> int:
        """What all others load."""
        return self.imported + sum(part.quantity for part in self.parts if part.deal != deal)

    def places(self, deal: int | None) -> tuple[Place, ...]:
        """Where the parts of a deal stand."""
        places, ahead = [], self.imported
        for part in self.parts:
            if part.deal == deal:
                places.append(Place(part.quantity, ahead))
            ahead += part.quantity
        return tuple(places)


Queues = Mapping[int, Mapping[date, Queue]]


@dataclass(frozen=True)
class Counted:
    """Capacity at an instant: resources by id as nobody has loaded them, and the queues of their weeks."""

    workspace: Workspace
    resources: Mapping[int, Resource]
    queues: Queues

    def company(self, offers: Iterable[OfferRow], *, deal: int | None = None, has_stand_ins: bool = False) -> Company:
        """What a check of these offers looks at, as one deal meets it: others load it, and it has its own places."""
        workspace = self.workspace
        known = {offer.name: offer for offer in offers}
        ids = {need.resource_id for offer in known.values() for need in offer.needs}
        met = [self._met(key, deal) for key in ids if key in self.resources]
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
            resources={resource.name: resource for resource in met},
            offers={n: offer_facts(row, workspace, known if has_stand_ins else ()) for n, row in known.items()},
        )

    def _met(self, key: int, deal: int | None) -> Resource:
        resource, queues = self.resources[key], self.queues.get(key, {})
        load = {week: load for week, queue in queues.items() if (load := queue.without(deal))}
        places = {week: own for week, queue in queues.items() if (own := queue.places(deal))}
        return replace(resource, load=load, places=places if resource.kind is Kind.TIME else {})


@dataclass(frozen=True)
class Span:
    """The weeks of time that a question is about: some, or all from the first to the last. Stock is a sum over all."""

    first: date
    last: date
    weeks: frozenset[date] | None = None

    def of(self, week: InstrumentedAttribute[date]) -> ColumnElement[bool]:
        """Whether a row's week is one of them."""
        return week.between(self.first, self.last) if self.weeks is None else week.in_(self.weeks)


def count_capacity(
    workspace: Workspace,
    offers: Iterable[OfferRow],
    *,
    now: datetime,
    until: date = date.max,
    weeks: Collection[date] | None = None,
) -> Counted:
    """Count what these offers need, for any number of checks: all weeks of delivery from now on, or only some."""
    needs = [need for offer in offers for need in offer.needs]
    first, ids = monday(workspace.today(now)), {need.resource_id for need in needs}
    if weeks is None:
        span = Span(first, _later(until, max((need.offset + need.weeks for need in needs), default=0)))
    else:
        met = (_later(week, need.offset + k) for week in weeks for need in needs for k in range(need.weeks))
        span = Span(first, date.max, frozenset(week for week in met if week >= first))
    return Counted(workspace, _resources(workspace, ids, span), queues_of(workspace, ids, span, now=now))


def _resources(workspace: Workspace, ids: Collection[int], span: Span) -> dict[int, Resource]:
    """Resources as nobody has loaded them. Columns, not entities: what is read is never changed here."""
    execute = workspace.session.execute
    exceptions: defaultdict[int, dict[date, WeekException]] = defaultdict(dict)
    differing = select(
        WeekExceptionRow.resource_id,
        WeekExceptionRow.week,
        WeekExceptionRow.available,
        WeekExceptionRow.overtime,
        WeekExceptionRow.reason,
    ).where(WeekExceptionRow.resource_id.in_(ids), span.of(WeekExceptionRow.week))
    for key, week, available, extra, reason in execute(differing):
        exceptions[key][week] = WeekException(available, extra, reason)
    receipts: defaultdict[int, dict[date, int]] = defaultdict(dict)
    arriving = select(ReceiptRow.resource_id, ReceiptRow.week, ReceiptRow.quantity)
    for key, week, quantity in execute(arriving.where(ReceiptRow.resource_id.in_(ids))):
        receipts[key][week] = quantity
    stated = [getattr(ResourceRow, name) for name in STATED]
    known = select(ResourceRow.id, *stated).where(ResourceRow.workspace_id == workspace.id, ResourceRow.id.in_(ids))
    return {
        key: Resource(**dict(zip(STATED, values, strict=True)), exceptions=exceptions[key], receipts=receipts[key])
        for key, *values in execute(known.order_by(ResourceRow.name))
    }


def queues_of(workspace: Workspace, ids: Collection[int], span: Span, *, now: datetime) -> Queues:
    """The queue of each cell that has one. What was imported is summed up; deals have their places."""
    imported: defaultdict[int, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
    parts: defaultdict[int, defaultdict[date, list[Part]]] = defaultdict(lambda: defaultdict(list))
    execute = workspace.session.execute
    given = select(Commitment.resource_id, Commitment.week, func.sum(Commitment.quantity))
    given = given.where(Commitment.deal_id.is_(None), Commitment.released_at.is_(None), _within(Commitment, ids, span))
    given = given.group_by(Commitment.resource_id, Commitment.week)
    for key, week, quantity in execute(given):
        imported[key][week] = int(quantity)
    promised = _parts(Commitment, ids, span).where(Commitment.released_at.is_(None), Commitment.deal_id.is_not(None))
    held = _parts(Hold, ids, span).where(*in_force(now))
    for key, week, since, deal, quantity in execute(union_all(promised, held)):
        parts[key][week].append(Part(since, deal, quantity))
    return {key: _in_order(imported[key], parts[key]) for key in {*imported, *parts}}


def _in_order(imported: Mapping[date, int], parts: Mapping[date, Iterable[Part]]) -> dict[date, Queue]:
    return {week: Queue(imported.get(week, 0), tuple(sorted(parts.get(week, ())))) for week in (*imported, *parts)}


def _parts(row: type[Commitment | Hold], ids: Collection[int], span: Span) -> Select[int, date, datetime, int, int]:
    loads = select(row.resource_id, row.week, row.since, row.deal_id, row.quantity)
    # What is a deal's has always stood somewhere since.
    return cast("Select[int, date, datetime, int, int]", loads.where(_within(row, ids, span)))


def _within(row: type[Commitment | Hold], ids: Collection[int], span: Span) -> ColumnElement[bool]:
    stock = select(ResourceRow.id).where(ResourceRow.kind == Kind.STOCK)
    return and_(row.resource_id.in_(ids), or_(span.of(row.week), row.resource_id.in_(stock)))


def in_force(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Holds that count at an instant: expiry is a comparison when reading."""
    return Hold.released_at.is_(None), Hold.expires_at > now


def offer_facts(row: OfferRow, workspace: Workspace, known: Collection[str] = ()) -> Offer:
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
        substitutes=tuple(e.substitute.name for e in row.substitutes if e.substitute.name in known) if known else (),
        needs=tuple(Need(n.resource.name, n.offset, n.weeks, n.per_unit, n.fixed) for n in row.needs),
    )


def _later(week: date, weeks: int) -> date:
    return week + weeks * WEEK if week < LAST_WEEK else week
