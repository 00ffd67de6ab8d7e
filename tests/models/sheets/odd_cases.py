"""Tables that are easily read wrong: two tables in one, totals in other columns, units below titles."""

from models.sheets.fields import Kind
from tests.models.sheets.cases import HEADER, LOADS, USUAL, Case, months, text

AUG_SEP = "Family;Aug 26;Sep 26"
SAP = (
    "|Warengruppe|Monat  |Menge|",
    "|-----------|-------|-----|",
    "|Tents      |08.2026|1.180|",
    "|Summe      |       |1.180|",
)
YEARS = ("Family;Year;Jan;Feb;Mar", "Tents;2026;1;2;3", "Tents;2025;4;5;6")
ODD_CASES = [
    Case("lines of a list of an ERP", text(*SAP), USUAL[:1], locale="de-DE", measure="bookings"),
    Case("money beside units", text("Family,Month,Bookings (USD),Bookings", "Tents,2026-08,472000,1180"), USUAL[:1]),
    Case("money alone", text("Family,Month,Bookings (USD)", "Tents,2026-08,472000"), [], asks=["No column"]),
    Case(
        "another table below",
        text("Bookings;;", AUG_SEP, "Tents;1180;940", ";;", "Shipments;;", AUG_SEP, "Tents;1000;900"),
        USUAL[:2],
        asks=["another table"],
    ),
    Case(
        "other months below",
        text(AUG_SEP, "Tents;1180;940", ";;", "Family;Jun 26;Jul 26", "Tents;1000;900"),
        USUAL[:2],
        measure="bookings",
        asks=["another table"],
    ),
    Case("units below titles", text(HEADER, ",,pcs", "Tents,2026-08,1180"), USUAL[:1]),
    Case("thousands below titles", text(HEADER, ",,k pcs", "Tents,2026-08,1.18"), [], asks=["k pcs"]),
    Case(
        "orders by delivery",
        text("Family,Delivery date,Qty", "Tents,2026-08-02,1"),
        [],
        measure="bookings",
        asks=["Delivery date"],
    ),
    Case(
        "the same month twice across",
        text("Family;Aug 26;Aug 26", "Tents;5;6"),
        months(11),
        measure="bookings",
        asks=["Aug 26"],
    ),
    Case(
        "total in another column",
        text(
            "Family,Region,Month,Bookings",
            "Tents,East,2026-08,500",
            "Tents,West,2026-08,680",
            "Tents,Total,2026-08,1180",
        ),
        USUAL[:1],
    ),
    Case("all families", text(HEADER, "All,2026-08,1216", "Tents,2026-08,1180"), USUAL[:1]),
    Case(
        "year in the row, months across",
        text(*YEARS),
        [
            {"family": "Tents", "month": f"{year}-0{n + 1}", "bookings": str(first + n)}
            for year, first in ((2025, 4), (2026, 1))
            for n in range(3)
        ],
        measure="bookings",
    ),
    Case("french", text("Famille;Mois;Commandes", "Tents;août 2026;1 180"), USUAL[:1], locale="fr-FR"),
    Case("no rows", text(HEADER), [], asks=["no row"]),
    Case("prose", text("Dear all,", "please find attached."), [], asks=["No column"]),
    Case("titles misspelt", text("Famliy,Mnth,Bookigns", "Tents,2026-08,1"), [], asks=["No column"]),
    Case(
        "loads across",
        text("Order,Work center,2027-01-04,2027-01-11", "SO-1881,Assembly,258,"),
        LOADS[:1],
        Kind.COMMITMENTS,
    ),
]
