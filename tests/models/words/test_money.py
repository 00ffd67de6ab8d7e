"""Prices and discounts as people write them."""

from decimal import Decimal

import pytest

from models.words.money import Per, discount_at, price_at
from tests.models.words.shop import READER


@pytest.mark.parametrize(
    ("text", "value", "per"),
    [
        ("at $430", "430", Per.OPEN),
        ("@430", "430", Per.OPEN),
        ("@ 430", "430", Per.OPEN),
        ("$430", "430", Per.OPEN),
        ("at usd 430", "430", Per.OPEN),
        ("at 430 usd", "430", Per.OPEN),
        ("for $430 ea", "430", Per.UNIT),
        ("at 430/tent", "430", Per.UNIT),
        ("430 per tent", "430", Per.UNIT),
        ("for $86,000 total", "86000", Per.TOTAL),
        ("total 86k", "86000", Per.TOTAL),
        ("86k all in", "86000", Per.TOTAL),
        ("free of charge", "0", Per.UNIT),
    ],
)
def test_price_is_read(text: str, value: str, per: Per) -> None:
    price = price_at(text, 0, READER)
    assert price
    assert price.number
    assert (price.number.value, price.per, price.end) == (Decimal(value), per, len(text))


@pytest.mark.parametrize(
    "text", ["430", "for 200 summit tents", "for 7-eleven", "for 3m at 5", "at noon", "at 10%", "for", "@"]
)
def test_what_is_no_price_is_none(text: str) -> None:
    assert price_at(text, 0, READER) is None


def test_list_price_is_one() -> None:
    prices = [price_at(text, 0, READER) for text in ("at list", "at list price", "zum listenpreis", "no discount")]
    assert [price.is_list for price in prices if price] == [True] * 4


@pytest.mark.parametrize(
    ("text", "share"),
    [
        *(
            (text, "10")
            for text in ("10% off", "at 10%", "less 10 %", "-10%", "minus 10%", "10 percent discount", "10%")
        ),
        *((text, "10") for text in ("with a 10% discount", "discount of 10%", "abzüglich 10 %", "10 % rabatt")),
        ("ten percent off", "10"),
        ("12.5% off", "12.5"),
        ("half price", "50"),
    ],
)
def test_discount_is_read(text: str, share: str) -> None:
    discount = discount_at(text, 0, READER)
    assert discount
    assert (discount.share, discount.end) == (Decimal(share), len(text))


@pytest.mark.parametrize(
    ("text", "likely"),
    [("10-15% off", ["10", "15"]), ("at 90% of list", ["10"]), ("at 110%", []), ("10% markup", []), ("plus 10%", [])],
)
def test_discount_in_doubt_is_asked(text: str, likely: list[str]) -> None:
    discount = discount_at(text, 0, READER)
    assert discount
    assert (discount.share, list(discount.likely)) == (None, [Decimal(each) for each in likely])


def test_share_of_something_else_is_no_discount() -> None:
    assert [discount_at(text, 0, READER) for text in ("90% likely", "50% upfront", "10", "% off")] == [None] * 4
