"""Capacity is counted, not stored: what is free is what there is, less what is committed and held now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select

from models.base.arithmetic import WEEK, monday
from models.company.offers import NeedRow, OfferRow
from models.company.people import beside_person, span_of, weeks_of_people
from models.company.queues import Queues, Span, in_span, queues_of
from models.company.reserves import NONE, Buyer, Reserves, reserves_of
from models.company.resources import ReceiptRow, ResourceRow, WeekExceptionRow
from models.promise import Company, Kind, Need, Offer, Resource, WeekException
from models.workspace.workspaces import Workspace

NOBODY = Buyer()
LAST_WEEK = date(2999, 1, 1)
# What a resource and a week say of themselves, under the same names in their rows.
STATED = ("name", "kind", "unit", "weekly", "overtime", "overtime_cost", "on_hand", "as_of")
DIFFERING = ("available", "overtime", "reason")
# Queries are built once, because building them takes longer than their answers.
IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
ARRIVING = select(ReceiptRow.resource_id, ReceiptRow.week, ReceiptRow.quantity).where(ReceiptRow.resource_id.in_(IDS))
KNOWN = (
    select(ResourceRow.id, *(getattr(ResourceRow, name) for name in STATED))
    .where(ResourceRow.workspace_id == bindparam("workspace"), ResourceRow.id.in_(IDS))
    .order_by(ResourceRow.name)
)


@dataclass(frozen=True)
class Counted:
    """Capacity at an instant: resources by id as nobody has loaded them, and the queues of their weeks."""

    workspace: Workspace
    resources: Mapping[int, Resource]
    queues: Queues
    reserves: Reserves = NONE

    def company(
        self,
        offers: Iterable[OfferRow],
        *,
        deal: int | None = None,
        buyer: Buyer = NOBODY,
        has_stand_ins: bool = False,
    ) -> Company:
        """What a check of these offers looks at, as one deal meets it: others load it, and it has its own places.

        What is reserved for others than its `buyer` loads it too.
        """
        workspace = self.workspace
        known = {offer.name: offer for offer in offers}
        ids = {key for offer in known.values() for need in offer.needs for key in need.resource_ids}
        met = [self._met(key, deal, buyer) for key in ids if key in self.resources]
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
            keeps_stock=workspace.keeps_stock,
            resources={resource.name: resource for resource in met},
            offers={n: offer_facts(row, workspace, known if has_stand_ins else ()) for n, row in known.items()},
        )

    def _met(self, key: int, deal: int | None, buyer: Buyer) -> Resource:
        resource, queues = self.resources[key], self.queues.get(key, {})
        load = {week: load for week, queue in queues.items() if (load := queue.without(deal))}
        places = {week: own for week, queue in queues.items() if (own := queue.places(deal))}
        reserved = self.reserves.for_others(key, queues, buyer) if self.reserves.rows else {}
        for week, others in reserved.items():
            load[week] = load.get(week, 0) + sum(one.quantity for one in others)
        entitled = self.reserves.places(key, queues, buyer, deal) if self.reserves.rows else {}
        is_time = resource.kind is Kind.TIME
        return replace(resource, load=load, places=places if is_time else {}, reserved=reserved, entitled=entitled)


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
    first, ids = monday(workspace.today(now)), {key for need in needs for key in need.resource_ids}
    if weeks is None:
        span = Span(first, _later(until, max((need.offset + need.weeks for need in needs), default=0)))
    else:
        met = (
            _later(week, need.offset + k) for week in weeks for need in needs for k in range(-need.ahead, need.weeks)
        )
        span = Span(first, date.max, frozenset(met))
    resources = _resources(workspace, ids, span)
    kinds = {key: resource.kind for key, resource in resources.items()}
    queues = queues_of(workspace, kinds, span, now=now)
    return Counted(workspace, resources, queues, reserves_of(workspace, ids, queues, now=now))


def _resources(workspace: Workspace, ids: Collection[int], span: Span) -> dict[int, Resource]:
    """Resources as nobody has loaded them. Columns, not entities: what is read is never changed here."""
    execute, asked = workspace.session.execute, {"ids": list(ids)}
    exceptions: defaultdict[int, dict[date, WeekException]] = defaultdict(dict)
    weeks = span.weeks if span.weeks is not None else span_of(span.first, span.last)
    for key, differing in weeks_of_people(workspace, ids, weeks).items():
        exceptions[key].update(differing)
    for key, week, *differs in execute(_differing(is_some=span.weeks is not None), asked | span.values):
        exceptions[key][week] = beside_person(exceptions[key].get(week), *differs)
    receipts: defaultdict[int, dict[date, int]] = defaultdict(dict)
    for key, week, quantity in execute(ARRIVING, asked):
        receipts[key][week] = quantity
    return {
        key: Resource(**dict(zip(STATED, values, strict=True)), exceptions=exceptions[key], receipts=receipts[key])
        for key, *values in execute(KNOWN, asked | {"workspace": workspace.id})
    }


@cache
def _differing(*, is_some: bool) -> Select[Any]:
    columns = (getattr(WeekExceptionRow, name) for name in DIFFERING)
    differing = select(WeekExceptionRow.resource_id, WeekExceptionRow.week, *columns)
    return differing.where(WeekExceptionRow.resource_id.in_(IDS), in_span(WeekExceptionRow.week, is_some=is_some))


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
        needs=tuple(map(_need_facts, row.needs)),
    )


def _need_facts(row: NeedRow) -> Need:
    names = tuple(resource.name for resource in row.resources)
    any_of = names if len(names) > 1 else ()
    return Need(names[0], row.offset, row.weeks, row.per_unit, row.fixed, row.ahead, any_of)


def _later(week: date, weeks: int) -> date:
    return week + weeks * WEEK if week < LAST_WEEK else week
