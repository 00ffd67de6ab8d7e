"""A day that is named without doubt: `18 Jan`, `January 18th, 2028`, `2027-01-18`, `tomorrow`, `in 2 weeks`.

What could be two days (3/4, next Friday), several, or none is not read: it is asked for.
"""

import calendar
import re
from datetime import date, timedelta

ISO = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})", re.ASCII)
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})\.? (?P<month>[a-z]+)\.?(?: (?P<year>\d{4}))?", re.ASCII)
MONTH_FIRST = re.compile(r"(?P<month>[a-z]+)\.? (?P<day>\d{1,2})(?: (?P<year>\d{4}))?", re.ASCII)
AHEAD = re.compile(r"in (\d{1,3}) (day|week)s?", re.ASCII)
WEEKDAY = re.compile(rf"({'|'.join(name.lower() for name in calendar.day_name)})\b,? (?=.*\d)")
ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
SHORT = {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
LEAP_CYCLE = 9


def read_date(text: str, today: date) -> date | None:
    """The day that a text names; without a year the next one. None where there is a doubt."""
    words = " ".join(text.lower().split())
    if words in NEAR:
        return today + timedelta(days=NEAR[words])
    ahead = AHEAD.fullmatch(words)
    if ahead:
        return today + timedelta(days=int(ahead[1]) * (7 if ahead[2] == "week" else 1))
    iso = ISO.fullmatch(words)
    return _day(*map(int, iso.groups())) if iso else _named(words, today)


def _named(words: str, today: date) -> date | None:
    weekday = WEEKDAY.match(words)
    rest = words[weekday.end() :] if weekday else words
    rest = " ".join(ORDINAL.sub("", rest).replace(",", " ").replace(" of ", " ").split())
    match = DAY_FIRST.fullmatch(rest) or MONTH_FIRST.fullmatch(rest)
    month = MONTHS.get(match["month"], SHORT.get(match["month"], 0)) if match else 0
    if not match or not month:
        return None
    years = [int(match["year"])] if match["year"] else range(today.year, today.year + LEAP_CYCLE)
    days = (_day(year, month, int(match["day"])) for year in years)
    day = next((day for day in days if day and (match["year"] or day >= today)), None)
    if day and weekday and calendar.day_name[day.weekday()].lower() != weekday[1]:
        return None
    return day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
