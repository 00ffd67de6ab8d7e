"""Days that are named: 18 Jan, January the 18th, 2027-01-18, 18.1., 3/4 by the reader's locale, the 23rd."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date

from models.base.language import _
from models.words.calendar_words import is_month_first, months, weekdays
from models.words.values import Reader
from models.words.vocabulary import AN_END, any_of

LEAP_CYCLE = 9
# Nobody promises further ahead; 18 Jan 86 is something else.
FURTHEST = 15
DAY = r"(\d{1,2})(?:st|nd|rd|th|te[nrs]?|\.)?"
YEAR = (
    r"(?:[ ,./-]{0,3}(?:of )?((?:19|20|21)\d\d)(?![\d.,]?\d)"
    r"|[-/.]\.?(\d\d)(?![\d,%]|\.\d)| ?'(\d\d)(?!\d)| (\d\d)(?= ?(?:$|[;!?)]|[,.](?!\d))))?"
)
# The 20th of something else is no day: 20th Century.
NO_NAME = (
    r"(?!\w)(?= *(?:$|[^\w ]|\d|(?:at|for|with|and|less|or|please|latest|to|minus|by|plus|und|mit|zu|je|the)(?!\w)))"
)
TO = r" ?(?:-|to|bis|until|or|oder|and|und|&|/) ?"


@dataclass(frozen=True)
class Found:
    """What a pattern found: a day, or the days that it may be; `said` is what was assumed.

    Without a mark such as *by* before it, only what is `plain` is a date; the `span` of several days is kept.
    """

    day: date | None = None
    likely: tuple[date, ...] = ()
    said: str = ""
    is_plain: bool = True


def day_text(day: date, reader: Reader) -> str:
    """A day in a sentence."""
    return str(format_date(day, "medium", locale=reader.locale))


@lru_cache(maxsize=64)
def patterns(locale: Locale) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns with the names of what they are, the longest first."""
    month = any_of(months(locale)) + r"\.?(?![^\W\d_])"
    weekday = rf"(?:({any_of(weekdays(locale))})\.?{AN_END},? ?(?:the |der |den |dem )?)?(?:the |der |den |dem |day )?"
    listed = (
        (rf"{DAY}{TO}{DAY}[ ./-]?(?:of )?({month}){YEAR}", "several"),
        (rf"({month})[ -]?{DAY} ?(?:-|to|or) ?{DAY}{AN_END}{YEAR}", "several_after"),
        (r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d])", "iso"),
        (r"(20\d\d)()(0[1-9]|1[0-2])([0-3]\d)(?!\d)", "compact"),
        (rf"{weekday}{DAY}[ ./-]{{0,2}}(?:(?:day )?of |in )?({month}){YEAR}", "named"),
        (rf"{weekday}({month})[ .-]?(?:the )?{DAY}(?![\d%]|[.,]\d|[^\W\d_]){YEAR}", "named_after"),
        (r"(\d{1,2})([./-])(\d{1,2})\2((?:19|20|21)?\d\d)(?!\d|[./-]\d)", "numeric"),
        (r"(\d{1,2})([./])(\d{1,2})(\.?)(?!\d|[./-]\d|[^\W_])", "numeric_short"),
        (
            r"(?:the |am |zum |den |dem )?(\d{1,2})(?:st|nd|rd|th|te[nrs]?)(?: of (?:the|this) month)?" + NO_NAME,
            "ordinal",
        ),
        (rf"(?:the |der |den |dem )?(?:first|erste[nr]?) (?:of |day of )?({month}){YEAR}", "first"),
        (r"(?:the|der|den|dem) (?:first|erste[nr]?)(?: of (?:the|this) month|(?! of))" + AN_END, "ordinal"),
    )
    return tuple((re.compile(pattern), kind) for pattern, kind in listed)


def read_named(kind: str, match: re.Match[str], reader: Reader) -> Found | None:
    """The day of a pattern."""
    return READERS[kind](match, reader)


def next_such(month: int, day: int, reader: Reader) -> date | None:
    """The next day of that month: today at the earliest."""
    years = range(reader.today.year, reader.today.year + LEAP_CYCLE)
    return next((d for year in years if (d := _day(year, month, day)) and d >= reader.today), None)


def _year(match: re.Match[str], group: int) -> int | None:
    year = next((text for text in match.groups()[group - 1 : group + 3] if text), None)
    return _full_year(year) if year else None


