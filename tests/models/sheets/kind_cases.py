"""Every kind of table."""

from models.sheets.fields import Kind
from tests.models.sheets.cases import (
    LOADS,
    Case,
    text,
)


def _kinds() -> list[Case]:
    forecast = [{"family": "Tents", "month": "2026-12", "certain": "100", "contingent": "40", "reason": "Season"}]
    return [
        Case(
            "forecast",
            text("family,month,certain,contingent,reason", "Tents,2026-12,100,40,Season"),
            forecast,
            Kind.FORECAST,
        ),
        Case(
            "german forecast",
            text("Produktfamilie;Monat;Sicher;Möglich;Begründung", "Tents;Dez 26;100;40;Season"),
            forecast,
            Kind.FORECAST,
            "de-DE",
        ),
        Case(
            "forecast across",
            text("Committed;;", "Family;Dec 26;Jan 27", "Tents;100;120"),
            [
                {"family": "Tents", "month": "2026-12", "certain": "100"},
                {"family": "Tents", "month": "2027-01", "certain": "120"},
            ],
            Kind.FORECAST,
        ),
        Case("forecast of what", text("Family;Dec 26;Jan 27", "Tents;100;120"), [], Kind.FORECAST, asks=["certain"]),
        Case(
            "supply",
            text("family,month,demand,supply,limit", "Tents,2026-12,140,120,Assembly"),
            [{"family": "Tents", "month": "2026-12", "supply": "120", "limit": "Assembly"}],
            Kind.SUPPLY,
        ),
        Case(
            "supply across",
            text("Family;Dec 26;Jan 27", "Tents;120;130"),
            [
                {"family": "Tents", "month": "2026-12", "supply": "120"},
                {"family": "Tents", "month": "2027-01", "supply": "130"},
            ],
            Kind.SUPPLY,
        ),
        Case(
            "german supply",
            text("Familie;Monat;Produktionsplan;Engpass", "Tents;12/2026;1.200;Assembly"),
            [{"family": "Tents", "month": "2026-12", "supply": "1200", "limit": "Assembly"}],
            Kind.SUPPLY,
            "de-DE",
        ),
        Case(
            "loads",
            text("ref,resource,week,quantity", "SO-1881,Assembly,2027-01-04,258", "SO-1882,Sewing,2027-01-04,96.5"),
            LOADS,
            Kind.COMMITMENTS,
        ),
        Case(
            "german loads",
            text(
                "Auftrag;Arbeitsplatz;Liefertermin;Menge;Stunden;Kunde",
                "SO-1881;Assembly;04.01.2027;10;258;Acme",
                "SO-1882;Sewing;08.01.2027;5;96,5;Acme",
            ),
            LOADS,
            Kind.COMMITMENTS,
            "de-DE",
        ),
        Case(
            "loads with note",
            text("Job,Machine,Start,Hours,Remarks", "SO-1881,Assembly,1/4/2027,258,urgent"),
            [{**LOADS[0], "note": "urgent"}],
            Kind.COMMITMENTS,
        ),
        Case(
            "loads added up",
            text(
                "Order,Work center,Due date,Load (h)",
                "SO-1881,Assembly,2027-01-04,200",
                "SO-1881,Assembly,2027-01-06,58",
            ),
            LOADS[:1],
            Kind.COMMITMENTS,
        ),
        Case(
            "loads without ref",
            text("Work center,Due date,Load (h)", "Assembly,2027-01-04,200"),
            [],
            Kind.COMMITMENTS,
            asks=["ref"],
        ),
        Case(
            "offers",
            text("Product,Family,Unit,List price,Unit cost,Max discount", "Dome tent,Tents,piece,400.00,240,10%"),
            [
                {
                    "name": "Dome tent",
                    "family": "Tents",
                    "unit": "piece",
                    "list_price": "400",
                    "unit_cost": "240",
                    "max_discount": "0.1",
                }
            ],
            Kind.OFFERS,
        ),
        Case(
            "german offers",
            text(
                "Artikel;Warengruppe;Einheit;Listenpreis;Stückkosten;Mindestmarge;Standard",
                "Dome tent;Tents;Stück;1.400,50 €;240,00 €;0,25;ja",
            ),
            [
                {
                    "name": "Dome tent",
                    "family": "Tents",
                    "unit": "Stück",
                    "list_price": "1400.5",
                    "unit_cost": "240",
                    "standard": "true",
                    "margin_floor": "0.25",
                }
            ],
            Kind.OFFERS,
            "de-DE",
        ),
        Case(
            "needs",
            text("offer,resource,offset,weeks,per_unit,fixed", "Summit tent,Assembly,-1,1,0.5,4"),
            [
                {
                    "offer": "Summit tent",
                    "resource": "Assembly",
                    "offset": "-1",
                    "weeks": "1",
                    "per_unit": "0.5",
                    "fixed": "4",
                }
            ],
            Kind.NEEDS,
        ),
        Case(
            "needs filled down",
            text("Product,Work center,Hours per unit", "Summit tent,Assembly,0.5", ",Sewing,1.25"),
            [
                {"offer": "Summit tent", "resource": "Assembly", "offset": "0", "per_unit": "0.5"},
                {"offer": "Summit tent", "resource": "Sewing", "offset": "0", "per_unit": "1.25"},
            ],
            Kind.NEEDS,
            asks=["offer"],
        ),
        Case(
            "resources",
            text("Work center,Type,Unit,Weekly capacity,Overtime,Overtime cost", "Packing,time,hour,120,20,$45.50"),
            [
                {
                    "name": "Packing",
                    "kind": "time",
                    "unit": "hour",
                    "weekly": "120",
                    "overtime": "20",
                    "overtime_cost": "45.5",
                }
            ],
            Kind.RESOURCES,
        ),
        Case(
            "stock",
            text("Material;Bestand;Stichtag", "Assembly;1.250,5;31.10.2026"),
            [{"resource": "Assembly", "on_hand": "1250.5", "as_of": "2026-10-31"}],
            Kind.STOCK,
            "de-DE",
        ),
        Case(
            "substitutes",
            text("Product,Alternative", "Summit tent,Ridge tent", "Summit tent,Trail tent"),
            [
                {"offer": "Summit tent", "substitute": "Ridge tent"},
                {"offer": "Summit tent", "substitute": "Trail tent"},
            ],
            Kind.SUBSTITUTES,
        ),
        Case(
            "customers",
            text("Customer no.,Customer,Class,Account manager", "1001,Acme,A,Sara", "1002,Total Energies,B,Pete"),
            [
                {"name": "Acme", "tier": "A", "owner": "Sara", "external_id": "1001"},
                {"name": "Total Energies", "tier": "B", "owner": "Pete", "external_id": "1002"},
            ],
            Kind.CUSTOMERS,
        ),
    ]


KIND_CASES = [*_kinds()]
