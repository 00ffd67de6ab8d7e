"""Capacity is counted, not stored: what is free is what there is, less what is committed and held now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.orm import Session, selectinload

from models.catalog import NeedRow, OfferRow
from models.deals.rows import Deal, Proposal
from models.promise import Company, Kind, Need, Offer, Resource, WeekException
from models.resources import Commitment, Hold, ResourceRow
from models.working_time import add_working_days
from models.workspaces import Workspace

Load = Mapping[int, Mapping[date, int]]


def company_for(
    session: Session, workspace: Workspace, offer_ids: Iterable[int], *, now: datetime, without: Deal | None = None
) -> Company:
    """What a check of these offers looks at: their resources with the load of this instant.

    `without` leaves out the deal's own commitments and holds.
    """
    offers = session.scalars(
        select(OfferRow)
        .where(OfferRow.workspace_id == workspace.id, OfferRow.id.in_(set(offer_ids)))
        .options(selectinload(OfferRow.needs).joinedload(NeedRow.resource), selectinload(OfferRow.substitutes))
    ).all()
    ids = {need.resource_id for offer in offers for need in offer.needs}
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
        resources={resource.name: resource for resource in _resources(session, workspace, ids, now, without)},
        offers={offer.name: _offer(offer, workspace) for offer in offers},
    )


def lock_resources(session: Session, workspace: Workspace, names: Iterable[str]) -> None:
    """Let nobody else count these resources until the transaction ends; always in the same order."""
    rows = select(ResourceRow.id).where(ResourceRow.workspace_id == workspace.id, ResourceRow.name.in_(set(names)))
    session.execute(rows.order_by(ResourceRow.id).with_for_update())


def commit_capacity(deal: Deal, needs: Mapping[str, Mapping[date, int]], *, now: datetime) -> None:
    """Promise the needs of a deal instead of all that it held or was promised before."""
    release_capacity(deal, now=now)
    ids = _ids(deal.session, deal.workspace, needs)
    for name, by_week in needs.items():
        for week, quantity in by_week.items():
            row = Commitment(workspace=deal.workspace, resource_id=ids[name], week=week, quantity=quantity)
            row.deal, row.committed_at = deal, now
            deal.session.add(row)


def hold_capacity(proposal: Proposal, needs: Mapping[str, Mapping[date, int]], *, now: datetime) -> None:
    """Hold what a counter-proposal needs beyond the deal's own promise, instead of what was held before."""
    deal, workspace = proposal.deal, proposal.workspace
    release_holds(deal, now=now)
    expires = add_working_days(now, workspace.hold_days, timezone=workspace.timezone, country=workspace.country)
    own = _load(deal.session, _promised_by(deal))
    ids = _ids(deal.session, workspace, needs)
    for name, by_week in needs.items():
        for week, quantity in by_week.items():
            beyond = quantity - own.get(ids[name], {}).get(week, 0)
            if beyond > 0:
                row = Hold(workspace=workspace, resource_id=ids[name], week=week, quantity=beyond)
                row.deal_id, row.proposal_id, row.held_at, row.expires_at = deal.id, proposal.id, now, expires
                deal.session.add(row)


def release_holds(deal: Deal, *, now: datetime) -> None:
    """Give back what a counter-proposal held."""
    mine = update(Hold).where(Hold.deal_id == deal.id, Hold.released_at.is_(None))
    deal.session.execute(mine.values(released_at=now))


def release_capacity(deal: Deal, *, now: datetime) -> None:
    """Give back all that a deal held and was promised."""
    release_holds(deal, now=now)
    mine = update(Commitment).where(Commitment.deal_id == deal.id, Commitment.released_at.is_(None))
    deal.session.execute(mine.values(released_at=now))


def held_until(deal: Deal, *, now: datetime) -> datetime | None:
    """Until when the deal holds capacity; None when it holds none."""
    mine = select(func.max(Hold.expires_at)).where(Hold.deal_id == deal.id, *_in_force(now))
    return deal.session.scalar(mine)


def takers(
    session: Session, workspace: Workspace, resource: str, week: date, *, now: datetime, without: Deal
) -> list[tuple[Deal, datetime]]:
    """Other deals that are promised or hold what is missing there, and since when; the latest first.

    Stock is counted over all weeks, so that whoever took it in any week took it.
    """
    found: list[tuple[datetime, int, Deal]] = []
    for row, since, in_force in (
        (Commitment, Commitment.committed_at, (Commitment.released_at.is_(None),)),
        (Hold, Hold.held_at, _in_force(now)),
    ):
        taken = (
            select(Deal, func.max(since), func.max(row.id))
            .join(row, row.deal_id == Deal.id)
            .join(ResourceRow, row.resource_id == ResourceRow.id)
            .where(ResourceRow.workspace_id == workspace.id, ResourceRow.name == resource, Deal.id != without.id)
            .where(or_(row.week == week, ResourceRow.kind == Kind.STOCK), *in_force)
            .group_by(Deal.id)
        )
        found += [(at, key, deal) for deal, at, key in session.execute(taken)]
    return [(deal, at) for at, _, deal in sorted(found, key=lambda entry: entry[:2], reverse=True)]


def _resources(
    session: Session, workspace: Workspace, ids: set[int], now: datetime, without: Deal | None
) -> Iterable[Resource]:
    rows = session.scalars(
        select(ResourceRow)
        .where(ResourceRow.workspace_id == workspace.id, ResourceRow.id.in_(ids))
        .options(selectinload(ResourceRow.weeks), selectinload(ResourceRow.receipts))
        .execution_options(populate_existing=True)
    ).all()
    load = _load_of(session, ids, now, without)
    for row in rows:
        yield Resource(
            name=row.name,
            kind=Kind(row.kind),
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


def _load_of(session: Session, ids: set[int], now: datetime, without: Deal | None) -> Load:
    committed = _sum_of(Commitment, Commitment.released_at.is_(None)).where(Commitment.resource_id.in_(ids))
    held = _sum_of(Hold, *_in_force(now)).where(Hold.resource_id.in_(ids))
    if without is not None:
        committed = committed.where(or_(Commitment.deal_id.is_(None), Commitment.deal_id != without.id))
        held = held.where(Hold.deal_id != without.id)
    return _load(session, committed, held)


def _load(session: Session, *sums: Select[int, date, int]) -> Load:
    load: defaultdict[int, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
    for query in sums:
        for resource_id, week, quantity in session.execute(query):
            load[resource_id][week] += int(quantity)
    return load


def _sum_of(row: type[Commitment | Hold], *where: ColumnElement[bool]) -> Select[int, date, int]:
    return select(row.resource_id, row.week, func.sum(row.quantity)).where(*where).group_by(row.resource_id, row.week)


def _promised_by(deal: Deal) -> Select[int, date, int]:
    return _sum_of(Commitment, Commitment.released_at.is_(None), Commitment.deal_id == deal.id)


def _in_force(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Hold.released_at.is_(None), Hold.expires_at > now


def _ids(session: Session, workspace: Workspace, names: Iterable[str]) -> dict[str, int]:
    rows = select(ResourceRow.name, ResourceRow.id).where(ResourceRow.workspace_id == workspace.id)
    return dict(session.execute(rows.where(ResourceRow.name.in_(list(names)))).all())


def _offer(row: OfferRow, workspace: Workspace) -> Offer:
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
        substitutes=tuple(entry.substitute.name for entry in row.substitutes),
        needs=tuple(Need(n.resource.name, n.offset, n.weeks, n.per_unit, n.fixed) for n in row.needs),
    )