def _full_year(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _month(name: str, reader: Reader) -> int:
    return months(reader.locale)[name.rstrip(".")]


def _with_weekday(weekday: str | None, month: str, day: str, year: int | None, reader: Reader) -> Found | None:
    found = _of(_month(month, reader), int(day), year, reader)
    if weekday and found.day:
        number = weekdays(reader.locale)[weekday]
        if found.day.weekday() != number:
            right = _nearest_with(number, found.day)
            return Found(
                None,
                (found.day, right),
                _("{day} is no {weekday}", day=day_text(found.day, reader), weekday=weekday.capitalize()),
            )
    return found


def _nearest_with(weekday: int, day: date) -> date:
    monday = day.toordinal() - day.weekday()
    return date.fromordinal(monday + weekday)


def _of(month: int, day: int, year: int | None, reader: Reader) -> Found:
    found = _day(year, month, day) if year else next_such(month, day, reader)
    if found is None:
        return Found(None, tuple(_last_days(month, day, year, reader)), _("there is no such day"))
    if found.year > reader.today.year + FURTHEST:
        return Found(None, (found,), _("that is {day}: is it?", day=day_text(found, reader)))
    months_ahead = (found.year - reader.today.year) * 12 + found.month - reader.today.month
    is_far = year is None and months_ahead > 9
    said = _("that is {day}.", day=day_text(found, reader)) if is_far else ""
    return Found(found, said=_over(found, reader) if year else said)


def _over(day: date, reader: Reader) -> str:
    return _("that is over.") if day < reader.today else ""


def _last_days(month: int, day: int, year: int | None, reader: Reader) -> Iterator[date]:
    """For the 31st of June: its last day."""
    for last in range(min(day, 31), 27, -1):
        found = (_day(year, month, last) if year else next_such(month, last, reader)) if 1 <= month <= 12 else None
        if found:
            yield found
            return


def _several(month: str, days: tuple[str, str], year: int | None, reader: Reader) -> Found:
    found = [_of(_month(month, reader), int(day), year, reader).day for day in days]
    return Found(None, tuple(day for day in found if day), _("those are several days"))


def _numeric(match: re.Match[str], reader: Reader, year: int | None) -> Found | None:
    """Dots are for the day first everywhere; else the reader's locale decides, and that is said."""
    first, sign, second = int(match[1]), match[2], int(match[3])
    is_month_leading = sign != "." and is_month_first(reader.locale)
    orders = [(first, second), (second, first)] if is_month_leading else [(second, first), (first, second)]
    days = [_of(month, day, year, reader) for month, day in orders if 1 <= month <= 12 and 1 <= day <= 31]
    real = [found for found in days if found.day]
    is_plain = year is not None or sign == "/" or bool(match[4])
    if not real:
        return Found(None, days[0].likely if days else (), _("there is no such day")) if is_plain else None
    if first > 31 or second > 31:
        return None
    is_open = len({found.day for found in real}) > 1 and not (sign == "." and not is_month_first(reader.locale))
    said = _("that is {day}.", day=day_text(real[0].day or reader.today, reader)) if is_open else real[0].said
    return Found(real[0].day, said=said, is_plain=is_plain)


def _ordinal(day: int, reader: Reader) -> Found | None:
    """The 23rd: of this month while it is to come; on the day itself it may be next month's."""
    if not 1 <= day <= 31:
        return None
    ahead = [
        (reader.today.year + (reader.today.month - 1 + n) // 12, (reader.today.month - 1 + n) % 12 + 1)
        for n in range(3)
    ]
    days = [d for year, month in ahead if (d := _day(year, month, day)) and d >= reader.today]
    if days[0] == reader.today:
        return Found(None, tuple(days[:2]), _("that may be today or next month"), is_plain=False)
    return Found(days[0], is_plain=False)


def _found(days: list[date | None]) -> Found:
    return Found(days[0]) if days[0] else Found(None, (), _("there is no such day"))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


READERS: Mapping[str, Callable[[re.Match[str], Reader], Found | None]] = {
    "several": lambda match, reader: _several(match[3], (match[1], match[2]), _year(match, 4), reader),
    "several_after": lambda match, reader: _several(match[1], (match[2], match[3]), _year(match, 4), reader),
    "iso": lambda match, _: _found([_day(int(match[1]), int(match[3]), int(match[4]))]),
    "compact": lambda match, _: replace(_found([_day(int(match[1]), int(match[3]), int(match[4]))]), is_plain=False),
    "named": lambda match, reader: _with_weekday(match[1], match[3], match[2], _year(match, 4), reader),
    "named_after": lambda match, reader: _with_weekday(match[1], match[2], match[3], _year(match, 4), reader),
    "first": lambda match, reader: _with_weekday(None, match[1], "1", _year(match, 2), reader),
    "numeric": lambda match, reader: _numeric(match, reader, _full_year(match[4])),
    "numeric_short": lambda match, reader: _numeric(match, reader, None),
    "ordinal": lambda match, reader: _ordinal(int(match[1]) if match.re.groups else 1, reader),
}
