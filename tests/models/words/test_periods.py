"""Days by a month, a week, a quarter or a year."""

from datetime import date

import pytest

from models.words.dates import date_at
from tests.models.words.shop import READER


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("end of january", date(2027, 1, 31)),
        ("end-jan", date(2027, 1, 31)),
        ("ende januar", date(2027, 1, 31)),
        ("last day of january", date(2027, 1, 31)),
        ("the last working day of january", date(2027, 1, 29)),
        ("end of november", date(2026, 11, 30)),
        ("beginning of november", date(2027, 11, 1)),
        ("eom", date(2026, 11, 30)),
        ("month end", date(2026, 11, 30)),
        ("end of next month", date(2026, 12, 31)),
        ("10th of next month", date(2026, 12, 10)),
        ("mid-january", date(2027, 1, 15)),
        ("mitte februar", date(2027, 2, 15)),
        ("beginning of february", date(2027, 2, 1)),
        ("end of q1", date(2027, 3, 31)),
        ("end of the first quarter", date(2027, 3, 31)),
        ("eoq", date(2026, 12, 31)),
        ("end of h1", date(2027, 6, 30)),
        ("year end", date(2026, 12, 31)),
        ("end of 2027", date(2027, 12, 31)),
        ("eow", date(2026, 11, 27)),
        ("end of next week", date(2026, 12, 4)),
        ("kw 5", date(2027, 2, 1)),
        ("cw5", date(2027, 2, 1)),
        ("week 48", date(2026, 11, 23)),
        ("week 53", date(2026, 12, 28)),
        ("2027-w05", date(2027, 2, 1)),
        ("kw 5/2028", date(2028, 1, 31)),
        ("w/c 18 jan", date(2027, 1, 18)),
        ("week commencing 18 january", date(2027, 1, 18)),
        ("week ending 22 jan", date(2027, 1, 22)),
    ],
)
def test_part_of_a_period_is_a_day(text: str, day: date) -> None:
    found = date_at(f"by {text}", 0, READER)
    assert found
    assert found.found.day == day


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("january", [date(2027, 1, 1), date(2027, 1, 15), date(2027, 1, 31)]),
        ("next week", [date(2026, 11, 30), date(2026, 12, 4)]),
        ("this month", [date(2026, 11, 30)]),
        ("q1", [date(2027, 1, 1), date(2027, 3, 31)]),
        ("early february", [date(2027, 2, 1), date(2027, 2, 8)]),
        ("late january", [date(2027, 1, 24), date(2027, 1, 31)]),
    ],
)
def test_whole_period_is_asked(text: str, likely: list[date]) -> None:
    found = date_at(f"by {text}", 0, READER)
    assert found
    assert (found.found.day, list(found.found.likely)) == (None, likely)


def test_week_that_does_not_exist_is_none() -> None:
    assert date_at("week 54", 0, READER) is None
