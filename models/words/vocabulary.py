"""The words that the reader knows: lists by what they are for, and patterns of them."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

AN_END = r"(?![\w'])"


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list, by its table and name: `pieces.noise`."""
    table, _, key = name.partition(".")
    return frozenset(_lists()[table][key])


def any_of(known: str | Iterable[str]) -> str:
    """A pattern for one of some words, the longest first; no word goes on after it."""
    listed = words(known) if isinstance(known, str) else known
    longest_first = sorted(listed, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word).replace(chr(92) + ' ', ' ') for word in longest_first)})"


def one_word(known: str | Iterable[str]) -> str:
    """The same, where a word ends."""
    return any_of(known) + AN_END


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("models.words") / "vocabulary.toml").read_text("utf-8"))
