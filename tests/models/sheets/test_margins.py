"""Which margin is the lowest one, and which is what a price leaves."""

from collections.abc import Mapping

import pytest

from models.sheets.fields import Kind
from models.sheets.preview import Preview, TableFile, preview
from tests.models.sheets.cases import known, text

ACTUAL = ("Table,Tables,1000,300,70%", "Bench,Benches,320,88,72.5%")
LOWEST = ("Table,Tables,1000,300,35%", "Bench,Benches,320,88,35%")


def read(title: str, rows: tuple[str, ...], answers: Mapping[str, str] | None = None) -> Preview:
    lines = (f"Product,Family,Price,Cost,{title}", *rows)
    return preview(TableFile.open(text(*lines), "a.csv"), Kind.OFFERS, known(), answers=answers or {})


@pytest.mark.parametrize("title", ["Lowest margin", "Margin floor", "Minimum margin", "Mindestmarge"])
def test_lowest_margin_is_taken(title: str) -> None:
    assert [row["margin_floor"] for row in read(title, LOWEST).rows] == ["0.35", "0.35"]


@pytest.mark.parametrize("title", ["Margin", "Gross margin", "Marge"])
def test_margin_is_not_the_lowest_one(title: str) -> None:
    shown = read(title, LOWEST)
    assert (shown.columns[title], [row.get("margin_floor") for row in shown.rows]) == (None, [None, None])
    assert f"“{title}” is the margin there is, not the lowest one, and is not read." in shown.notes


def test_what_each_price_leaves_is_no_floor_whatever_its_title() -> None:
    shown = read("Min margin", ACTUAL)
    assert [row.get("margin_floor") for row in shown.rows] == [None, None]
    assert any("it is not taken as the lowest margin" in note for note in shown.notes)
    chosen = read("Min margin", ACTUAL, {"column:Min margin": "margin_floor"})
    assert [row.get("margin_floor") for row in chosen.rows] == ["0.7", "0.725"]
