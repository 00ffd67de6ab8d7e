"""How a table was read, as a person sees it; and their answers."""

from typing import Any

from handlers.slack.forms import Filled
from handlers.slack.previews import (
    Answered,
    asked_sentences,
    preview_sentences,
    question_blocks,
    read_answered,
)
from handlers.slack.text import plain
from models.sheets.fields import Kind
from models.sheets.preview import TableFile
from tests.models.sheets.cases import known, text

NOTHING = Filled({}, {}, {})
LINES = ("Report,,", "family,month,qty", "Tents,2026-08,5", "Sheltr,2026-08,3", "Boats,2026-08,1", "Total,,9")


def read(*lines: str, form: Filled = NOTHING) -> Answered:
    return read_answered(TableFile.open(text(*lines), "a.csv"), Kind.ACTUALS, known(), form)


def selects(answered: Answered) -> list[dict[str, Any]]:
    return [block.to_dict() for block in question_blocks(answered)]


def chosen(answered: Answered, **answers: str) -> Filled:
    """A form in which the selects whose labels hold a word are set to an option."""
    values = {}
    for block in selects(answered):
        element = block["element"]
        initial = element.get("initial_option", {}).get("value", "")
        word = next((word for word in answers if word in block["label"]["text"]), "")
        named = [o["value"] for o in element["options"] if o["text"]["text"] == answers.get(word)]
        values[block["block_id"]] = named[0] if named else initial
    return Filled(values, {}, {})


def test_columns_and_what_is_left_out_are_told() -> None:
    answered = read("Bookings 2026,,,", "family,month,qty,price", "Tents,2026-08,5,1", "Total,,5,")
    assert [plain(sentence) for sentence in preview_sentences(answered.preview)] == [
        "Columns: family → family; month → month; qty → bookings",
        "Not read: price",
        "Left out: row 1 (above the table); row 4 (a total)",
        "The amounts are read as bookings.",
    ]


def test_questions_are_selects_one_after_the_other() -> None:
    first = read(*LINES)
    assert [block["label"]["text"] for block in selects(first)] == [
        "What do the amounts measure: bookings, shipments, supply, inventory, backlog?"
    ]
    assert (first.is_open, first.is_stuck) == (True, False)
    second = read(*LINES, form=chosen(first, measure="bookings"))
    assert [block["label"]["text"] for block in selects(second)][1:] == [
        "Row 4: there is no family “Sheltr”: is it Shelters?",
        "Row 5: there is no family “Boats”: which one is it?",
    ]
    likely = [block["element"].get("initial_option", {}).get("text", {}).get("text") for block in selects(second)]
    assert likely == ["bookings", "Shelters", None]
    third = read(*LINES, form=chosen(second, Boats="Leave it out"))
    assert (third.is_open, third.preview.questions) == (False, ())
    assert [dict(row) for row in third.preview.rows] == [
        {"family": "Tents", "month": "2026-08", "bookings": "5"},
        {"family": "Shelters", "month": "2026-08", "bookings": "3"},
    ]


def test_what_only_the_file_can_answer_is_told() -> None:
    answered = read("family,month,bookings", "Tents,soon,5")
    assert (answered.is_stuck, selects(answered)) == (True, [])
    told = [plain(sentence) for sentence in asked_sentences(answered.preview)]
    assert told == ["Row 2: “soon” is no month that is clear."]


def test_an_answer_that_is_none_of_the_options_is_none() -> None:
    first = read(*LINES)
    (block,) = selects(first)
    assert read(*LINES, form=Filled({block["block_id"]: "99"}, {}, {})).answers == {}
