"""Holds and commitments: soft reservations that expire, and hard ones. Each replaces what the deal had before."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain

from sqlalchemy import func, or_, select, update

from models.base.working_time import add_working_days
from models.company.queues import Span, in_force, queues_of
from models.company.reserves import reserve_rows, reserves_of
from models.company.resources import Commitment, Hold, ResourceRow
from models.deals.proposals import Proposal
from models.deals.rows import Deal
from models.promise import Company, Kind
from models.workspace.workspaces import Workspace

Cell = tuple[str, date]
INSTANT = timedelta(microseconds=1)
Places = Mapping[tuple[int, date], Mapping[datetime, int]]


def lock_resources(workspace: Workspace, names: Iterable[str]) -> None:
    """Let nobody else count these resources until the transaction ends; always in the same order."""
    rows = select(ResourceRow.id).where(ResourceRow.workspace_id == workspace.id, ResourceRow.name.in_(set(names)))
    workspace.session.execute(rows.order_by(ResourceRow.id).with_for_update(key_share=True))


def commit_capacity(deal: Deal, needs: Mapping[str, Mapping[date, int]], *, now: datetime) -> None:
    """Promise the needs of a deal instead of all that it held or was promised before, which hands its places on."""
    own = _with_kept(deal, _places(_promises_of(deal), _holds_of(deal, now)), needs, now)
    release_capacity(deal, now=now)
    _promise(deal, needs, own, now)


def move_promise(deal: Deal, company: Company, needs: Mapping[str, Mapping[date, int]], *, now: datetime) -> None:
    """Promise the same in other weeks; a counter-proposal keeps what it holds, but where there is no room for both."""
    promised, held = promised_cells(deal), _holds_of(deal, now)
    lacking = Counter[Cell]()
    for hold in held:
        lacking[hold.resource.name, hold.week] += hold.quantity
    for (name, week), quantity in lacking.items():
        need = needs.get(name, {}).get(week, 0)
        more, room = need - promised.get((name, week), 0), company.resources[name].ordinary(week)
        lacking[name, week] = min(more, need + quantity - room)
    own = _with_kept(deal, _places(_promises_of(deal)), needs, now)
    _release_promise(deal, now=now)
    _promise(deal, needs, own, now)
    for hold in held:
        taken = max(0, min(hold.quantity, lacking[hold.resource.name, hold.week]))
        lacking[hold.resource.name, hold.week] -= taken
        if taken == hold.quantity:
            hold.released_at = now
        else:
            hold.quantity -= taken


def _promise(deal: Deal, needs: Mapping[str, Mapping[date, int]], own: Places, now: datetime) -> None:
    for resource_id, week, since, quantity in _shared_out(deal, needs, own, now=now):
        row = Commitment(workspace=deal.workspace, resource_id=resource_id, week=week, quantity=quantity)
        row.deal_id, row.since, row.committed_at = deal.id, since, now
        deal.session.add(row)


def hold_until(workspace: Workspace, *, now: datetime) -> datetime:
    """When a hold that begins now expires: after some working days, at the same local time."""
    return add_working_days(now, workspace.hold_days, timezone=workspace.timezone, country=workspace.country)


def hold_capacity(proposal: Proposal, needs: Mapping[str, Mapping[date, int]], *, now: datetime) -> None:
    """Hold what a counter-proposal needs beyond the deal's own promise, instead of what was held before.

    What was held before keeps its place.
    """
    deal = proposal.deal
    expires = hold_until(proposal.workspace, now=now)
    promised, held = _places(_promises_of(deal)), _places(_holds_of(deal, now))
    held = _with_kept(deal, held, needs, now)
    release_holds(deal, now=now)
    for resource_id, week, since, quantity in _shared_out(deal, needs, held, now=now, without=promised):
        row = Hold(workspace=deal.workspace, resource_id=resource_id, week=week, quantity=quantity, since=since)
        row.deal_id, row.proposal_id, row.held_at, row.expires_at = deal.id, proposal.id, now, expires
        deal.session.add(row)


def _places(*loads: Iterable[Commitment | Hold]) -> Places:
    """What a deal holds or was promised, by the id of the resource and week: since when, and how much."""
    places: defaultdict[tuple[int, date], Counter[datetime]] = defaultdict(Counter)
    for load in chain(*loads):
        if load.since:
            places[load.resource_id, load.week][load.since] += load.quantity
    return places


def _with_kept(deal: Deal, own: Places, needs: Mapping[str, Mapping[date, int]], now: datetime) -> Places:
    """What a deal has with what reserves keep for it: it stands where the reserve stood."""
    keys = set(_ids(deal.workspace, needs).values())
    weeks = [week for by_week in needs.values() for week in by_week]
    rows = reserve_rows(deal.workspace, now=now, resources=keys)
    if not rows:
        return own
    span = Span(min(weeks), max(weeks), frozenset(weeks))
    queues = queues_of(deal.workspace, dict.fromkeys(keys, Kind.TIME), span, now=now)
    reserves = reserves_of(deal.workspace, keys, queues, now=now)
    places = {cell: Counter(known) for cell, known in own.items()}
    for key in keys:
        for kept in reserves.left(key, queues.get(key, {})):
            if reserves.is_for(kept.row, deal.buyer):
                places.setdefault((key, kept.week), Counter())[kept.row.made_at] += kept.quantity
    return places


def _shared_out(
    deal: Deal, needs: Mapping[str, Mapping[date, int]], own: Places, *, now: datetime, without: Places | None = None
) -> Iterator[tuple[int, date, datetime, int]]:
    """Needs in the places that the deal has, the first ones first; the rest stands behind all."""
    ids = _ids(deal.workspace, needs)
    cells = {(ids[name], week): need for name, by_week in needs.items() for week, need in by_week.items()}
    last = last_instants(deal.workspace, cells)
    for cell, need in cells.items():
        left = need - sum((without or {}).get(cell, {}).values())
        places = Counter(own.get(cell, {}))
        # Who comes at the same instant comes after: what is held is never pushed back.
        behind = max(now, last[cell] + INSTANT) if cell in last else now
        places[behind] += max(0, left - places.total())
        for since, quantity in sorted(places.items()):
            taken = min(left, quantity)
            if taken > 0:
                yield *cell, since, taken
                left -= taken


def last_instants(workspace: Workspace, cells: Iterable[tuple[int, date]]) -> dict[tuple[int, date], datetime]:
    """Since when the last load stands in each cell that has one; whether it still counts or not."""
    wanted = set(cells)
    last: dict[tuple[int, date], datetime] = {}
    for row in (Commitment, Hold):
        loads = select(row.resource_id, row.week, func.max(row.since)).where(row.since.is_not(None))
        loads = loads.where(row.resource_id.in_({key for key, _ in wanted}), row.week.in_({week for _, week in wanted}))
        for key, week, since in workspace.session.execute(loads.group_by(row.resource_id, row.week)):
            if since is not None:
                last[key, week] = max(since, last.get((key, week), since))
    return last


def _promises_of(deal: Deal) -> Sequence[Commitment]:
    query = select(Commitment).where(Commitment.deal_id == deal.id, Commitment.released_at.is_(None))
    return deal.session.scalars(query).all()


def _holds_of(deal: Deal, now: datetime) -> Sequence[Hold]:
    return deal.session.scalars(select(Hold).where(Hold.deal_id == deal.id, *in_force(now))).all()


def prolong_holds(deal: Deal, *, now: datetime) -> None:
    """Keep what is held for as long again."""
    for hold in _holds_of(deal, now):
        hold.expires_at = hold_until(deal.workspace, now=hold.expires_at)


def release_holds(deal: Deal, *, now: datetime) -> None:
    """Give back what a counter-proposal held."""
    query = update(Hold).where(Hold.deal_id == deal.id, Hold.released_at.is_(None))
    deal.session.execute(query.values(released_at=now))


def release_capacity(deal: Deal, *, now: datetime) -> None:
    """Give back all that a deal held and was promised."""
    release_holds(deal, now=now)
    _release_promise(deal, now=now)


def _release_promise(deal: Deal, *, now: datetime) -> None:
    query = update(Commitment).where(Commitment.deal_id == deal.id, Commitment.released_at.is_(None))
    deal.session.execute(query.values(released_at=now))


def release_coming(deal: Deal, *, now: datetime) -> None:
    """Give back the weeks that are still to come: what has arrived needs them no more."""
    this_week = deal.workspace.this_week(now)
    query = update(Commitment).where(Commitment.deal_id == deal.id, Commitment.released_at.is_(None))
    deal.session.execute(query.where(Commitment.week > this_week).values(released_at=now))


def held_until(deal: Deal, *, now: datetime) -> datetime | None:
    """Until when the deal holds capacity; None when it holds none."""
    return held_until_by_deal(deal.workspace, [deal.id], now=now).get(deal.id)


def held_until_by_deal(workspace: Workspace, deal_ids: Iterable[int], *, now: datetime) -> dict[int, datetime]:
    """Until when deals hold capacity, by their ids; those that hold none are not there."""
    held = select(Hold.deal_id, func.max(Hold.expires_at)).where(Hold.workspace_id == workspace.id, *in_force(now))
    rows = workspace.session.execute(held.where(Hold.deal_id.in_(set(deal_ids))).group_by(Hold.deal_id))
    return dict(rows.all())


def takers(
    workspace: Workspace, resource: str, week: date, *, now: datetime, without: Deal
) -> list[tuple[Deal, datetime]]:
    """Other deals that are promised or hold what is missing there, and since when; the latest first.

    Stock is counted over all weeks, so that whoever took it in any week took it.
    """
    entries: list[tuple[datetime, int, Deal]] = []
    for row, since, counts in (
        (Commitment, Commitment.committed_at, (Commitment.released_at.is_(None),)),
        (Hold, Hold.held_at, in_force(now)),
    ):
        taken = (
            select(Deal, func.max(since), func.max(row.id))
            .join(row, row.deal_id == Deal.id)
            .join(ResourceRow, row.resource_id == ResourceRow.id)
            .where(ResourceRow.workspace_id == workspace.id, ResourceRow.name == resource, Deal.id != without.id)
            .where(or_(row.week == week, ResourceRow.kind == Kind.STOCK), *counts)
            .group_by(Deal.id)
        )
        entries += [(at, key, deal) for deal, at, key in workspace.session.execute(taken)]
    return [(deal, at) for at, _, deal in sorted(entries, key=lambda entry: entry[:2], reverse=True)]


def promised_cells(deal: Deal) -> Mapping[Cell, int]:
    """What a deal was promised, by resource and week."""
    promised = select(ResourceRow.name, Commitment.week, func.sum(Commitment.quantity))
    promised = promised.join(ResourceRow, ResourceRow.id == Commitment.resource_id)
    promised = promised.where(Commitment.deal_id == deal.id, Commitment.released_at.is_(None))
    rows = deal.session.execute(promised.group_by(ResourceRow.name, Commitment.week))
    return {(name, week): int(quantity) for name, week, quantity in rows}


def _ids(workspace: Workspace, names: Iterable[str]) -> dict[str, int]:
    rows = select(ResourceRow.name, ResourceRow.id).where(ResourceRow.workspace_id == workspace.id)
    return dict(workspace.session.execute(rows.where(ResourceRow.name.in_(list(names)))).all())
