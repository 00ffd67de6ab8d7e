"""Whose turn a deal is, as the home lists it."""

import pytest

from models.base.arithmetic import WEEK
from models.deals.deciding import NeedsWhy, accept, approve, send_back, win
from models.deals.lists import is_turn_of, live_deals, turn_of
from models.deals.proposing import counter
from models.deals.reservations import held_until
from models.deals.rows import Deal
from tests.models.deals.test_deliveries import JAN_18
from tests.world import NOW, World

CHEAP = ("Summit tent", 10, 20000, JAN_18)


def turns(deal: Deal, world: World) -> list[str]:
    return [name for name in ("Sara", "Pete", "Olga", "Fin", "Lea") if is_turn_of(deal, world.person(name))]


def test_deal_that_finance_sent_back_is_its_sellers_turn(world: World) -> None:
    deal = world.propose(CHEAP)
    assert turns(deal, world) == ["Olga", "Fin", "Lea"]
    send_back(deal, by=world.person("Fin"), now=NOW, why="Ask for more.")
    assert turns(deal, world) == ["Sara"]


def test_who_was_not_asked_why_is_told_which_deal_and_that_it_takes_a_sentence(world: World) -> None:
    deal = world.propose(CHEAP)
    with pytest.raises(NeedsWhy, match=r"^Say in a sentence why #1 may go below the floor\.$"):
        approve(deal, by=world.person("Fin"), now=NOW)


def test_hold_that_was_accepted_in_time_waits_for_who_has_not_answered(world: World) -> None:
    deal = world.propose(CHEAP)
    counter(deal, world.terms(("Summit tent", 10, 21000, JAN_18)), by=world.person("Fin"), now=NOW)
    until = held_until(deal, now=NOW)
    assert until is not None
    accept(deal, by=world.person("Sara"), now=NOW)
    later = held_until(deal, now=NOW)
    assert later is not None
    assert (turns(deal, world), later - until >= WEEK) == (["Olga"], True)


def test_what_needs_an_answer_comes_before_orders_that_are_to_be_delivered(world: World) -> None:
    olga = world.person("Olga")
    order = world.propose()
    approve(order, by=olga, now=NOW)
    win(order, by=world.person("Sara"), now=NOW)
    asked = world.propose(CHEAP)
    assert turn_of(olga) == [asked, order]
    assert live_deals(olga, limit=1) == [asked]
