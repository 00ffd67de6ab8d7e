"""How far the set-up is, as sentences of what is missing."""

from sqlalchemy import delete, update

from models.company.offers import FamilyChannel, OfferRow
from models.setup.progress import setup_state
from models.workspace.members import Grant
from models.workspace.roles import SPEAKING
from tests.world import NOW, World


def test_what_is_there_is_counted(world: World) -> None:
    world.propose()
    state = setup_state(world.workspace)
    assert (state.offers, state.resources, state.deals, state.schedules) == (5, 3, 1, 0)
    assert list(state.people) == list(SPEAKING)


def test_what_is_missing_is_said_with_its_command(world: World) -> None:
    world.session.execute(update(OfferRow).values(retired_at=NOW))
    world.session.execute(delete(FamilyChannel))
    world.session.execute(update(Grant).values(revoked_at=NOW))
    missing = setup_state(world.workspace).missing
    assert missing[0] == "The catalogue is empty: `/belay company` fills it."
    assert [sentence.partition(":")[0] for sentence in missing[1:]] == [
        "Nobody speaks for sales",
        "Nobody speaks for operations",
        "Nobody can agree below the floor",
    ]


def test_families_without_a_channel_are_named(world: World) -> None:
    world.session.execute(delete(FamilyChannel))
    (first, *_) = setup_state(world.workspace).missing
    assert first.startswith("No operations channel answers for ")
    assert "Tents" in first
