"""Where more is asked for than there is."""

from datetime import date

from models.compare.contested import Contested, contested
from models.deals.deciding import approve
from models.deals.rows import Deal
from tests.world import NOW, World

WEEK = date(2027, 1, 18)


def ask(world: World, *tents: int) -> list[int]:
    names = ("Acme", "Borealis", "Scouts")
    return [world.propose(("Summit tent", n, 43200, WEEK), customer=c).id for n, c in zip(tents, names, strict=False)]


def test_week_that_several_want_names_the_deals_that_wait(world: World) -> None:
    first, *_ = ask(world, 100, 90, 60)
    expected = [Contested(first, "Assembly", date(2027, 1, 4), (1, 2, 3))]
    assert contested(world.person("Olga"), now=NOW) == expected
    assert contested(world.person("Lea"), now=NOW) == expected


def test_week_that_is_enough_for_all_is_not_contested(world: World) -> None:
    ask(world, 40, 30)
    assert contested(world.person("Olga"), now=NOW) == []


def test_week_that_is_given_to_one_is_contested_no_more(world: World) -> None:
    first, _ = ask(world, 100, 90)
    approve(world.session.get_one(Deal, first), by=world.person("Olga"), now=NOW)
    assert contested(world.person("Olga"), now=NOW) == []
