"""Whom a step or a side asks, and whether anybody of them is there."""

from datetime import date, timedelta

import pytest

from models.company.policies import set_policy
from models.deals.absences import keep_absences
from models.deals.asked import asked_in, is_nobody_there
from models.policy.rules import ALL, Kind, Rule, Who
from models.workspace.absences import go_away
from models.workspace.members import set_roles
from models.workspace.roles import Side
from tests.world import NOW, World

TODAY = date(2026, 11, 23)


def away(world: World, name: str, deputy: str | None = None) -> None:
    named = world.person(deputy) if deputy else None
    go_away(world.person(name), TODAY, TODAY + timedelta(days=3), now=NOW, deputy=named)
    keep_absences(world.session, now=NOW)


def test_deputies_stand_in_the_place_of_who_is_away_and_never_the_seller(world: World) -> None:
    rules = (Rule(Who(Kind.PEOPLE, ("UFIN", "UOLGA", "USARA")), need=ALL),)
    set_policy(world.workspace, rules, by=world.person("Lea"), now=NOW)
    (step,) = world.propose().proposal.steps
    assert [member.name for member in asked_in(step)] == ["Olga", "Fin"]
    away(world, "Fin", "Lea")
    away(world, "Olga")
    # Nobody answers for Olga: she hears of it herself.
    assert [member.name for member in asked_in(step)] == ["Olga", "Lea"]


def test_finance_is_leadership_where_nobody_is_in_finance(world: World) -> None:
    deal = world.propose(("Summit tent", 10, 20000, date(2027, 1, 18)))
    finance = next(step for step in deal.proposal.steps if step.side is Side.FINANCE)
    set_roles(world.person("Fin"), [], by=None, now=NOW)
    assert [member.name for member in asked_in(finance)] == ["Lea"]


@pytest.mark.parametrize(("gone", "nobody"), [((), False), (("Olga",), False), (("Olga", "Otto"), True)])
def test_nobody_is_there_when_all_are_away(world: World, gone: tuple[str, ...], *, nobody: bool) -> None:
    deal = world.propose()
    for name in gone:
        away(world, name)
    assert is_nobody_there(deal, Side.OPERATIONS, deal.proposal.steps[0]) is nobody
    assert is_nobody_there(deal, Side.OPERATIONS, None) is nobody
    assert not is_nobody_there(deal, Side.SALES, None)


def test_who_fulfils_a_condition_is_there_or_their_deputy_is(world: World) -> None:
    deal, otto = world.propose(), world.person("Otto")
    assert not is_nobody_there(deal, Side.APPROVERS, None, otto)
    away(world, "Otto", "Lea")
    assert not is_nobody_there(deal, Side.APPROVERS, None, otto)
    away(world, "Lea")
    assert is_nobody_there(deal, Side.APPROVERS, None, otto)
