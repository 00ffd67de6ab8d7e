"""Lines as people type them, and what they mean: nothing is silently wrong."""

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli.reading import as_json
from models.base.working_time import load_holidays
from tests.models.words.shop import DE, SHOP, US, reading, told
from tests.places import DATA

HERE = Path(__file__).parent
GIVEN = DATA / "words" / "given.jsonl"
PAIRS = HERE.joinpath("lines.txt").read_text("utf-8").splitlines()
MEANINGS = [(line, meaning.strip()) for line, meaning in zip(PAIRS[::2], PAIRS[1::2], strict=True)]
FRAGMENTS = (
    *(
        "by ",
        "for ",
        "1 by ",
        "200 Summit tent and ",
        "at 10% ",
        "18-",
        "3/4/",
        "two hundred ",
        "a ",
        "in ",
        "the ",
        "<",
    ),
    *("&amp;", "*_~", "'", '"', "(", "1.", "1,", "k", "9", "5 tents ", "½²①٤𝟓", "\u202e", "\x00", "\u00a0", "end of "),
)
MOST_SECONDS = 0.05


def verdict(expected: dict[str, Any], got: dict[str, Any]) -> str:
    """Right, asked (open where it need not be) or wrong, as the issue says."""
    asked, may_ask = set(got["open"]), set(expected.get("may_open", []))
    if len(got["lines"]) != len(expected["lines"]) or (expected.get("said") and not got["said"]):
        return "asked" if asked and not got["lines"] else "wrong"
    fields = [("customer", [expected["customer"]], got["customer"])]
    for number, line in enumerate(got["lines"]):
        choices = [expected["lines"][number], *(expected.get("either", []) if number == 0 else [])]
        fields += [(f"lines.{number}.{name}", [each[name] for each in choices], line[name]) for name in line]
    wrong = [path for path, wanted, value in fields if path not in asked and value not in wanted]
    wrong = [path for path in wrong if not (expected.get("any_date") and path.endswith(".date") and got["said"])]
    return "wrong" if wrong else "asked" if asked - may_ask else "right"


@pytest.mark.skipif(not GIVEN.exists(), reason="the shared lines are not beside this clone")
def test_given_lines_are_read_right_and_none_wrong() -> None:
    lines = [json.loads(line) for line in GIVEN.read_text("utf-8").splitlines()]
    verdicts = {line["line"]: verdict(line, as_json(reading(line["line"]))) for line in lines}
    assert [line for line, each in verdicts.items() if each == "wrong"] == []
    assert sum(each == "right" for each in verdicts.values()) >= 0.95 * len(lines)


@pytest.mark.parametrize(("line", "meaning"), MEANINGS)
def test_line_means_what_a_person_reads(line: str, meaning: str) -> None:
    assert told(line) == meaning


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("Acme 1.200 Summit tent bis 3.4.", "Acme: 1200 Summit tent 2027-04-03"),
        ("Acme 200 Summit tent by 3/4", "Acme: 200 Summit tent 2027-04-03 +"),
        ("Acme 200 Summit tent zu 430,50 bis 18.1.", "Acme: 200 Summit tent 2027-01-18 @430.50"),
        ("Acme 200 Summit tent zu 430.50 bis 18.1.", "Acme: 200 Summit tent 2027-01-18 @430.50 +"),
        ("Acme 1,2k Pole set bis KW 5 mit 12,5 % Rabatt", "Acme: 1200 Pole set 2027-02-01 -12.5%"),
        ("Acme 1,200 Summit tent bis 18.1.", "Acme: - Summit tent 2027-01-18 ?0.quantity"),
        ("200 Summit tent für Acme bis 18.1., Lieferung nach Berlin", "Acme: 200 Summit tent 2027-01-18 +"),
        ("200 Summit tent an Acme geliefert nach Berlin bis 18.1.", "Acme: 200 Summit tent 2027-01-18 +"),
        ("200 Summit tent für Acme, Lieferung an Acme Berlin bis 18.1.", "Acme: 200 Summit tent 2027-01-18 +"),
    ],
)
def test_locale_decides_numbers_and_dates(line: str, meaning: str) -> None:
    assert told(line, DE) == meaning


def test_customer_that_is_known_is_found_wherever_it_stands() -> None:
    shop = SHOP.__class__(SHOP.offers, SHOP.currency, SHOP.places, SHOP.hours, ("Need Supply", "Pier 1 Imports"))
    lines = (
        "Need Supply 5 domes by 18 Jan",
        "pier 1 imports, 5 domes by 18 Jan",
        "5 domes for PIER 1 IMPORTS by 18 Jan",
        "5 domes need supply by 18 jan",
    )
    assert [reading(line, US, shop).customer for line in lines] == [
        *("Need Supply", "Pier 1 Imports", "Pier 1 Imports", "Need Supply")
    ]


def test_customer_that_is_asked_may_be_what_follows_the_offer() -> None:
    asked = reading("200 summit tents acme by 18 jan").open
    assert [(question.path, question.likely) for question in asked] == [
        *(("customer", ("acme",)), ("lines.0.offer", ("Summit tent",)))
    ]


def test_where_it_goes_is_said_and_is_no_customer() -> None:
    result = reading("200 Summit tents for Acme by 18 Jan, shipped to Denver")
    assert (result.customer, result.said) == ("Acme", ("Not read: “shipped to Denver”.",))


def test_catalogue_may_be_empty() -> None:
    shop = SHOP.__class__((), SHOP.currency, SHOP.places, SHOP.hours)
    assert told("Acme 200 Summit tent by 18 Jan", US, shop) == "Acme: 200 - 2027-01-18 ?0.offer"


def test_long_text_is_read_as_far_as_is_said() -> None:
    result = reading("Acme 200 Summit tents by 18 Jan " + "and so on " * 1000)
    assert (result.lines[0].quantity, result.said[0]) == (200, "Only the beginning of a long text was read.")


def hostile() -> Iterator[str]:
    chance = random.Random(14)
    words = sorted({word for line, _ in MEANINGS for word in line.split()})
    for _ in range(1000):
        yield "".join(chr(chance.randrange(1, 0x2500)) for _ in range(chance.randrange(200)))
        yield " ".join(chance.choice(words) for _ in range(chance.randrange(40)))
        yield chance.choice(FRAGMENTS) * chance.randrange(1500)
        yield "".join(chance.choice("0123456789.,-/ '%") for _ in range(chance.randrange(400)))


def test_hostile_lines_are_read_in_time_and_never_raise() -> None:
    load_holidays()
    reading("Acme 200 Summit tent in 10 working days")
    reading("Acme 200 Summit tent in 10 working days", DE)
    slow = [line for line in hostile() if seconds(line) > MOST_SECONDS]
    # A busy machine stops a process now and then: a line that is slow is slow each time.
    assert [line for line in slow if min(seconds(line) for _ in range(3)) > MOST_SECONDS] == []


def seconds(line: str) -> float:
    begun = time.process_time()
    reading(line, DE if len(line) % 2 else US)
    return time.process_time() - begun


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(text: str) -> None:
    result = reading(text)
    assert len(result.lines) <= 10
    assert {question.sentence for question in result.open} <= set(result.said)
