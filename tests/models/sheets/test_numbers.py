"""Numbers: what one may mean, and what all of a file say together."""

from fractions import Fraction

import pytest
from babel import Locale

from models.sheets.numbers import COMMA, POINT, decimal_mark, decimal_of, factor_of, read_number

US, DE, CH = Locale("en", "US"), Locale("de", "DE"), Locale("de", "CH")


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("1180", 1180, 1180),
        ("1.180", Fraction(118, 100), 1180),
        ("1,180", 1180, Fraction(118, 100)),
        ("1.180,5", None, Fraction(2361, 2)),
        ("1,180.5", Fraction(2361, 2), None),
        ("1.180.000", None, 1180000),
        ("1,18,000", 118000, None),
        ("1’180", 1180, 1180),
        ("0.125", Fraction(1, 8), None),
        (".5", Fraction(1, 2), None),
        ("(12)", -12, -12),
        ("12-", -12, -12),
        ("−12", -12, -12),
        ("1.180,-", Fraction(118, 100), 1180),
        ("$1,180", 1180, Fraction(118, 100)),
    ],
)
def test_number_may_mean_something_by_either_mark(
    text: str, point: Fraction | int | None, comma: Fraction | int | None
) -> None:
    reading = read_number(text)
    assert reading is not None
    assert (reading.point, reading.comma) == (point, comma)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "SO-1881",
        "2026-08",
        "01.02.2027",
        "1 2",
        "1 1800",
        "(12",
        "--5",
        "3/4",
        "12 x 3",
        "1" * 61,
        "1e999999999",
    ],
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None


def test_units_multiply_and_money_is_said() -> None:
    read = [read_number(text) for text in ("1.2k", "2 dozen", "12 pallets", "$5", "5 €", "1.2E+03")]
    assert [reading and (reading.unit, reading.is_money, reading.is_rounded) for reading in read] == [
        ("k", False, False),
        ("dozen", False, False),
        ("pallets", False, False),
        ("", True, False),
        ("", True, False),
        ("", False, True),
    ]
    assert [factor_of(unit, known={"tent"}) for unit in ("", "k", "k pcs", "dozen", "tent", "pallets")] == [
        1, 1000, 1000, 12, 1, None
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "locale", "delimiter", "is_whole", "mark"),
    [
        ("1180 940", US, ",", True, ""),
        ("1.180 940,5", US, ",", False, COMMA),
        ("1.180 1.5", DE, ";", False, POINT),
        ("1.180 940", DE, ";", True, COMMA),
        ("1.180 940", US, ";", True, COMMA),
        ("1.180 940", US, ",", True, None),
        ("1,180 940", US, ";", True, POINT),
        ("1.180,5 1,180.5 1.180", US, ";", False, None),
        ("1.200", US, ";", False, None),
        ("1.200", US, ",", False, POINT),
        ("1.200", DE, ";", False, COMMA),
        ("1.200", DE, ",", False, None),
        ("1.200", DE, "", False, COMMA),
        ("1,180", CH, ";", True, POINT),
    ],
)
def test_mark_is_what_all_numbers_allow_and_all_signs_agree_on(
    texts: str, locale: Locale, delimiter: str, is_whole: bool, mark: str | None
) -> None:
    readings = [reading for reading in map(read_number, texts.split()) if reading]
    assert decimal_mark(readings, locale=locale, delimiter=delimiter, is_whole=is_whole) == mark


def test_decimals_are_at_most_three() -> None:
    assert [str(decimal_of(Fraction(n))) for n in ("1180", "0.125", "280.50000000001", "1/3")] == [
        "1180.000", "0.125", "280.500", "None"
    ]  # fmt: skip
