"""Days from today on: tomorrow, in 3 weeks, in 10 working days, next Friday, Christmas, ASAP."""

import re
from datetime import date, timedelta
from functools import lru_cache

from babel import Locale

from models.base.arithmetic import WEEK, monday
from models.base.language import _
from models.base.working_time import is_working_day
from models.words.calendar_words import months, weekdays
from models.words.days import Found, day_text, next_such
from models.words.numbers import number_at
from models.words.values import Reader
from models.words.vocabulary import AN_END, any_of, one_word, words

MOST_DAYS = 3660
TODAY = {
    **dict.fromkeys(("today", "heute", "tonight"), 0),
    **dict.fromkeys(("tomorrow", "tmrw", "tomorow", "tommorow", "tommorrow", "morgen"), 1),
    **dict.fromkeys(("the day after tomorrow", "day after tomorrow", "übermorgen", "uebermorgen"), 2),
    **dict.fromkeys(("yesterday", "gestern"), -1),
}
FEASTS = {
    **dict.fromkeys(("christmas eve", "heiligabend", "xmas eve"), (12, 24)),
    **dict.fromkeys(("christmas", "xmas", "x-mas", "the holidays", "weihnachten"), (12, 24)),
    **dict.fromkeys(("new year's eve", "new years eve", "nye", "silvester"), (12, 31)),
    **dict.fromkeys(("new year's day", "new year's", "new years", "new year", "neujahr"), (1, 1)),
    **dict.fromkeys(("valentine's day", "valentines day", "valentine's"), (2, 14)),
    **dict.fromkeys(("halloween",), (10, 31)),
}
UNITS = f"({any_of(words('dates.units') | words('dates.working_days'))})"
COUNT = r"(\d{1,4}|a couple of|a few|[a-zäöüß]+(?:[- ][a-zäöüß]+)??)"
TIME = r"(?:'s?|s')?(?: time)?"
SINCE = r"(?: (?:from (?:now|today)|after today|ab heute|later|hence|out|away))"
# Where the reader's today is the day itself.
NEXT = r"(?:next|nächste[nrs]?|naechste[nrs]?)"
COMING = r"(?:coming|upcoming|kommende[nrs]?)"
# The last one is the first of those that count from the end.
NTH = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}


