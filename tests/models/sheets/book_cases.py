"""Workbooks."""

from datetime import date, datetime, time

from models.sheets.fields import Kind
from tests.models.sheets.books import book
from tests.models.sheets.cases import (
    AMOUNTS,
    USUAL,
    WEEKS,
    Case,
)

NOON = time(12, 5)


def _books() -> list[Case]:
    days = [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]
    rows = [(f, day, int(n)) for f, ns in AMOUNTS for day, n in zip(days, ns, strict=True)]
    wide = [["Tents", 1180, 940, 1320], ["Shelters", 36, 41, 29]]
    head = ["Family", "Month", "Bookings"]
    filled = [
        [f if i == 0 else None, day, int(n)]
        for f, ns in AMOUNTS
        for i, (day, n) in enumerate(zip(days, ns, strict=True))
    ]
    return [
        Case("book of days", book({"Data": [head, *rows]}), USUAL, file="a.xlsx"),
        Case(
            "book of times",
            book({"Data": [head, *[[f, datetime.combine(d, NOON), n] for f, d, n in rows]]}),
            USUAL,
        ),
        Case("book since 1904", book({"Data": [head, *rows]}, is_1904=True), USUAL),
        Case(
            "book of serials",
            book({"Data": [head, *[[f, (d - date(1899, 12, 30)).days, n] for f, d, n in rows]]}),
            USUAL,
        ),
        Case(
            "book of serials since 1904",
            book({"Data": [head, *[[f, (d - date(1904, 1, 1)).days, n] for f, d, n in rows]]}, is_1904=True),
            USUAL,
        ),
        Case("book of floats", book({"Data": [head, *[[f, d, n + 0.00000000001] for f, d, n in rows]]}), USUAL),
        Case(
            "book of german texts",
            book(
                {
                    "Daten": [
                        ["Familie", "Monat", "Auftragseingang"],
                        ["Tents", "08.2026", "1.180"],
                        ["Tents", "09.2026", "940"],
                    ]
                }
            ),
            USUAL[:2],
            locale="de-DE",
        ),
        Case(
            "book of numbers as months",
            book({"Data": [head, *[[f, d.year * 100 + d.month, n] for f, d, n in rows]]}),
            USUAL,
        ),
        Case("book across", book({"Bookings": [["Family", *days], *wide]}), USUAL),
        Case(
            "book across serials",
            book({"Bookings": [["Family", *[(d - date(1899, 12, 30)).days for d in days]], *wide]}),
            USUAL,
        ),
        Case(
            "book with years above",
            book({"B": [["", 2026, None, None], ["Family", "Aug", "Sep", "Oct"], *wide]}, merged=["B1:D1"]),
            USUAL,
            measure="bookings",
        ),
        Case("book with merged families", book({"B": [head, *filled]}, merged=["A2:A4", "A5:A7"]), USUAL),
        Case("book filled down", book({"B": [head, *filled]}), USUAL, asks=["family"]),
        Case("book with totals as formulas", book({"B": [head, *rows, ["Total", None, "=SUM(C2:C7)"]]}), USUAL),
        Case(
            "book of formulas without values",
            book({"B": [head, ["Tents", days[0], "=1000+180"], ["Tents", days[1], 940]]}),
            USUAL[1:2],
            asks=["stored values"],
        ),
        Case(
            "book with a hidden sheet",
            book({"Old": [head, ["Tents", days[0], 7]], "New": [head, *rows]}, hidden="Old"),
            USUAL,
        ),
        Case(
            "book with a cover",
            book({"Cover": [["Monthly report"], ["Prepared by Sara"]], "Data": [head, *rows]}),
            USUAL,
        ),
        Case("book with two tables", book({"A": [head, *rows], "B": [head, *rows]}), [], asks=["sheet"]),
        Case(
            "book of measures below merged months",
            book(
                {
                    "B": [
                        [None, days[0], None, days[1], None],
                        ["Family", "Bookings", "Shipments", "Bookings", "Shipments"],
                        ["Tents", 1180, 1000, 940, 900],
                    ]
                },
                merged=["B1:C1", "D1:E1"],
            ),
            [
                {"family": "Tents", "month": "2026-08", "bookings": "1180", "shipments": "1000"},
                {"family": "Tents", "month": "2026-09", "bookings": "940", "shipments": "900"},
            ],
        ),
        Case(
            "book of weeks",
            book(
                {
                    "W": [
                        ["Work center", "Week", "Capacity (h)"],
                        ["Assembly", date(2027, 1, 4), 320],
                        ["Assembly", date(2027, 1, 11), 400],
                        ["Sewing", date(2027, 1, 4), 280.5],
                    ]
                }
            ),
            WEEKS,
            Kind.WEEKS,
        ),
        Case(
            "book of weeks across",
            book(
                {
                    "Capacity": [
                        ["Work center", date(2027, 1, 4), date(2027, 1, 11)],
                        ["Assembly", 320, 400],
                        ["Sewing", 280.5, None],
                    ]
                }
            ),
            WEEKS,
            Kind.WEEKS,
        ),
        Case(
            "book of offers",
            book({"Offers": [["name", "family", "list_price", "max_discount"], ["Dome", "Tents", 400.5, 0.1]]}),
            [{"name": "Dome", "family": "Tents", "list_price": "400.5", "max_discount": "0.1"}],
            Kind.OFFERS,
        ),
        Case(
            "book of percents without sign",
            book({"Offers": [["name", "family", "max_discount"], ["Dome", "Tents", 10]]}),
            [{"name": "Dome", "family": "Tents", "max_discount": "0.1"}],
            Kind.OFFERS,
        ),
    ]


BOOK_CASES = [*_books()]
