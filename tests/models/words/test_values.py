"""Plain values: a reading of nothing is empty."""

from models.words import Reading, ReadLine


def test_reading_begins_empty() -> None:
    assert (Reading(), ReadLine()) == (Reading(None, (), (), ()), ReadLine(None, None, None, None, None))
