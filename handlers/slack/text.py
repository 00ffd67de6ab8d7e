"""Sentences: built once, shown as rich text or as plain text. What people typed is never markup."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Bold:
    """Words that carry the sentence."""

    text: str


@dataclass(frozen=True)
class Code:
    """Words to type."""

    text: str


@dataclass(frozen=True)
class Person:
    """A mention: only for somebody who must act."""

    user_id: str


@dataclass(frozen=True)
class When:
    """An instant, shown in the reader's own zone."""

    at: datetime


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    text: str
    url: str


@dataclass(frozen=True)
class Channel:
    """A channel by its name, as the reader knows it."""

    channel: str


Part = str | Bold | Code | Person | When | Link | Channel
Sentence = tuple[Part, ...]


def escape(text: str) -> str:
    """Text that Slack must not read as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Text as a person wrote it: the opposite of `escape`, and of nothing else."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def plain(sentence: Sentence) -> str:
    """A sentence as notification text: escaped, mentions kept."""
    return "".join(_plain(part) for part in sentence)


def utc_text(at: datetime) -> str:
    """An instant where Slack cannot show it in the reader's zone."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def clip(text: str, most: int) -> str:
    """Text of at most so many characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def as_sentence(text: str) -> Sentence:
    """A sentence from text that marks words to type with backticks."""
    pieces = text.split("`")
    return tuple(Code(piece) if number % 2 else piece for number, piece in enumerate(pieces) if piece)


def _plain(part: Part) -> str:
    match part:
        case Person(user_id):
            return f"<@{user_id}>"
        case Channel(channel):
            return f"<#{channel}>"
        case When(at):
            return utc_text(at)
        case Bold(text) | Code(text) | Link(text):
            return escape(text)
        case _:
            return escape(part)
