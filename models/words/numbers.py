"""Numbers as people write them: 1,200 in the reader's locale, 1.2k, two dozen, two hundred."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import NumberFormatError, get_group_symbol, parse_decimal
from text_to_num import text2num

from models.base.language import _

DIGITS = r"\d{1,18}(?:[.,']\d{1,18}){0,6}"
# Where spaces group no digits, only what cannot be two numbers is one.
THOUSANDS = r"\d{1,3}(?: 0\d\d)(?: \d{3}){0,3}(?![\d.,'])"
SPACED = r"\d{1,3}(?: \d{3}){1,4}(?![\d.,'])"
TIMES = {
    **dict.fromkeys(("k", "thousand", "tsd", "tausend"), 1000),
    **dict.fromkeys(("m", "mn", "mio", "million", "millionen", "millions"), 10**6),
    **dict.fromkeys(("hundred", "hundert"), 100),
    **dict.fromkeys(("dozen", "dozens", "doz", "dz", "dutzend"), 12),
    "gross": 144,
}
SUFFIX = r"(?: ?(k|tsd\.?|thousand|tausend|mio\.?|mn|millions?|millionen|hundred|hundert|dozen|doz|dutzend)|(m))(?!\w)"
WORD = re.compile(r"[a-zäöüß]+(?:-[a-zäöüß]+)*")
ONE = {"a", "an", "one", "ein", "eine", "einen", "half a", "half"}
# Nobody means more, and Babel rounds to 28 digits.
MOST_LENGTH = 22
MOST_WORDS = 6
LONGEST_WORD = 60
OTHERS = (Locale("en"), Locale("de"), Locale("de", "CH"))
LANGUAGES = ("en", "de")


@dataclass(frozen=True)
class Number:
    """A number up to a place of the text; what it may be where that is open, and what was assumed."""

    end: int
    value: Decimal | None
    likely: tuple[Decimal, ...] = ()
    said: str = ""
    is_words: bool = False


def number_at(text: str, start: int, locale: Locale) -> Number | None:
    """The number that begins at a place of a folded text."""
    return _digits_at(text, start, locale) if "0" <= text[start] <= "9" else _words_at(text, start)


def whole_of(number: Number) -> int | None:
    """A quantity; None where there is none of that many."""
    value = number.value
    if value is None or value != value.to_integral_value() or not 1 <= value <= 10**9:
        return None
    return int(value)


def _digits_at(text: str, start: int, locale: Locale) -> Number | None:
    match = _pattern(locale).match(text, start)
    if match is None:
        return None
    digits, suffix = match[1].replace(" ", ""), (match[2] or match[3] or "").rstrip(".")
    values = _values(digits, locale)
    times = TIMES.get(suffix, 1)
    value = values[0] * times if len(values) == 1 else None
    likely = tuple(each * times for each in values) if len(values) > 1 else ()
    is_own = not values or values[0] == _strict(digits, locale)
    said = "" if is_own or likely else _("“{digits}” was read as {values:f}.", digits=digits, values=values[0])
    return Number(match.end(), value, likely, said)


@lru_cache(maxsize=64)
def _pattern(locale: Locale) -> re.Pattern[str]:
    digits = f"{SPACED}|{DIGITS}" if get_group_symbol(locale).isspace() else f"{THOUSANDS}|{DIGITS}"
    return re.compile(rf"({digits})(?![\d])(?:{SUFFIX})?")


@lru_cache(maxsize=4096)
def _values(digits: str, locale: Locale) -> Sequence[Decimal]:
    """What digits may be: in the reader's locale, else in any other; two values where it is open."""
    own = _strict(digits, locale)
    others = {value for other in OTHERS if (value := _strict(digits, other)) is not None}
    if own is None:
        return tuple(sorted(others))
    # A decimal point before three digits is nearly always the thousands of somewhere else.
    is_grouped = re.fullmatch(r"[1-9]\d{0,2}[.,']\d{3}", digits) and own < 1000
    return tuple(sorted({own, *others})) if is_grouped else (own,)


@lru_cache(maxsize=4096)
def _strict(digits: str, locale: Locale) -> Decimal | None:
    if len(digits) > MOST_LENGTH:
        return None
    try:
        value = parse_decimal(digits.replace("'", "’") if locale.territory == "CH" else digits, locale, strict=True)
    except NumberFormatError:
        return None
    return Decimal(value) if value.is_finite() else None


def _words_at(text: str, start: int) -> Number | None:
    matches: list[re.Match[str]] = []
    end = start
    while len(matches) < MOST_WORDS and (match := WORD.match(text, end)) and len(match[0]) < LONGEST_WORD:
        matches.append(match)
        end = match.end() + 1
        if match.end() >= len(text) or text[match.end()] != " ":
            break
    for count in range(len(matches), 0, -1):
        value = _named(text[start : matches[count - 1].end()])
        if value is not None:
            return Number(matches[count - 1].end(), Decimal(value), is_words=True)
    return None


@lru_cache(maxsize=4096)
def _named(words: str) -> int | None:
    """A number in words; a hundred, two dozen and half a dozen too."""
    first, _, last = words.rpartition(" ")
    times = TIMES.get(last, 0) if len(last) > 1 else 0
    if times:
        half = first.startswith("half")
        count = 1 if first in ONE or not first else _plain(first)
        return count * times // (2 if half else 1) if count is not None else None
    return _plain(words)


def _plain(words: str) -> int | None:
    for language in LANGUAGES:
        try:
            return int(text2num(words, language))
        except (ValueError, OverflowError):
            continue
    return None
