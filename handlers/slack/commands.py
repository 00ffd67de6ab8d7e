"""What is typed after a command: a word that is known, a line that the command itself reads, or neither."""

from collections.abc import Callable, Collection
from difflib import get_close_matches

from handlers.slack.text import clip
from models.base.language import _

NUMBER = "#"
NEAR = 0.7
MOST_NEAR = 3
MOST_DIGITS = 9
# Whether a command itself reads a line that begins with none of its words.
Reads = Callable[[str, Collection[str]], bool]


def reads_nothing(_text: str, _words: Collection[str]) -> bool:
    """A command that has no line of its own: whatever is not one of its words is unknown."""
    return False


def reads_all(_text: str, _words: Collection[str]) -> bool:
    """A command that looks by itself what a line names."""
    return True


def word_of(text: str) -> str:
    """The word that tells one command from another; a number by itself, as `42` or `#42`, is `#`."""
    words = text.split()
    if len(words) == 1 and read_number(text) is not None:
        return NUMBER
    return words[0].lower() if words else ""


def read_number(text: str) -> int | None:
    """The number of a deal, with or without its #; None where it is none."""
    digits = text.strip().removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS else None


def nearest(word: str, words: Collection[str]) -> list[str]:
    """The known words or names that somebody may have meant, the nearest first; capitals do not matter."""
    known = {name.lower(): name for name in sorted(words) if name != NUMBER}
    return [known[name] for name in get_close_matches(word.lower(), known, n=MOST_NEAR, cutoff=NEAR)]


def unknown_sentence(command: str, text: str, words: Collection[str]) -> str:
    """What is said of a word that nobody knows: the nearest that there are, and where all stand."""
    typed = clip(text.replace("`", "’"), 40)
    near = [f"`{command} {word}`" for word in nearest(word_of(text), words)]
    meant = _("Did you mean {near}? ", near=_(" or ").join(near)) if near else ""
    return _(
        "`{command} {typed}` is nothing that I know. {meant}`{command} help` says what is.",
        command=command,
        typed=typed,
        meant=meant,
    )
