"""What the terms of a line come to."""

import pytest

from tests.models.words.shop import SHOP, reading


def priced(
    terms: str, quantity: int = 200, offer: str = "Summit tent"
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Price, discount, and the likely answers where one of them is open."""
    result = reading(f"Acme {quantity} {offer} by 18 Jan {terms}")
    (line,) = result.lines
    likely = next((question.likely for question in result.open), ())
    return (str(line.price) if line.price is not None else None, str(line.discount) if line.discount else None, likely)


@pytest.mark.parametrize(
    ("terms", "price"),
    [
        ("at 430", "430.00"),
        ("for $86,000 total", "430.00"),
        ("for $86,000", "430.00"),
        ("$50 off each", "430.00"),
        ("less $50 each", "430.00"),
        ("at $432 (10% off)", "432.00"),
        ("at list", "480.00"),
        ("free of charge", "0.00"),
    ],
)
def test_price_is_for_one_unit(terms: str, price: str) -> None:
    assert priced(terms) == (price, None, ())


@pytest.mark.parametrize(
    ("terms", "likely"),
    [
        ("at 430 at 440", ("430.00", "440.00")),
        ("at 430 or 440", ("430.00", "440.00")),
        ("at $430 less 10%", ("430.00", "387.00")),
        ("at 10", ("10.00", "432.00")),
        ("$50 off", ("430.00", "479.75")),
        ("at €430", ()),
        ("at $430/month", ()),
        ("for $9,000,000", ("9000000.00", "45000.00")),
        ("10% off 15% off", ("10", "15")),
    ],
)
def test_price_in_doubt_is_asked(terms: str, likely: tuple[str, ...]) -> None:
    assert priced(terms) == (None, None, likely)


def test_total_that_cannot_be_divided_says_what_it_comes_to() -> None:
    result = reading("Acme 300 Summit tent by 18 Jan for $100,000 total")
    assert str(result.lines[0].price) == "333.33"
    assert result.said == ("“for $100,000 total” was divided by 300: 333.33 each, together 99999.00.",)


def test_currency_without_decimals_has_none() -> None:
    yen = SHOP.__class__(SHOP.offers, "JPY", 0, SHOP.hours)
    assert str(reading("Acme 200 Summit tent at ¥430", shop=yen).lines[0].price) == "430"
