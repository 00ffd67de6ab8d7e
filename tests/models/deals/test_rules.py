"""Who may do what to a deal, and the sentence for who may not."""

from collections.abc import Callable
from datetime import date

import pytest

from models.base.errors import NotYours, TooLate
from models.deals.deciding import DeclineReason, approve, decline, lose
from models.deals.deciding import LossReason as Loss
from models.deals.proposing import change, counter, extend_hold
from models.deals.rows import Deal, WaysFound
from models.deals.rules import (
    check_may,
    check_may_propose,
    check_sees_deals,
    check_sees_numbers,
    moves_of,
    moves_of_side,
    objection,
    side_to_agree,
    speaks_for,
)
from models.deals.states import Move
from models.deals.talking import ask, join_call
from models.workspace.members import Member, set_roles
from models.workspace.roles import Role, Side
from tests.world import NOW, World

JAN_18 = date(2027, 1, 18)


def sentence(deal: Deal, move: Move, by: Member) -> str | None:
    refused = objection(deal, move, by=by)
    return refused.sentence if refused else None


@pytest.mark.parametrize(
    ("check", "allowed", "refusal"),
    [
        (check_may_propose, "Sara", "Deals are proposed by sales. An admin gives roles with `/belay roles`."),
        (check_sees_numbers, "Lea", "Cost and margin are for operations, finance and leadership."),
        (check_sees_deals, "Sara", "Deals are for people with a role. An admin gives roles with `/belay roles`."),
    ],
)
def test_what_takes_a_role_is_refused_without_one(
    world: World, check: Callable[[Member], None], allowed: str, refusal: str
) -> None:
    check(world.person(allowed))
    with pytest.raises(NotYours) as refused:
        check(world.person("Gus"))
    assert refused.value.sentence == refusal


def test_each_rule_names_whose_move_it_is(world: World) -> None:
    deal = world.propose()
    sentences = [
        (move, name, sentence(deal, move, world.person(name)))
        for move, name in (
            (Move.REVISE, "Pete"),
            (Move.COUNTER, "Sara"),
            (Move.COUNTER, "Fin"),
            (Move.JOIN_CALL, "Fin"),
            (Move.APPROVE, "Sara"),
            (Move.APPROVE, "Pete"),
            (Move.ASK, "Gus"),
            (Move.EXPIRE, "Lea"),
        )
    ]
    assert sentences == [
        (Move.REVISE, "Pete", "Only Sara, whose deal this is, can do this."),
        (Move.COUNTER, "Sara", "Nobody decides on their own deal."),
        (Move.COUNTER, "Fin", "This is for operations."),
        (Move.JOIN_CALL, "Fin", "This is for operations and leadership."),
        (Move.APPROVE, "Sara", "Nobody decides on their own deal."),
        (Move.APPROVE, "Pete", "Operations approve deals; finance or leadership those below the floor."),
        (Move.ASK, "Gus", "Questions are for the two sides of this deal."),
        (Move.EXPIRE, "Lea", "Only the clock does this, to deal #1, not Lea."),
    ]


def test_sides_that_people_speak_for(world: World) -> None:
    deal, sara, olga = world.propose(), world.person("Sara"), world.person("Olga")
    names = ("Sara", "Pete", "Olga", "Fin", "Lea", "Gus")
    assert {name: speaks_for(deal, world.person(name)) for name in names} == {
        "Sara": (Side.SALES,),
        "Pete": (),
        "Olga": (Side.OPERATIONS,),
        "Fin": (Side.FINANCE,),
        "Lea": (Side.FINANCE,),
        "Gus": (),
    }
    # Whatever else a seller is, on their own deal they speak for sales; without that role for nobody.
    set_roles(sara, [Role.OPERATIONS, Role.FINANCE], by=None, now=NOW)
    assert speaks_for(deal, sara) == ()
    assert sentence(deal, Move.WITHDRAW, sara) == "Only Sara, whose deal this is, can do this."
    set_roles(olga, [Role.OPERATIONS, Role.LEADERSHIP], by=None, now=NOW)
    assert speaks_for(deal, olga) == (Side.OPERATIONS, Side.FINANCE)


def test_agreement_is_missing_from_whoever_has_not_spoken(world: World) -> None:
    deal, olga = world.propose(("Summit tent", 10, 30000, JAN_18)), world.person("Olga")
    set_roles(olga, [Role.OPERATIONS, Role.FINANCE], by=None, now=NOW)
    assert [side_to_agree(deal, world.person(n)) for n in ("Sara", "Olga", "Fin")] == [None, "operations", "finance"]
    approve(deal, by=olga, now=NOW)
    assert [side_to_agree(deal, world.person(name)) for name in ("Olga", "Otto", "Fin")] == [None, None, "finance"]
    assert sentence(deal, Move.APPROVE, olga) == (
        "You have agreed to these terms already, and one person speaks for one side only."
    )
    assert sentence(deal, Move.APPROVE, world.person("Otto")) == (
        "Not your turn: Olga agreed for operations; the deal waits for finance."
    )


