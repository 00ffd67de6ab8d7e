"""Several deals decided at once: one that is refused changes nothing of the others."""

from datetime import date

from models.deals.bulk import Answered, Seen, approve_each, is_plain_yes
from models.deals.rows import Deal
from models.deals.terms import check_deal
from tests.world import NOW, World

CHEAP = ("Summit tent", 10, 20000, date(2027, 1, 18))
LATE = ("Summit tent", 800, 43200, date(2027, 1, 25))


def plain(world: World, deal: Deal, name: str) -> bool:
    return is_plain_yes(deal, check_deal(deal, now=NOW).check, world.person(name))


def test_plain_is_what_takes_only_a_yes_of_this_person(world: World) -> None:
    fits, below, short = world.propose(), world.propose(CHEAP), world.propose(LATE)
    assert [plain(world, deal, "Olga") for deal in (fits, below, short)] == [True, True, False]
    # Below the floor finance say why, and a seller decides nothing.
    assert [plain(world, below, name) for name in ("Fin", "Sara")] == [False, False]


def test_what_is_refused_leaves_the_others_alone(world: World) -> None:
    first, second = world.propose(), world.propose(customer="Borealis")
    seen = [Seen(first.id, 1), Seen(second.id, 9), Seen(first.id, 1)]
    answered = approve_each(world.workspace, seen, by=world.person("Olga"), now=NOW)
    assert answered[0] == Answered(first)
    assert answered[1].refused.startswith("The terms have changed")
    assert answered[2].refused.startswith("Deal #1 is approved, by Olga")
    assert (first.state, second.state, len(second.decisions)) == ("approved", "proposed", 0)
