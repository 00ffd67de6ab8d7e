"""Which sheet is which table of the company: by its name, its titles, and the names in it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from babel import Locale

from handlers.slack.sheets import workbook_of
from models.setup.company_files import known_in
from models.setup.company_sheets import kind_of, settled, sheets_in
from models.sheets.fields import Kind
from models.sheets.preview import TableFile
from tests.models.setup.test_company_tables import ridgeline

KNOWN = known_in(ridgeline(), Locale.parse("en_US"), date(2026, 11, 23))
NOBODY = replace(KNOWN, offers={}, resources=[], families=[])


def sheet(name: str, *rows: Sequence[str]) -> TableFile:
    (only,) = sheets_in(TableFile.open(workbook_of({name: rows}), "x.xlsx"))
    return only


@pytest.mark.parametrize(
    ("name", "titles", "kind"),
    [
        ("Sheet1", ["Produkt", "Familie", "Listenpreis", "Kosten"], Kind.OFFERS),
        ("Sheet1", ["Product", "Category", "Price", "Cost", "MOQ"], Kind.OFFERS),
        ("Sheet1", ["Piece", "Range", "Timber & fittings (£)", "Selling price (£)"], Kind.OFFERS),
        ("Sheet1", ["Article", "Group", "Making cost", "Retail"], Kind.OFFERS),
        ("Sheet1", ["Werkstück", "VK netto", "Materialeinsatz"], Kind.OFFERS),
        ("Sheet1", ["Item", "Ex works (€)"], Kind.OFFERS),
        ("Price list 2026", ["Thing", "In euros"], Kind.OFFERS),
        ("Sheet1", ["Work center", "Capacity", "Overtime"], Kind.RESOURCES),
        ("Sheet1", ["Product", "Work center", "Hours per unit"], Kind.NEEDS),
        ("Sheet1", ["Customer", "Tier", "Account owner", "Customer no"], Kind.CUSTOMERS),
        ("Sheet1", ["Customer", "Town", "Phone", "Terms", "Discount"], Kind.CUSTOMERS),
        ("Sheet1", ["Name", "Town"], None),
        ("Inventory", ["Name", "On hand"], Kind.STOCK),
        ("Substitutes", ["Product", "Substitute"], Kind.SUBSTITUTES),
    ],
)
def test_sheet_is_the_table_that_its_titles_speak_for(name: str, titles: list[str], kind: Kind | None) -> None:
    rows = [[f"x{row}", *["1"] * (len(titles) - 1)] for row in range(3)]
    assert kind_of(sheet(name, titles, *rows), KNOWN) is kind


@pytest.mark.parametrize(
    "rows",
    [
        [["Piece", "Sewing", "Assembly", "Total"], ["Summit tent", "2", "1", "3"], ["Pole set", "1", "2", "3"]],
        [["Station", "Summit tent", "Pole set"], ["Sewing", "2", "1"], ["Assembly", "1", "2"]],
        [["Hours per piece"], ["Piece", "Saw", "Oil"], ["Summit tent", "2", "1"], ["Pole set", "1", "2"]],
    ],
)
def test_products_and_resources_down_and_across_are_needs(rows: list[list[str]]) -> None:
    table = sheet("Sheet1", *rows)
    assert settled(table, kind_of(table, KNOWN), KNOWN) == (Kind.NEEDS, "")
    assert settled(table, None, NOBODY)[0] is None


@pytest.mark.parametrize(
    ("name", "why"),
    [("Summit tent", "it counts finished goods"), ("Oak", "none of its names is a stock"), ("Zips", "")],
)
def test_stock_that_no_offer_needs_is_no_table_of_the_company(name: str, why: str) -> None:
    table = sheet("Stock", ["Piece", "In store", "Reserved"], [name, "4", "1"])
    kind, said = settled(table, Kind.STOCK, replace(KNOWN, resources=["Zips"]))
    assert (kind is None, said.startswith(why)) == (bool(why), True)
