"""Who agrees, as a view, with the longest there may be; through the door from the card."""

from collections.abc import Iterator

import pytest

from handlers.deals import steps_view as forms
from handlers.deals.small_forms_view import FormHead
from handlers.deals.step_words import foreseen_sentence, step_text, steps_sentence
from handlers.deals.targets import DealTarget
from handlers.slack.text import plain
from models.deals.card_steps import CardStep
from models.deals.states import Move
from tests.handlers.large import long
from tests.handlers.shown import Slack
from tests.stage import OPS, Stage, shown, staged
from tests.world import NOW

HEAD = FormHead(long(3000), DealTarget(deal=2**31 - 1, version=10**6))
PLAIN = CardStep("operations", 1, ("all deals",), (), 1, False, True, False, None)


def step(number: int) -> CardStep:
    names = tuple(long(80, str(n)) for n in range(20))
    reasons = tuple(long(400, str(n)) for n in range(9))
    is_done = number % 2 == 0
    return CardStep(long(200), number, reasons, names, 20, is_done, True, True, None, abstained=names, due_at=NOW)


def test_longest_steps_and_forms_are_accepted(slack: Slack) -> None:
    steps = tuple(step(number) for number in range(40))
    slack.show(forms.steps_view(HEAD, steps, frozenset(Move)))
    for view in (forms.abstain_view, forms.add_approver_view, forms.reassign_view):
        slack.show(view(HEAD))
    slack.show(forms.steps_view(HEAD, (PLAIN,), frozenset()))


@pytest.mark.parametrize(
    ("shown_step", "text"),
    [
        (PLAIN, "operations"),
        (CardStep("finance", 1, ("below the floor",), (), 1, False, True, False, None), "finance (below the floor)"),
        (CardStep("finance", 1, (), ("Fin",), 1, True, False, False, None), "✓ finance (Fin)"),
        (CardStep("Fin", 1, (), ("Fin",), 1, True, False, True, None), "✓ Fin"),
        (CardStep("Fin and Lea", 1, ("all deals",), ("Fin",), 2, False, True, True, None), "Fin and Lea (1 of 2)"),
        (
            CardStep("finance", 1, (), (), 1, True, False, False, 2),
            "✓ finance (agreed to version 2; for them nothing has changed)",
        ),
    ],
)
def test_step_in_words(shown_step: CardStep, text: str) -> None:
    assert step_text(shown_step) == text


def test_line_of_steps_says_what_is_beside_and_what_is_after() -> None:
    finance = CardStep("finance", 1, (), (), 1, False, True, False, None)
    leadership = CardStep("leadership", 2, (), (), 1, False, False, False, None)
    line = steps_sentence([PLAIN, finance, leadership])
    assert line and plain(line) == "To agree: operations, finance → leadership"
    assert steps_sentence([PLAIN]) is None
    assert plain(foreseen_sentence([PLAIN])) == "To agree: operations"
    assert plain(foreseen_sentence([])) == "To agree: nobody. It is approved on the spot."


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
