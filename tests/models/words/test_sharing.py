"""Terms that are for several lines."""

import pytest

from tests.models.words.shop import told

A, B = "200 Summit tent 2027-01-18", "100 Ridge tent 2027-01-18"


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("200 Summit tents and 100 Ridge tents by 18 Jan", f"{A}; {B}"),
        ("200 Summit tents by 18 Jan, 100 Ridge tents", f"{A}; {B}"),
        ("200 Summit tents, 100 Ridge tents by 18 Jan at 10% off", f"{A} -10%; {B} -10%"),
        ("10% off 200 Summit tents and 100 Ridge tents by 18 Jan", f"{A} -10%; {B} -10%"),
        ("200 Summit tents at 10% off, 100 Ridge tents at 5% off by 18 Jan", f"{A} -10%; {B} -5%"),
        ("200 Summit tents at 430, 100 Ridge tents at 280 by 18 Jan", f"{A} @430.00; {B} @280.00"),
        ("200 Summit tents, 100 Ridge tents by 18 Jan at 280", f"{A}; {B} @280.00 ?0.price"),
        ("200 Summit tents, 100 Ridge tents by 18 Jan for $100,000 total", f"{A}; {B} ?0.price ?1.price"),
        ("200 Summit tents at list, 100 Ridge tents at list by 18 Jan", f"{A} @480.00; {B} @300.00"),
    ],
)
def test_terms_are_shared_as_far_as_it_is_clear(line: str, meaning: str) -> None:
    assert told(f"Acme {line}") == f"Acme: {meaning}"


def test_price_is_for_all_parts_of_the_same_offer() -> None:
    line = "Acme 116 Summit tents by 18 Jan plus 84 by 25 Jan at $430"
    assert told(line) == "Acme: 116 Summit tent 2027-01-18 @430.00; 84 Summit tent 2027-01-25 @430.00"


def test_part_that_is_no_sum_is_asked() -> None:
    line = "Acme 200 Summit tents, 100 by 18 Jan, 50 by 25 Jan"
    meaning = "Acme: - Summit tent 2027-01-18; 100 Summit tent 2027-01-18; 50 Summit tent 2027-01-25"
    assert told(line) == f"{meaning} ?0.quantity +"
