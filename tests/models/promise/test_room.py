"""The room that deliveries share: what is free together, and which deliveries are possible in it."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from models.promise.facts import Company, Deal, Kind, Line, Need, Offer, Resource
from models.promise.room import Room, rooms_and_slots

W0, W1, W2 = date(2027, 1, 4), date(2027, 1, 11), date(2027, 1, 18)
SAW = Resource("Saw", Kind.TIME, "hour", weekly=10, overtime=4, overtime_cost=250)


def company(resource: Resource, *needs: Need, min_lot: int = 1) -> Company:
    chair = Offer("Chair", "Chairs", "chair", 100, 60, Decimal(0), min_lot=min_lot, needs=needs)
    return Company("Bench", "USD", 2, {resource.name: resource}, {"Chair": chair})


def deal(quantity: int = 8) -> Deal:
    return Deal("Acme", W0, (Line("Chair", quantity, 100, W0),))


def slots(
    known: Company, weeks: Sequence[date], *, quantity: int = 8, is_whole: bool = False
) -> list[tuple[date, int, int, int, Mapping[int, tuple[int, int]]]]:
    _, possible, _ = rooms_and_slots(known, deal(quantity), [weeks], is_whole=is_whole)
    return [(slot.week, slot.late, slot.least, slot.most, slot.takes) for slot in possible]


def test_each_week_of_time_is_a_room_of_its_own() -> None:
    busy = Resource("Saw", Kind.TIME, "hour", weekly=10, overtime=4, overtime_cost=250, load={W0: 7, W1: 12})
    known = company(busy, Need("Saw", per_unit=1))
    rooms, *_ = rooms_and_slots(known, deal(), [[W0, W1, W2]])
    assert rooms == [
        Room(frozenset({("Saw", W0)}), 3),
        Room(frozenset({("Saw", W1)}), 0),
        Room(frozenset({("Saw", W2)}), 10),
    ]
    with_overtime, *_ = rooms_and_slots(known, deal(), [[W0, W1]], has_overtime=True)
    assert with_overtime == [
        Room(frozenset({("Saw", W0)}), 3, overtime=4, cost=250),
        Room(frozenset({("Saw", W1)}), 0, overtime=2, cost=250),
    ]


def test_slot_holds_what_fits_alone_from_the_lot_on() -> None:
    # Two hours once, and two for each chair: four chairs of a week's ten hours.
    known = company(SAW, Need("Saw", per_unit=2, fixed=2), min_lot=3)
    assert slots(known, [W0, W1]) == [(W0, 0, 3, 4, {0: (2, 2)}), (W1, 1, 3, 4, {1: (2, 2)})]
    # The lot is never more than is asked for, and a whole delivery would be eight.
    assert [(least, most) for _, _, least, most, _ in slots(known, [W0], quantity=2)] == [(2, 2)]
    assert slots(known, [W0], is_whole=True) == []
    assert slots(company(SAW, Need("Saw", per_unit=2, fixed=2), min_lot=5), [W0]) == []


def test_delivery_that_would_begin_in_a_week_that_is_over_is_not_possible() -> None:
    known = company(SAW, Need("Saw", offset=-1, per_unit=1))
    assert [week for week, *_ in slots(known, [W0, W1])] == [W1]


def test_offer_without_needs_is_limited_by_nothing() -> None:
    assert slots(company(SAW, Need("Saw")), [W0]) == [(W0, 0, 1, 8, {})]


def test_fixed_need_that_does_not_fit_leaves_no_delivery() -> None:
    assert slots(company(SAW, Need("Saw", fixed=11)), [W0]) == []
    assert slots(company(SAW, Need("Saw", fixed=10)), [W0]) == [(W0, 0, 1, 8, {0: (0, 10)})]


def test_weeks_of_one_need_add_up_in_their_rooms() -> None:
    known = company(SAW, Need("Saw", weeks=2, per_unit=1), Need("Saw", offset=1, per_unit=1, fixed=1))
    # One hour in the first week, two and one once in the second: four chairs.
    assert slots(known, [W0]) == [(W0, 0, 1, 4, {0: (1, 0), 1: (2, 1)})]


def test_stock_that_is_needed_later_limits_the_weeks_before_it() -> None:
    glue = Resource("Glue", Kind.STOCK, "pot", on_hand=5, receipts={W2: 9}, load={W1: 2})
    known = company(glue, Need("Glue", per_unit=1))
    rooms, *_ = rooms_and_slots(known, deal(), [[W0, W1, W2]])
    # Three of five are left in both weeks, since two go in the second; with what arrives there are twelve for all.
    assert rooms == [
        Room(frozenset({("Glue", W0), ("Glue", W1)}), 3),
        Room(frozenset({("Glue", W0), ("Glue", W1), ("Glue", W2)}), 12),
    ]
    assert slots(known, [W0, W1, W2]) == [
        (W0, 0, 1, 3, {0: (1, 0), 1: (1, 0)}),
        (W1, 1, 1, 3, {0: (1, 0), 1: (1, 0)}),
        (W2, 2, 1, 8, {1: (1, 0)}),
    ]
