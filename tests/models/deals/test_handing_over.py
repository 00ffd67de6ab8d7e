"""Handing over: nothing is ever stuck on one person, also when they have left."""

from datetime import date, timedelta

import pytest

from models.base.errors import NotYours, Refused
from models.company.policies import set_policy
from models.deals.deciding import approve, win
from models.deals.handing_over import hand_over, hand_over_all
from models.deals.proposing import counter, counter_back
from models.deals.rows import Deal
from models.deals.states import State
from models.deals.talking import ask
from models.deals.turns import turns_of
from models.deals.waiting import owes, waiting_for
from models.policy.rules import Kind, Rule, Who
from models.workspace.leads import set_leads
from models.workspace.members import set_roles
from models.workspace.roles import Role, Side
from tests.world import NOW, World

EVERYBODY = ("Sara", "Pete", "Olga", "Otto", "Fin", "Lea", "Gus")
JAN_18 = date(2027, 1, 18)
# A month later everything that waits has been said.
LATER = NOW + timedelta(weeks=5)


def five(world: World) -> list[Deal]:
    """Five deals of Sara's: proposed, asked about, countered, approved and won."""
    olga, sara = world.person("Olga"), world.person("Sara")
    deals = [world.propose(("Summit tent", 10, 48000, JAN_18), customer=name) for name in "ABCDE"]
    ask(deals[1], "Which colour?", by=olga, now=NOW)
    counter(deals[2], world.terms(("Summit tent", 9, 48000, JAN_18)), by=olga, now=NOW)
    for deal in deals[3:]:
        approve(deal, by=olga, now=NOW)
    win(deals[4], by=sara, now=NOW)
    return deals


def asked(world: World) -> dict[str, list[int]]:
    """Who is reminded of which deals, a month later."""
    world.session.expire_all()
    waits = {name: sorted(one.deal.number for one in waiting_for(world.person(name), now=LATER)) for name in EVERYBODY}
    return {name: numbers for name, numbers in waits.items() if numbers}


# Who is asked for which of the five, a month later: the delivery of 5 is asked for when its week is over.
OPERATIONS = {"Olga": [1], "Otto": [1]}


def test_deals_of_a_seller_who_lost_the_role_wait_for_somebody_else(world: World) -> None:
    five(world)
    assert asked(world) == OPERATIONS | {"Sara": [2, 3, 4]}
    set_roles(world.person("Sara"), [], by=None, now=NOW)
    assert asked(world) == OPERATIONS | {"Lea": [2, 3, 4]}
    set_leads(world.workspace, {Side.SALES: world.person("Pete")}, by=world.person("Lea"), now=NOW)
    assert asked(world) == OPERATIONS | {"Pete": [2, 3, 4]}
    hand_over_all(world.person("Sara"), world.person("Pete"), by=world.person("Pete"), now=NOW)
    assert asked(world) == OPERATIONS | {"Pete": [2, 3, 4]}


def test_new_seller_owes_what_the_former_one_owed_and_may_do_it(world: World) -> None:
    deals, pete = five(world), world.person("Pete")
    hand_over(deals[3], pete, by=world.person("Sara"), now=NOW, why="Holidays.")
    assert [(turn.side, turn.member) for turn in turns_of(deals[3])] == [(Side.SALES, pete)]
    win(deals[3], by=pete, now=NOW)


@pytest.mark.parametrize(
    ("name", "may"),
    [("Sara", True), ("Lea", True), ("Pete", False), ("Olga", False), ("Fin", False), ("Gus", False)],
)
def test_deal_is_handed_over_by_its_seller_or_leadership(world: World, name: str, may: bool) -> None:
    deal = world.propose()
    if may:
        hand_over(deal, world.person("Pete"), by=world.person(name), now=NOW)
        return
    for act in (hand_over, None):
        with pytest.raises(NotYours):
            if act:
                hand_over(deal, world.person("Pete"), by=world.person(name), now=NOW)
            else:
                hand_over_all(world.person("Sara"), world.person("Pete"), by=world.person(name), now=NOW)


def test_deal_goes_to_somebody_who_sells(world: World) -> None:
    deal, sara = world.propose(), world.person("Sara")
    for to, sentence in (("Olga", "Olga does not sell"), ("Sara", "sells this deal already")):
        with pytest.raises(Refused, match=sentence):
            hand_over(deal, world.person(to), by=sara, now=NOW)
    with pytest.raises(Refused, match="Nothing waits on Pete"):
        hand_over_all(world.person("Pete"), sara, by=world.person("Lea"), now=NOW)


def test_deal_that_nobody_is_asked_about_any_more_is_promised(world: World) -> None:
    rule = Rule(Who(Kind.ROLE, (Role.OPERATIONS,)), (("seller", ("UPETE",)),))
    set_policy(world.workspace, [rule], by=None, now=NOW)
    deal = world.propose(("Summit tent", 10, 48000, JAN_18), by="Pete")
    assert deal.awaiting == (Side.OPERATIONS,)
    hand_over(deal, world.person("Sara"), by=world.person("Pete"), now=NOW)
    assert deal.state == State.APPROVED


def test_planner_who_comes_to_sell_a_deal_owes_no_answer_to_it(world: World) -> None:
    pete, olga, otto = (world.person(name) for name in ("Pete", "Olga", "Otto"))
    set_roles(pete, [Role.SALES, Role.OPERATIONS], by=None, now=NOW)
    deal = world.propose(by="Pete")
    counter(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=olga, now=NOW)
    counter_back(deal, world.terms(("Summit tent", 95, 43200, JAN_18)), by=pete, now=NOW)
    hand_over_all(olga, pete, by=olga, now=NOW)
    (turn,) = turns_of(deal)
    assert [owes(member, turn) for member in (pete, olga, otto)] == [False, True, True]


def test_planner_hands_turns_over_to_another_one(world: World) -> None:
    deal, olga, otto = world.propose(), world.person("Olga"), world.person("Otto")
    ask(deal, "Which colour?", by=olga, now=NOW)
    turn = turns_of(deal)[0]
    turn.side, turn.member = Side.OPERATIONS, olga
    hand_over_all(olga, otto, by=olga, now=NOW)
    assert turn.member is otto
    set_roles(olga, [Role.SALES], by=None, now=NOW)
