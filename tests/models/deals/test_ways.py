"""Ways to yes: when they are looked for, what is remembered, and what a card says of them."""

from datetime import date
from decimal import Decimal

import pytest

from models.deals.terms import Checked, TermLine
from models.deals.ways import KnownWay, known_ways, needs_ways, ways_of
from models.promise import Company, Deal, Kind, Line, Need, Offer, Resource, WayKind, check

TODAY = date(2026, 11, 23)
JAN_18, JAN_25 = date(2027, 1, 18), date(2027, 1, 25)


def asked(quantity: int, price: int = 43200, *, today: date = TODAY, overtime: int = 0, horizon: int = 1) -> Checked:
    """Tents of half an hour each; 100 hours are free in each week, and overtime costs $55 an hour."""
    line = Resource("Line", Kind.TIME, "hour", weekly=100_000, overtime=overtime, overtime_cost=5_500)
    tent = Offer(
        "Tent", "Tents", "tent", 48000, 29000, margin_floor=Decimal("0.25"), needs=(Need("Line", per_unit=500),)
    )
    company = Company("Ridgeline", "USD", 2, {"Line": line}, {"Tent": tent}, country="GB", horizon_weeks=horizon)
    return Checked(company, check(company, Deal("Acme", today, (Line("Tent", quantity, price, JAN_18),))), {"Tent": 7})


@pytest.mark.parametrize(
    ("checked", "needed"),
    [
        (asked(200), False),
        (asked(201), True),
        (asked(201, overtime=500), True),
        # A cost of $290 leaves 25 % of $386.67, and not of $386.66.
        (asked(200, 38667), False),
        (asked(200, 38666), True),
    ],
)
def test_ways_are_looked_for_where_it_does_not_fit_or_leaves_too_little(checked: Checked, needed: bool) -> None:
    assert needs_ways(checked) is needed


def test_same_question_is_searched_once_and_another_day_asks_anew() -> None:
    first = ways_of(asked(250))
    assert ways_of(asked(250)) is first
    assert ways_of(asked(250, today=date(2026, 11, 24))) is not first
    assert ways_of(asked(251)) is not first


def test_way_is_told_in_the_companys_words_with_its_terms() -> None:
    checked = asked(250)

    def lines(*deliveries: tuple[int, date]) -> tuple[TermLine, ...]:
        return tuple(TermLine(7, quantity, 43200, week) for quantity, week in deliveries)

    # 200 fit in a week; 50 tents of $480 a week late cost 2 %, and 50 tents less are $24,000 not delivered.
    assert known_ways(checked, ways_of(checked).options) == (
        KnownWay(WayKind.SPLIT, "200 on 18 Jan, 50 on 25 Jan", "gives up US$480", lines((200, JAN_18), (50, JAN_25))),
        KnownWay(WayKind.PARTIAL, "200 instead of 250", "gives up US$24,000", lines((200, JAN_18))),
    )
    assert known_ways(checked, ()) == ()
