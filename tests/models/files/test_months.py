"""Forecasts, supply and actuals from a table: what is read, and what is asked."""

from datetime import date
from fractions import Fraction

import pytest

from models.base.months import closed_months
from models.files.months import GivenMonth, MonthsKind
from models.files.sheet import BadRows
from models.sop.open_deals import open_units
from tests.models.files.tables import months_of
from tests.models.sop.december import DEC, JAN
from tests.world import World

FAMILIES = ("=Tents", "Lamps")
CLOSED = closed_months(date(2027, 3, 1))


def test_months_are_read_with_any_mark_and_what_is_empty_is_not_said() -> None:
    header = "\ufefffamily;month;certain;contingent;reason"
    text = f"{header}\r\n'=Tents;Dec-26;3;;An order.\r\n;;;;\r\nlamps;2027-01-15;;7;"
    assert months_of(text, MonthsKind.FORECAST, FAMILIES, CLOSED) == [
        GivenMonth("=Tents", DEC, (3, None), "An order."),
        GivenMonth("Lamps", JAN, (None, 7)),
    ]
    assert months_of("family,month,demand,supply\nLamps,2026-12,9,8\n", MonthsKind.SUPPLY, FAMILIES, CLOSED) == [
        GivenMonth("Lamps", DEC, (8,))
    ]
    assert months_of("family,month,inventory\nLamps,2026-12,4\n", MonthsKind.ACTUALS, FAMILIES, CLOSED) == [
        GivenMonth("Lamps", DEC, (None, None, None, 4, None))
    ]


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        ("Tarps,2026-12,1,1,", "Row 3: there is no family “Tarps”: which one is it?"),
        ("Lamps,Dxc-26,1,1,", "Row 3: “Dxc-26” is no month that is clear."),
        ("Lamps,2026-12,-1,1,", "Row 3: certain is -1 (Lamps, 2026-12-01), and cannot be below 0 here."),
        ("Lamps,2026-12,1,1.5,", "Row 3: contingent is 1.5, and is counted in whole units."),
        ("Lamps,2026-12,1,2000000000,", "Row 3: contingent: 2000000000 is too large."),
        ("Lamps,2026-12,one,1,", "Row 3: certain: “one” is no number."),
        (f"Lamps,2026-12,1,1,{'x' * 201}", "Row 3: reason has more than 200 characters."),
        ("Lamps,2027-01,1,1,", "Rows 2 and 3 both say certain of Lamps, 2027-01-01: are they added up?"),
    ],
)
def test_row_that_is_not_clear_is_asked_about(row: str, asked: str) -> None:
    text = f"family,month,certain,contingent,reason\nLamps,2027-01,1,1,\n{row}\n"
    with pytest.raises(BadRows) as refused:
        months_of(text, MonthsKind.FORECAST, FAMILIES, [DEC, JAN])
    assert refused.value.wrong[0] == asked


def test_other_months_are_left_out() -> None:
    text = "family,month,certain\nLamps,2026-11,1\nLamps,2026-12,2\n"
    assert months_of(text, MonthsKind.FORECAST, FAMILIES, [DEC, JAN]) == [GivenMonth("Lamps", DEC, (2, None))]


def test_columns_and_empty_files_are_refused() -> None:
    for text in ("family,certain\nLamps,1\n", "family,month,colour\nLamps,2026-12,red\n", "family,month\n"):
        with pytest.raises(BadRows):
            months_of(text, MonthsKind.FORECAST, FAMILIES, CLOSED)


def test_open_deals_of_a_seller_stand_by_family_and_month(world: World) -> None:
    sara, week = world.person("Sara"), date(2027, 1, 18)
    deal = world.propose(("Summit tent", 20, 48000, week), ("Free installation", 1, 0, week))
    other = world.propose(("Summit tent", 5, 45000, week), by="Pete")
    mine = open_units(world.workspace, seller=sara)
    assert {key: [(d.deal, d.units, d.price) for d in deals] for key, deals in mine.items()} == {
        ("Tents", JAN): [(deal.number, 20, Fraction(48000))]
    }
    assert [d.deal for d in open_units(world.workspace)["Tents", JAN]] == [deal.number, other.number]
