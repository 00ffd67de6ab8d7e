"""Cards at their longest, in every state and for everybody who gets one."""

from dataclasses import replace

import pytest

from handlers.deals.card_view import card_blocks, card_text
from handlers.deals.ways_view import NONE, SEEKING, UNENDED
from handlers.slack.view_parts import line
from models.deals.card import card_of
from models.deals.card_messages import Audience
from models.deals.rows import Deal
from models.deals.rules import moves_of, moves_of_side
from models.deals.states import Move, State
from models.promise import WayKind
from models.workspace.roles import Side
from tests.handlers.large import LOOKING, SEARCHED, STAGES, VERDICTS, Large, longest_rivalry
from tests.handlers.shown import Json, Slack, ways_taken
from tests.world import NOW

STANDING = {stage for stage, (state, _) in STAGES.items() if state in {State.PROPOSED, State.COUNTERED}}
BROKEN = {"broken", "won, broken", "broken, looking"}
WITH_WAYS = (STANDING | BROKEN) - LOOKING - SEARCHED - {"unended", "undone"}


def blocks_of(deal: Deal, audience: Audience, large: Large) -> list[Json]:
    """The card of a deal, whose rivals have the longest names where it is open."""
    card = card_of(deal, now=NOW)
    card = replace(card, rivalry=longest_rivalry() if card.is_open else None)
    moves = {
        Audience.OPERATIONS: moves_of_side(deal, Side.OPERATIONS),
        Audience.SELLER: moves_of(deal, deal.seller),
        Audience.APPROVER: moves_of(deal, large.person("Fin")),
    }[audience]
    return [block.to_dict() for block in card_blocks(card, moves, audience)]


def test_stages_hold_every_state_and_verdict(large: Large) -> None:
    assert {stage: State(large.deal(stage).state) for stage in STAGES} == {name: s for name, (s, _) in STAGES.items()}
    assert {state for state, _ in STAGES.values()} == set(State)
    cards = {stage: card_of(large.deal(stage), now=NOW) for stage in STAGES}
    assert {kind: cards[kind].check.verdict for kind in VERDICTS} == VERDICTS
    assert {stage for stage in STAGES if cards[stage].is_broken} == BROKEN
    assert {stage: card.extensions for stage, card in cards.items() if card.extensions} == {
        "extended once": 1,
        "extended twice": 2,
    }
    held = {stage for stage, card in cards.items() if card.held_until}
    assert {"countered", "extended once", "extended twice", "countered back", "broken, countered"} <= held
    assert "lapsed" not in held


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("stage", STAGES)
def test_card_is_accepted(large: Large, slack: Slack, stage: str, audience: Audience) -> None:
    deal = large.deal(stage)
    slack.post(card_text(card_of(deal, now=NOW)), blocks_of(deal, audience, large), is_updated=True)


@pytest.mark.parametrize("stage", sorted(WITH_WAYS))
def test_card_has_three_ways_with_buttons_for_who_may_take_them(large: Large, stage: str) -> None:
    deal = large.deal(stage)
    sellers = {Move.REVISE, Move.COUNTER_BACK} & moves_of(deal, deal.seller)
    assert len(ways_taken(blocks_of(deal, Audience.OPERATIONS, large))) == 3
    assert len(ways_taken(blocks_of(deal, Audience.SELLER, large))) == (3 if sellers else 0)
    # Finance change prices only.
    prices = [way for way in card_of(deal, now=NOW).ways or () if way.kind is WayKind.REPRICE]
    assert len(ways_taken(blocks_of(deal, Audience.APPROVER, large))) <= len(prices)


@pytest.mark.parametrize(
    ("stage", "said"),
    [("short", NONE), ("unended", UNENDED), ("looking", SEEKING), ("broken, looking", SEEKING)],
)
def test_card_without_ways_says_so(large: Large, stage: str, said: str) -> None:
    assert line((said,)).to_dict() in blocks_of(large.deal(stage), Audience.OPERATIONS, large)


def test_card_below_the_floor_offers_the_price_that_reaches_it(large: Large) -> None:
    blocks = blocks_of(large.deal("reprice"), Audience.OPERATIONS, large)
    assert len(ways_taken(blocks)) == 1
    assert "prices 60 % higher" in str(blocks)


@pytest.mark.parametrize(("stage", "times"), [("extended once", "once"), ("extended twice", "twice")])
def test_card_says_how_often_its_hold_was_extended(large: Large, stage: str, times: str) -> None:
    assert f"extended {times}" in str(blocks_of(large.deal(stage), Audience.OPERATIONS, large))
