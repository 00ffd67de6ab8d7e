"""Text before it is read: without Slack's markup, of bounded length, and folded so that spellings are alike."""

import re

from models.base.language import in_quotes

MOST_LETTERS = 1000
REFERENCE = re.compile(r"<[@#!][^<>]{0,300}>")
LINK = re.compile(r"<(?:https?|mailto|tel):[^<>|]{0,600}(?:\|([^<>]{0,300}))?>")
STYLE = re.compile(r"(?<![\w*_~`])[*_~`]{1,3}(?=[^\s\d])|(?<=\S)[*_~`]{1,3}(?![\w*_~`])")
EMOJI = re.compile(r"(?<!\w):[a-z][a-z0-9_+-]{1,60}:(?!\w)")
BREAK = re.compile(r"[ \t]*[\r\n\v\f\u2028\u2029]+[ \t]*")
SPACE = re.compile(r"\s+")
# One letter for one letter, so that a place in the folded text is the same place in the text.
ALIKE = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " "}
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u00b4`\u2032", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | {"×": "x", "✕": "x", "・": ",", "•": ";", "→": "-", "\uff05": "%"}
)


def clean(text: str) -> tuple[str, bool]:
    """The text without markup, links as what they are called; the second part says whether all of it is there."""
    begun = text[: 2 * MOST_LETTERS]
    begun = LINK.sub(lambda link: link[1] or " ", REFERENCE.sub(" ", begun))
    begun = STYLE.sub("", EMOJI.sub(" ", begun))
    begun = SPACE.sub(" ", BREAK.sub("; ", begun.strip())).strip()
    return begun[:MOST_LETTERS], len(begun) <= MOST_LETTERS and len(text) <= 2 * MOST_LETTERS


def fold(text: str) -> str:
    """Small letters, plain spaces, quotes and dashes: as long as the text, letter by letter."""
    lowered = text.translate(ALIKE).lower()
    return lowered if len(lowered) == len(text) else "".join(letter.lower()[:1] for letter in text.translate(ALIKE))


def quoted(text: str) -> str:
    """Words of the text in a sentence, shortened where they are many."""
    words = text.strip()
    return in_quotes(words if len(words) <= 60 else f"{words[:59].rstrip()}…")
