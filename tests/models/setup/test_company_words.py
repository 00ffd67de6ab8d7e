"""No name of ours stands in a sentence."""

import pytest

from models.setup.company_words import label_of, worded


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("The company: offers (Desk): list_price is missing.", "Desk: list price is missing."),
        ("Prices: offers (Desk): unit_cost should be an amount.", "Desk: cost should be an amount."),
        ("Prices: offers: the name “Desk” stands 2 times.", "offers: the name “Desk” stands 2 times."),
        ("x: company: margin_floor should be a share.", "company: lowest margin should be a share."),
    ],
)
def test_what_is_wrong_is_said_in_the_words_of_the_forms(sentence: str, said: str) -> None:
    assert worded(sentence, sentence.partition(":")[0]) == said


@pytest.mark.parametrize(
    ("section", "name", "label"),
    [
        ("offers", "unit_cost", "Cost"),
        ("offers", "needs", "What it needs"),
        ("resources", "on_hand", "In stock"),
        ("customers", "owner", "Looked after by"),
        ("", "tight_at", "A week is tight from"),
    ],
)
def test_each_field_has_one_label(section: str, name: str, label: str) -> None:
    assert label_of(section, name) == label
