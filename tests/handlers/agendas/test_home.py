"""App Home: what waits for a person first, and several at once where they take only a yes."""

import pytest

from handlers.agendas.home import home_of
from models.deals.deciding import approve
from tests.handlers.test_queries import counted
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


def test_home_of_many_deals_takes_as_many_queries(world: World) -> None:
    for number in range(2):
        world.propose(customer=f"Customer {number}")
    few = counted(world, lambda: home_of(world.person("Olga"), now=NOW))
    for number in range(8):
        world.propose(customer=f"Another {number}")
    assert counted(world, lambda: home_of(world.person("Olga"), now=NOW)) == few
