"""The catalogue: finding offers, their stand-ins, and the channel that answers for a family."""

import pytest
from sqlalchemy import delete

from models.base.errors import NotFound
from models.company.counting import offer_facts
from models.company.offers import (
    EVERY_FAMILY,
    FamilyChannel,
    OfferRow,
    Substitute,
    channel_for,
    families,
    family_channels,
    offers_by_id,
    offers_with_stand_ins,
    search_offers,
)
from models.workspace.workspaces import Workspace
from tests.world import OPS_CHANNEL, World


def other_workspace(world: World) -> Workspace:
    other = Workspace(name="Other", team_id="T2")
    world.session.add(other)
    world.session.flush()
    return other


def add_offer(workspace: Workspace, name: str) -> OfferRow:
    offer = OfferRow(workspace=workspace, name=name, family="Tarps", unit="tarp", list_price=1, unit_cost=1)
    workspace.session.add(offer)
    workspace.session.flush()
    return offer


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("tent", ["Tent pegs", "Ridge tent", "Summit tent"]),
        (" SUMMIT ", ["Summit tent"]),
        ("%", ["100 % wool"]),
        ("_", []),
        ("zzz", []),
    ],
)
def test_offers_that_begin_with_the_text_come_first(world: World, text: str, names: list[str]) -> None:
    for name in ("Tent pegs", "100 % wool"):
        add_offer(world.workspace, name)
    assert [offer.name for offer in search_offers(world.workspace, text)] == names


def test_search_stops_at_its_limit_and_in_its_workspace(world: World) -> None:
    other = other_workspace(world)
    add_offer(other, "Tent of others")
    assert [offer.name for offer in search_offers(world.workspace, "", limit=2)] == ["Free installation", "Pole set"]
    assert [offer.name for offer in search_offers(other, "tent")] == ["Tent of others"]


def test_offer_of_another_workspace_is_not_there(world: World) -> None:
    tent, foreign = world.offer("Summit tent"), add_offer(other_workspace(world), "Tent of others")
    assert offers_by_id(world.workspace, [tent.id, tent.id]) == {tent.id: tent}
    assert offers_by_id(world.workspace, []) == {}
    with pytest.raises(NotFound) as refused:
        offers_by_id(world.workspace, [tent.id, foreign.id])
    assert refused.value.sentence == "That offer is not in the catalogue any more. Choose another one."


def test_stand_ins_come_along_once_the_best_first(world: World) -> None:
    summit, ridge, poles = (world.offer(name) for name in ("Summit tent", "Ridge tent", "Pole set"))
    for rank, stand_in in enumerate((poles, ridge)):
        summit.substitutes.append(Substitute(workspace=world.workspace, substitute=stand_in, rank=rank))
    ridge.substitutes.append(Substitute(workspace=world.workspace, substitute=summit, rank=0))
    world.session.flush()
    assert offers_with_stand_ins(world.workspace, [summit.id])[0] is summit
    names = {offer.name for offer in offers_with_stand_ins(world.workspace, [summit.id, ridge.id])}
    assert names == {"Summit tent", "Ridge tent", "Pole set"}
    assert len(offers_with_stand_ins(world.workspace, [summit.id, ridge.id])) == 3
    assert offers_with_stand_ins(world.workspace, []) == []
    facts = offer_facts(summit, world.workspace, known={"Ridge tent", "Pole set"})
    assert facts.substitutes == ("Pole set", "Ridge tent")
    assert offer_facts(summit, world.workspace, known={"Ridge tent"}).substitutes == ("Ridge tent",)


def test_family_has_its_own_channel_or_that_of_all(world: World) -> None:
    workspace = world.workspace
    world.session.add(FamilyChannel(workspace=workspace, family="Lamps", channel="C0LAMPS"))
    world.session.flush()
    assert family_channels(workspace) == {EVERY_FAMILY: OPS_CHANNEL, "Lamps": "C0LAMPS"}
    assert (channel_for(workspace, "Lamps"), channel_for(workspace, "Tents")) == ("C0LAMPS", OPS_CHANNEL)
    world.session.execute(delete(FamilyChannel).where(FamilyChannel.family == EVERY_FAMILY))
    assert (channel_for(workspace, "Lamps"), channel_for(workspace, "Tents")) == ("C0LAMPS", None)


def test_families_are_each_named_once(world: World) -> None:
    assert families(world.workspace) == ["Lamps", "Parts", "Services", "Tents"]
    assert families(other_workspace(world)) == []
