"""Amounts for several pieces, as amounts of one unit of an offer: as they stand, divided, or taken for one piece."""

from dataclasses import replace

from models.sheets.counts import Count, Lot
from models.sheets.fields import Kind
from models.sheets.preview import Preview, TableFile, preview
from tests.models.sheets.cases import known, text

THOUSAND = Count(1000, "1,000", "pcs")
LINES = ("Article,Net price / 1000,Material / 1000,Min. order", "Folding box,185,62.5,2500")


def read(lot: Lot | None) -> Preview:
    table = TableFile.open(text(*LINES), "prices.csv")
    return preview(table, Kind.OFFERS, replace(known(), must_be_whole=True, lot=lot))


def test_unit_of_a_thousand_keeps_its_price_and_divides_its_smallest_quantity() -> None:
    (row,) = read(Lot(THOUSAND, is_whole=True)).rows
    # 2,500 pieces are three units of a thousand.
    assert (row["list_price"], row["unit_cost"], row["min_lot"], row["unit"]) == ("185", "62.5", "3", "1,000 pcs")


def test_price_is_divided_where_a_unit_is_a_piece() -> None:
    (row,) = read(Lot(THOUSAND)).rows
    # Three decimals are kept; whether that loses anything is asked before.
    assert (row["list_price"], row["unit_cost"], row["min_lot"]) == ("0.185", "0.062", "2500")


def test_what_is_taken_for_one_piece_stays_as_it_stands_and_is_said() -> None:
    shown = read(Lot(THOUSAND, is_read=False))
    assert shown.rows[0]["list_price"] == "185"
    assert read(None).rows[0]["list_price"] == "185"
