"""What a card says of those who owe something."""

from datetime import date, timedelta

from models.deals.clocks import clock_of, condition_of
from models.deals.conditions import Before, GivenCondition
from models.deals.deciding import approve
from models.deals.fulfilling import waive
from models.deals.turns import Awaited, turns_of
from models.workspace.roles import Side
from tests.world import NOW, World


def test_clock_names_the_step_the_seller_or_who_fulfils_a_condition(world: World) -> None:
    deal = world.propose()
    (turn,) = turns_of(deal)
    clock = clock_of(turn, now=NOW + timedelta(hours=1))
    assert (clock.side, clock.name, clock.awaited, clock.left) == (
        Side.OPERATIONS,
        "operations",
        Awaited.ANSWER,
        timedelta(hours=7),
    )
    bound = GivenCondition("Deposit paid", world.person("Pete"), date(2026, 12, 4), Before.WINNING)
    approve(deal, by=world.person("Olga"), now=NOW, conditions=[bound])
    names = {(clock.name, clock.about) for clock in (clock_of(turn, now=NOW) for turn in turns_of(deal))}
    assert names == {("Pete", "Deposit paid"), ("Sara", "")}


def test_condition_says_how_it_ended(world: World) -> None:
    deal = world.propose()
    bound = GivenCondition("Deposit paid", world.person("Pete"), date(2026, 12, 4), Before.WINNING)
    approve(deal, by=world.person("Olga"), now=NOW, conditions=[bound])
    assert condition_of(deal.conditions[0]).ending == ""
    waive(deal, deal.conditions[0].id, by=world.person("Olga"), now=NOW, why="An old customer.")
    ended = condition_of(deal.conditions[0])
    assert (ended.owner, ended.set_by, ended.ending) == ("Pete", "Olga", "waived by Olga, An old customer.")
