"""What the past says of families: who sold how much, and what a unit costs and needs."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest

from models.base.months import month_after
from models.deals.deciding import approve, win
from models.deals.proposing import change
from models.deals.states import State
from models.sop.closed_months import Sale
from models.sop.economics import Economics
from models.sop.forecasting import find_forecast
from models.sop.open_deals import open_units
from models.sop.past_sales import Past, past_of, spread
from tests.models.sop.december import DEC, JAN, at, planned, the_cycle, turn
from tests.world import NOW, World

ANN, BEN, CID = 1, 2, 3


def past(*sales: tuple[int, State, date, int]) -> Past:
    """Tents that somebody sold in a month, before December."""
    rows = [Sale(seller, state, 1, "Tents", month, units) for seller, state, month, units in sales]
    return Past(("Tents",), {}, {"Tents": rows}, {}, (), DEC)


def test_shares_are_what_was_sold_in_the_year_before() -> None:
    known = past(
        (ANN, State.WON, month_after(DEC, -1), 30),
        (BEN, State.DELIVERED, month_after(DEC, -12), 10),
        (BEN, State.WON, month_after(DEC, -13), 99),
        (BEN, State.WON, DEC, 99),
    )
    assert known.shares("Tents", [ANN, BEN, CID]) == [Fraction(3, 4), Fraction(1, 4), 0]
    # Of those who sell now; equal where none of them sold any.
    assert known.shares("Tents", [BEN]) == [1]
    assert known.shares("Tents", [CID, 4]) == [Fraction(1, 2), Fraction(1, 2)]
    assert known.shares("Lamps", [ANN, BEN, CID]) == [Fraction(1, 3)] * 3


def test_won_is_by_month_of_one_seller_or_of_all() -> None:
    known = past(
        (ANN, State.DELIVERED, JAN, 5),
        (ANN, State.WON, JAN, 2),
        (ANN, State.WON, month_after(DEC, -1), 9),
        (BEN, State.WON, DEC, 4),
    )
    assert known.won("Tents", ANN) == [0, 7] + [0] * 16
    assert known.won("Tents") == [4, 7] + [0] * 16
    assert known.won("Lamps", ANN) == [0] * 18


@pytest.mark.parametrize(
    ("units", "shares", "parts"),
    [
        (10, [Fraction(1, 3)] * 3, [4, 3, 3]),
        (11, [Fraction(1, 3)] * 3, [4, 4, 3]),
        # 1.2, 1.9 and 3.9: the whole parts are 5 of 7, and the two largest remainders get one each.
        (7, [Fraction(12, 70), Fraction(19, 70), Fraction(39, 70)], [1, 2, 4]),
        (1, [Fraction(1, 2), Fraction(1, 2)], [1, 0]),
        (5, [Fraction(0), Fraction(1)], [0, 5]),
        (0, [Fraction(1)], [0]),
    ],
)
def test_parts_add_up_to_the_whole(units: int, shares: Sequence[Fraction], parts: list[int]) -> None:
    assert spread(units, shares) == parts


def test_family_costs_and_needs_what_its_offers_do_as_they_were_sold(world: World) -> None:
    # Summit: $290 of $480, half an hour two weeks before, and four hours for each delivery: of its smallest lot, 10, as
    # long as nobody knows better. Ridge: $180 of $300, a quarter of an hour. Without history each counts alike.
    assert past_of(world.workspace, DEC).economics["Tents"] == Economics(
        Fraction(23_500), Fraction(39_000), {"Assembly": {-2: Fraction(450), 0: Fraction(125)}}
    )
    for offer, units in (("Summit tent", 30), ("Ridge tent", 10)):
        deal = world.propose((offer, units, 48000, date(2027, 1, 18)))
        approve(deal, by=world.person("Olga"), now=NOW)
        win(deal, by=world.person("Sara"), now=NOW)
    # Seen from February, three of four were Summits, in a delivery of 30; from January, nothing was sold yet.
    assert past_of(world.workspace, month_after(JAN)).economics["Tents"] == Economics(
        Fraction(26_250), Fraction(43_500), {"Assembly": {-2: Fraction(475), 0: Fraction(125, 2)}}
    )
    assert past_of(world.workspace, JAN).economics["Tents"].unit_cost == 23_500


def test_stock_is_no_need_and_a_family_that_is_gone_costs_nothing(world: World) -> None:
    known = past_of(world.workspace, DEC, also=["Tarps", "Tents"])
    assert (known.families, known.gone) == (("Lamps", "Parts", "Tarps", "Tents"), ("Tarps",))
    assert known.economics["Parts"] == Economics(Fraction(1_200), Fraction(4_000), {})
    assert known.economics["Tarps"] == Economics(Fraction(0), Fraction(0), {})


def test_what_is_won_is_certain_and_the_share_is_what_was_sold(world: World) -> None:
    for units, by in ((30, "Sara"), (10, "Pete")):
        deal = world.propose(("Summit tent", units, 48000, date(2027, 1, 18)), by=by)
        approve(deal, by=world.person("Olga"), now=NOW)
        if by == "Sara":
            win(deal, by=world.person(by), now=NOW)
    planned(world)
    past = past_of(world.workspace, JAN)
    assert past.won("Tents", world.person("Sara").id)[0] == past.won("Tents")[0] == 30
    turn(world, at("12-03"))
    rows = [find_forecast(the_cycle(world), world.person(name), "Tents") for name in ("Sara", "Pete")]
    # Of the 100 that are expected 30 are won; what is approved counts nothing. Nobody sold any in the trailing year, so
    # each gets half of the other 70.
    assert [(row.certain[1], row.contingent[1], row.prefill[1]) for row in rows] == [(30, 35, 65), (0, 35, 35)]


def test_one_of_two_sellers_has_won_the_whole_baseline(world: World) -> None:
    deal = world.propose(("Summit tent", 100, 48000, date(2027, 1, 18)))
    approve(deal, by=world.person("Olga"), now=NOW)
    win(deal, by=world.person("Sara"), now=NOW)
    planned(world)
    turn(world, at("12-03"))
    cycle = the_cycle(world)
    # 100 certain of Sara's; of 100 less 100 nothing is left for anybody: 100, and not 150.
    assert (cycle.baselines["Tents"][1], cycle.demand["Tents"][1]) == (100, 100)


def test_order_that_is_being_changed_is_sold_and_not_asked_for_once_more(world: World) -> None:
    deal = world.propose(("Summit tent", 60, 48000, date(2027, 1, 18)))
    approve(deal, by=world.person("Olga"), now=NOW)
    win(deal, by=world.person("Sara"), now=NOW)
    before = past_of(world.workspace, DEC).won("Tents")
    change(deal, world.terms(("Summit tent", 70, 48000, date(2027, 1, 18))), by=world.person("Sara"), now=NOW)
    assert deal.is_open
    assert past_of(world.workspace, DEC).won("Tents") == before
    assert sum(before) == 60
    assert open_units(world.workspace) == {}
