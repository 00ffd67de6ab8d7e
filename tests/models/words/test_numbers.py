"""Numbers as people write them."""

from decimal import Decimal

import pytest
from babel import Locale

from models.words.numbers import number_at, whole_of
from tests.models.words.shop import DE, US


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [
        ("200", US, "200"),
        ("1,200", US, "1200"),
        ("1.200", DE, "1200"),
        ("1'200", Locale("de", "CH"), "1200"),
        ("1 200", Locale("fr", "FR"), "1200"),
        ("1 000", US, "1000"),
        ("1.2k", US, "1200"),
        ("1,2k", DE, "1200"),
        ("5 hundred", US, "500"),
        ("2 dozen", US, "24"),
        ("half a dozen", US, "6"),
        ("a hundred", US, "100"),
        ("two hundred and fifty", US, "250"),
        ("twenty-five", US, "25"),
        ("zweihundert", DE, "200"),
        ("86k", US, "86000"),
    ],
)
def test_number_is_read_in_the_readers_locale(text: str, locale: Locale, value: str) -> None:
    number = number_at(text, 0, locale)
    assert number
    assert (number.value, number.end, number.said) == (Decimal(value), len(text), "")


@pytest.mark.parametrize(("text", "locale"), [("430,50", US), ("430.50", DE)])
def test_number_of_another_locale_is_said(text: str, locale: Locale) -> None:
    number = number_at(text, 0, locale)
    assert number
    assert (number.value, number.said) == (Decimal("430.50"), f"“{text}” was read as 430.50.")


@pytest.mark.parametrize("text", ["86.000", "1.000", "430.555"])
def test_three_decimals_may_be_thousands(text: str) -> None:
    number = number_at(text, 0, US)
    assert number
    assert (number.value, number.likely) == (None, (Decimal(text), Decimal(text.replace(".", ""))))


@pytest.mark.parametrize(("text", "locale"), [("1.200", US), ("1,200", DE)])
def test_number_with_two_meanings_is_open(text: str, locale: Locale) -> None:
    number = number_at(text, 0, locale)
    assert number
    assert (number.value, number.likely) == (None, (Decimal("1.200"), Decimal(1200)))


@pytest.mark.parametrize(
    ("text", "quantity"), [("0", None), ("1.5", None), ("9999999999", None), ("200", 200), ("1.5k", 1500)]
)
def test_quantity_is_a_whole_number(text: str, quantity: int | None) -> None:
    number = number_at(text, 0, US)
    assert number
    assert whole_of(number) == quantity


@pytest.mark.parametrize("text", ["²", "acme", "-", "½", "second"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert number_at(text, 0, US) is None
