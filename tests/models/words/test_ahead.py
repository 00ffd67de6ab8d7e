"""Days from today on."""

from datetime import date

import pytest

from models.words import Reader
from models.words.dates import date_at
from tests.models.words.shop import READER, TODAY, US


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TODAY),
        ("tomorrow", date(2026, 11, 24)),
        ("the day after tomorrow", date(2026, 11, 25)),
        ("in 3 weeks", date(2026, 12, 14)),
        ("in zwei wochen", date(2026, 12, 7)),
        ("within 14 days", date(2026, 12, 7)),
        ("two weeks from today", date(2026, 12, 7)),
        ("in a fortnight", date(2026, 12, 7)),
        ("in one month", date(2026, 12, 23)),
        ("in 10 working days", date(2026, 12, 8)),
        ("in five business days", date(2026, 12, 1)),
        ("this friday", date(2026, 11, 27)),
        ("coming friday", date(2026, 11, 27)),
        ("friday next week", date(2026, 12, 4)),
        ("next monday", date(2026, 11, 30)),
        ("2 weeks before 18 jan", date(2027, 1, 4)),
    ],
)
def test_day_ahead_is_counted_from_today(text: str, day: date) -> None:
    found = date_at(f"by {text}", 0, READER)
    assert found
    assert found.found.day == day


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("next friday", [date(2026, 11, 27), date(2026, 12, 4)]),
        ("monday", [TODAY, date(2026, 11, 30)]),
        ("christmas", [date(2026, 12, 24)]),
        ("asap", []),
        ("in 900 years", []),
    ],
)
def test_day_ahead_in_doubt_is_asked(text: str, likely: list[date]) -> None:
    found = date_at(f"by {text}", 0, READER)
    assert found
    assert (found.found.day, list(found.found.likely)) == (None, likely)


def test_month_ahead_ends_where_the_month_does() -> None:
    found = date_at("in one month", 0, Reader(date(2027, 1, 31), US))
    assert found
    assert found.found.day == date(2027, 2, 28)
