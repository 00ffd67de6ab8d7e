"""Whom rules mean among the people of a workspace."""

import pytest

from models.company.approvers import approvers_of, called_in, people_of
from models.policy.rules import ALL, ANY, Asked, Kind, Rule, Who
from models.policy.standard import FINANCE, LEADERSHIP, OPERATIONS
from models.workspace.leads import set_leads
from models.workspace.members import set_roles
from models.workspace.roles import Role, Side
from tests.world import NOW, World, learn, user_id


def asked(*rules: Rule) -> list[Asked]:
    return [Asked(rule.who, rule.need, rule.order, rule.hours, (rule,)) for rule in rules]


def people(*names: str) -> Who:
    return Who(Kind.PEOPLE, tuple(map(user_id, names)))


@pytest.mark.parametrize(
    ("who", "names"),
    [
        (OPERATIONS, ["Olga", "Otto"]),
        (people("Lea", "Sara", "Nobody"), ["Sara", "Lea"]),
        (Who(Kind.LEAD), ["Pete"]),
    ],
)
def test_rule_means_people(world: World, who: Who, names: list[str]) -> None:
    set_leads(world.workspace, {Side.SALES: world.person("Pete")}, by=world.person("Lea"), now=NOW)
    assert [member.name for member in people_of(world.workspace, Rule(who))] == names


def test_guest_is_nobody_to_ask(world: World) -> None:
    learn(world.workspace, "Olga", is_outsider=True)
    assert people_of(world.workspace, Rule(people("Olga"))) == []


def test_leadership_stands_in_for_who_is_not_there(world: World) -> None:
    for who in (FINANCE, people("Sara"), people("Nobody")):
        set_roles(world.person("Fin"), [], by=None, now=NOW)
        (one,) = approvers_of(world.workspace, asked(Rule(who)), world.person("Sara"))
        assert (one.role, [member.name for member in one.people]) == (Role.LEADERSHIP, ["Lea"])


def test_role_that_nobody_has_yet_waits_for_whoever_gets_it(world: World) -> None:
    for name in ("Fin", "Lea", "Olga", "Otto"):
        set_roles(world.person(name), [], by=None, now=NOW)
    found = approvers_of(world.workspace, asked(Rule(OPERATIONS), Rule(FINANCE)), world.person("Sara"))
    assert [(one.role, one.people) for one in found] == [(Role.OPERATIONS, ()), (Role.FINANCE, ())]


def test_the_same_people_are_asked_once(world: World) -> None:
    set_roles(world.person("Fin"), [], by=None, now=NOW)
    rules = (Rule(LEADERSHIP, need=ALL, order=3), Rule(FINANCE, order=2, hours=4), Rule(OPERATIONS, need=ANY, order=2))
    found = approvers_of(world.workspace, asked(*rules), world.person("Sara"))
    assert [(one.role, one.asked.order, one.asked.need, one.asked.hours) for one in found] == [
        (Role.LEADERSHIP, 2, ALL, 4),
        (Role.OPERATIONS, 2, ANY, None),
    ]
    assert found[0].asked.rules == rules[:2]


def test_people_are_called_by_their_names(world: World) -> None:
    called = called_in(world.workspace)
    assert [called(one) for one in (user_id("Fin"), "U404")] == ["Fin", "U404"]
