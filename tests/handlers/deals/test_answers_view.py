"""Answers about deals, as a person reads them."""

from datetime import date

import pytest

from handlers.deals.answers import numbered
from handlers.deals.answers_view import rows_said
from handlers.slack.text import plain
from models.deals.card import card_of
from models.deals.deciding import approve, win, withdraw
from sandbox.render import render_blocks
from tests.world import NOW, World

JAN_18, JAN_25 = date(2027, 1, 18), date(2027, 1, 25)


def lines(world: World) -> list[str]:
    said = numbered(world.workspace, world.person("Fin"), NOW, [1])
    return render_blocks([block.to_dict() for block in said.blocks]).splitlines()[1:-1]


def test_what_comes_next_follows_the_state(world: World) -> None:
    deal = world.propose(("Ridge tent", 20, 30000, JAN_25), ("Pole set", 20, 4000, JAN_18))
    assert lines(world)[-1] == "Wanted for the week of Jan 18."
    approve(deal, by=world.person("Olga"), now=NOW, version=1)
    assert lines(world)[-1] == "Next delivery: week of Jan 18."
    win(deal, by=world.person("Sara"), now=NOW)
    assert lines(world)[-1] == "Next delivery: week of Jan 18."


def test_deal_that_is_over_has_nothing_to_come(world: World) -> None:
    withdraw(world.propose(), by=world.person("Sara"), now=NOW, why="Gone.")
    assert lines(world) == ["Withdrawn · $43,200 · Withdrawn by Sara"]


@pytest.mark.parametrize(("count", "heading"), [(1, "One deal."), (12, "12 deals, the latest first.")])
def test_more_than_is_shown_is_said(world: World, count: int, heading: str) -> None:
    card = card_of(world.propose(), now=NOW)
    said = rows_said([card], count)
    shown = render_blocks([block.to_dict() for block in said.blocks])
    assert plain(said.sentence) == heading
    assert ("And 11 more: /deal list shows them." in shown) == (count > 1)
