"""Every view of Belay with its longest plausible data: the sandbox takes it as Slack would; nothing in it is markup.

Each is sent for real: messages are posted and updated, forms opened and updated, homes published, replies given through
the response URL. The forms of terms and the views of capacity have files of their own.
"""

from collections.abc import Callable

import pytest
from slack_bolt import BoltContext
from sqlalchemy import update

from handlers.deals.targets import DealTarget
from handlers.slack.answering import went_wrong
from handlers.slack.ids import Act
from handlers.slack.refusals import refusal
from handlers.slack.replies import Say
from handlers.slack.text import as_sentence
from handlers.slack.view_parts import loading, notice
from models.base.errors import Refused
from models.deals import deciding, proposing, talking
from models.deals.proposals import Proposal
from models.deals.terms import Terms
from tests.handlers.large import Large, long
from tests.handlers.shown import Slack, ways_taken
from tests.world import NOW

# Deals that a card shows ways of: those that are open, and promises that broke.
AGREEING = {Act.APPROVE: deciding.approve, Act.ACCEPT: deciding.accept}


# Pete speaks for all sides: his own deals, and everybody else's turn.


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
