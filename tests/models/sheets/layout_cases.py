"""Layouts: titles, headings, several rows of titles, tables across and down."""

from tests.models.sheets.cases import HEADER, PLAIN, USUAL, Case, long, text


def _layouts() -> list[Case]:
    wide = ["Tents;1180;940;1320", "Shelters;36;41;29"]
    return [
        Case(
            "headings",
            text(
                "month,bookings",
                "Tents,",
                "2026-08,1180",
                "2026-09,940",
                "2026-10,1320",
                "Shelters,",
                "2026-08,36",
                "2026-09,41",
                "2026-10,29",
            ),
            USUAL,
        ),
        Case(
            "pivot",
            text(
                "Row Labels,Sum of bookings",
                "Tents,3440",
                "2026-08,1180",
                "2026-09,940",
                "2026-10,1320",
                "Shelters,106",
                "2026-08,36",
                "2026-09,41",
                "2026-10,29",
                "Grand Total,3546",
            ),
            USUAL,
        ),
        Case(
            "pivot by month",
            text(
                "Zeilenbeschriftungen;Summe von Auftragseingang",
                "Aug 26;1216",
                "Tents;1180",
                "Shelters;36",
                "Sep 26;981",
                "Tents;940",
                "Shelters;41",
                "Gesamtergebnis;2197",
            ),
            [USUAL[0], USUAL[1], USUAL[3], USUAL[4]],
            locale="de-DE",
        ),
        Case(
            "months as headings",
            text("family,bookings", "2026-08,", "Tents,1180", "Shelters,36", "2026-09,", "Tents,940", "Shelters,41"),
            [USUAL[0], USUAL[1], USUAL[3], USUAL[4]],
        ),
        Case(
            "families across",
            text("Month;Tents;Shelters;Total", "2026-08;1180;36;1216", "2026-09;940;41;981", "2026-10;1320;29;1349"),
            USUAL,
            measure="bookings",
        ),
        Case(
            "offers across",
            text(
                "Month;Summit tent;Ridge tent;Market canopy",
                "2026-08;700;480;36",
                "2026-09;900;40;41",
                "2026-10;1320;;29",
            ),
            USUAL,
            measure="bookings",
        ),
        Case(
            "families across, one misspelt",
            text("Month;Tents;Shleters", "2026-08;1180;36", "2026-09;940;41", "2026-10;1320;29"),
            USUAL,
            measure="bookings",
            asks=["Shleters"],
        ),
        Case(
            "a month misspelt across",
            text("Family;Aug 26;Spe 26;Oct 26", *wide),
            [USUAL[0], USUAL[2], USUAL[3], USUAL[5]],
            measure="bookings",
            asks=["Spe 26"],
        ),
        Case("two rows of titles", text(";2026;;", "Family;Aug;Sep;Oct", *wide), USUAL, measure="bookings"),
        Case(
            "measures below months",
            text(";Aug 26;;Sep 26;", "Family;Bookings;Shipments;Bookings;Shipments", "Tents;1180;1000;940;900"),
            [
                {"family": "Tents", "month": "2026-08", "bookings": "1180", "shipments": "1000"},
                {"family": "Tents", "month": "2026-09", "bookings": "940", "shipments": "900"},
            ],
        ),
        Case(
            "months below measures",
            text(";Bookings;;Shipments;", "Family;Aug 26;Sep 26;Aug 26;Sep 26", "Tents;1180;940;1000;900"),
            [
                {"family": "Tents", "month": "2026-08", "bookings": "1180", "shipments": "1000"},
                {"family": "Tents", "month": "2026-09", "bookings": "940", "shipments": "900"},
            ],
        ),
        Case(
            "measures down",
            text(
                "Family;Measure;Aug 26;Sep 26",
                "Tents;Bookings;1180;940",
                "Tents;Shipments;1000;900",
                "Tents;Revenue;472000;376000",
            ),
            [
                {"family": "Tents", "month": "2026-08", "bookings": "1180", "shipments": "1000"},
                {"family": "Tents", "month": "2026-09", "bookings": "940", "shipments": "900"},
            ],
        ),
        Case(
            "measures down, family once",
            text("Family;KPI;Aug 26;Sep 26", "Tents;Bookings;1180;940", ";Shipments;1000;900"),
            [
                {"family": "Tents", "month": "2026-08", "bookings": "1180", "shipments": "1000"},
                {"family": "Tents", "month": "2026-09", "bookings": "940", "shipments": "900"},
            ],
            asks=["family"],
        ),
        Case(
            "fields down",
            text("family,Tents,Tents,Tents", "month,2026-08,2026-09,2026-10", "bookings,1180,940,1320"),
            USUAL[:3],
        ),
        Case(
            "columns in another order", long("bookings,owner,month,region,family", "{n},Sara,2026-{m},West,{f}"), USUAL
        ),
        Case(
            "other columns of numbers",
            long("#,plant,family,price,month,bookings,revenue $", "{i},100,{f},400,2026-{m},{n},1000"),
            USUAL,
        ),
        Case("no titles", long(",,", PLAIN).split(b"\n", 1)[1], USUAL, measure="bookings"),
        Case("no titles and no measure", long(",,", PLAIN).split(b"\n", 1)[1], [], asks=["measure"]),
        Case("quantity", long("Product family,Period,Qty", PLAIN), USUAL, measure="bookings"),
        Case("quantity of what", long("Product family,Period,Qty", PLAIN), [], asks=["measure"]),
        Case("unknown title", long("Division,Period,Bookings", PLAIN), USUAL),
        Case(
            "filled down in the file",
            text(HEADER, "Tents,2026-08,1180", ",2026-09,940", ",2026-10,1320"),
            USUAL[:3],
            asks=["family"],
        ),
        Case(
            "months filled down",
            text("month,family,bookings", "2026-08,Tents,1180", ",Shelters,36"),
            [USUAL[0], USUAL[3]],
            asks=["month"],
        ),
    ]


LAYOUT_CASES = _layouts()
