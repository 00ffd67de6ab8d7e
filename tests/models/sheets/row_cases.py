"""Rows that count, count once, or do not count: totals, subtotals, plans, names that nobody knows."""

from tests.models.sheets.cases import HEADER, PLAIN, USUAL, Case, long, text


def _rows() -> list[Case]:
    wide = ["Tents;1180;940;1320", "Shelters;36;41;29"]
    return [
        Case(
            "titles and totals",
            text(
                "Bookings report;;;",
                "as of 2.11.2026;;;",
                "",
                "Family;Aug 26;Sep 26;Oct 26",
                *wide,
                "",
                "Grand Total;1216;981;1349",
                "Source: ERP;;;",
            ),
            USUAL,
        ),
        Case(
            "quarters and years beside months",
            text(
                "Family;Aug 26;Sep 26;Q3 26;Oct 26;2026;Total",
                "Tents;1180;940;2120;1320;3440;3440",
                "Shelters;36;41;77;29;106;106",
            ),
            USUAL,
            measure="bookings",
        ),
        Case(
            "german totals",
            text(
                "Produktfamilie;Aug 26;Sep 26;Okt 26;Gesamt",
                "Tents;1.180;940;1.320;3.440",
                "Shelters;36;41;29;106",
                "Gesamtergebnis;1.216;981;1.349;3.546",
            ),
            USUAL,
            locale="de-DE",
            measure="bookings",
        ),
        Case(
            "total without a word",
            text("Family;Aug 26;Sep 26;Oct 26", *wide, ";1216;981;1349"),
            USUAL,
            measure="bookings",
        ),
        Case(
            "total without a word below",
            text(HEADER, *[r.decode() for r in long("", PLAIN).splitlines()[1:]], ",,3546"),
            USUAL,
        ),
        Case(
            "german subtotals",
            text(
                "Produktfamilie;Monat;Auftragseingang",
                "Tents;08.2026;1.180",
                "Tents;09.2026;940",
                "Tents;10.2026;1.320",
                "Tents Ergebnis;;3.440",
                "Shelters;08.2026;36",
                "Shelters;09.2026;41",
                "Shelters;10.2026;29",
                "Shelters Ergebnis;;106",
                "Gesamtergebnis;;3.546",
            ),
            USUAL,
            locale="de-DE",
        ),
        Case(
            "subtotals above",
            text(
                "family,month,bookings",
                "Tents total,,3440",
                "Tents,2026-08,1180",
                "Tents,2026-09,940",
                "Tents,2026-10,1320",
            ),
            USUAL[:3],
        ),
        Case(
            "header again", text(HEADER, "Tents,2026-08,1180", "Page 2 of 3,,", HEADER, "Tents,2026-09,940"), USUAL[:2]
        ),
        Case(
            "lines of dashes",
            text(HEADER, "------,-------,------", "Tents,2026-08,1180", "------,-------,------", "Total,,1180"),
            USUAL[:1],
        ),
        Case(
            "family and product",
            text(
                "Family,Product,Month,Bookings",
                "Tents,Summit tent,2026-08,700",
                "Tents,Ridge tent,2026-08,480",
                "Shelters,Market canopy,2026-08,36",
            ),
            [USUAL[0], USUAL[3]],
        ),
        Case(
            "family above its products",
            text("Product,Month,Bookings", "Tents,2026-08,1180", "Summit tent,2026-08,700", "Ridge tent,2026-08,480"),
            USUAL[:1],
        ),
        Case(
            "family above some of its products",
            text("Product,Month,Bookings", "Tents,2026-08,1180", "Summit tent,2026-08,700"),
            [],
            asks=["Tents"],
        ),
        Case("the same row twice", text(HEADER, "Tents,2026-08,1180", "Tents,2026-08,1180"), [], asks=["both"]),
        Case(
            "plan and actual down",
            text(
                "family,month,version,bookings",
                "Tents,2026-08,Actual,1180",
                "Tents,2026-08,Plan,1300",
                "Tents,2026-09,Actual,940",
                "Tents,2026-09,Plan,900",
            ),
            USUAL[:2],
        ),
        Case(
            "plan and actual across",
            text("Family;Aug 26 Actual;Aug 26 Plan;Sep 26 Actual;Sep 26 Plan", "Tents;1180;1300;940;900"),
            USUAL[:2],
            measure="bookings",
        ),
        Case(
            "cancelled orders",
            text(
                "order,order date,family,qty,status", "1,2026-08-03,Tents,1180,open", "2,2026-08-04,Tents,20,cancelled"
            ),
            USUAL[:1],
            measure="bookings",
            asks=["cancelled"],
        ),
        Case(
            "stock several times a month",
            text("family,date,inventory", "Tents,2026-08-07,100", "Tents,2026-08-31,80"),
            [],
            asks=["inventory"],
        ),
        Case(
            "several measures",
            text("family,month,bookings,shipments,inventory,backlog", "Tents,2026-08,1180,1000,50,180"),
            [
                {
                    "family": "Tents",
                    "month": "2026-08",
                    "bookings": "1180",
                    "shipments": "1000",
                    "inventory": "50",
                    "backlog": "180",
                }
            ],
        ),
        Case("names with codes", text(HEADER, "100 - Tents,2026-08,1180"), USUAL[:1], asks=["100 - Tents"]),
        Case("nobody's family", text(HEADER, "Tents,2026-08,1180", "Boats,2026-08,3"), USUAL[:1], asks=["Boats"]),
        Case(
            "family left out by its person",
            text(HEADER, "Tents,2026-08,1180", "Boats,2026-08,3"),
            USUAL[:1],
            answers={"name:family:Boats": "—"},
        ),
        Case(
            "offer misspelt", text("Product,Month,Bookings", "Sumit tent,2026-08,1180"), USUAL[:1], asks=["Sumit tent"]
        ),
        Case("no family at all", text("month,bookings", "2026-08,1180"), [], asks=["family"]),
        Case(
            "required date is no month",
            text("family,requested delivery,qty", "Tents,2026-08-03,1180"),
            [],
            measure="bookings",
            asks=["month"],
        ),
    ]


ROW_CASES = _rows()
