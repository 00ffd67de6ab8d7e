"""What is left of reserves, and for whom: the counting alone."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from models.company.queues import Part, Queue
from models.company.reserves import Buyer, ReserveRow, Reserves
from models.promise import Place, Reserved

MADE = datetime(2026, 11, 23, 16, tzinfo=UTC)
IDS = count(1)
WEEK, NEXT = date(2027, 1, 4), date(2027, 1, 11)
UNTIL = date(2026, 12, 1)


def row(tier: str | None = "strategic", campaign: str | None = None) -> ReserveRow:
    kept = ReserveRow(
        id=next(IDS), resource_id=1, first_week=WEEK, last_week=NEXT, quantity=40, tier=tier, campaign=campaign
    )
    kept.made_at, kept.until = MADE, UNTIL
    return kept


def left(reserves: Reserves, *parts: Part) -> list[tuple[date, int]]:
    return [(kept.week, kept.quantity) for kept in reserves.left(1, {WEEK: Queue(100, parts)})]


def test_only_what_came_since_for_the_same_people_uses_a_reserve() -> None:
    buyers = {1: Buyer("Acme"), 2: Buyer("Other"), 3: Buyer("ACME")}
    reserves = Reserves([row()], {"acme": "strategic", "other": "small"}, buyers)
    before, since = MADE - timedelta(hours=1), MADE
    assert left(reserves, Part(before, 1, 30), Part(since, 2, 30)) == [(WEEK, 40), (NEXT, 40)]
    assert left(reserves, Part(since, 1, 15), Part(since, 3, 20)) == [(WEEK, 5), (NEXT, 40)]
    assert left(reserves, Part(since, 1, 90)) == [(NEXT, 40)]
    assert list(reserves.left(2, {})) == []


def test_others_are_told_how_much_for_whom_until_when() -> None:
    reserves = Reserves([row(), row(None, "Fair")], {"acme": "strategic"})
    both = (Reserved(40, "strategic customers", UNTIL), Reserved(40, "the campaign Fair", UNTIL))
    assert reserves.for_others(1, {}, Buyer("Other")) == {WEEK: both, NEXT: both}
    assert reserves.for_others(1, {}, Buyer(" Acme ")) == {WEEK: both[1:], NEXT: both[1:]}
    assert reserves.for_others(1, {}, Buyer("Acme", "fair ")) == {}


def test_what_a_deal_takes_is_taken_from_one_reserve_only() -> None:
    reserves = Reserves([row(), row()], {"acme": "strategic"}, {1: Buyer("Acme")})
    assert left(reserves, Part(MADE, 1, 50)) == [(WEEK, 30), (NEXT, 40), (NEXT, 40)]


def test_what_is_kept_stands_where_it_was_reserved() -> None:
    reserves = Reserves([row()], {"acme": "strategic"}, {1: Buyer("Other"), 2: Buyer("Other"), 3: Buyer("Acme")})
    before, since = MADE - timedelta(hours=1), MADE + timedelta(hours=1)
    queues = {WEEK: Queue(100, (Part(before, 1, 30), Part(since, 2, 50), Part(since, 3, 10)))}
    assert reserves.places(1, queues, Buyer("Acme"), None)[WEEK] == (Place(30, 140),)
    assert reserves.places(1, queues, Buyer("Acme"), 3)[WEEK] == (Place(30, 130),)
    assert reserves.places(1, queues, Buyer("Other"), None) == {}
