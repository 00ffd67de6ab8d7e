"""The columns of the company's own tables: by their titles, else asked with the likeliest one."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from models.sheets.fields import Kind
from models.sheets.preview import Preview, TableFile, preview
from tests.models.sheets.cases import known, text

KNOWN = replace(known(), must_be_whole=True)
NONE_YET = {"0": "There is none: 0 for now"}


def read(*lines: str, kind: Kind = Kind.OFFERS, answers: Mapping[str, str] | None = None) -> Preview:
    return preview(TableFile.open(text(*lines), "a.csv"), kind, KNOWN, answers=answers or {})


def asked(shown: Preview) -> dict[str, tuple[list[str], str]]:
    return {each.key: (list(each.options), each.likely) for each in shown.questions}


@pytest.mark.parametrize(
    "titles",
    [
        "Piece,Range,Timber & fittings (£),Selling price (£)",
        "Item,Group,Materials,Sales price",
        "Article,Category,Making cost,Retail",
        "Product,Line,Cost of goods,Price each",
        "Artikel,Warengruppe,Wareneinsatz,Verkaufspreis",
        "Werkstück,Reihe,Herstellkosten,VK netto",
    ],
)
def test_price_list_is_read_in_the_words_of_its_trade(titles: str) -> None:
    shown = read(titles, "Farm table,Tables,310,1150")
    assert shown.questions == ()
    assert shown.rows == [{"name": "Farm table", "family": "Tables", "list_price": "1150", "unit_cost": "310"}]


def test_what_no_title_says_is_asked_with_the_columns_that_may_be_it() -> None:
    lines = ("Thing,Range,Oak (£),Selling price,Seats", "Farm table,Tables,310,1150,6", "Bench,Benches,88,320,2")
    assert asked(read(*lines)) == {
        "which:name": (["Thing"], "Thing"),
        "which:unit_cost": (["Oak (£)", "Seats", "0"], "Oak (£)"),
    }
    chosen = read(*lines, answers={"which:name": "Thing", "which:unit_cost": "0"})
    assert [row["unit_cost"] for row in chosen.rows] == ["0", "0"]
    assert "“Cost” is 0 for Farm table, Bench until you say it." in chosen.notes


def test_several_titles_for_one_thing_are_asked() -> None:
    shown = read("Product,Family,Retail price,Trade price,Materials,Total cost", "Bench,Benches,320,290,60,88")
    assert asked(shown) == {
        "which:list_price": (["Retail price", "Trade price"], "Retail price"),
        "which:unit_cost": (["Total cost", "Materials"], "Total cost"),
    }


GRID = ("Piece,Sewing,Oil & finish,Total", "Summit tent,2.5,3,5.5", "Ridge tent,0.75,1,1.75")


def test_grid_of_needs_is_what_each_offer_takes_without_its_total() -> None:
    shown = read(*GRID, kind=Kind.NEEDS)
    assert asked(shown) == {"name:resource:Oil & finish": (["new"], "new")}
    whole = read(*GRID, kind=Kind.NEEDS, answers={"name:resource:Oil & finish": "new"})
    assert whole.columns["Total"] is None
    assert [(row["offer"], row["resource"], row["per_unit"]) for row in whole.rows] == [
        ("Summit tent", "Sewing", "2.5"),
        ("Summit tent", "Oil & finish", "3"),
        ("Ridge tent", "Sewing", "0.75"),
        ("Ridge tent", "Oil & finish", "1"),
    ]


def test_grid_may_stand_the_other_way_round_and_in_minutes() -> None:
    shown = read("Minutes per piece,,", "Station,Summit tent,Ridge tent", "Sewing,90,30", kind=Kind.NEEDS)
    assert [(row["offer"], row["resource"], row["per_unit"]) for row in shown.rows] == [
        ("Summit tent", "Sewing", "1.5"),
        ("Ridge tent", "Sewing", "0.5"),
    ]


def test_sum_of_a_grid_is_known_by_its_numbers() -> None:
    shown = read("Piece,Sewing,Assembly,Zusammen", "Summit tent,2.5,3,5.5", "Ridge tent,0.75,1,1.75", kind=Kind.NEEDS)
    assert (shown.questions, shown.columns["Zusammen"]) == ((), None)


def test_minutes_in_a_title_are_no_hours() -> None:
    shown = read("Product,Work center,Minutes per unit", "Summit tent,Sewing,90", kind=Kind.NEEDS)
    assert [row["per_unit"] for row in shown.rows] == ["1.5"]


def test_what_is_known_already_is_asked_only_where_numbers_stand_unread() -> None:
    assert read("Product,Family", "Summit tent,Tents").questions == ()
    assert read("Product,Lead time", "Summit tent,4").questions == ()
    assert list(asked(read("Product,Euros", "Summit tent,500"))) == ["which:list_price", "which:unit_cost"]
