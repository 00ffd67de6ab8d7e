"""What a baseline saw, in words."""

import pytest

from models.sop.baseline import baseline
from models.sop.baseline_words import accuracy_text, seen_text
from tests.models.sop.histories import CLOSED_IN_AUGUST, SKI, SMOOTH, noisy


@pytest.mark.parametrize(
    ("history", "words"),
    [
        (noisy(SMOOTH, 36, noise=0, growth=0.04), "36 months, seasonal, +4 % a year"),
        (noisy(SMOOTH, 36, noise=0, growth=-0.1), "36 months, seasonal, −10 % a year"),
        (noisy(CLOSED_IN_AUGUST, 36, noise=0), "36 months, seasonal, closed 1 month a year, level"),
        (noisy(SKI, 24, noise=0), "24 months, seasonal, closed 7 months a year, level"),
        ([*noisy(SMOOTH, 22, noise=0), None, None], "22 months, seasonal, 2 months unknown or left out, level"),
        ([1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0], "15 months, now and then, about 2 a year"),
        ([3, 4], "2 months, too short for more than its mean"),
        ([3], "1 month, too short for more than its mean"),
        ([], "0 months, nothing known"),
        ([5] * 24 + [0] * 12, "36 months, no sale for a year"),
    ],
)
def test_what_was_seen_is_said(history: list[float | None], words: str) -> None:
    assert seen_text(baseline(history, horizon=18)) == words


def test_accuracy_is_said_where_there_is_one() -> None:
    assert accuracy_text(0.926) == "93 % accurate on the last 6 months, unseen"
    assert accuracy_text(None) == ""
