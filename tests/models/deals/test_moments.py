"""At which moment a move is possible."""

from datetime import date

from models.base.errors import TooLate
from models.deals.deciding import approve
from models.deals.proposing import change, counter, extend_hold
from models.deals.rows import Deal, WaysFound
from models.deals.rules import (
    moves_of_side,
    objection,
)
from models.deals.states import Move
from models.deals.talking import ask, join_call
from models.workspace.members import Member
from models.workspace.roles import Side
from tests.world import NOW, World

JAN_18 = date(2027, 1, 18)


def sentence(deal: Deal, move: Move, by: Member) -> str | None:
    refused = objection(deal, move, by=by)
    return refused.sentence if refused else None


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
