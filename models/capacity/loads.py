"""What loads a week of a resource: deals and what was imported, and where else their work could be done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from models.base.arithmetic import WEEK
from models.base.language import _
from models.base.words import company_locale, week_text
from models.capacity.overview import coming_weeks, remaining_of
from models.company.counting import offer_facts
from models.company.queues import Span, queues_of
from models.company.resources import Commitment, ResourceRow
from models.deals.card_messages import links_of
from models.deals.lists import WITH_ALL
from models.deals.reservations import held_until_by_deal
from models.deals.rows import Deal
from models.promise import Kind
from models.promise.windows import demands_of
from models.workspace.workspaces import Workspace


@dataclass(frozen=True)
class Movable:
    """How much earlier work may be done, by its first week, and on which other resources."""

    earliest: date | None
    others: tuple[str, ...]


@dataclass(frozen=True)
class Loading:
    """What loads a week: a deal or something imported, by `until` where it is only held; with its card's link.

    `bought` of it is overtime, because it stands behind what the week offers. `movable` where it had a choice.
    """

    quantity: int
    title: str
    until: datetime | None = None
    link: str | None = None
    bought: int = 0
    movable: Movable | None = None


def loads_of(workspace: Workspace, resource: ResourceRow, week: date, *, now: datetime) -> list[Loading]:
    """What loads a week (of stock: what takes of it in that week), the largest first."""
    imported = list(_imported(resource, week))
    queue = queues_of(workspace, {resource.id: resource.kind}, Span(week, week), now=now).get(resource.id, {}).get(week)
    parts = queue.parts if queue else ()
    known = {part.deal for part in parts}
    query = select(Deal).where(Deal.id.in_(known)).options(*WITH_ALL)
    deals = {deal.id: deal for deal in workspace.session.scalars(query)}
    links, held = links_of(workspace, known), held_until_by_deal(workspace, known, now=now)
    choices = _movable(resource, week, deals, now)
    offered, buyable = _offered(resource, week, now)
    ahead = sum(one.quantity for one in imported)
    shown: dict[int, Loading] = {}
    for part in parts:
        bought = _between(ahead, ahead + part.quantity, offered, offered + buyable)
        ahead += part.quantity
        deal = deals[part.deal]
        title = f"#{deal.number} {deal.customer}"
        seen = shown.get(deal.id) or Loading(0, title, held.get(deal.id), links.get(deal.id), 0, choices.get(deal.id))
        shown[deal.id] = replace(seen, quantity=seen.quantity + part.quantity, bought=seen.bought + bought)
    loads = [*shown.values(), *imported, *_reserved(resource, week, now)]
    return sorted(loads, key=lambda loading: (-loading.quantity, loading.title))


def _imported(resource: ResourceRow, week: date) -> Iterator[Loading]:
    given = select(Commitment.quantity, Commitment.ref, Commitment.note).where(Commitment.deal_id.is_(None))
    given = given.where(Commitment.resource_id == resource.id, Commitment.week == week)
    given = given.where(Commitment.released_at.is_(None)).order_by(Commitment.quantity.desc(), Commitment.ref)
    for quantity, ref, note in resource.session.execute(given):
        yield Loading(quantity, ": ".join(filter(None, (ref, note))))


def _reserved(resource: ResourceRow, week: date, now: datetime) -> Iterator[Loading]:
    workspace = resource.workspace
    locale = company_locale(workspace.country)
    for kept in remaining_of(workspace, [resource], Span(week, week), now):
        if kept.week == week:
            until = week_text(kept.row.until, locale)
            yield Loading(kept.quantity, _("reserved for {whom} until {until}", whom=kept.row.whom, until=until))


def _offered(resource: ResourceRow, week: date, now: datetime) -> tuple[int, int]:
    """What a week offers, and what can be bought; of stock nothing is bought."""
    if resource.kind is Kind.STOCK:
        return 0, 0
    shown = coming_weeks(resource.workspace, now=now, only=resource.id, since=week, weeks=1)[0].weeks[0]
    return shown.offered, shown.overtime


def _between(begin: int, end: int, low: int, high: int) -> int:
    """How much of what stands from one place to another lies between two others."""
    return max(0, min(end, high) - max(begin, low))


def _movable(resource: ResourceRow, week: date, deals: Mapping[int, Deal], now: datetime) -> dict[int, Movable]:
    """Of deals by their ids, those whose work in a week may be done earlier or on something else."""
    found: dict[int, Movable] = {}
    this_week = resource.workspace.this_week(now)
    for deal in deals.values():
        terms = deal.promised or deal.proposal
        offers = {line.offer.name: offer_facts(line.offer, deal.workspace) for line in terms.lines}
        windows = [
            window
            for window in demands_of(offers, terms.terms)
            if any(cell == (resource.name, week) for cell, _, _ in window.cells())
        ]
        earliest = max(this_week, min((window.week - window.ahead * WEEK for window in windows), default=week))
        others = sorted({name for window in windows for name in window.resources} - {resource.name})
        if earliest < week or others:
            found[deal.id] = Movable(earliest if earliest < week else None, tuple(others))
    return found