def test_counter_comes_before_a_decline_unless_no_way_is_left(world: World) -> None:
    deal, olga = world.propose(), world.person("Olga")
    refused = objection(deal, Move.DECLINE, by=olga)
    assert isinstance(refused, TooLate)
    assert (refused.sentence, refused.way_on) == (
        "Counter first: operations can decline once a counter-proposal was made, or no way to yes exists.",
        Move.COUNTER,
    )
    assert objection(deal, Move.DECLINE, by=world.person("Lea")) is None
    deal.found = WaysFound(
        workspace=world.workspace, proposal_id=deal.proposal.id, found_at=NOW, is_complete=True, ways=[]
    )
    assert objection(deal, Move.DECLINE, by=olga) is None


def test_promise_that_can_be_kept_is_not_countered(world: World) -> None:
    deal, olga = world.propose(), world.person("Olga")
    approve(deal, by=olga, now=NOW)
    refusal = "Deal #1 is promised, and the promise can be kept; only Sara can ask for a change."
    assert sentence(deal, Move.COUNTER, olga) == refusal
    assert Move.COUNTER not in moves_of_side(deal, Side.OPERATIONS)
    deal.broken_at = NOW
    assert sentence(deal, Move.COUNTER, olga) is None
    assert Move.COUNTER in moves_of_side(deal, Side.OPERATIONS)


def test_only_the_change_of_a_promise_is_declined_or_taken_back(world: World) -> None:
    deal, sara, lea = world.propose(), world.person("Sara"), world.person("Lea")
    assert sentence(deal, Move.KEEP, sara) == "Deal #1 has no earlier terms to keep."
    assert sentence(deal, Move.DECLINE_CHANGE, lea) == "Deal #1 has no earlier terms to keep."
    approve(deal, by=world.person("Olga"), now=NOW)
    change(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=sara, now=NOW)
    promised = "Deal #1 is promised already; only the change can be taken back."
    assert (sentence(deal, Move.WITHDRAW, sara), sentence(deal, Move.DECLINE, lea)) == (promised, promised)
    assert (sentence(deal, Move.KEEP, sara), sentence(deal, Move.DECLINE_CHANGE, lea)) == (None, None)


def test_third_extension_is_refused(world: World) -> None:
    deal, olga = world.propose(), world.person("Olga")
    counter(deal, world.terms(("Summit tent", 90, 43200, JAN_18)), by=olga, now=NOW)
    extend_hold(deal, by=olga, now=NOW)
    assert Move.EXTEND in moves_of_side(deal, Side.OPERATIONS)
    extend_hold(deal, by=olga, now=NOW)
    assert sentence(deal, Move.EXTEND, olga) == "This hold was extended twice already. A new counter holds anew."
    assert Move.EXTEND not in moves_of_side(deal, Side.OPERATIONS)


def test_answer_and_call_are_taken_once(world: World) -> None:
    deal, olga, sara = world.propose(), world.person("Olga"), world.person("Sara")
    assert sentence(deal, Move.ANSWER, olga) == "No question waits for your answer."
    ask(deal, "Is there a later week?", by=sara, now=NOW)
    assert (sentence(deal, Move.ANSWER, olga), Move.ANSWER in moves_of_side(deal, Side.OPERATIONS)) == (None, True)
    assert sentence(deal, Move.JOIN_CALL, olga) is None
    join_call(deal, by=olga, now=NOW)
    assert sentence(deal, Move.JOIN_CALL, olga) == "You are on the call already."


def test_revision_ends_with_the_first_decision(world: World) -> None:
    deal, sara = world.propose(("Summit tent", 10, 30000, JAN_18)), world.person("Sara")
    assert objection(deal, Move.REVISE, by=sara) is None
    approve(deal, by=world.person("Olga"), now=NOW)
    refusal = "Somebody has decided on these terms already; withdraw, or wait for the answer."
    assert sentence(deal, Move.REVISE, sara) == refusal


def test_deal_that_is_over_says_who_ended_it_and_when(world: World) -> None:
    deal, sara = world.propose(), world.person("Sara")
    assert sentence(deal, Move.WIN, sara) == "Deal #1 is proposed: this is not possible now."
    approve(deal, by=world.person("Olga"), now=NOW)
    lose(deal, by=sara, now=NOW, reason=Loss.PRICE)
    with pytest.raises(TooLate) as refused:
        check_may(deal, Move.WIN, by=sara)
    at = "Nov 23, 9:00\N{NARROW NO-BREAK SPACE}AM"
    assert refused.value.sentence == f"Deal #1 is lost, by Sara, {at}: this is not possible now."
    assert [moves_of(deal, world.person(name)) for name in ("Sara", "Olga", "Lea")] == [frozenset()] * 3


def test_declined_deal_lets_no_side_move(world: World) -> None:
    deal = world.propose()
    assert moves_of_side(deal, Side.OPERATIONS) == {
        Move.APPROVE,
        Move.COUNTER,
        Move.ASK,
        Move.JOIN_CALL,
        Move.EXTEND,
        Move.ATTACH,
        Move.DECLINE,
    }
    decline(deal, by=world.person("Lea"), now=NOW, reason=DeclineReason.RISK, why="They do not pay.")
    assert moves_of_side(deal, Side.OPERATIONS) == frozenset()
