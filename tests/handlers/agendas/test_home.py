"""App Home: what waits for a person first, and several at once where they take only a yes."""

import pytest

from handlers.agendas.home import home_of
from models.deals.deciding import approve
from tests.world import NOW, World


def shown(world: World, name: str) -> str:
    return str(home_of(world.person(name), now=NOW).to_dict())


@pytest.mark.parametrize(("deals", "has_several"), [(1, False), (2, True)])
def test_several_are_offered_from_two_on(world: World, deals: int, has_several: bool) -> None:
    for number in range(deals):
        world.propose(customer=f"Customer {number}")
    assert ("Decide several…" in shown(world, "Olga")) is has_several
    assert "Decide several…" not in shown(world, "Sara")


def test_what_is_decided_waits_no_more(world: World) -> None:
    first, _ = world.propose(), world.propose(customer="Borealis")
    approve(first, by=world.person("Olga"), now=NOW)
    assert "Decide several…" not in shown(world, "Olga")
