"""Lines, what comes with them, and what was not read."""

import pytest

from tests.models.words.shop import reading, told

LINE = "200 Summit tent 2027-01-18"


@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("with free installation", "1 Free installation 2027-01-18 @0.00 +"),
        ("with free logo print", "1 Logo print 2027-01-18 @0.00 +"),
        ("with a free Repair kit", "1 Repair kit 2027-01-18 @0.00 +"),
        ("with 200 logo prints", "200 Logo print 2027-01-18"),
        ("with logo print", "- Logo print 2027-01-18 ?1.quantity"),
        ("with 2 free installations", "2 Free installation 2027-01-18 ?1.price"),
    ],
)
def test_what_comes_with_it_is_a_line(line: str, more: str) -> None:
    assert told(f"Acme 200 Summit tents by 18 Jan {line}") == f"Acme: {LINE}; {more}"


@pytest.mark.parametrize(
    "line",
    [
        "Acme 116 Summit tents on 18 Jan and 84 on 25 Jan",
        "Acme 200 Summit tents: 116 on 18 Jan and 84 on 25 Jan",
        "Acme 200 Summit tents, 116 by 18 Jan, the rest by 25 Jan",
    ],
)
def test_parts_are_lines_of_the_same_offer(line: str) -> None:
    assert told(line) == "Acme: 116 Summit tent 2027-01-18; 84 Summit tent 2027-01-25"


def test_quantity_for_each_is_for_all_of_them() -> None:
    meaning = "Acme: 50 Summit tent 2027-01-18; 50 Ridge tent 2027-01-18"
    assert told("Acme 50 each of Summit tent and Ridge tent by 18 Jan") == meaning


def test_customer_after_for_goes_as_far_as_its_name() -> None:
    names = ("Smith & Sons, Ltd.", "Men on Mars", "Jack in the Box", "84 Lumber", "The North Face", "best buy")
    assert [reading(f"200 Summit tents for {name} by 18 Jan at 10% off").customer for name in names] == list(names)


def test_what_was_not_read_is_said() -> None:
    assert reading("Acme 200 Summit tents in blue by 18 Jan").said == ("Not read: “blue”.",)


def test_denial_makes_quantities_a_question() -> None:
    assert told("Acme does not want 200 Summit tents by 18 Jan") == "-: - Summit tent 2027-01-18 ?customer ?0.quantity"
