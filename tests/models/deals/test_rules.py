"""Who may do what to a deal, and the sentence for who may not."""

from collections.abc import Callable
from datetime import date

import pytest

from models.base.errors import NotYours, TooLate
from models.deals.deciding import DeclineReason, approve, decline, lose
from models.deals.deciding import LossReason as Loss
from models.deals.rows import Deal
from models.deals.rules import (
    check_may,
    check_may_propose,
    check_sees_deals,
    check_sees_numbers,
    moves_of,
    moves_of_side,
    objection,
)
from models.deals.speaking import step_to_answer
from models.deals.states import Move
from models.workspace.members import Member
from models.workspace.roles import Side
from tests.world import NOW, World

JAN_18 = date(2027, 1, 18)


def side_of(deal: Deal, member: Member) -> Side | None:
    step = step_to_answer(deal, member)
    return step.side if step else None


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
