"""What stands before the first item."""

import pytest

from tests.models.words.shop import told

LINE = "200 Summit tent 2027-01-18"


@pytest.mark.parametrize(
    "line",
    [
        "By 18 Jan Acme 200 Summit tents",
        "18 Jan: Acme 200 Summit tents",
        "Acme by 18 Jan 200 Summit tents",
        "Acme 18 Jan 200 Summit tents",
        "Acme (18 Jan) 200 Summit tents",
        "Acme, 18 Jan, 200 Summit tents",
    ],
)
def test_date_before_the_items_is_theirs(line: str) -> None:
    assert told(line) == f"Acme: {LINE}"


@pytest.mark.parametrize("name", ["May & Co", "Stand by Me", "Off 5th", "Half Price Books", "March Hare", "At Home"])
def test_name_keeps_its_words(name: str) -> None:
    assert told(f"{name} 200 Summit tents by 18 Jan").removesuffix(" +") == f"{name}: {LINE}"


def test_something_counted_before_an_and_is_a_line() -> None:
    assert told("Acme 50 kayaks and 200 Summit tents by 18 Jan") == f"Acme: 50 - 2027-01-18; {LINE} ?0.offer"


def test_something_counted_before_a_comma_may_be_a_name() -> None:
    assert told("Pier 1 Imports, 200 Summit tents by 18 Jan") == "-: - Summit tent 2027-01-18 ?customer ?0.quantity"


def test_name_with_a_price_in_it_is_asked() -> None:
    assert told("Acme at $430, 200 Summit tents by 18 Jan") == "Acme: 200 Summit tent 2027-01-18 @430.00"
