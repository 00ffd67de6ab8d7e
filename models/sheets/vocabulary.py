"""The words by which people name the columns of a table, from the file beside."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def vocabulary() -> dict[str, dict[str, list[str]]]:
    """The words, by table and field."""
    return tomllib.loads(files("models.sheets").joinpath("headers.toml").read_text(encoding="utf-8"))


def title_words(sort: str) -> frozenset[str]:
    """The words of titles of a sort."""
    return frozenset(vocabulary()["titles"][sort])
