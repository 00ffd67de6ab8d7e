"""Who answers for the supply of a family."""

from fractions import Fraction

import pytest

from models.base.errors import NotYours, Refused
from models.sop.owners import FamilyOwner, name_owner, named_owners, owners_of
from models.sop.rules import check_may_name_owners
from models.sop.signing import sign
from models.sop.steps import Step
from models.sop.supplying import answer_supply, find_supply
from models.workspace.members import set_roles
from tests.models.sop.december import at, planned, the_cycle, turn
from tests.world import NOW, World


def owned(world: World, *families: str) -> dict[str, list[str]]:
    return {member.name: of for member, of in owners_of(world.workspace, families).items()}


def test_family_of_nobody_is_everybodys_in_operations(world: World) -> None:
    olga, otto = world.person("Olga"), world.person("Otto")
    assert owned(world, "Tents", "Lamps") == {"Olga": ["Tents", "Lamps"], "Otto": ["Tents", "Lamps"]}
    name_owner(world.workspace, "Tents", otto, by=olga, now=NOW)
    assert owned(world, "Tents", "Lamps") == {"Otto": ["Tents", "Lamps"], "Olga": ["Lamps"]}
    assert owned(world) == {}
    name_owner(world.workspace, "Tents", olga, by=olga, now=NOW)
    assert named_owners(world.workspace) == {"Tents": olga}
    name_owner(world.workspace, "Tents", None, by=olga, now=NOW)
    name_owner(world.workspace, "Tents", None, by=olga, now=NOW)
    assert named_owners(world.workspace) == {}


def test_owner_who_left_operations_owns_nothing(world: World) -> None:
    olga, otto = world.person("Olga"), world.person("Otto")
    name_owner(world.workspace, "Tents", otto, by=olga, now=NOW)
    set_roles(otto, [], by=None, now=NOW)
    assert (named_owners(world.workspace), owned(world, "Tents")) == ({}, {"Olga": ["Tents"]})
    assert world.session.query(FamilyOwner).count() == 1


def test_only_planners_are_named(world: World) -> None:
    with pytest.raises(Refused) as refused:
        name_owner(world.workspace, "Tents", world.person("Lea"), by=world.person("Lea"), now=NOW)
    assert (refused.value.sentence, refused.value.field) == (
        "Lea is not in operations. `/belay roles` makes them so.",
        "owner",
    )


def test_owner_of_a_family_is_asked_for_its_supply_and_nobody_else(world: World) -> None:
    olga, otto, sara = world.person("Olga"), world.person("Otto"), world.person("Sara")
    planned(world)
    turn(world, at("12-09"))
    cycle, now = the_cycle(world), at("12-09", "10:00")
    assert {row.name for row in cycle.unanswered(Step.SUPPLY)} == {"Olga", "Otto"}
    with pytest.raises(Refused, match="Sara is not in operations"):
        name_owner(world.workspace, "Tents", sara, by=olga, now=now)
    with pytest.raises(NotYours, match="Only workspace admins"):
        check_may_name_owners(world.workspace, otto, frozenset())
    check_may_name_owners(world.workspace, olga, frozenset())
    for family in ("Lamps", "Parts", "Tents"):
        name_owner(world.workspace, family, otto, by=olga, now=now)
    # Nothing is left for Olga to answer, so nobody asks her; given a family back, she is asked again.
    assert [row.name for row in cycle.unanswered(Step.SUPPLY)] == ["Otto"]
    with pytest.raises(NotYours, match="another planner's"):
        answer_supply(find_supply(cycle, "Tents"), (1, 1, 1), rest_percent=Fraction(0), limit="x", by=olga, now=now)
    name_owner(world.workspace, "Tents", None, by=olga, now=now)
    assert {row.name for row in cycle.unanswered(Step.SUPPLY)} == {"Olga", "Otto"}
    answer_supply(find_supply(cycle, "Tents"), (1, 1, 1), rest_percent=Fraction(0), limit="x", by=olga, now=now)
    assert [row.name for row in cycle.unanswered(Step.SUPPLY)] == ["Otto"]
    # What is signed asks nobody any more, whatever is answered later.
    turn(world, at("12-16"))
    sign(cycle, by=world.person("Lea"), now=at("12-16", "10:00"))
    answer_supply(
        find_supply(cycle, "Tents"), (2, 2, 2), rest_percent=Fraction(0), limit="x", by=olga, now=at("12-16", "11:00")
    )
    assert cycle.unanswered(Step.SUPPLY) == []
