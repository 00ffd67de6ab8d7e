"""Every view of Belay with its longest plausible data: the sandbox takes it as Slack would; nothing in it is markup.

Each is sent for real: messages are posted and updated, forms opened and updated, homes published, replies given through
the response URL. The forms of terms and the views of capacity have files of their own.
"""

from collections.abc import Callable
from dataclasses import replace
from inspect import signature

import pytest
from slack_bolt import BoltContext
from slack_sdk.models.views import View
from sqlalchemy import delete, select, update

from handlers.agendas.home import home_of
from handlers.deals import lists, negotiation
from handlers.deals import proposing as desk
from handlers.deals.card_view import card_blocks, card_text
from handlers.deals.history_words import TELLINGS, history_sentences
from handlers.deals.targets import AnswerTarget, DealTarget
from handlers.deals.ways_view import NONE, SEEKING, UNENDED
from handlers.setup import setup
from handlers.slack.answering import refusal, went_wrong
from handlers.slack.forms import Filled
from handlers.slack.ids import Act, Target
from handlers.slack.replies import Say, Show, Suggest
from handlers.slack.text import as_sentence, plain
from handlers.slack.view_parts import line, loading, notice
from models.base.errors import Refused
from models.company.offers import FamilyChannel
from models.deals import deciding, proposing, talking
from models.deals.card import card_of
from models.deals.card_messages import Audience
from models.deals.rows import Deal, Proposal
from models.deals.rules import moves_of, moves_of_side
from models.deals.states import Move, State
from models.deals.terms import Terms
from models.workspace.history import History
from models.workspace.members import Grant
from models.workspace.outbox import Outbox
from models.workspace.roles import Side
from sandbox.limits.objects import suggestions
from tests.handlers.large import LOOKING, SEARCHED, STAGES, VERDICTS, Large, long, longest_rivalry
from tests.handlers.shown import Json, Slack, ways_taken
from tests.world import NOW, user_id

# Deals that a card shows ways of: those that are open, and promises that broke.
STANDING = {stage for stage, (state, _) in STAGES.items() if state in {State.PROPOSED, State.COUNTERED}}
BROKEN = {"broken", "won, broken", "broken, looking"}
WITH_WAYS = (STANDING | BROKEN) - LOOKING - SEARCHED - {"unended"}
AGREEING = {Act.APPROVE: deciding.approve, Act.ACCEPT: deciding.accept}


