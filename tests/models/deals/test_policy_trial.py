"""A policy tried against the deals of the last 90 days, refused where it has a hole, and saved as it was seen."""

from datetime import date, timedelta

import pytest

from models.base.errors import Refused
from models.company.policies import policy_of
from models.deals.deciding import approve
from models.deals.policy_trial import Trial, check_policy, save_policy, try_policy
from models.deals.proposing import propose_deal
from models.policy.rules import Kind, Rule, Who
from models.policy.standard import FINANCE, LEADERSHIP, OPERATIONS, standard_rules
from models.workspace.members import set_roles
from models.workspace.roles import Role
from tests.world import NOW, World, user_id

JAN_18, JAN_25 = date(2027, 1, 18), date(2027, 1, 25)


def people(*names: str) -> Who:
    return Who(Kind.PEOPLE, tuple(map(user_id, names)))


def history(world: World) -> None:
    """A standard deal, one below the floor, one with overtime that was agreed to, and one of long ago."""
    world.propose()
    world.propose(("Summit tent", 10, 30000, JAN_18), customer="Borealis")
    deal = world.propose(("Summit tent", 800, 43200, JAN_25), customer="Scouts")
    approve(deal, by=world.person("Olga"), now=NOW, overtime=22_000)
    old = world.terms(("Summit tent", 10, 20000, JAN_18))
    then = NOW - timedelta(days=91)
    propose_deal(world.workspace, by=world.person("Pete"), now=then, customer="Old", terms=old)


def test_trial_says_who_would_have_been_asked_how_often(world: World) -> None:
    history(world)
    assert try_policy(world.workspace, policy_of(world.workspace).rules, now=NOW) == Trial(
        3, {"operations": 3, "finance": 1}, 0
    )
    # $345,600 are more than $100,000; $300 of $480 is far below the floor.
    assert try_policy(world.workspace, standard_rules(2), now=NOW) == Trial(
        3, {"operations": 2, "leadership": 2, "finance": 1}, 1
    )
    rules = [Rule(OPERATIONS), Rule(people("Lea", "Fin"), (("verdict", ("overtime",)),))]
    assert try_policy(world.workspace, rules, now=NOW).asked == {"operations": 3, "Fin and Lea": 1}


def test_policy_with_a_hole_is_refused_with_the_deal_that_shows_it(world: World) -> None:
    rules = [Rule(OPERATIONS, (("family", ("Tents", "Parts", "Lamps")),))]
    with pytest.raises(Refused) as refused:
        check_policy(world.workspace, rules)
    assert refused.value.sentence == (
        "Nobody would be asked about a deal with a discount beyond policy, for Services, sold by Sara. "
        "Add a rule for it."
    )
    check_policy(world.workspace, [*rules, Rule(FINANCE)])


def test_policy_that_only_the_seller_could_answer_is_refused(world: World) -> None:
    for name in ("Lea", "Fin", "Olga", "Otto"):
        set_roles(world.person(name), [], by=None, now=NOW)
    set_roles(world.person("Sara"), [Role.SALES, Role.OPERATIONS], by=None, now=NOW)
    with pytest.raises(Refused, match="Nobody but Sara could agree to Sara’s own deals"):
        check_policy(world.workspace, [Rule(OPERATIONS)])
    set_roles(world.person("Olga"), [Role.OPERATIONS], by=None, now=NOW)
    check_policy(world.workspace, [Rule(OPERATIONS)])


def test_policy_is_saved_as_it_was_looked_at(world: World) -> None:
    lea, rules = world.person("Lea"), [Rule(OPERATIONS), Rule(LEADERSHIP)]
    assert save_policy(world.workspace, rules, version=1, by=lea, now=NOW).version == 2
    with pytest.raises(Refused, match="The policy was changed meanwhile"):
        save_policy(world.workspace, [Rule(OPERATIONS)], version=1, by=lea, now=NOW)
    assert policy_of(world.workspace).rules == tuple(rules)
