"""Which sheet is which table, by its name or by its titles."""

from datetime import date

import pytest
from babel import Locale

from handlers.slack.sheets import workbook_of
from models.setup.company_files import is_toml, tables_in
from models.setup.samples import SAMPLES, sample_file
from models.sheets.fields import Kind
from models.sheets.preview import TableFile
from tests.models.setup.test_company_tables import ridgeline

TODAY, ENGLISH = date(2026, 11, 23), Locale.parse("en_US")


@pytest.mark.parametrize(
    ("name", "titles", "kind"),
    [
        ("Sheet1", ["Produkt", "Familie", "Listenpreis", "Kosten"], Kind.OFFERS),
        ("Sheet1", ["Product", "Category", "Price", "Cost", "MOQ"], Kind.OFFERS),
        ("Sheet1", ["Work center", "Capacity", "Overtime"], Kind.RESOURCES),
        ("Sheet1", ["Product", "Work center", "Hours per unit"], Kind.NEEDS),
        ("Sheet1", ["Customer", "Tier", "Account owner", "Customer no"], Kind.CUSTOMERS),
        ("Inventory", ["Name", "On hand"], Kind.STOCK),
        ("Substitutes", ["Product", "Substitute"], Kind.SUBSTITUTES),
    ],
)
def test_sheet_is_the_table_that_its_titles_speak_for(name: str, titles: list[str], kind: Kind) -> None:
    book = workbook_of({name: [titles, *[[f"x{row}", *["1"] * (len(titles) - 1)] for row in range(3)]]})
    found = list(tables_in(TableFile.open(book, "x.xlsx"), ridgeline(), ENGLISH, TODAY))
    assert [each for each, _ in found] == [kind]


def test_tables_come_in_the_order_in_which_they_name_each_other() -> None:
    sheets = {
        "Needs": [["Offer", "Resource", "Per unit"], ["a", "b", "1"]],
        "Notes": [["Please read"], ["this"]],
        "Offers": [["Name", "Family", "List price", "Unit cost"], ["a", "f", "1", "1"]],
        "Resources": [["Name", "Weekly"], ["b", "1"]],
        "Customers": [["Name", "Tier"]],
    }
    file = TableFile.open(workbook_of(sheets), "x.xlsx")
    found = [kind for kind, _ in tables_in(file, ridgeline(), ENGLISH, TODAY)]
    assert found == [Kind.RESOURCES, Kind.OFFERS, Kind.NEEDS]
    assert not is_toml(file)
    assert is_toml(TableFile("Company.TOML", ()))


@pytest.mark.parametrize("name", SAMPLES)
def test_each_sample_is_a_company(name: str) -> None:
    from models.files import read_company

    assert len(read_company(sample_file(name)).company.offers) >= 3
