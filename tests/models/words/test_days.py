"""Days that are named, and the days that may be meant."""

from datetime import date

import pytest

from models.words import Reader
from models.words.dates import date_at, read_date
from tests.models.words.shop import DE, READER, TODAY

JAN_18 = date(2027, 1, 18)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "18 jan",
            "jan 18",
            "18 january",
            "january 18th, 2027",
            "18th of january",
            "the 18th of jan",
            "18-jan",
            "18jan",
        ),
        *(
            "18-jan-27",
            "18.01.2027",
            "18.1.27",
            "18.1.",
            "18/1/2027",
            "01/18/2027",
            "2027-01-18",
            "2027/1/18",
            "jan. 18",
        ),
        *("january the 18th", "monday 18 jan", "mon, jan 18", "18. januar", "18 jan '27", "by 18 jan", "before 18 jan"),
        *(
            "due 18 jan",
            "no later than 18 jan",
            "delivery 18 jan",
            "spätestens 18. januar 2027",
            "zum 18.1.",
            "am 18.1",
        ),
    ],
)
def test_day_is_read_however_it_is_written(text: str) -> None:
    assert read_date(text, READER) == JAN_18


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("29 feb", date(2028, 2, 29)),
        ("23 nov", TODAY),
        ("18 nov", date(2027, 11, 18)),
        ("the first of march", date(2027, 3, 1)),
        ("the 10th", date(2026, 12, 10)),
        ("18 nov 2026", date(2026, 11, 18)),
    ],
)
def test_day_without_a_year_is_the_next_one(text: str, day: date) -> None:
    found = date_at(f"by {text}", 0, READER)
    assert found
    assert found.found.day == day


def test_locale_decides_which_comes_first() -> None:
    german = Reader(TODAY, DE, "DE")
    days = [date_at("by 3/4", 0, reader) for reader in (READER, german)]
    assert [(each.found.day, bool(each.found.said)) for each in days if each] == [
        (date(2027, 3, 4), True),
        (date(2027, 4, 3), True),
    ]


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("by 31 june", [date(2027, 6, 30)]),
        ("by tuesday 18 jan", [JAN_18, date(2027, 1, 19)]),
        ("by 18-20 jan", [JAN_18, date(2027, 1, 20)]),
        ("by the 23rd", [TODAY, date(2026, 12, 23)]),
        ("by 13/13", []),
    ],
)
def test_day_in_doubt_is_asked(text: str, likely: list[date]) -> None:
    found = date_at(text, 0, READER)
    assert found
    assert (found.found.day, list(found.found.likely)) == (None, likely)


@pytest.mark.parametrize(
    "text", ["", "mars", "on mars", "me", "430", "20th century", "3m", "18:00", "may", "a", "%", "18"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_date(text, READER) is None
