"""What a unit of a family costs, sells for and takes; kept as it was when the cycle opened."""

from datetime import date
from fractions import Fraction

from sqlalchemy import select

from models.company.offers import OfferRow
from models.deals.deciding import approve, win
from models.sop.economics import Economics
from models.sop.page_making import page_of
from models.sop.past_sales import past_of
from tests.models.sop.december import DEC, at, planned, the_cycle, turn
from tests.world import NOW, World


def test_economics_come_back_from_a_document_as_they_were() -> None:
    known = Economics(Fraction(10, 3), Fraction(48_000), {"Saw": {-2: Fraction(1, 7), 0: Fraction(500)}, "Glue": {}})
    assert Economics.from_document(known.to_document()) == known


def test_what_is_retired_counts_only_where_nothing_else_is_sold(world: World) -> None:
    tents = world.session.scalars(select(OfferRow).where(OfferRow.family == "Tents").order_by(OfferRow.id)).all()
    tents[0].retired_at = NOW
    assert past_of(world.workspace, DEC).economics["Tents"].unit_cost == tents[1].unit_cost
    for offer in tents:
        offer.retired_at = NOW
    past = past_of(world.workspace, DEC)
    assert (past.economics["Tents"].unit_cost, "Tents" in past.gone) == (Fraction(23_500), True)


def test_cost_that_changes_changes_the_next_cycle_and_not_this_one(world: World) -> None:
    planned(world)
    turn(world, at("12-03"))
    for offer in world.session.scalars(select(OfferRow).where(OfferRow.family == "Tents")):
        offer.unit_cost, offer.list_price = 1, 2
    cycle = the_cycle(world)
    tents = next(plan for plan in page_of(cycle).plans if plan.family == "Tents")
    assert (tents.unit_cost, tents.unit_price) == (Fraction(23_500), Fraction(39_000))
    turn(world, at("12-31"))
    turn(world, at("12-05").replace(year=2027, month=1))
    later = the_cycle(world)
    assert later.month != cycle.month
    tents = next(plan for plan in page_of(later).plans if plan.family == "Tents")
    assert (tents.unit_cost, tents.unit_price) == (Fraction(1), Fraction(2))


def test_offer_that_nobody_bought_where_another_was_sold_needs_nothing(world: World) -> None:
    deal = world.propose(("Ridge tent", 10, 30000, date(2027, 1, 18)))
    approve(deal, by=world.person("Olga"), now=NOW)
    win(deal, by=world.person("Sara"), now=NOW)
    # Only Ridge tents were sold in the half year before February, with a quarter of an hour each.
    assert past_of(world.workspace, date(2027, 2, 1)).economics["Tents"].needs == {"Assembly": {0: Fraction(250)}}
