"""Where a text names a date, with the words that go with one: by, before, the week of, at the latest."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from babel import Locale

from models.base.language import _
from models.words.ahead import UNITS, ahead_patterns, counted_days, read_ahead
from models.words.days import Found, day_text, patterns, read_named
from models.words.periods import WEEK_ENDING, WEEK_OF, period_patterns, read_period
from models.words.values import Reader
from models.words.vocabulary import one_word, words

MARK = re.compile(rf"({one_word(words('dates.by') | words('dates.after'))})[: ]*|(~|\d{{1,2}}(?::\d\d)? ?[ap]m) ?")
AT_END = re.compile(
    r"(?:,? ?\(?(?:at the latest|latest|spätestens|or (?:earlier|sooner|before|so)|eod|cob|noon|at noon|"
    r"(?:at )?\d{1,2}(?::\d\d)? ?(?:am|pm)|(?:at )?\d{1,2}:\d\d(?: uhr)?|please)\)?(?!\w))"
)
OR_LATER = re.compile(r",? ?(?:or later|onwards?|or after|oder später)(?!\w)")
SPAN = re.compile(r" ?(?:-|to|or|oder|bis|until|/) ?")
AND = re.compile(r" (?:and|und) ")
BEFORE_A_DAY = re.compile(rf"(\d{{1,3}}|a|one|two|three|four|ein|eine|zwei|drei|vier) {UNITS} (before|after|vor|nach) ")
MOST_MARKS = 4
Read = Callable[[str, re.Match[str], Reader], Found | None]
Patterns = tuple[tuple[re.Pattern[str], Read, str], ...]


@dataclass(frozen=True)
class DateFound:
    """A date from one place of a text to another, marked or not."""

    start: int
    end: int
    found: Found
    is_marked: bool


def date_at(text: str, start: int, reader: Reader) -> DateFound | None:
    """The date that begins at a place of a folded text, its marks included; None where there is none."""
    place, marks = _marks(text, start)
    for count in range(len(marks) + 1):
        # A mark may belong to the date itself (in 2 weeks, the 23rd): the fewer are taken off, the better.
        begins = place[count]
        core = _spanned(text, begins, reader, " ".join(marks[:count]))
        if core and (count or core[1].is_plain):
            return _with_end(text, start, core, marks[:count], reader)
    return None


def read_date(text: str, reader: Reader) -> date | None:
    """The day that a whole text names without doubt."""
    plain = " ".join(text.split())
    found = date_at(plain, 0, reader) if plain else None
    return found.found.day if found and found.end == len(plain) and not found.found.said else None


def _marks(text: str, start: int) -> tuple[list[int], list[str]]:
    places, marks = [start], list[str]()
    while len(marks) < MOST_MARKS and (match := MARK.match(text, places[-1])):
        places.append(match.end())
        marks.append(match[1] or match[2])
    return places, marks


def _with_end(text: str, start: int, core: tuple[int, Found], marks: list[str], reader: Reader) -> DateFound:
    end, found = core
    later = OR_LATER.match(text, end)
    if later or words("dates.after") & set(marks):
        likely = (found.day,) if found.day else found.likely
        found = Found(None, likely, _("that says from when on, not by when"))
    elif found.day and words("dates.about") & set(marks):
        found = replace(found, said=found.said or _("that is {day}.", day=day_text(found.day, reader)))
    end = later.end() if later else end
    while match := AT_END.match(text, end):
        end = match.end()
    return DateFound(start, end, found, bool(marks))


def _spanned(text: str, start: int, reader: Reader, marks: str) -> tuple[int, Found] | None:
    """A date, or one of two with a word between them that says so."""
    core = _core(text, start, reader)
    if core is None:
        return None
    end, found = core
    span = SPAN.match(text, end) or (AND.match(text, end) if "between" in marks or "zwischen" in marks else None)
    other = _core(text, _marks(text, span.end())[0][-1], reader) if span else None
    if other is None or not other[1].is_plain or not (other[1].day or other[1].likely):
        return core
    days = [day for each in (found, other[1]) for day in (each.day, *each.likely) if day]
    return other[0], Found(None, tuple(dict.fromkeys(days)), _("those are several days"))


# Each place is asked for with and without each of its marks.
@lru_cache(maxsize=8192)
def _core(text: str, start: int, reader: Reader) -> tuple[int, Found] | None:
    """The longest date that begins here."""
    best = max(_matches(text, start, reader), key=lambda match: match[0], default=None)
    return best if best and best[0] > start else None


def _matches(text: str, start: int, reader: Reader) -> Iterator[tuple[int, Found]]:
    yield from _relative_to_a_day(text, start, reader)
    for pattern, read, kind in _all_patterns(reader.locale):
        match = pattern.match(text, start)
        found = read(kind, match, reader) if match else None
        if match and found:
            yield match.end(), found


def _relative_to_a_day(text: str, start: int, reader: Reader) -> Iterator[tuple[int, Found]]:
    """A week before 18 Jan; the week of 18 Jan."""
    week = _week_of().match(text, start)
    if week:
        yield from _inner(text, week.end(), reader)
    before = BEFORE_A_DAY.match(text, start)
    if before:
        for end, found in _inner(text, before.end(), reader):
            day = counted_days(before[1], before[2], date.min, reader) if found.day else None
            if day and found.day:
                sign = 1 if before[3] in {"after", "nach"} else -1
                moved = found.day + sign * (day - date.min)
                yield end, Found(moved, said=_("that is {day}.", day=day_text(moved, reader)))


def _inner(text: str, start: int, reader: Reader) -> Iterator[tuple[int, Found]]:
    for pattern, read, kind in _named_patterns(reader.locale):
        match = pattern.match(text, start)
        found = read(kind, match, reader) if match else None
        if match and found:
            yield match.end(), replace(found, is_plain=True)
            return


@lru_cache(maxsize=1)
def _week_of() -> re.Pattern[str]:
    return re.compile(rf"(?:the )?(?:{WEEK_OF}|{WEEK_ENDING})")


@lru_cache(maxsize=64)
def _named_patterns(locale: Locale) -> Patterns:
    return tuple((pattern, read_named, kind) for pattern, kind in patterns(locale))


@lru_cache(maxsize=64)
def _all_patterns(locale: Locale) -> Patterns:
    return (
        *_named_patterns(locale),
        *((pattern, read_period, kind) for pattern, kind in period_patterns(locale)),
        *((pattern, read_ahead, kind) for pattern, kind in ahead_patterns(locale)),
    )
