"""Terms beyond the lines in a deal's form, and what is said of them."""

import pytest
from babel import Locale

from handlers.deals.clauses_view import clause_block, clause_change_sentences, departure_sentence
from handlers.slack.text import plain
from models.deals.clauses import ClauseChange, ClauseField, Departure
from models.policy.clauses import ClauseKind

GERMANY = Locale("de", "DE")


@pytest.mark.parametrize(
    ("kind", "value", "typed", "key", "shown"),
    [
        (ClauseKind.NUMBER, "1200.5", None, "initial_value", "1200,5"),
        (ClauseKind.NUMBER, "1200.5", "so viel", "initial_value", "so viel"),
        (ClauseKind.TEXT, "2 % a week", None, "initial_value", "2 % a week"),
        (ClauseKind.TEXT, "2 % a week", "", "initial_value", None),
        (ClauseKind.DATE, "2027-12-31", None, "initial_date", "2027-12-31"),
    ],
)
def test_field_shows_what_stands_or_what_was_typed(
    kind: ClauseKind, value: str, typed: str | None, key: str, shown: str | None
) -> None:
    field = ClauseField("7", "Warranty", kind, (), "24", value) if kind is not ClauseKind.DATE else None
    field = field or ClauseField("7", "Until", kind, (), "", value)
    block = clause_block(field, typed, 3, GERMANY).to_dict()
    assert block["element"].get(key) == shown
    assert (block["block_id"].startswith("clause.7"), block["dispatch_action"], block["optional"]) == (True, True, True)


def test_choice_that_is_none_any_more_stays_to_be_seen() -> None:
    field = ClauseField("7", "Payment", ClauseKind.CHOICE, ("30 days", "60 days"), "30 days", "90 days")
    block = clause_block(field, None, 1, GERMANY).to_dict()
    assert [option["value"] for option in block["element"]["options"]] == ["30 days", "60 days", "90 days"]
    assert block["element"]["initial_option"]["value"] == "90 days"
    assert block["hint"]["text"] == "Standard: 30 days"


def test_departures_and_changes_are_told() -> None:
    departing = [Departure("Payment", "60 days", "60 days", "30 days"), Departure("Warranty", "36", "36", "24")]
    said = "Other terms (standard in brackets): Payment 60 days (30 days); Warranty 36 (24)"
    assert plain(departure_sentence(departing) or ()) == said
    assert departure_sentence([]) is None
    assert [plain(one) for one in clause_change_sentences([ClauseChange("Warranty", "24", "36")])] == [
        "Warranty: 24 → 36"
    ]
