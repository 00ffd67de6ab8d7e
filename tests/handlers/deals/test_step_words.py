"""Steps and conditions in words, read aloud."""

from datetime import date

import pytest
from babel import Locale

from handlers.deals.step_words import condition_sentences, foreseen_sentence, step_text, steps_sentence
from handlers.slack.text import plain
from models.deals.card_steps import CardStep
from models.deals.clocks import CardCondition
from models.deals.conditions import Before

US = Locale("en", "US")
PLAIN = CardStep("operations", 1, ("all deals",), (), 1, False, True, False, None)


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


def test_conditions_are_a_list_to_tick_off() -> None:
    one = CardCondition(1, "Deposit paid", "Sara", "U1", "Olga", "U2", date(2026, 12, 4), Before.WINNING, "")
    met = CardCondition(2, "Drawing", "Otto", "U3", "Olga", "U2", date(2026, 12, 4), Before.DELIVERY, "met, says Otto")
    assert [plain(sentence) for sentence in condition_sentences([one, met], US)] == [
        "☐ Deposit paid: Sara, by Dec 4, before winning",
        "☑ Drawing: met, says Otto",
    ]
    assert plain(list(condition_sentences([one] * 8, US))[-1]) == "And 2 more conditions."
