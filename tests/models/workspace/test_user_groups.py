"""User groups as Slack last described them."""

import pytest

from models.base.errors import Refused
from models.workspace.user_groups import (
    GivenGroup,
    group_called,
    groups_of,
    learn_group,
    learn_groups,
    people_in_group,
)
from tests.world import World, learn

DESK = GivenGroup("S1", "deal-desk", "Deal desk", ("UFIN", "ULEA", "UNOBODY"))


def names(world: World, group: str = "S1") -> list[str]:
    return [member.name for member in people_in_group(world.workspace, group)]


def test_group_is_who_slack_says_and_is_of_this_workspace(world: World) -> None:
    learn_group(world.workspace, DESK)
    assert names(world) == ["Fin", "Lea"]
    learn(world.workspace, "Lea", is_outsider=True)
    assert names(world) == ["Fin"]
    learn_group(world.workspace, GivenGroup("S1", "deal-desk", "The desk", ("UOLGA",)))
    assert ([row.name for row in groups_of(world.workspace)], names(world)) == (["The desk"], ["Olga"])
    assert names(world, "S9") == []


def test_group_that_is_listed_no_more_is_gone_and_asks_nobody(world: World) -> None:
    learn_groups(world.workspace, [DESK, GivenGroup("S2", "ops", "Operations", ("UOLGA",))])
    learn_groups(world.workspace, [GivenGroup("S2", "ops", "Operations", ("UOLGA",))])
    assert ([row.group_id for row in groups_of(world.workspace)], names(world)) == (["S2"], [])
    learn_group(world.workspace, GivenGroup("S2", "ops", "Operations", ("UOLGA",), is_gone=True))
    assert (list(groups_of(world.workspace)), names(world, "S2")) == ([], [])


def test_group_is_found_by_handle_name_or_id(world: World) -> None:
    learn_group(world.workspace, DESK)
    for name in ("deal-desk", "@Deal-Desk", "deal desk", "S1"):
        assert group_called(world.workspace, name, what="A rule").group_id == "S1"
    with pytest.raises(Refused, match="A rule: no user group here is called “nobody”"):
        group_called(world.workspace, "nobody", what="A rule")
