"""Who agrees, as a view, with the longest there may be; through the door from the card."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from handlers.deals import steps_view as forms
from handlers.deals.card_view import numbers_blocks
from handlers.deals.small_forms_view import FormHead, approve_view, waive_view
from handlers.deals.targets import ApproveTarget, ConditionTarget, DealTarget
from models.deals.card import card_of
from models.deals.card_steps import CardStep
from models.deals.clocks import CardCondition
from models.deals.conditions import MOST_CONDITIONS, Before
from models.deals.states import Move
from tests.handlers.large import Large, long
from tests.handlers.shown import Slack
from tests.stage import OPS, Stage, shown, staged
from tests.world import NOW

DAY = date(2027, 1, 18)
HEAD = FormHead(long(3000), DealTarget(deal=2**31 - 1, version=10**6))


def step(number: int) -> CardStep:
    names = tuple(long(80, str(n)) for n in range(20))
    reasons = tuple(long(400, str(n)) for n in range(9))
    is_done = number % 2 == 0
    return CardStep(long(200), number, reasons, names, 20, is_done, True, True, None, abstained=names, due_at=NOW)


def test_longest_steps_and_forms_are_accepted(large: Large, slack: Slack) -> None:
    ending = long(2000)
    conditions = tuple(
        CardCondition(n, long(999), long(80), "U1", long(80), "U1", DAY, Before.DELIVERY, ending * (n % 2))
        for n in range(12)
    )
    card = card_of(large.deal("bound"), now=NOW)
    card = replace(card, steps=tuple(step(number) for number in range(12)), conditions=conditions)
    slack.show(forms.steps_view(HEAD, card, frozenset(Move), "U1"))
    for view in (forms.abstain_view, forms.add_approver_view, forms.reassign_view):
        slack.show(view(HEAD))
    slack.show(waive_view(HEAD, ConditionTarget(deal=1, condition=2**31 - 1), long(3000)))
    for number in range(MOST_CONDITIONS + 1):
        target = ApproveTarget(deal=1, version=10**6, overtime=10**12, conditions=number)
        slack.show(approve_view(HEAD, target, numbers_blocks(card), is_about_margin=True, today=NOW.date()))


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url, "http") as stage:
        yield stage


def test_steps_are_looked_at_and_changed_from_the_card(stage: Stage) -> None:
    stage.propose("Acme 10 Summit tent by Feb 1 2027 at 300")
    olga, otto, gus, sara = (stage.person(name) for name in ("Olga", "Otto", "Gus", "Sara"))
    olga.press("Approve", in_=stage.card())
    stage.sb.settle()
    olga.press("Who agrees…", in_=stage.card())
    stage.sb.settle()
    assert "1. ✓ operations (Olga)" in shown(olga).as_text()
    assert "1. finance (below the floor)" in shown(olga).as_text()
    olga.press("Take back my yes")
    stage.sb.settle()
    assert "1. operations\n" in shown(olga).as_text()
    olga.close()
    otto.press("Who agrees…", in_=stage.card())
    stage.sb.settle()
    otto.press("Reassign…")
    stage.sb.settle()
    otto.fill_by_label("Who answers in your place?", stage.people["Gus"])
    otto.submit()
    stage.sb.settle()
    assert "To agree: Gus, finance (below the floor)" in stage.card().as_text()
    assert any("asks somebody else to answer instead" in text for text in stage.thread())
    # Who has no role is asked in a message of their own, without the numbers.
    own = stage.own_card("Gus")
    assert "Show the numbers" not in own.as_text()
    gus.press("Approve…", in_=own)
    stage.sb.settle()
    assert "Cost" not in shown(gus).as_text()
    gus.submit()
    stage.sb.settle()
    assert "To agree: ✓ Gus, finance (below the floor)" in stage.card().as_text()
    sara.press("Recall…", in_=stage.own_card("Sara"))
    stage.sb.settle()
    assert "Sara’s turn, recalled to change it" in stage.card().as_text()
    sara.command(OPS, "/deal 1")
    stage.sb.settle()
