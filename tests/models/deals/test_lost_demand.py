"""Lost demand: what was asked for and not promised, by family and by the month in which it was asked for."""

from datetime import date

from sqlalchemy import select

from models.deals.deciding import DeclineReason, LossReason, accept, approve, decline, lose
from models.deals.lost_demand import LostDemand, note_all_lost, note_shrunk
from models.deals.proposing import counter, counter_back, revise
from models.deals.rows import Deal
from tests.world import NOW, World

JAN, FEB = date(2027, 1, 1), date(2027, 2, 1)
JAN_18, JAN_25, FEB_1, FEB_8 = date(2027, 1, 18), date(2027, 1, 25), date(2027, 2, 1), date(2027, 2, 8)
# A Monday of March whose Thursday is in April.
MAR_29, APR = date(2027, 3, 29), date(2027, 4, 1)


def lost(world: World, deal: Deal) -> dict[tuple[str, date], int]:
    rows = world.session.scalars(select(LostDemand).where(LostDemand.deal_id == deal.id))
    return {(row.family, row.month): row.units for row in rows}


def test_whole_deal_is_lost_by_family_and_month_without_its_services(world: World) -> None:
    deal = world.propose(
        ("Summit tent", 30, 48000, JAN_18),
        ("Ridge tent", 5, 30000, JAN_25),
        ("Summit tent", 7, 48000, MAR_29),
        ("Pole set", 4, 4000, JAN_18),
        ("Free installation", 1, 0, JAN_18),
    )
    note_all_lost(deal, reason="r" * 100, now=NOW)
    assert lost(world, deal) == {("Tents", JAN): 35, ("Tents", APR): 7, ("Parts", JAN): 4}
    assert {row.reason for row in world.session.scalars(select(LostDemand))} == {"r" * 80}


def test_what_shrinks_is_missed_first_in_the_latest_month(world: World) -> None:
    deal = world.propose(("Summit tent", 30, 48000, JAN_18), ("Summit tent", 20, 48000, FEB_8))
    counter(deal, world.terms(("Summit tent", 40, 48000, FEB_1)), by=world.person("Olga"), now=NOW)
    note_shrunk(deal, now=NOW)
    # 40 are promised of 50: January's 30 are all kept, and 10 of February's 20.
    assert lost(world, deal) == {("Tents", FEB): 10}


def test_same_units_later_or_of_another_offer_of_the_family_are_not_lost(world: World) -> None:
    deal = world.propose(("Summit tent", 30, 48000, JAN_18))
    terms = world.terms(("Ridge tent", 20, 30000, FEB_8), ("Summit tent", 15, 48000, FEB_8))
    counter(deal, terms, by=world.person("Olga"), now=NOW)
    note_shrunk(deal, now=NOW)
    assert lost(world, deal) == {}


def test_asked_is_what_the_seller_last_asked_before_the_first_counter(world: World) -> None:
    deal, sara = world.propose(("Summit tent", 90, 48000, JAN_18)), world.person("Sara")
    revise(deal, world.terms(("Summit tent", 50, 48000, JAN_18)), by=sara, now=NOW)
    counter(deal, world.terms(("Summit tent", 30, 48000, JAN_18)), by=world.person("Olga"), now=NOW)
    counter_back(deal, world.terms(("Summit tent", 40, 48000, JAN_18)), by=sara, now=NOW)
    note_shrunk(deal, now=NOW)
    assert lost(world, deal) == {("Tents", JAN): 10}


def test_later_note_replaces_the_earlier_one(world: World) -> None:
    deal = world.propose(("Summit tent", 30, 48000, JAN_18), ("Pole set", 4, 4000, JAN_18))
    note_all_lost(deal, reason="declined: other", now=NOW)
    terms = world.terms(("Summit tent", 28, 48000, JAN_18), ("Pole set", 4, 4000, JAN_18))
    counter(deal, terms, by=world.person("Olga"), now=NOW)
    note_shrunk(deal, now=NOW)
    assert lost(world, deal) == {("Tents", JAN): 2}
    assert world.session.scalars(select(LostDemand.reason)).all() == ["shrunk in negotiation"]


def test_refused_and_shrunk_units_are_lost_demand(world: World) -> None:
    olga, sara, lea = world.person("Olga"), world.person("Sara"), world.person("Lea")
    week = date(2027, 1, 18)
    declined = world.propose(("Summit tent", 30, 48000, week))
    decline(declined, by=lea, now=NOW, reason=DeclineReason.CAPACITY, why="No.")
    shrunk = world.propose(("Summit tent", 50, 48000, week), ("Free installation", 1, 0, week))
    counter(shrunk, world.terms(("Summit tent", 40, 48000, week)), by=olga, now=NOW)
    accept(shrunk, by=sara, now=NOW)
    kept = world.propose(("Summit tent", 20, 48000, week))
    approve(kept, by=olga, now=NOW)
    lose(kept, by=sara, now=NOW, reason=LossReason.PRICE)
    rows = world.session.scalars(select(LostDemand).order_by(LostDemand.deal_id)).all()
    assert [(row.family, row.month, row.units, row.reason) for row in rows] == [
        ("Tents", JAN, 30, "declined: no capacity in time"),
        ("Tents", JAN, 10, "shrunk in negotiation"),
        ("Tents", JAN, 20, "lost: price"),
    ]
