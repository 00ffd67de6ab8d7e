"""Questions about deals: how they stand, and whether another would fit."""

from datetime import date

import pytest

from handlers.deals.answers import either, listed, named, numbered, perhaps_named, would_fit
from handlers.deals.targets import WordsTarget
from handlers.slack.replies import Say
from handlers.slack.text import plain
from models.base.errors import NotFound, NotYours
from models.company.offers import first_offer
from models.deals.deciding import withdraw
from sandbox.render import buttons_in
from tests.handlers.large import Large, long
from tests.handlers.shown import Slack
from tests.world import NOW, World

JAN_18 = date(2027, 1, 18)
SHORT = "Does not fit. Assembly, week of Jan 4: needs 124 hours, 62 free, 62 short. The form shows the ways to yes."


def buttons(said: Say) -> list[str]:
    return buttons_in([block.to_dict() for block in said.blocks])


def fit(world: World, text: str, name: str = "Sara") -> list[str]:
    said = would_fit(world.workspace, world.person(name), NOW, text)
    return plain(said.sentence).splitlines() if said else []


@pytest.mark.parametrize("name", ["Sara", "Olga", "Fin", "Lea"])
@pytest.mark.parametrize("stage", ["short", "answered", "won", "lapsed", "ways"])
def test_deal_as_it_stands_is_accepted(large: Large, slack: Slack, stage: str, name: str) -> None:
    number = large.deal(stage).number
    slack.reply(numbered(large.world.workspace, large.person(name), NOW, [number, 99999]))


def test_many_deals_and_the_longest_words_are_accepted(large: Large, slack: Slack) -> None:
    workspace, sara, offer = large.world.workspace, large.person("Sara"), first_offer(large.world.workspace)
    assert offer is not None
    slack.reply(named(workspace, sara, NOW, large.deal("short").customer[:20]))
    slack.reply(listed(workspace, sara, NOW, is_own=False))
    slack.reply(would_fit(workspace, sara, NOW, f"200 {offer.name} by 18 Jan for {long(400)}"))


def test_open_deals_come_before_those_that_are_over(world: World) -> None:
    over = world.propose()
    withdraw(over, by=world.person("Sara"), now=NOW, why="Gone.")
    sara = world.person("Sara")
    assert plain(named(world.workspace, sara, NOW, "acme").sentence).startswith("#1 · Acme")
    world.propose(("Ridge tent", 20, 30000, JAN_18))
    assert plain(named(world.workspace, sara, NOW, "acme").sentence).startswith("#2 · Acme")
    with pytest.raises(NotFound):
        named(world.workspace, sara, NOW, "zebra")


def test_few_words_may_be_a_name_and_many_are_none(world: World) -> None:
    world.propose()
    sara = world.person("Sara")
    assert perhaps_named(world.workspace, sara, NOW, "acme")
    for words in ("", "zebra", "me", "acme " * 5):
        assert perhaps_named(world.workspace, sara, NOW, words) is None


def test_own_deals_are_a_seller_s(world: World) -> None:
    world.propose()
    sara, pete = world.person("Sara"), world.person("Pete")
    assert buttons(listed(world.workspace, sara, NOW, is_own=True)) == ["Open"]
    assert plain(listed(world.workspace, pete, NOW, is_own=True).sentence) == "No deal is open. /deal proposes one."


def test_missing_numbers_are_said(world: World) -> None:
    world.propose()
    said = numbered(world.workspace, world.person("Sara"), NOW, [1, 7, 8])
    assert "There is no deal #7 or #8." in str([block.to_dict() for block in said.blocks])
    with pytest.raises(NotFound):
        numbered(world.workspace, world.person("Sara"), NOW, [7])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("40 Ridge tents by 18 Jan", ["40 × Ridge tent by Jan 18, 2027: Fits.", "$12,000 · margin fine"]),
        (
            "240 Summit tents by 18 Jan at $100",
            [
                f"240 × Summit tent by Jan 18, 2027: {SHORT}",
                "$24,000 · 79.2 % off list · needs finance",
            ],
        ),
        ("40 Ridge tents", ["I cannot check that yet: by when?"]),
        ("Ridge tents by 18 Jan", ["I cannot check that yet: how many?", "How many of “Ridge tents”?"]),
        ("40 Ridge tents by 3 Apr 2025", ["I cannot check that yet."]),
        ("what is the weather", []),
        ("", []),
    ],
)
def test_verdict_is_a_sentence_and_what_is_missing_is_asked(world: World, text: str, lines: list[str]) -> None:
    assert fit(world, text)[: len(lines) or 1] == lines


def test_only_sales_get_the_form(world: World) -> None:
    for name, offered in (("Sara", ["Propose it…"]), ("Olga", []), ("Fin", []), ("Lea", [])):
        said = would_fit(world.workspace, world.person(name), NOW, "40 Ridge tents by 18 Jan")
        assert said is not None
        assert buttons(said) == offered
    with pytest.raises(NotYours):
        would_fit(world.workspace, world.person("Gus"), NOW, "40 Ridge tents by 18 Jan")


def test_button_carries_what_was_written_and_when(world: World) -> None:
    said = would_fit(world.workspace, world.person("Sara"), NOW, "40 Ridge tents by Friday")
    assert said is not None
    (button,) = said.blocks[-1].to_dict()["elements"]
    assert WordsTarget.decode(button["value"]) == WordsTarget(words="40 Ridge tents by Friday", day="2026-11-23")
    assert WordsTarget.decode(button["value"]).written_on == date(2026, 11, 23)
    assert WordsTarget(day="yesterday").written_on is None


def test_number_beside_a_deal_is_asked_for_and_beside_other_words_shown(world: World) -> None:
    world.propose()
    sara = world.person("Sara")
    asked = either(world.workspace, sara, NOW, [1], "change #1 to 40 Ridge tents by 18 Jan")
    assert (plain(asked.sentence), buttons(asked)) == (
        "Is this about #1, or is it a new deal?",
        ["Open #1", "Propose it…"],
    )
    assert plain(either(world.workspace, sara, NOW, [1], "approve #1").sentence).startswith("#1 · Acme")
    new = either(world.workspace, sara, NOW, [9], "#9 customer wants 40 Ridge tents by 18 Jan")
    assert plain(new.sentence).splitlines()[0].endswith("40 × Ridge tent by Jan 18, 2027: Fits.")
    for text in ("approve #1", "change #1 to 40 Ridge tents by 18 Jan"):
        with pytest.raises(NotYours):
            either(world.workspace, world.person("Gus"), NOW, [1], text)
