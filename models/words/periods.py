"""Days by a month, a week, a quarter or a year: end of January, mid-Feb, KW 5, EOM, the 10th of next month."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from babel import Locale

from models.base.arithmetic import WEEK, monday
from models.base.language import _
from models.base.working_time import is_working_day
from models.words.calendar_words import months
from models.words.days import Found, day_text
from models.words.values import Reader
from models.words.vocabulary import AN_END, any_of

OF = r"(?:[ -]of| in| -|-)?[ -]?(?:the |der |des )?"
END = r"(?:the )?(?:very )?(?:end(?!\w)|eo(?=[mqwy]\b)|ende(?!\w))" + OF
MIDDLE = r"(?:the )?(?:mid(?=[ -]?[a-z])|middle(?!\w)|mitte(?!\w))" + OF
START = r"(?:the )?(?:beginning(?!\w)|start(?!\w)|anfang(?!\w)|begin(?!\w))" + OF
EARLY = r"early(?: in)?[ -](?:the )?"
LATE = r"late(?: in)?[ -](?:the )?"
LAST_DAY = r"(?:the )?last (working |business |work )?day" + OF
FIRST_DAY = r"(?:the )?first (working |business |work )?day" + OF
DAY_OF = r"(?:the )?(\d{1,2})(?:st|nd|rd|th|\.)?(?: day)? (?:of |des )"
NEXT = r"(?:next|following|coming|nächste[nrs]?|naechste[nrs]?|kommende[nrs]?)"
THIS = r"(?:this|the|current|diese[nrsm]?|des|der)"
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
WEEK_WORD = r"(?:calendar week|kalenderwoche|week|woche|wk|cw|kw)"
WEEK_OF = (
    r"(?:w/?[cb]|(?:calendar )?(?:week|wk|woche)"
    r"(?: of| commencing| beginning| starting| begins?| from| vom| ab| v\.)) (?:the )?"
)
WEEK_ENDING = r"(?:w/e|week ending|wk ending) (?:the )?"


@dataclass(frozen=True)
class Period:
    """From a first to a last day."""

    first: date
    last: date

    @property
    def is_week(self) -> bool:
        """Whether it is one week."""
        return self.last - self.first == timedelta(days=6)

    @property
    def middle(self) -> date:
        """The 15th of a month, else the day in the middle; of a week the Wednesday."""
        half = self.first + (self.last - self.first) / 2
        if self.is_week:
            return self.first + timedelta(days=2)
        return (
            self.first.replace(day=15)
            if (self.first.year, self.first.month) == (self.last.year, self.last.month)
            else half
        )


@lru_cache(maxsize=64)
def period_patterns(locale: Locale) -> tuple[tuple[re.Pattern[str], str], ...]:
    """A part of a period, or a whole one."""
    period = _period_pattern(locale)
    ends = r"(?:the )?(?P<bare>month|year|quarter|monats|jahres|quartals)[ -]?end(?:e)?"
    listed = (
        (rf"{DAY_OF}{period}", "day_of"),
        (rf"{LAST_DAY}{period}", "last_day"),
        (rf"{FIRST_DAY}{period}", "first_day"),
        (rf"{END}{period}", "end"),
        (rf"{period} end{AN_END}", "end"),
        (rf"{ends}{AN_END}", "bare_end"),
        (rf"{MIDDLE}{period}", "middle"),
        (rf"{START}{period}", "start"),
        (rf"{EARLY}{period}", "early"),
        (rf"{LATE}{period}", "late"),
        (rf"(?:the )?(?:first|second|third|fourth|last|1st|2nd|3rd) (?:week|half){OF}{period}", "part"),
        (period, "whole"),
    )
    return tuple((re.compile(pattern), kind) for pattern, kind in listed)


def _period_pattern(locale: Locale) -> str:
    month = any_of(months(locale)) + r"\.?(?![^\W_])"
    unit = r"(?:month|monats?|quarter|quartals?|year|jahr(?:es)?|week|woche)"
    quarter = rf"q(?P<quarter>[1-4])|(?P<ordinal>{any_of(ORDINALS)}) quarter|(?P<digit>[1-4])\. quartal"
    number = rf"(?:the )?{WEEK_WORD}\.? ?(?:no\.? ?|#)?(?P<week>\d\d?)(?!\w|[.,]\d)"
    listed = (
        rf"(?P<month>{month}){_year('year')}",
        r"(?P<month_number>0?[1-9]|1[0-2])/(?P<month_year>20\d\d)(?![\d/])",
        rf"(?P<iso_year>20\d\d)-?w(?P<iso_week>\d\d?){AN_END}",
        rf"{number}(?:(?:[ ,/]{{0,2}}| ?of )(?P<week_year>20\d\d|(?<=/)\d\d)(?!\d))?",
        rf"w(?P<short_week>\d\d?){AN_END}",
        rf"(?:{quarter}){AN_END}{_year('quarter_year')}",
        rf"h(?P<half>[12]){AN_END}{_year('half_year')}",
        rf"(?:the )?(?P<next>{NEXT}) (?P<next_unit>{unit}){AN_END}",
        rf"(?:{THIS} )?(?P<this_unit>{unit}|(?<=eo)[mqyw]){AN_END}",
        r"(?:year )?(?P<whole_year>20\d\d)(?!\w|[.,/-]\d)",
    )
    return f"(?:{'|'.join(listed)})"


def _year(name: str) -> str:
    return rf"(?:[ ,/-]{{0,2}}(?:of )?(?P<{name}>20\d\d|'\d\d)(?!\d))?"


def read_period(kind: str, match: re.Match[str], reader: Reader) -> Found | None:
    """The day that a part of a period means; of a whole one no day is sure."""
    if kind == "bare_end":
        return _exactly("end", _ahead(match["bare"], 0, reader), reader)
    periods = _periods(match, reader)
    if not periods:
        return None
    match kind:
        case "day_of":
            return _day_of(int(match[1]), periods[0])
        case "first_day" | "last_day":
            return _edge(kind, periods, reader, is_working=bool(match[1]))
        case "whole" | "part":
            return _whole(match, periods, reader, is_part=kind == "part")
        case _:
            return _point_of(kind, periods, reader)


def _point_of(kind: str, periods: Sequence[Period], reader: Reader) -> Found:
    """The first of the periods whose day is to come."""
    chosen = next((period for period in periods if _point(kind, period, reader) >= reader.today), periods[0])
    if kind in {"early", "late"}:
        return Found(None, _likely_part(kind, chosen), _("that may be several days"))
    return _exactly(kind, chosen, reader)


def _exactly(kind: str, period: Period, reader: Reader) -> Found:
    day = _point(kind, period, reader)
    is_sure = kind == "end" and not period.is_week
    if day < reader.today <= period.last:
        return Found(None, (period.last,), _("that is over"))
    said = (
        _("that is over.") if day < reader.today else "" if is_sure else _("that is {day}.", day=day_text(day, reader))
    )
    return Found(day, said=said)


def _point(kind: str, period: Period, reader: Reader) -> date:
    match kind:
        case "end" | "late":
            return _friday(period, reader) if period.is_week else period.last
        case "middle":
            return period.middle
        case _:
            return period.first


def _friday(period: Period, reader: Reader) -> date:
    """The last working day of a week."""
    days = [period.first + timedelta(days=n) for n in range(4, -1, -1)]
    return next((day for day in days if is_working_day(day, country=reader.country)), days[0])


def _likely_part(kind: str, period: Period) -> tuple[date, ...]:
    week = min(WEEK, (period.last - period.first) / 2)
    return (period.first, period.first + week) if kind == "early" else (period.last - week, period.last)


def _edge(kind: str, periods: list[Period], reader: Reader, *, is_working: bool) -> Found:
    step = 1 if kind == "first_day" else -1
    for period in periods:
        day = period.first if kind == "first_day" else period.last
        while is_working and not is_working_day(day, country=reader.country):
            day += timedelta(days=step)
        if day >= reader.today:
            return Found(day)
    return Found(day, said=_("that is over."))


def _day_of(day: int, period: Period) -> Found | None:
    last = (period.last - period.first).days + 1
    return Found(period.first + timedelta(days=day - 1)) if 1 <= day <= min(last, 31) and last >= 28 else None


def _whole(match: re.Match[str], periods: list[Period], reader: Reader, *, is_part: bool) -> Found | None:
    """A week by its number is its Monday; another whole period is no day."""
    names = match.groupdict()
    period = next((period for period in periods if period.last >= reader.today), periods[0])
    if names.get("week") or names.get("iso_week") or names.get("short_week"):
        day = period.first
        return Found(day, said=_("that is over.") if period.last < reader.today else "")
    if period.is_week:
        likely: tuple[date, ...] = (period.first, _friday(period, reader))
    elif period.last - period.first < timedelta(days=31):
        likely = (period.first, period.middle, period.last)
    else:
        likely = (period.first, period.last)
    is_plain = is_part or not (names.get("this_unit") or names.get("whole_year") or names.get("month"))
    return Found(
        None, tuple(day for day in likely if day >= reader.today), _("those are several days"), is_plain=is_plain
    )


def _periods(match: re.Match[str], reader: Reader) -> list[Period]:
    """The periods that a name may mean, this one first; one where the year is said."""
    names = {name: text for name, text in match.groupdict().items() if text}
    if "next_unit" in names:
        return [_ahead(names["next_unit"], 1, reader)]
    if "this_unit" in names:
        return [_ahead(names["this_unit"], 0, reader)]
    named_year = next((names[name] for name in names if name.endswith("year")), "")
    year = int(named_year.strip("'")) if named_year else None
    year = year + 2000 if year is not None and year < 100 else year
    years = [year] if year else [reader.today.year, reader.today.year + 1]
    return [period for each in years if (period := _named(names, each, reader))]


def _named(names: dict[str, str], year: int, reader: Reader) -> Period | None:
    if "month" in names:
        return _months(year, months(reader.locale)[names["month"].rstrip(".")], 1)
    if "month_number" in names:
        return _months(year, int(names["month_number"]), 1)
    week = names.get("week") or names.get("iso_week") or names.get("short_week")
    if week:
        return _week(year, int(week))
    quarter = names.get("quarter") or names.get("digit") or ORDINALS.get(names.get("ordinal", ""))
    if quarter:
        return _months(year, int(quarter) * 3 - 2, 3)
    if "half" in names:
        return _months(year, int(names["half"]) * 6 - 5, 6)
    return _months(year, 1, 12)


def _week(year: int, week: int) -> Period | None:
    try:
        first = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return Period(first, first + timedelta(days=6))


def _months(year: int, month: int, count: int) -> Period:
    last = month + count - 1
    return Period(date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _ahead(unit: str, steps: int, reader: Reader) -> Period:
    """This month, quarter, year or week, or one of those that follow."""
    today = reader.today
    if unit[0] == "w":
        first = monday(today) + steps * WEEK
        return Period(first, first + timedelta(days=6))
    size = {"m": 1, "q": 3}.get(unit[0], 12)
    number = (today.year * 12 + today.month - 1) // size * size + steps * size
    return _months(number // 12, number % 12 + 1, size)
