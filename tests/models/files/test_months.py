"""Forecasts, supply and actuals from a CSV: what is read, what is wrong row by row, and that nothing is taken then."""

from datetime import date
from fractions import Fraction

import pytest

from models.base.months import closed_months
from models.files.months import GivenMonth, MonthsKind, read_months
from models.files.sheet import BadRows
from models.sop.ways_out import open_units
from tests.models.sop.december import DEC, JAN
from tests.world import World

FAMILIES = ("=Tents", "Lamps")
CLOSED = closed_months(date(2027, 3, 1))


def test_months_are_read_with_any_mark_and_what_is_empty_is_not_said() -> None:
    header = "\ufefffamily;month;certain;contingent;reason"
    text = f"{header}\r\n'=Tents;Dec-26;3;;An order.\r\n;;;;\r\nlamps;2027-01-15;;7;"
    assert read_months(text, MonthsKind.FORECAST, FAMILIES, CLOSED) == [
        GivenMonth("=Tents", DEC, (3, None), "An order."),
        GivenMonth("Lamps", JAN, (None, 7)),
    ]
    assert read_months("family,month,demand,supply\nLamps,2026-12,9,8\n", MonthsKind.SUPPLY, FAMILIES, CLOSED) == [
        GivenMonth("Lamps", DEC, (8,))
    ]
    assert read_months("family,month,inventory\nLamps,2026-12,4\n", MonthsKind.ACTUALS, FAMILIES, CLOSED) == [
        GivenMonth("Lamps", DEC, (None, None, None, 4, None))
    ]


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("Tarps,2026-12,1,1,", "there is no family “Tarps” to fill in here"),
        ("Lamps,Dez 26,1,1,", "“Dez 26” is no month, such as 2026-10"),
        ("Lamps,Dxc-26,1,1,", "“Dxc-26” is no month, such as 2026-10"),
        ("Lamps,2026-W40-1,1,1,", "“2026-W40-1” is no month, such as 2026-10"),
        ("Lamps,1026-10,1,1,", "1026-10 is none of the months from 2026-12 to 2027-01"),
        ("Lamps,Dec-26,,,Why?", "fill in certain or contingent"),
        ("Lamps,2026-11,1,1,", "2026-11 is none of the months from 2026-12 to 2027-01"),
        ("Lamps,2026-12,-1,1,", "certain should be a whole number of 0 or more, not “-1”"),
        ("Lamps,2026-12,1,1.5,", "contingent should be a whole number of 0 or more, not “1.5”"),
        ("Lamps,2026-12,1,2000000000,", "contingent should be a whole number of 0 or more, not “2000000000”"),
        ("Lamps,2026-12,1,1,,9", "it has more cells than the first row"),
        (f"Lamps,2026-12,1,1,{'x' * 201}", "reason should have at most 200 characters"),
        ("Lamps,2027-01,1,1,", "Lamps in 2027-01 stands twice"),
    ],
)
def test_wrong_row_is_named(row: str, wrong: str) -> None:
    text = f"family,month,certain,contingent,reason\nLamps,2027-01,1,1,\n{row}\n"
    with pytest.raises(BadRows) as refused:
        read_months(text, MonthsKind.FORECAST, FAMILIES, [DEC, JAN])
    assert refused.value.wrong == [f"Row 3: {wrong}."]


def test_columns_and_empty_files_are_refused() -> None:
    for text in ("", "family,certain\nLamps,1\n", "family,month,colour\nLamps,2026-12,red\n", "family,month,month\n"):
        with pytest.raises(BadRows, match="They are: family, month, certain, contingent, reason"):
            read_months(text, MonthsKind.FORECAST, FAMILIES, CLOSED)
    with pytest.raises(BadRows, match="There is no row below the first one"):
        read_months("family,month\n", MonthsKind.FORECAST, FAMILIES, CLOSED)


def test_open_deals_of_a_seller_stand_by_family_and_month(world: World) -> None:
    sara, week = world.person("Sara"), date(2027, 1, 18)
    deal = world.propose(("Summit tent", 20, 48000, week), ("Free installation", 1, 0, week))
    other = world.propose(("Summit tent", 5, 45000, week), by="Pete")
    mine = open_units(world.workspace, seller=sara)
    assert {key: [(d.deal, d.units, d.price) for d in deals] for key, deals in mine.items()} == {
        ("Tents", JAN): [(deal.number, 20, Fraction(48000))]
    }
    assert [d.deal for d in open_units(world.workspace)["Tents", JAN]] == [deal.number, other.number]
