"""Competing deals: who else wants the same capacity, and what they would leave."""

from datetime import date, datetime, timedelta

from handlers.deals.card_view import card_blocks
from models.deals.card import card_of
from models.deals.card_messages import Audience
from models.deals.deciding import LossReason, approve, lose, withdraw
from models.deals.lapsing import tell_lapsed_holds
from models.deals.proposing import change, counter, counter_back, revise
from models.deals.reservations import hold_until
from models.deals.rivals import Rival, Rivalry, rivalry_over
from models.deals.rows import Deal
from models.deals.rules import moves_of_side
from models.deals.terms import check_deal
from models.workspace.roles import Side
from sandbox.render import render_blocks
from tests.world import NOW, World

DEC_14, DEC_21 = date(2026, 12, 14), date(2026, 12, 21)
JAN_4, JAN_18, JAN_25 = date(2027, 1, 4), date(2027, 1, 18), date(2027, 1, 25)


def tents(world: World, quantity: int, customer: str, week: date = JAN_18) -> Deal:
    """Tents take half an hour each and 4 hours, two weeks earlier; 62 hours are free in the week of 4 January."""
    return world.propose(("Summit tent", quantity, 43200, week), by="Pete", customer=customer)


def poles(world: World, quantity: int, customer: str, week: date = DEC_14) -> Deal:
    """Pole sets come from a stock of 120, to which 2,000 are added in the week of 11 January."""
    return world.propose(("Pole set", quantity, 4000, week), by="Pete", customer=customer)


def rivalry(deal: Deal, now: datetime = NOW) -> Rivalry | None:
    return rivalry_over(deal.workspace, check_deal(deal, now=now), now=now, without=deal)


def on_assembly(needed: int, left: int, *rivals: Rival) -> Rivalry:
    return Rivalry("Assembly", "hour", JAN_4, needed, left, rivals)


def on_poles(needed: int, left: int, *rivals: Rival, week: date = DEC_14) -> Rivalry:
    return Rivalry("Poles in stock", "set", week, needed, left, rivals)


def card_text(deal: Deal) -> str:
    card = card_of(deal, now=NOW)
    shown = card_blocks(card, moves_of_side(deal, Side.OPERATIONS), Audience.OPERATIONS)
    return render_blocks([block.to_dict() for block in shown])


def test_rivals_for_time_leave_what_they_do_not_want(world: World) -> None:
    acme, borealis = tents(world, 100, "Acme"), tents(world, 60, "Borealis")
    assert rivalry(acme) == on_assembly(54_000, 28_000, Rival(2, "Borealis"))
    assert rivalry(borealis) == on_assembly(34_000, 8_000, Rival(1, "Acme"))
    assert "Also wanted by #2 Borealis. If they get theirs, 28 is left of the 54 hours needed" in card_text(acme)


def test_rivals_leave_overtime_as_well(world: World) -> None:
    # 400 h and 80 h of overtime in the week of 11 January; 454 h and 54 h are wanted.
    tents(world, 900, "Acme", JAN_25)
    borealis = tents(world, 100, "Borealis", JAN_25)
    expected = Rivalry("Assembly", "hour", date(2027, 1, 11), 54_000, 26_000, (Rival(1, "Acme"),))
    assert rivalry(borealis) == expected


def test_rivals_who_leave_nothing_leave_no_less(world: World) -> None:
    tents(world, 200, "Acme")
    assert rivalry(tents(world, 10, "Borealis")) == on_assembly(9_000, 0, Rival(1, "Acme"))
    assert "nothing is left of the 9 hours needed: Assembly, week of Jan 4." in card_text(tents(world, 10, "Cliff"))


def test_rivals_with_enough_for_all_are_named_without_a_number(world: World) -> None:
    acme, borealis = tents(world, 10, "Acme"), tents(world, 20, "Borealis")
    assert rivalry(acme) == on_assembly(9_000, 48_000, Rival(2, "Borealis"))
    assert "Also wanted by #1 Acme; there is enough for all." in card_text(borealis)


def test_deals_that_want_other_weeks_or_resources_are_no_rivals(world: World) -> None:
    acme = tents(world, 100, "Acme")
    tents(world, 100, "Borealis", JAN_25)
    poles(world, 100, "Cliff")
    world.propose(("Free installation", 1, 0, JAN_18), customer="Dune")
    assert rivalry(acme) is None
    assert "Also wanted" not in card_text(acme)


def test_rivals_through_another_offer_count(world: World) -> None:
    # 40 Ridge tents take 10 h in the very week of their delivery.
    acme = tents(world, 100, "Acme")
    world.propose(("Ridge tent", 40, 30000, JAN_4), customer="Borealis")
    assert rivalry(acme) == on_assembly(54_000, 52_000, Rival(2, "Borealis"))


def test_rivals_are_told_where_the_least_would_be_left(world: World) -> None:
    acme = world.propose(("Summit tent", 20, 43200, JAN_18), ("Summit tent", 100, 43200, JAN_25))
    tents(world, 60, "Borealis")
    tents(world, 840, "Cliff", JAN_25)
    # 14 h of 28 h in the first week; in the second, of 480 h with overtime, 424 h leave 56 h for 54 h.
    assert rivalry(acme) == Rivalry("Assembly", "hour", date(2027, 1, 11), 54_000, 56_000, (Rival(3, "Cliff"),))
    tents(world, 10, "Dune", JAN_25)
    assert rivalry(acme) == Rivalry(
        "Assembly", "hour", date(2027, 1, 11), 54_000, 47_000, (Rival(3, "Cliff"), Rival(4, "Dune"))
    )


