"""One table of a file, key by key: what is taken, and the sentence for what is not."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.files.reading import BadFile, Table


def table(value: object, *, plain_strings: bool = False) -> Table:
    return Table("a.toml", "offers 1 (Tent)", {"x": value}, plain_strings)


def refusal(read: Callable[[], object]) -> str:
    with pytest.raises(BadFile) as refused:
        read()
    return refused.value.sentence.removeprefix("a.toml: offers 1 (Tent): ")


READS: dict[str, Callable[[Table], object]] = {
    "text": lambda given: given.text("x"),
    "flag": lambda given: given.flag("x", default=True),
    "kind": lambda given: given.one_of("x", ("time", "stock")),
    "whole": lambda given: given.whole("x", least=1, most=9),
    "amount": lambda given: given.amount("x"),
    "money": lambda given: given.money("x", 2),
    "yen": lambda given: given.money("x", 0),
    "share": lambda given: given.share("x"),
    "floor": lambda given: given.share("x", below_one=True),
    "day": lambda given: given.day("x"),
    "texts": lambda given: given.texts("x"),
}


@pytest.mark.parametrize(
    ("kind", "given", "taken"),
    [
        ("text", " Tent ", "Tent"),
        ("text", "T" * 200, "T" * 200),
        ("flag", False, False),
        ("kind", "stock", "stock"),
        ("whole", 9, 9),
        ("whole", Decimal("1.00"), 1),
        ("amount", Decimal("0.125"), 125),
        ("amount", Decimal("1.5000"), 1_500),
        ("amount", 10**9, 10**12),
        ("money", Decimal("480.5"), 48_050),
        ("yen", Decimal("480.00"), 480),
        ("share", Decimal("1.5"), Decimal("1.5")),
        ("floor", Decimal("0.9999"), Decimal("0.9999")),
        ("day", date(2027, 1, 4), date(2027, 1, 4)),
        ("day", "2027-01-04", date(2027, 1, 4)),
        ("texts", ["a", "b"], ("a", "b")),
    ],
)
def test_value_is_taken_in_the_units_of_the_firm(kind: str, given: object, taken: object) -> None:
    assert READS[kind](table(given)) == taken


@pytest.mark.parametrize(
    ("kind", "given", "sentence"),
    [
        ("text", " ", 'x should be text of 1 to 200 characters, not " ".'),
        ("text", 3, "x should be text of 1 to 200 characters, not 3."),
        ("flag", 1, "x should be true or false, not 1."),
        ("kind", "stuff", 'x should be "time" or "stock", not "stuff".'),
        ("whole", 0, "x should be a whole number from 1 to 9, not 0."),
        ("whole", Decimal("1.5"), "x should be a whole number from 1 to 9, not 1.5."),
        ("whole", True, "x should be a whole number from 1 to 9, not True."),
        ("whole", "3", 'x should be a whole number from 1 to 9, not "3".'),
        ("amount", Decimal("0.1255"), "x should be a number of 0 or more with at most 3 decimals, not 0.1255."),
        ("amount", -1, "x should be a number of 0 or more with at most 3 decimals, not -1."),
        ("amount", 10**9 + 1, "x should be at most 1000000000.000, not 1000000001."),
        ("money", Decimal("0.005"), "x should be a number of 0 or more with at most 2 decimals, not 0.005."),
        ("yen", Decimal("0.5"), "x should be a whole number of 0 or more, not 0.5."),
        ("share", Decimal("NaN"), "x should be a share of 0 or more, not NaN."),
        ("floor", 1, "x should be a share from 0 up to but not including 1, not 1."),
        ("day", "2027-02-30", 'x should be a date such as 2027-01-18, not "2027-02-30".'),
        ("day", "20270104", 'x should be a date such as 2027-01-18, not "20270104".'),
        ("day", date(1969, 12, 31), "x should be a date such as 2027-01-18, not 1969-12-31."),
        ("texts", ["a", 1], "x should be a list of names, not ['a', 1]."),
        ("text", "T" * 201, f'x should be text of 1 to 200 characters, not "{"T" * 79}.'),
    ],
)
def test_refusal_says_what_was_expected_where(kind: str, given: object, sentence: str) -> None:
    assert refusal(lambda: READS[kind](table(given))) == sentence


@pytest.mark.parametrize(("given", "taken"), [("432.00", 43_200), ("7", 700), ("0", 0)])
def test_plain_strings_are_numbers_where_they_are_allowed(given: str, taken: int) -> None:
    assert table(given, plain_strings=True).money("x", 2) == taken


@pytest.mark.parametrize("given", ["1e3", "+1", ".5", "1.", "1,000", " 1", "١", "", "-", "-1"])
def test_other_strings_are_not(given: str) -> None:
    sentence = f'x should be a number of 0 or more with at most 2 decimals, not "{given}".'.replace('"-1"', "-1")
    assert refusal(lambda: table(given, plain_strings=True).money("x", 2)) == sentence


def test_absent_key_is_its_default_or_is_missing() -> None:
    empty = Table("a.toml", "", {})
    taken: list[Any] = [empty.text("a", None), empty.whole("b", 3), empty.day("c", None), empty.texts("d")]
    assert [*taken, list(empty.tables("e")), empty.flag("f", default=True)] == [None, 3, None, (), [], True]
    assert refusal(lambda: empty.text("name")) == "a.toml: name is missing."


def test_keys_that_nobody_asked_for_are_refused_with_those_that_are_known() -> None:
    given = Table("a.toml", "company", {"name": "Bench", "colour": "red"})
    given.text("name")
    given.text("currency", "USD")
    assert refusal(given.close) == "a.toml: company: “colour” is not known here; expected are currency, name."
    given.text("colour")
    given.close()


def test_tables_know_their_place_and_name() -> None:
    given = Table("a.toml", "offers 1", {"needs": [{"resource": "Saw"}, {}]}, plain_strings=True)
    inner = list(given.tables("needs", named="resource"))
    assert [one.place for one in inner] == ["offers 1, needs 1 (Saw)", "offers 1, needs 2"]
    assert all(one.plain_strings for one in inner)
    wrong = Table("a.toml", "", {"needs": [1]})
    assert refusal(lambda: list(wrong.tables("needs"))) == "a.toml: needs should be a list of tables, not [1]."