def blocks_of(deal: Deal, audience: Audience, large: Large) -> list[Json]:
    """The card of a deal, whose rivals have the longest names where it is open."""
    card = card_of(deal, now=NOW)
    card = replace(card, rivalry=longest_rivalry() if card.is_open else None)
    moves = {
        Audience.OPERATIONS: moves_of_side(deal, Side.OPERATIONS),
        Audience.SELLER: moves_of(deal, deal.seller),
        Audience.FINANCE: moves_of(deal, large.person("Fin")),
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
    assert ways_taken(blocks_of(deal, Audience.FINANCE, large)) == []


@pytest.mark.parametrize(
    ("stage", "said"),
    [("short", NONE), ("unended", UNENDED), ("looking", SEEKING), ("broken, looking", SEEKING)],
)
def test_card_without_ways_says_so(large: Large, stage: str, said: tuple[str]) -> None:
    assert line(said).to_dict() in blocks_of(large.deal(stage), Audience.OPERATIONS, large)


def test_card_below_the_floor_offers_the_price_that_reaches_it(large: Large) -> None:
    blocks = blocks_of(large.deal("reprice"), Audience.OPERATIONS, large)
    assert len(ways_taken(blocks)) == 1
    assert "prices 60 % higher" in str(blocks)


@pytest.mark.parametrize(("stage", "times"), [("extended once", "once"), ("extended twice", "twice")])
def test_card_says_how_often_its_hold_was_extended(large: Large, stage: str, times: str) -> None:
    assert f"extended {times}" in str(blocks_of(large.deal(stage), Audience.OPERATIONS, large))


@pytest.mark.parametrize("move", TELLINGS)
def test_thread_sentence_is_accepted(large: Large, slack: Slack, move: str) -> None:
    acts = select(History).where(History.subject == "deal", History.move == move).order_by(History.id)
    told = large.world.session.scalars(acts.limit(4)).all()
    assert told != []
    for act in told:
        sentences = history_sentences(large.world.session.get_one(Deal, act.subject_id), act)
        slack.post(" ".join(plain(sentence) for sentence in sentences), [line(*sentences).to_dict()])


def test_moves_are_all_made_and_told(large: Large) -> None:
    made = large.world.session.scalars(select(History.move).where(History.subject == "deal").distinct())
    assert set(TELLINGS) == {"propose", *Move} == set(made)


@pytest.mark.parametrize(
    ("act", "stage", "name"),
    [
        (negotiation.open_decline, "countered", "Lea"),
        (negotiation.open_decline, "changing", "Lea"),
        (negotiation.open_lose, "approved", "Sara"),
        (negotiation.open_cancel, "won", "Sara"),
        (negotiation.open_deliver, "won", "Olga"),
        (negotiation.open_ask, "short", "Olga"),
        (negotiation.open_ask, "short", "Sara"),
        (negotiation.open_win_by, "approved", "Sara"),
        (negotiation.open_set_call, "short", "Sara"),
        *((negotiation.show_numbers, stage, "Fin") for stage in ("fits", "overtime", "short", "delivered")),
    ],
)
def test_small_form_is_accepted(large: Large, slack: Slack, act: Callable[..., View], stage: str, name: str) -> None:
    wanted = {"deal": large.deal(stage), "by": large.person(name), "now": NOW}
    slack.show(act(**{name: wanted[name] for name in signature(act).parameters}))


@pytest.mark.parametrize("name", ["Olga", "Sara"])
def test_answer_with_the_words_of_a_thread_is_accepted(large: Large, slack: Slack, name: str) -> None:
    target = AnswerTarget(deal=large.ids["short"], begun=long(1000))
    slack.show(negotiation.open_answer(large.deal("short"), large.person(name), target))


# Pete speaks for all sides: his own deals, and everybody else's turn.
@pytest.mark.parametrize("name", ["Sara", "Pete", "Olga", "Fin", "Lea", "Gus"])
def test_home_with_many_deals_is_accepted(large: Large, slack: Slack, name: str) -> None:
    slack.publish(home_of(large.person(name), now=NOW))


def test_roles_with_many_people_are_accepted(large: Large, slack: Slack) -> None:
    world, lea = large.world, large.person("Lea")
    slack.show(setup.open_roles(world.workspace, lea, frozenset()))
    form = Filled({"person": user_id("Pete")}, {}, {})
    shown = setup.show_roles_of(world.workspace, lea, form, Target(revision=10**6), frozenset())
    assert isinstance(shown, Show)
    slack.show(shown.view)


def test_channels_of_a_hundred_families_are_accepted(large: Large, slack: Slack) -> None:
    world = large.world
    view = setup.open_channels(world.workspace, large.person("Lea"), frozenset())
    assert len([block for block in view.blocks or [] if block.type == "input"]) == 91
    slack.show(view)


def test_state_and_help_are_accepted(large: Large, slack: Slack) -> None:
    slack.reply(setup.show_state(large.world.workspace))
    slack.reply(setup.help_with_setup())
    slack.reply(lists.help_with_deals())


def test_state_with_everything_missing_is_accepted(large: Large, slack: Slack) -> None:
    session = large.world.session
    with session.begin_nested() as attempt:
        large.world.workspace.name = long(200)
        session.execute(delete(FamilyChannel))
        session.execute(update(Grant).values(revoked_at=NOW))
        session.execute(update(Outbox).values(is_stuck=True, settled_at=None, error="restricted_action"))
        slack.reply(setup.show_state(large.world.workspace))
        attempt.rollback()


def test_list_of_two_hundred_deals_is_accepted(large: Large, slack: Slack) -> None:
    slack.reply(lists.list_deals(large.person("Olga"), NOW))


@pytest.mark.parametrize("name", ["Sara", "Olga", "Fin", "Pete"])
@pytest.mark.parametrize("stage", ["short", "answered", "won"])
def test_deal_that_is_shown_is_accepted(large: Large, slack: Slack, stage: str, name: str) -> None:
    world, number = large.world, large.deal(stage).number
    slack.reply(lists.show_deal(world.workspace, large.person(name), NOW, f"show #{number}"))


@pytest.mark.parametrize("text", ["", "Spare", "W", long(200, "Spare 1"), long(3000), "%", "🏔️"])
def test_suggestions_from_a_thousand_offers_are_accepted(large: Large, text: str) -> None:
    world = large.world
    found = desk.suggest_offers(world.workspace, large.person("Sara"), text)
    assert isinstance(found, Suggest)
    assert list(suggestions({"options": [option.to_dict() for option in found.options]}, "")) == []


def _answer_again(large: Large) -> None:
    deal = large.deal("answered")
    talking.answer(deal, deal.questions[0].id, "No", by=large.person("Sara"), now=NOW)


def _approve_short(large: Large) -> None:
    deciding.approve(large.deal("short"), by=large.person("Olga"), now=NOW)


def _approve_with_overtime(large: Large) -> None:
    deciding.approve(large.deal("overtime"), by=large.person("Olga"), now=NOW, overtime=1)


def _extend_once_more(large: Large) -> None:
    proposing.extend_hold(large.deal("extended twice"), by=large.person("Olga"), now=NOW)


def _win_again(large: Large) -> None:
    deciding.win(large.deal("lost"), by=large.person("Sara"), now=NOW)


def _take_another_s(large: Large) -> None:
    deciding.win(large.deal("approved"), by=large.person("Olga"), now=NOW)


def _propose_twice_the_same(large: Large) -> None:
    (first, *_) = large.terms("fits").lines
    draft = Terms((first, first))
    proposing.propose_deal(large.world.workspace, by=large.person("Sara"), now=NOW, customer="Acme", terms=draft)


@pytest.mark.parametrize(
    "act",
    [
        _answer_again,
        _approve_short,
        _approve_with_overtime,
        _extend_once_more,
        _win_again,
        _take_another_s,
        _propose_twice_the_same,
    ],
)
def test_refusal_is_accepted(large: Large, slack: Slack, act: Callable[[Large], None]) -> None:
    with large.world.session.begin_nested() as attempt:
        with pytest.raises(Refused) as refused:
            act(large)
        attempt.rollback()
    slack.reply(Say(as_sentence(refused.value.sentence)))
    slack.show(notice(as_sentence(refused.value.sentence)))
    if refused.value.field is None:
        said = refusal(refused.value)
        assert isinstance(said, Say)
        assert said.sentence == as_sentence(refused.value.sentence)


@pytest.mark.parametrize(
    ("stage", "name", "act", "buttons"),
    [
        ("short", "Olga", Act.APPROVE, 0),
        ("overtime", "Olga", Act.APPROVE, 0),
        ("ways", "Olga", Act.APPROVE, 5),
        ("lapsed", "Sara", Act.ACCEPT, 5),
    ],
)
def test_refusal_with_the_ways_that_are_left_is_accepted(
    large: Large, slack: Slack, stage: str, name: str, act: Act, buttons: int
) -> None:
    deal, session = large.deal(stage), large.world.session
    with session.begin_nested() as attempt:
        session.execute(update(Proposal).where(Proposal.id == deal.proposal_id).values(overtime_agreed=1))
        with pytest.raises(Refused) as refused:
            AGREEING[act](deal, by=large.person(name), now=NOW)
        attempt.rollback()
    said = refusal(refused.value, DealTarget(deal=deal.id, version=deal.proposal.version).encode())
    assert isinstance(said, Say)
    assert said.later
    further = said.later()
    slack.reply(further)
    slack.show(notice(said.sentence, more=further.blocks))
    assert len(ways_taken([block.to_dict() for block in further.blocks])) == buttons


def test_notices_are_accepted(slack: Slack) -> None:
    slack.show(notice(went_wrong(BoltContext())))
    slack.show(notice((long(3000),)))
    slack.show(loading())