def test_rivals_for_stock_leave_what_is_there_by_then(world: World) -> None:
    acme, borealis = poles(world, 100, "Acme"), poles(world, 50, "Borealis")
    assert rivalry(acme) == on_poles(100_000, 70_000, Rival(2, "Borealis"))
    assert rivalry(borealis) == on_poles(50_000, 20_000, Rival(1, "Acme"))


def test_rivals_for_stock_of_an_earlier_week_count(world: World) -> None:
    poles(world, 100, "Acme")
    later = poles(world, 50, "Borealis", DEC_21)
    assert rivalry(later) == on_poles(50_000, 20_000, Rival(1, "Acme"), week=DEC_21)
    assert rivalry(poles(world, 1500, "Cliff", JAN_18)) == on_poles(
        1_500_000, 1_970_000, Rival(1, "Acme"), Rival(2, "Borealis"), week=JAN_18
    )


def test_rivals_for_stock_of_a_later_week_count_until_more_arrives(world: World) -> None:
    acme, borealis = poles(world, 100, "Acme"), poles(world, 100, "Borealis", DEC_21)
    found = rivalry(acme)
    approve(borealis, by=world.person("Olga"), now=NOW)
    # What is promised for the week after leaves 20 of the 100 that are needed now.
    assert [(s.needed, s.free) for s in check_deal(acme, now=NOW).check.shortages] == [(100_000, 20_000)]
    assert found is not None
    assert (found.rivals, found.needed, found.left) == ((Rival(2, "Borealis"),), 100_000, 20_000)


def test_what_a_rival_holds_is_counted_once(world: World) -> None:
    acme, borealis = tents(world, 100, "Acme"), tents(world, 60, "Borealis")
    counter(borealis, world.terms(("Summit tent", 50, 43200, JAN_18)), by=world.person("Olga"), now=NOW)
    # 29 h are held: the check knows of 33 h, and nobody wants more of them.
    assert rivalry(acme) is None
    counter_back(borealis, world.terms(("Summit tent", 60, 43200, JAN_18)), by=world.person("Pete"), now=NOW)
    assert rivalry(acme) == on_assembly(54_000, 28_000, Rival(2, "Borealis"))


def test_what_a_rival_held_is_wanted_again_when_the_hold_expires(world: World) -> None:
    acme, borealis = tents(world, 100, "Acme"), tents(world, 60, "Borealis")
    counter(borealis, world.terms(("Summit tent", 50, 43200, JAN_18)), by=world.person("Olga"), now=NOW)
    expires = hold_until(world.workspace, now=NOW)
    assert rivalry(acme, expires - timedelta(microseconds=1)) is None
    assert rivalry(acme, expires) == on_assembly(54_000, 33_000, Rival(2, "Borealis"))
    tell_lapsed_holds(world.session, now=expires)
    assert rivalry(acme, expires) == on_assembly(54_000, 33_000, Rival(2, "Borealis"))


def test_what_a_rival_was_promised_is_counted_once(world: World) -> None:
    acme, borealis = tents(world, 10, "Acme"), tents(world, 60, "Borealis")
    approve(borealis, by=world.person("Olga"), now=NOW)
    assert rivalry(acme) is None
    change(borealis, world.terms(("Summit tent", 80, 43200, JAN_18)), by=world.person("Pete"), now=NOW)
    # 34 h are promised, 44 h are wanted: 10 h more.
    assert rivalry(acme) == on_assembly(9_000, 18_000, Rival(2, "Borealis"))


def test_own_holds_and_promises_leave_a_deal_what_it_needs(world: World) -> None:
    acme = tents(world, 100, "Acme")
    counter(acme, world.terms(("Summit tent", 110, 43200, JAN_18)), by=world.person("Olga"), now=NOW)
    assert rivalry(acme) is None
    tents(world, 60, "Borealis")
    # What it holds nobody can take.
    assert rivalry(acme) == on_assembly(59_000, 59_000, Rival(2, "Borealis"))


def test_deals_that_are_decided_are_no_rivals(world: World) -> None:
    acme, borealis = tents(world, 10, "Acme"), tents(world, 20, "Borealis")
    cliff, dune = tents(world, 10, "Cliff"), tents(world, 10, "Dune")
    assert rivalry(acme) == on_assembly(9_000, 30_000, Rival(2, "Borealis"), Rival(3, "Cliff"), Rival(4, "Dune"))
    withdraw(borealis, by=world.person("Pete"), now=NOW)
    for deal in (cliff, dune):
        approve(deal, by=world.person("Olga"), now=NOW)
    lose(dune, by=world.person("Pete"), now=NOW, reason=LossReason.PRICE)
    assert [deal.state for deal in (borealis, cliff, dune)] == ["withdrawn", "approved", "lost"]
    assert rivalry(acme) is None


def test_only_the_present_terms_of_a_rival_count(world: World) -> None:
    acme, borealis = tents(world, 10, "Acme"), tents(world, 60, "Borealis")
    revise(borealis, world.terms(("Summit tent", 60, 43200, JAN_25)), by=world.person("Pete"), now=NOW)
    assert rivalry(acme) is None


def test_four_rivals_are_three_names_and_a_number(world: World) -> None:
    acme = tents(world, 20, "Acme")
    for customer in ("Borealis", "Cliff", "Dune", "Escarpment & Sons of the Northern Territories"):
        tents(world, 20, customer)
    # 62 h less four times 14 h.
    found = rivalry(acme)
    assert found is not None
    assert (found.left, [rival.number for rival in found.rivals]) == (6_000, [2, 3, 4, 5])
    told = "Also wanted by #2 Borealis, #3 Cliff, #4 Dune and 1 more. If they get theirs, 6 is left of the 14 hours"
    assert told in card_text(acme)
