"""The promise in words, as one would say it over the phone."""

from datetime import date
from decimal import Decimal

import pytest
from babel import Locale

from models.promise import Check, Company, Concession, Deal, Line, Margin, Shortage, Use, Way, WayKind
from models.promise.words import concession_text, shortage_sentence, way_text

US, DE = Locale("en", "US"), Locale("de", "DE")
COMPANY = Company("Bench", "USD", 2, {}, {}, margin_floor=Decimal(0))
JAN_18, JAN_25, FEB_1, FEB_8, FEB_15 = (date(2027, 1, 18), date(2027, 1, 25), *(date(2027, 2, n) for n in (1, 8, 15)))


def chairs(quantity: int, week: date = JAN_18, price: int = 5000) -> Line:
    return Line("Chair", quantity, price, week)


def tables(quantity: int, week: date = JAN_18) -> Line:
    return Line("Table", quantity, 9000, week)


def checked(*lines: Line, overtime: int = 0) -> Check:
    bought = (Use("Saw", JAN_18, 1_000, overtime),) if overtime else ()
    return Check(Deal("Acme", JAN_18, lines), {}, False, (), bought, Margin(0, 0, 0, 0), ())


def text(
    kind: WayKind,
    asked: tuple[Line, ...],
    *lines: Line,
    overtime: int = 0,
    more: int | None = None,
    locale: Locale = US,
) -> str:
    way = Way(kind, True, checked(*lines, overtime=overtime), None, more)
    return way_text(COMPANY, checked(*asked), way, locale)


@pytest.mark.parametrize(
    ("shortage", "unit", "sentence"),
    [
        (
            Shortage("Saw", JAN_18, needed=104_000, free=62_500, short=41_500),
            "hour",
            "Saw, week of Jan 18: needs 104 hours, 62.5 free, 41.5 short.",
        ),
        (
            Shortage("Saw", JAN_18, needed=1_000, free=0, short=1_000),
            "hour",
            "Saw, week of Jan 18: needs 1 hour, 0 free, 1 short.",
        ),
        (
            Shortage("Saw", JAN_18, needed=2_000, free=0, short=2_000, past=True),
            "hour",
            "Saw, week of Jan 18: needs 2 hours, and that week is over.",
        ),
        (
            Shortage("S" * 99, JAN_18, needed=1_500_000, free=0, short=1_500_000),
            "kg",
            f"{'S' * 80}, week of Jan 18: needs 1,500 kg, 0 free, 1,500 short.",
        ),
    ],
)
def test_shortage_is_told_with_its_numbers(shortage: Shortage, unit: str, sentence: str) -> None:
    assert shortage_sentence(shortage, unit, US) == sentence


def test_later_is_told_in_weeks() -> None:
    assert text(WayKind.LATER, (chairs(10),), chairs(10, JAN_25)) == "1 week later"
    assert text(WayKind.LATER, (chairs(10), tables(2)), chairs(10, FEB_1), tables(2, FEB_1)) == "2 weeks later"


def test_parts_of_the_only_offer_are_not_named_and_what_stays_is_not_told() -> None:
    split = (chairs(4, JAN_25), chairs(6))
    assert text(WayKind.SPLIT, (chairs(10),), *split) == "6 on Jan 18, 4 on Jan 25"
    assert text(WayKind.SPLIT, (chairs(10), tables(2)), *split, tables(2)) == "Chair: 6 on Jan 18, 4 on Jan 25"
    both = text(WayKind.SPLIT, (chairs(10), tables(2)), *split, tables(2, JAN_25))
    assert both == "Chair: 6 on Jan 18, 4 on Jan 25; Table: 2 on Jan 25"


def test_more_than_three_parts_are_counted() -> None:
    parts = [chairs(2_000, week) for week in (JAN_18, JAN_25, FEB_1, FEB_8, FEB_15)]
    words = text(WayKind.COMBINED, (chairs(10_000),), *parts, overtime=231_050, locale=DE)
    assert words == "2.000 on 18. Jan., 2.000 on 25. Jan., 2.000 on 1. Feb. and 2 more, overtime, +2.310,50\xa0$"


def test_less_is_told_against_what_was_asked() -> None:
    assert text(WayKind.PARTIAL, (chairs(10),), chairs(6)) == "6 instead of 10"
    words = text(WayKind.PARTIAL, (chairs(10), tables(2)), chairs(6))
    assert words == "6 instead of 10 Chair, none of 2 Table"


def test_three_of_what_changes_are_told_and_the_rest_is_counted() -> None:
    asked = tuple(Line(name, 2, 100, JAN_18) for name in "ABCDE")
    less = text(WayKind.PARTIAL, asked, *(Line(line.offer, 1, 100, JAN_18) for line in asked))
    assert less == "1 instead of 2 A, 1 instead of 2 B, 1 instead of 2 C, and 2 more"


def test_what_is_dropped_or_replaced_is_named_shortly() -> None:
    long = Line("T" * 70, 1, 100, JAN_18)
    assert text(WayKind.WITHOUT, (chairs(10), long), chairs(10)) == f"without {'T' * 59}…"
    same, cheaper = Line("Stool", 10, 5000, JAN_18), Line("Stool", 10, 4050, JAN_18)
    assert text(WayKind.SUBSTITUTE, (chairs(10),), same) == "Stool instead of Chair"
    assert text(WayKind.SUBSTITUTE, (chairs(10),), cheaper) == "Stool instead of Chair, $40.50 each"


def test_dearer_is_a_price_or_for_several_lines_a_share() -> None:
    assert text(WayKind.REPRICE, (chairs(10),), chairs(10, price=5525), more=5250) == "$55.25 each"
    # $52.50 more of $500 and $180.
    words = text(WayKind.REPRICE, (chairs(10), tables(2)), chairs(10, price=5525), tables(2), more=5250)
    assert words == "prices 7.72 % higher"


def test_overtime_alone_is_its_cost() -> None:
    assert text(WayKind.OVERTIME, (chairs(10),), chairs(10), overtime=231_000) == "overtime, +$2,310"


def test_way_costs_us_or_the_customer() -> None:
    given = Concession(dropped=100_000, lateness=2_050, price=0, overtime=5_000)
    ways = [Way(WayKind.SPLIT, True, checked(), given, None), Way(WayKind.REPRICE, True, checked(), None, 5250)]
    assert [concession_text(COMPANY, way, US) for way in ways] == ["gives up $1,070.50", "customer pays $52.50 more"]