@lru_cache(maxsize=64)
def ahead_patterns(locale: Locale) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns with the names of what they are."""
    day = f"({any_of(weekdays(locale))})" + r"\.?" + AN_END
    listed = (
        (one_word("dates.vague"), "vague"),
        (any_of(TODAY) + AN_END, "today"),
        (rf"(?:with)?in (?:the next )?{COUNT} {UNITS}{TIME}{SINCE}?{AN_END}", "count"),
        (rf"(?:binnen|innerhalb(?: von)?|in den nächsten) {COUNT} {UNITS}{AN_END}", "count"),
        (rf"{COUNT} {UNITS}(?:{SINCE}|'? time){AN_END}", "count"),
        (rf"{COUNT} {UNITS}{AN_END}", "bare_count"),
        (rf"{day} (?:of )?(?:next week|nächster woche|nächste woche|week)", "next_week"),
        (rf"next week'?s?(?: on)? {day}", "next_week"),
        (rf"{day} (?:of )?(?:this week|dieser woche|diese woche)", "this_week"),
        (rf"(?:this|diese[nrs]?) {day}", "this_week"),
        (rf"{NEXT} {day}", "next_one"),
        (rf"(?:{COMING} |the )?{day}", "coming"),
        (rf"(?:the )?({any_of(NTH)}) {day} (?:of|in) ({any_of(months(locale))}){AN_END}(?: (20\d\d))?", "nth"),
        (any_of(FEASTS) + r"(?: day)?" + AN_END, "feast"),
        (one_word("dates.moving"), "moving"),
    )
    return tuple((re.compile(pattern), kind) for pattern, kind in listed)


def read_ahead(kind: str, match: re.Match[str], reader: Reader) -> Found | None:
    """The day of a pattern."""
    match kind:
        case "vague" | "moving":
            return Found(None, (), _("that is no day yet"), is_plain=kind == "vague")
        case "today":
            day = reader.today + timedelta(days=TODAY[match[0]])
            return Found(day, said=_("that is over.") if day < reader.today else "")
        case "count" | "bare_count":
            return _counted(match[1], match[2], reader, is_sure=kind == "count")
        case "feast":
            return (
                _feast(*FEASTS[match[0].removesuffix(" day")], reader)
                if match[0].removesuffix(" day") in FEASTS
                else _feast(*FEASTS[match[0]], reader)
            )
        case "nth":
            return _nth(NTH[match[1]], weekdays(reader.locale)[match[2]], match[3], match[4], reader)
        case _:
            return _weekday(kind, weekdays(reader.locale)[match[1]], reader)


def counted_days(count: str, unit: str, since: date, reader: Reader) -> date | None:
    """So many days, working days, weeks or months after a day."""
    number = 2 if count == "a couple of" else _count(count, reader)
    if number is None:
        return None
    if unit in words("dates.working_days"):
        return _working(since, number, reader) if number <= MOST_DAYS else None
    if unit[0] in "dtwf":
        days = number * {"w": 7, "f": 14}.get(unit[0], 1)
        return since + timedelta(days=days) if days <= MOST_DAYS else None
    months = number * {"q": 3, "y": 12, "j": 12}.get(unit[0], 1)
    return _after_months(since, months) if months <= MOST_DAYS // 30 else None


def _counted(count: str, unit: str, reader: Reader, *, is_sure: bool) -> Found | None:
    day = counted_days(count, unit, reader.today, reader)
    if day is not None:
        said = _("that is {day}.", day=day_text(day, reader)) if count == "a couple of" or not is_sure else ""
        return Found(day, said=said)
    return Found(None, (), _("that is no day yet"), is_plain=False) if count == "a few" or count.isdigit() else None


def _count(count: str, reader: Reader) -> int | None:
    if count in {"a", "an", "one", "ein", "eine", "einem", "einer", "einen"}:
        return 1
    number = number_at(count, 0, reader.locale)
    value = number.value if number and number.end == len(count) else None
    return int(value) if value is not None and value == value.to_integral_value() else None


def _working(day: date, count: int, reader: Reader) -> date:
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, country=reader.country)
    return day


def _after_months(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))


def _feast(month: int, day: int, reader: Reader) -> Found:
    found = next_such(month, day, reader)
    return Found(None, (found,) if found else (), _("that may be several days"), is_plain=False)


def _weekday(kind: str, weekday: int, reader: Reader) -> Found:
    today = reader.today
    this = monday(today) + timedelta(days=weekday)
    coming = this if this > today else this + WEEK
    if kind == "next_week":
        return Found(this + WEEK)
    if kind == "this_week":
        return (
            Found(this)
            if this >= today
            else Found(None, (this + WEEK,), _("{day} is over", day=day_text(this, reader)))
        )
    if kind == "next_one" and coming != this + WEEK:
        return Found(None, (coming, this + WEEK), _("that may be this week or the next one"))
    if kind == "coming" and this == today:
        return Found(None, (today, coming), _("that may be today or next week"), is_plain=False)
    return Found(
        coming,
        said=_("that is {day}.", day=day_text(coming, reader)) if kind == "coming" else "",
        is_plain=kind != "coming",
    )


def _nth(nth: int, weekday: int, month: str, year: str | None, reader: Reader) -> Found | None:
    """The last Friday of January: of the next one without a year."""
    number = months(reader.locale)[month]
    for each in [int(year)] if year else [reader.today.year, reader.today.year + 1]:
        dates = (date(each, number, 1) + timedelta(days=n) for n in range(31))
        days = [day for day in dates if day.month == number and day.weekday() == weekday]
        if days[nth] >= reader.today or year:
            return Found(days[nth])
    return None
