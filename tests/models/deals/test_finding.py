"""Finding deals in the database: each condition alone and all together, the latest first."""

from datetime import date, timedelta

import pytest

from models.deals.deciding import approve, win
from models.deals.finding import Sought, find_deals
from models.deals.proposing import counter, similar_deals
from models.deals.states import State
from models.deals.talking import ask
from models.workspace.roles import Side
from tests.world import NOW, World, user_id

JAN_18, JAN_25 = date(2027, 1, 18), date(2027, 1, 25)


@pytest.fixture
def four(world: World) -> World:
    """A deal that waits for operations, one for sales, one that was won, and one with two deliveries."""
    olga, sara = world.person("Olga"), world.person("Sara")
    world.propose(("Summit tent", 10, 48000, JAN_18), customer="Acme 100%")
    countered = world.propose(("Summit tent", 20, 48000, JAN_18), customer="Borealis")
    counter(countered, world.terms(("Summit tent", 15, 48000, JAN_25)), by=olga, now=NOW)
    won = world.propose(("Pole set", 30, 4000, JAN_25), customer="Cirrus")
    approve(won, by=olga, now=NOW)
    win(won, by=sara, now=NOW)
    two = (("Pole set", 5, 4000, JAN_18), ("Ridge tent", 5, 30000, JAN_25))
    world.propose(*two, by="Pete", customer="Acme")
    return world


@pytest.mark.parametrize(
    ("sought", "numbers"),
    [
        (Sought(), [4, 3, 2, 1]),
        (Sought(words="acme"), [4, 1]),
        (Sought(words="100%"), [1]),
        (Sought(words="_"), []),
        (Sought(words="tent"), [4, 2, 1]),
        (Sought(words="tent pole"), [4]),
        (Sought(states=(State.WON, State.COUNTERED)), [3, 2]),
        (Sought(turn=Side.OPERATIONS), [4, 3, 1]),
        (Sought(turn=Side.SALES), [2]),
        (Sought(turn=Side.FINANCE), []),
        (Sought(family="Parts"), [4, 3]),
        (Sought(seller=user_id("Pete")), [4]),
        (Sought(week=JAN_18), [4, 1]),
        (Sought(sum=(180_000, None)), [2, 1]),
        (Sought(sum=(None, 180_000)), [4, 3]),
        (Sought(sum=(180_000, 500_000)), [1]),
        (Sought(proposed=(NOW, None)), [4, 3, 2, 1]),
        (Sought(proposed=(NOW + timedelta(days=1), None)), []),
        (Sought(proposed=(None, NOW)), []),
        (Sought(words="acme", seller=user_id("Sara"), turn=Side.OPERATIONS, week=JAN_18), [1]),
    ],
)
def test_condition_finds_its_deals(four: World, sought: Sought, numbers: list[int]) -> None:
    found = find_deals(four.workspace, sought)
    assert ([deal.number for deal in found.deals], found.count) == (numbers, len(numbers))


def test_name_is_found_in_large_and_small_letters(world: World) -> None:
    week = date(2027, 1, 18)
    world.propose(("Summit tent", 10, 48000, week), customer="Öko Überzelte AG")
    for words in ("Öko", "öko", "ÖKO", "überZELTE"):
        assert find_deals(world.workspace, Sought(words=words)).count == 1, words
    assert [
        deal.number
        for deal in similar_deals(world.workspace, "öko überzelte ag", world.terms(("Summit tent", 10, 48000, week)))
    ] == [1]


def test_question_to_sales_about_a_won_deal_is_their_turn(four: World) -> None:
    deal = find_deals(four.workspace, Sought(words="borealis")).deals[0]
    ask(deal, "Which colour?", by=four.person("Sara"), now=NOW)
    assert [deal.number for deal in find_deals(four.workspace, Sought(turn=Side.SALES)).deals] == []
    assert [deal.number for deal in find_deals(four.workspace, Sought(turn=Side.OPERATIONS)).deals] == [4, 3, 2, 1]


def test_page_is_a_part_of_what_is_counted(four: World) -> None:
    found = find_deals(four.workspace, Sought(), first=1, limit=2)
    assert ([deal.number for deal in found.deals], found.count) == ([3, 2], 4)


def test_sum_of_the_largest_deal_is_compared(world: World) -> None:
    world.propose(("Ridge tent", 10**9, 10**12, JAN_18))
    assert find_deals(world.workspace, Sought(sum=(10**15, None))).count == 1
    assert find_deals(world.workspace, Sought(sum=(None, 10**15))).count == 0
