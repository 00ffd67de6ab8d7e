"""For whom people speak, and where their answer counts."""

from datetime import date

from models.deals.deciding import approve
from models.deals.rows import Deal
from models.deals.rules import (
    objection,
)
from models.deals.speaking import speaks_for, step_to_answer
from models.deals.states import Move
from models.workspace.members import Member, set_roles
from models.workspace.roles import Role, Side
from tests.world import NOW, World

JAN_18 = date(2027, 1, 18)


def side_of(deal: Deal, member: Member) -> Side | None:
    step = step_to_answer(deal, member)
    return step.side if step else None


def sentence(deal: Deal, move: Move, by: Member) -> str | None:
    refused = objection(deal, move, by=by)
    return refused.sentence if refused else None


def test_sides_that_people_speak_for(world: World) -> None:
    deal, sara, olga = world.propose(), world.person("Sara"), world.person("Olga")
    names = ("Sara", "Pete", "Olga", "Fin", "Lea", "Gus")
    assert {name: speaks_for(deal, world.person(name)) for name in names} == {
        "Sara": (Side.SALES,),
        "Pete": (),
        "Olga": (Side.OPERATIONS,),
        "Fin": (Side.FINANCE,),
        "Lea": (Side.FINANCE, Side.LEADERSHIP),
        "Gus": (),
    }
    # Whatever else a seller is, on their own deal they speak for sales; without that role for nobody.
    set_roles(sara, [Role.OPERATIONS, Role.FINANCE], by=None, now=NOW)
    assert speaks_for(deal, sara) == ()
    assert sentence(deal, Move.WITHDRAW, sara) == "Only Sara, whose deal this is, can do this."
    set_roles(olga, [Role.OPERATIONS, Role.LEADERSHIP], by=None, now=NOW)
    assert speaks_for(deal, olga) == (Side.OPERATIONS, Side.FINANCE, Side.LEADERSHIP)


def test_agreement_is_missing_from_whoever_has_not_spoken(world: World) -> None:
    deal, olga = world.propose(("Summit tent", 10, 30000, JAN_18)), world.person("Olga")
    set_roles(olga, [Role.OPERATIONS, Role.FINANCE], by=None, now=NOW)
    assert [side_of(deal, world.person(n)) for n in ("Sara", "Olga", "Fin")] == [None, "operations", "finance"]
    approve(deal, by=olga, now=NOW)
    assert [side_of(deal, world.person(name)) for name in ("Olga", "Otto", "Fin")] == [None, None, "finance"]
    assert sentence(deal, Move.APPROVE, olga) == (
        "You have agreed to these terms already, and one person speaks for one side only."
    )
    assert sentence(deal, Move.APPROVE, world.person("Otto")) == (
        "Not your turn: Olga agreed for operations; the deal waits for finance."
    )
