"""The words that go with a date."""

from datetime import date

import pytest

from models.words.dates import date_at, read_date
from tests.models.words.shop import READER

JAN_18, JAN_25 = date(2027, 1, 18), date(2027, 1, 25)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("by 18 jan at 430", "by 18 jan"),
        ("needed by 18 jan, at 430", "needed by 18 jan"),
        ("18 jan at the latest, at $5", "18 jan at the latest"),
        ("by 18 jan 5pm", "by 18 jan 5pm"),
        ("by 18 jan, 100 ridge tents", "by 18 jan"),
        ("by jan 18 100 ridge tents", "by jan 18"),
    ],
)
def test_date_ends_where_something_else_begins(text: str, end: str) -> None:
    found = date_at(text, 0, READER)
    assert found
    assert (found.found.day, text[: found.end].strip(" ,")) == (JAN_18, end)


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("after 18 jan", (JAN_18,)),
        ("not before 18 jan", (JAN_18,)),
        ("18 jan or later", (JAN_18,)),
        ("18 jan or 25 jan", (JAN_18, JAN_25)),
        ("between 18 jan and 25 jan", (JAN_18, JAN_25)),
    ],
)
def test_date_from_when_on_is_asked(text: str, likely: tuple[date, ...]) -> None:
    found = date_at(text, 0, READER)
    assert found
    assert (found.found.day, found.found.likely, found.end) == (None, likely, len(text))


def test_date_that_is_about_is_said() -> None:
    found = date_at("around 18 jan", 0, READER)
    assert found
    assert (found.found.day, found.found.said) == (JAN_18, "that is Jan 18, 2027.")


def test_month_needs_a_mark() -> None:
    assert date_at("may", 0, READER) is None
    assert date_at("by may", 0, READER) is not None


def test_whole_text_is_a_date_only_without_a_doubt() -> None:
    texts = ("18 jan", "by 3/4", "18 jan please do", "next friday", "kw 5")
    assert [read_date(text, READER) for text in texts] == [JAN_18, None, None, None, date(2027, 2, 1)]
