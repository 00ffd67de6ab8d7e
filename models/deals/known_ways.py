"""Ways to yes that were found for a deal: asked for with the news, searched outside of transactions, and kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base.language import as_read, in_each_language
from models.deals.card_messages import card_messages_of, refresh_card
from models.deals.rows import Deal, WaysFound
from models.deals.terms import Checked, TermLine, check_deal, searchable
from models.deals.ways import KnownWay, known_way, needs_ways
from models.promise import Way, WayKind, Ways
from models.workspace.outbox import News, Outbox, Payload, queue
from models.workspace.workspaces import Workspace


@dataclass(frozen=True)
class Search(Payload):
    """A deal whose ways to yes are looked for."""

    deal: int


def seek_ways(deal: Deal, *, now: datetime) -> None:
    """Ask for a search; one that waits is enough."""
    seek_ways_of(deal.workspace, [deal.id], now=now)


def seek_ways_of(workspace: Workspace, deals: Iterable[int], *, now: datetime) -> None:
    """Ask for a search for each of several deals."""
    streams = {f"ways:{deal}": deal for deal in deals}
    waiting = select(Outbox.stream).where(Outbox.workspace_id == workspace.id, Outbox.stream.in_(list(streams)))
    waiting = waiting.where(Outbox.settled_at.is_(None), Outbox.first_attempt_at.is_(None))
    # Locked, so that it is not begun before this change is committed.
    known = set(workspace.session.scalars(waiting.with_for_update(skip_locked=True)))
    for stream, deal in streams.items():
        if stream not in known:
            queue(workspace, News.WAYS, stream=stream, payload=Search(deal), now=now)


def sought(session: Session, row: Outbox, *, now: datetime) -> Checked | None:
    """What a search is to answer; None when there is nothing to look for any more."""
    deal = session.get_one(Deal, Search.of(row).deal)
    if not deal.is_open and not deal.broken_at:
        return None
    checked = check_deal(deal, now=now)
    return searchable(deal.workspace, checked, now=now, deal=deal) if needs_ways(checked) else None


def forget_ways(session: Session, row: Outbox) -> None:
    """Nothing has to be looked for any more: what was found before must not be shown, or decided upon."""
    deal = session.get_one(Deal, Search.of(row).deal, with_for_update={"key_share": True})
    if deal.found is not None:
        session.delete(deal.found)


def keep_ways(session: Session, row: Outbox, checked: Checked, ways: Ways, *, now: datetime) -> None:
    """Keep what was found, and show it on the deal's cards."""
    deal = session.get_one(Deal, Search.of(row).deal, with_for_update={"key_share": True})
    if deal.proposal.terms != checked.check.deal.lines:
        return
    kept = deal.found or WaysFound(workspace=deal.workspace, deal=deal)
    kept.proposal_id, kept.found_at, kept.is_complete = deal.proposal.id, now, ways.is_complete
    kept.ways = [_in_words(checked, way) for way in ways.options]
    session.add(kept)
    for card in card_messages_of(deal):
        refresh_card(card, now=now)


def is_search_complete(deal: Deal) -> bool:
    """Whether the search for the present terms has ended by itself."""
    return deal.found is not None and deal.found.is_complete


def ways_known(deal: Deal, *, now: datetime) -> tuple[KnownWay, ...] | None:
    """The ways that were found for the present terms, in weeks that are not over; None while nobody has looked."""
    row = deal.found
    if row is None or row.proposal_id != deal.proposal.id:
        return None
    this_week = deal.workspace.this_week(now)
    ways = (_read(way) for way in row.ways)
    return tuple(way for way in ways if all(line.week >= this_week for line in way.lines))


def _in_words(checked: Checked, way: Way) -> dict[str, Any]:
    said = in_each_language(lambda: known_way(checked, way).said)
    cost = in_each_language(lambda: known_way(checked, way).cost)
    return _written(known_way(checked, way)) | {"said": said, "cost": cost}


def _written(way: KnownWay) -> dict[str, Any]:
    lines = [[line.offer_id, line.quantity, line.unit_price, line.week.isoformat()] for line in way.lines]
    return {"kind": way.kind, "said": way.said, "cost": way.cost, "lines": lines}


def _read(way: dict[str, Any]) -> KnownWay:
    lines = tuple(TermLine(offer, n, price, date.fromisoformat(week)) for offer, n, price, week in way["lines"])
    return KnownWay(WayKind(way["kind"]), as_read(way["said"]), as_read(way["cost"]), lines)
