"""Whose move it is, whatever the moment."""

from datetime import date

from models.deals.rows import Deal
from models.deals.rules import (
    objection,
)
from models.deals.states import Move
from models.workspace.members import Member
from tests.world import World

JAN_18 = date(2027, 1, 18)


def sentence(deal: Deal, move: Move, by: Member) -> str | None:
    refused = objection(deal, move, by=by)
    return refused.sentence if refused else None


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
