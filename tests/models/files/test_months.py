"""Forecasts, supply and actuals from a CSV: what is read, what is wrong row by row, and that nothing is taken then."""

from datetime import date
from fractions import Fraction

import pytest

from models.base.errors import NotYours
from models.base.months import closed_months
from models.files.months import GivenMonth, MonthsKind, read_months
from models.files.sheet import BadRows
from models.sop.forecasting import answer_forecasts, find_forecast
from models.sop.steps import Step
from models.sop.supplying import answer_supplies, find_supply
from models.sop.ways_out import open_units
from tests.models.sop.december import DEC, FEB, JAN, at, planned, the_cycle, turn
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


def test_forecasts_of_a_file_are_taken_whole_or_not_at_all(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    cycle, sara = the_cycle(world), world.person("Sara")
    tents, lamps = (find_forecast(cycle, sara, family) for family in ("Tents", "Lamps"))
    given = [GivenMonth("Tents", JAN, (5, 60), "A fair."), GivenMonth("Lamps", FEB, (0, 9))]
    with world.session.begin_nested() as attempt:
        with pytest.raises(BadRows) as refused:
            answer_forecasts(cycle, given, by=sara, now=at("12-03", "10:00"))
        attempt.rollback()
    assert refused.value.wrong == ["Lamps: Why is it other than the baseline? A sentence is enough."]
    assert (tents.answered_at, tents.units[1]) == (None, 50)
    given[1] = GivenMonth("Lamps", FEB, (None, 9), "A shop.")
    assert answer_forecasts(cycle, given, by=sara, now=at("12-03", "10:00")) == 2
    assert (tents.certain[:3], tents.contingent[:3], tents.reason) == ([0, 5, 0], [50, 60, 50], "A fair.")
    assert (lamps.units[:3], lamps.reason) == ([0, 0, 9], "A shop.")
    assert "Sara" in [member.name for member in cycle.unanswered(Step.DEMAND)]
    assert answer_forecasts(cycle, [GivenMonth("Parts", DEC, (None, None))], by=sara, now=at("12-03", "11:00")) == 1
    assert "Sara" not in [member.name for member in cycle.unanswered(Step.DEMAND)]


def test_supply_of_a_file_says_what_limits_it(world: World) -> None:
    planned(world)
    turn(world, at("12-09"))
    cycle, olga = the_cycle(world), world.person("Olga")
    months, now = cycle.months, at("12-09", "10:00")
    less = [GivenMonth(row.family, month, (0,)) for row in cycle.supplies for month in months[:2]]
    with world.session.begin_nested() as attempt:
        with pytest.raises(BadRows, match="Tents: What limits it"):
            answer_supplies(cycle, less, by=olga, now=now)
        attempt.rollback()
    assert find_supply(cycle, "Tents").units[:2] == [100, 100]
    said = [GivenMonth(entry.family, entry.month, entry.amounts, "No cloth.") for entry in less]
    assert answer_supplies(cycle, said, by=olga, now=now) == 3
    row = find_supply(cycle, "Tents")
    assert (row.units[:3], row.limit, row.by) == ([0, 0, 100], "No cloth.", olga)
    assert cycle.unanswered(Step.SUPPLY) == []
    with pytest.raises(NotYours, match="Forecasts are for sales"):
        answer_forecasts(cycle, [GivenMonth("Tents", DEC, (1, 1))], by=olga, now=now)


def test_open_deals_of_a_seller_stand_by_family_and_month(world: World) -> None:
    sara, week = world.person("Sara"), date(2027, 1, 18)
    deal = world.propose(("Summit tent", 20, 48000, week), ("Free installation", 1, 0, week))
    other = world.propose(("Summit tent", 5, 45000, week), by="Pete")
    mine = open_units(world.workspace, seller=sara)
    assert {key: [(d.deal, d.units, d.price) for d in deals] for key, deals in mine.items()} == {
        ("Tents", JAN): [(deal.number, 20, Fraction(48000))]
    }
    assert [d.deal for d in open_units(world.workspace)["Tents", JAN]] == [deal.number, other.number]
