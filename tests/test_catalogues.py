"""Every text that people read stands in the catalogue, and in each language that Belay speaks."""

import re
from functools import cache
from itertools import chain

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from models.base.language import CATALOGUES, ENGLISH, LANGUAGES
from models.sheets.fields import SHAPES
from tests.places import ROOT
from tests.texts import MARKS, all_modules, shown_modules

OTHERS = sorted(LANGUAGES.keys() - {ENGLISH})
HOLE = re.compile(r"\{[^}]*\}")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


@cache
def texts() -> frozenset[str | tuple[str, ...]]:
    """The texts of the code, as gettext extracts them; with their plurals where they have some."""
    found = chain.from_iterable(
        extract_from_dir(ROOT / floor, [("**.py", "python")], keywords=KEYWORDS) for floor in ("handlers", "models")
    )
    return frozenset(message for _, _, message, _, _ in found if message)


@cache
def catalogue(language: str) -> Catalog:
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def translated(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def test_no_text_stands_outside_the_catalogue() -> None:
    assert set(KEYWORDS) == MARKS
    assert [text for module in shown_modules() for text in module.unmarked()] == []


def test_every_marked_text_is_found_for_the_catalogue() -> None:
    """What is marked within an f-string is looked up, and never extracted."""
    one = {forms(text)[0] for text in texts()}
    assert [text for module in all_modules() for text in module.marked() if text not in one] == []
    labels = {field.label for shape in SHAPES.values() for field in shape.fields}
    assert labels - one == set()


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_in_each_language(language: str) -> None:
    said = {message.id if isinstance(message.id, str) else tuple(message.id) for message in translated(language)}
    assert texts() - said == set()
    assert said - texts() == set()


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_empty_or_unsure(language: str) -> None:
    unsure = [message.id for message in translated(language) if message.fuzzy or not all(forms(message.string))]
    assert unsure == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_have_the_holes_and_the_edges_of_the_text(language: str) -> None:
    wrong = []
    for message in translated(language):
        for text, said in zip(forms(message.id), forms(message.string), strict=True):
            is_same = sorted(set(HOLE.findall(text))) == sorted(set(HOLE.findall(said)))
            ends = [(one[: len(one) - len(one.lstrip())], one[len(one.rstrip()) :]) for one in (text, said)]
            if not is_same or ends[0] != ends[1]:
                wrong.append((text, said))
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_words_to_type_are_typed_the_same(language: str) -> None:
    typed = re.compile(r"`[^`]*`")
    pairs = [
        (text, said) for m in translated(language) for text, said in zip(forms(m.id), forms(m.string), strict=True)
    ]
    assert [(text, said) for text, said in pairs if typed.findall(text) != typed.findall(said)] == []
