"""Ways to yes: which kinds there are for a deal, what each gives up, and their order. Worked by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from models.promise import (
    Company,
    Concession,
    Deal,
    Kind,
    Line,
    Need,
    Offer,
    Resource,
    WayKind,
    Ways,
    check,
    ways_to_yes,
)

W0, W1, W2 = date(2027, 1, 4), date(2027, 1, 11), date(2027, 1, 18)
SAW = Resource("Saw", Kind.TIME, "hour", weekly=10_000)
CHAIR = Offer("Chair", "Chairs", "chair", 10_000, 6_000, Decimal(0), needs=(Need("Saw", per_unit=1000),))
STOOL = Offer("Stool", "Chairs", "stool", 8_000, 5_000, Decimal(0), needs=(Need("Saw", per_unit=500),))
SETUP = Offer("Setup", "Services", "visit", 90_000, 500, Decimal(0), standard=False, needs=(Need("Saw", fixed=5_000),))


def ways(
    *lines: Line, saw: Resource = SAW, chair: Offer = CHAIR, horizon: int = 2, late: str = "0.02", deliveries: int = 3
) -> Ways:
    offers = {"Chair": chair, "Stool": STOOL, "Setup": SETUP}
    company = Company("Bench", "USD", 2, {"Saw": saw}, offers, horizon_weeks=horizon, late_cost=Decimal(late))
    company = replace(company, max_deliveries=deliveries)
    return ways_to_yes(company, check(company, Deal("Acme", W0, lines)))


def chairs(quantity: int, week: date = W0, price: int = 10_000) -> Line:
    return Line("Chair", quantity, price, week)


def listed(result: Ways) -> list[tuple[WayKind, tuple[Line, ...], Concession | None]]:
    assert all(way.is_proven for way in result.options)
    return [(way.kind, way.lines, way.concession) for way in result.options]


def given(dropped: int = 0, lateness: int = 0, price: int = 0, overtime: int = 0) -> Concession:
    return Concession(dropped, lateness, price, overtime)


def test_deal_that_fits_above_its_floor_needs_no_way() -> None:
    assert ways(chairs(10)) == Ways((), is_complete=True)


def test_too_much_for_a_week_comes_in_parts_or_less() -> None:
    # Ten chairs a week; two of $100 a week late cost 2 % each; two fewer are $200 not delivered.
    assert listed(ways(chairs(12))) == [
        (WayKind.SPLIT, (chairs(10), chairs(2, W1)), given(lateness=400)),
        (WayKind.PARTIAL, (chairs(10),), given(dropped=20_000)),
    ]


def test_all_of_it_later_is_a_way_of_its_own_only_where_it_differs() -> None:
    busy = replace(SAW, load={W0: 4_000})
    assert listed(ways(chairs(10), saw=busy)) == [
        (WayKind.SPLIT, (chairs(6), chairs(4, W1)), given(lateness=800)),
        (WayKind.LATER, (chairs(10, W1),), given(lateness=2_000)),
        (WayKind.PARTIAL, (chairs(6),), given(dropped=40_000)),
    ]
    # Where only one delivery is allowed, the split is the later one: it is told once.
    assert [(way.kind, way.lines) for way in ways(chairs(10), saw=busy, deliveries=1).options] == [
        (WayKind.LATER, (chairs(10, W1),)),
        (WayKind.PARTIAL, (chairs(6),)),
    ]


def test_overtime_is_weighed_against_lateness() -> None:
    # Two hours of overtime at $3, or two chairs a week late at 2 % of $100: $6 or $4.
    paid = replace(SAW, overtime=4_000, overtime_cost=300)
    assert listed(ways(chairs(12), saw=paid))[:2] == [
        (WayKind.SPLIT, (chairs(10), chairs(2, W1)), given(lateness=400)),
        (WayKind.OVERTIME, (chairs(12),), given(overtime=600)),
    ]
    # Where lateness costs 4 %, overtime is the cheaper one; that it is also the best mix is not told twice.
    dearer = listed(ways(chairs(12), saw=paid, late="0.04"))
    assert dearer[:2] == [
        (WayKind.OVERTIME, (chairs(12),), given(overtime=600)),
        (WayKind.SPLIT, (chairs(10), chairs(2, W1)), given(lateness=800)),
    ]
    assert WayKind.COMBINED not in [kind for kind, *_ in dearer]


def test_what_is_not_standard_can_be_dropped_whole() -> None:
    setup = Line("Setup", 1, 0, W0)
    by_kind = {way.kind: (way.lines, way.concession) for way in ways(chairs(10), setup).options}
    # The visit takes five hours, and stands on the list with $900; five chairs less are only $500.
    assert by_kind[WayKind.WITHOUT] == ((chairs(10),), given(dropped=90_000))
    assert by_kind[WayKind.PARTIAL] == ((chairs(5), setup), given(dropped=50_000))


def test_stand_in_takes_the_same_discount_or_the_asked_price() -> None:
    chair = replace(CHAIR, substitutes=("Stool",))
    by_kind = {way.kind: (way.lines, way.concession) for way in ways(chairs(12, price=9_000), chair=chair).options}
    # 10 % off $80 are $72, $18 less than $90 for each of twelve.
    assert by_kind[WayKind.SUBSTITUTE] == ((Line("Stool", 12, 7_200, W0),), given(price=21_600))
    free = {way.kind: way.lines for way in ways(chairs(12, price=0), chair=chair).options}
    assert free[WayKind.SUBSTITUTE] == (Line("Stool", 12, 0, W0),)


def test_below_the_floor_the_price_rises_until_it_is_reached() -> None:
    chair = replace(CHAIR, margin_floor=Decimal("0.25"))
    # A cost of $60 leaves a quarter of $80: 6.66 % on top of $75 are $79.995, rounded up to the cent.
    (way,) = ways(chairs(10, price=7_500), chair=chair).options
    assert (way.kind, way.lines, way.concession) == (WayKind.REPRICE, (chairs(10, price=8_000),), None)
    assert way.customer_pays_more == 5_000
    assert ways(chairs(10, price=8_000), chair=chair).options == ()
    # Twice the price is not enough, and no price at all never is.
    assert [ways(chairs(10, price=price), chair=chair).options for price in (3_000, 0)] == [(), ()]
