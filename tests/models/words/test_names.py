"""Which offer words name."""

import pytest

from models.words.names import names_of, singular, words_of
from tests.models.words.shop import SHOP

NAMES = names_of(SHOP.offers)


def named(text: str) -> tuple[str, list[str], bool]:
    result = NAMES.named(words_of(text))
    return result.offer.name if result.offer else "", [offer.name for offer in result.likely], result.is_guess


@pytest.mark.parametrize(
    ("text", "name", "is_guess"),
    [
        ("Summit tents", "Summit tent", False),
        ("SUMMIT TENT XL", "Summit tent XL", False),
        ("summit-tents", "Summit tent", False),
        ("base camp domes", "Basecamp dome", False),
        ("market canopies", "Market canopy", False),
        ("domes", "Basecamp dome", True),
        ("XL tents", "Summit tent XL", True),
        ("sets of poles", "Pole set", True),
        ("summit tnets", "Summit tent", True),
        ("rigde tents", "Ridge tent", True),
        ("grounsheets", "Groundsheet", True),
        ("event pavillion", "Event pavilion", True),
    ],
)
def test_offer_is_named(text: str, name: str, is_guess: bool) -> None:
    assert named(text) == (name, [], is_guess)


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("tents", ["Summit tent", "Summit tent XL", "Ridge tent", "Trail tent", "Basecamp dome"]),
        ("Summit", ["Summit tent", "Summit tent XL"]),
        ("shelters", ["Market canopy", "Event pavilion"]),
    ],
)
def test_words_of_several_offers_are_open(text: str, likely: list[str]) -> None:
    assert named(text) == ("", likely, True)


@pytest.mark.parametrize("text", ["kayaks", "Summit tent XXL", "Summit chairs", "tnt", "x", "", "Summit tent 2"])
def test_words_of_no_offer_are_none(text: str) -> None:
    assert (named(text)[0], named(text)[2]) == ("", False)


def test_whole_name_is_the_longest() -> None:
    full = NAMES.full_at(["summit", "tents", "xl", "by"])
    assert full
    assert (full[0].name, full[1]) == ("Summit tent XL", 3)
    assert NAMES.full_at(["summit", "by"]) is None


def test_singular_is_one_of_them() -> None:
    words = {"tents": "tent", "canopies": "canopy", "boxes": "box", "glass": "glass", "bus": "bus", "shelves": "shelf"}
    assert {word: singular(word) for word in words} == words


def test_near_offers_share_a_word_or_look_alike() -> None:
    texts = ("Summit chairs", "Sumpit temts", "kayaks")
    near = [[offer.name for offer in NAMES.near(words_of(text))] for text in texts]
    assert near == [["Summit tent", "Summit tent XL"], ["Summit tent", "Summit tent XL"], []]
