"""Days, weeks and months as people and spreadsheets write them: all that a text may mean by itself."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from models.base.arithmetic import monday
from models.sheets.cells import Cell, fold
from models.sheets.meanings import Grain, Meaning, Period, day_of, either, month_of_year, sure, week_of_year
from models.sheets.month_names import day_names, month_numbers

LONGEST = 60
SERIALS = range(36526, 58500)
SINCE_1900, DAYS_1904 = date(1899, 12, 30), 1462
CLOCK = r"(?:[T ,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?\s*(?:[aApP]\.?[mM]\.?|Z|UTC|[+-]\d{2}:?\d{2})?)?"
YEAR = r"(\d{4}|['’\u00b4]?\d{2})"
WEEK_WORD = r"(?:isoweek|calendar week|kalenderwoche|woche|week|semaine|kw|cw|wk|w)\s*[.\-]?\s*"
ISO_DAY = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){CLOCK}")
ISO_MONTH = re.compile(r"(\d{4})(?:[-/. ]|[-/. ]?M)(\d{1,2})", re.IGNORECASE)
SERIAL = re.compile(r"[345]\d{4}", re.ASCII)
COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})?")
MONTH_YEAR = re.compile(r"M?(\d{1,2})[-/. ]+(\d{4})", re.IGNORECASE)
THREE = re.compile(rf"(\d{{1,2}})([-/.])\s?(\d{{1,2}})\2\s?(\d{{4}}|\d{{2}}){CLOCK}")
ISO_WEEK = re.compile(rf"(\d{{4}})[-/ ]*{WEEK_WORD}(\d{{1,2}})(?:-\d)?", re.IGNORECASE)
NAMED_WEEK = re.compile(rf"{WEEK_WORD}(\d{{1,2}})(?:[\s/.,\-]+|\s*\(?){YEAR}\)?", re.IGNORECASE)
LONE_WEEK = re.compile(rf"{WEEK_WORD}(\d{{1,2}})", re.IGNORECASE)
WEEKDAY = re.compile(r"([^\W\d_]+)[.,]*\s+(?=\d)")
MONTH_SHORT_YEAR = re.compile(r"(\d{1,2})[-/](\d{2})")
LONE_YEAR = re.compile(r"(?<![\d./\-])20\d{2}(?![\d]|[./\-]\d)")
WRITTEN = re.compile(
    r"export|print|creat|generat|as of|stand|erstellt|gedruckt|refresh|updated|date|datum", re.IGNORECASE
)
WORDS = re.compile(r"[^\W\d_]+|\d+")
ENDING = re.compile(r"(?:week |wk )?ending\s*:?\s*|w/e\s*|we\s+|bis\s+", re.IGNORECASE)
BEGINNING = re.compile(
    r"(?:week|wk|woche)\s*(?:of|from|beginning|commencing|starting|start|vom|ab)?\s*:?\s+|w/[cb]\s*|wc\s+|ab\s+|vom\s+|from\s+",
    re.IGNORECASE,
)
TO = re.compile(r"\s+(?:-|–|—|to|bis|until|au)\s+|\s*[–—]\s*|(?<=\d\.)\s*-\s*(?=\d)", re.IGNORECASE)
COARSE = re.compile(
    r"(?:(?:q|quarter|h|fy|cy|ytd)\s*\d?\s*[-/ ]?\s*)?(?:20\d{2})?|(?:20\d{2})\s*[-/ ]?\s*[qh]\s?\d|[qh]\d[\s'’]*\d{2}",
    re.IGNORECASE,
)


CLOCKED = re.compile(r"(?<=\d)[T ,]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[aApP]\.?[mM]\.?|Z)?$")
FILLERS = frozenset({"of", "the", "st", "nd", "rd", "th", "de", "le", "den", "der"})


def meaning_of(cell: Cell, *, is_1904: bool = False) -> Meaning | None:
    """Read a cell as a period; None for what is none. A number is a day of a spreadsheet."""
    if isinstance(cell, date):
        return sure(Period(cell, Grain.DAY))
    if isinstance(cell, Decimal):
        return serial_day(cell, is_1904=is_1904)
    if SERIAL.fullmatch(cell):
        return serial_day(Decimal(cell), is_1904=is_1904)
    return _read(cell)


def serial_day(number: Decimal, *, is_1904: bool = False) -> Meaning | None:
    """The day of a number, as spreadsheets count days; or a month or day written in digits: 202608, 20260801."""
    counted = int(number) + (DAYS_1904 if is_1904 else 0)
    if counted in SERIALS:
        return sure(Period(SINCE_1900 + timedelta(days=counted), Grain.DAY))
    return _read(f"{number.normalize():f}")


def is_coarse(text: str) -> bool:
    """Whether a text names a quarter, a half or a whole year, which are no months."""
    return bool(text) and COARSE.fullmatch(text) is not None


@lru_cache(maxsize=20_000)
def _read(text: str) -> Meaning | None:
    if len(text) > LONGEST:
        return None
    weekday = WEEKDAY.match(text)
    if weekday and fold(weekday[1]) in day_names():
        dated = _read(text[weekday.end() :])
        if dated and dated.day_first and dated.day_first.grain is Grain.DAY:
            return dated
    for read in READERS:
        meaning = read(text)
        if meaning is not None:
            return meaning
    return None


def _iso_day(text: str) -> Meaning | None:
    found = ISO_DAY.fullmatch(text)
    return sure(day_of(found[1], found[3], found[4])) if found else None


def _compact(text: str) -> Meaning | None:
    found = COMPACT.fullmatch(text)
    if found is None:
        return None
    if found[3]:
        return sure(day_of(*found.groups()))
    return sure(month_of_year(found[1], found[2]) or week_of_year(found[1], found[2]))


def _month_of_year(text: str) -> Meaning | None:
    found = ISO_MONTH.fullmatch(text)
    if found:
        return sure(month_of_year(found[1], found[2]))
    found = MONTH_YEAR.fullmatch(text)
    if found:
        return sure(month_of_year(found[2], found[1]))
    found = MONTH_SHORT_YEAR.fullmatch(text)
    return _month_and_number(found[1], found[2], is_behind=True) if found and int(found[2]) > 12 else None


def _week_of_year(text: str) -> Meaning | None:
    found = ISO_WEEK.fullmatch(text)
    if found:
        return sure(week_of_year(found[1], found[2]))
    found = NAMED_WEEK.fullmatch(text)
    if found:
        return sure(week_of_year(found[2], found[1]))
    found = LONE_WEEK.fullmatch(text)
    return Meaning(lone=f"W{found[1]}") if found else None


def _three_numbers(text: str) -> Meaning | None:
    found = THREE.fullmatch(text)
    if found is None:
        return None
    meaning = Meaning(day_of(found[4], found[3], found[1]), day_of(found[4], found[1], found[3]))
    if found[2] == ".":
        # Points stand between day, month and year, in this order, wherever they are written.
        meaning = Meaning(meaning.day_first, meaning.day_first)
    return meaning if meaning != Meaning() else None


def _named_month(text: str) -> Meaning | None:
    words = [
        word
        for word in WORDS.findall(CLOCKED.sub("", text))
        if fold(word) not in (day_names() - month_numbers().keys()) | FILLERS
    ]
    names = [word for word in words if fold(word) in month_numbers()]
    numbers = [word for word in words if word.isdecimal()]
    if len(names) != 1 or len(names) + len(numbers) != len(words) or len(numbers) > 2:
        return None
    month = str(month_numbers()[fold(names[0])])
    if not numbers:
        return Meaning(lone=f"M{month}")
    if len(numbers) == 1:
        return _month_and_number(month, numbers[0], is_behind=words[0] == names[0])
    day, year = numbers if len(numbers[0]) < 3 else reversed(numbers)
    return sure(day_of(year, month, day))


def _month_and_number(month: str, number: str, *, is_behind: bool) -> Meaning | None:
    if len(number) == 4:
        return sure(month_of_year(number, month))
    if len(number) != 2:
        return None
    period = month_of_year(number, month)
    return Meaning(period, period, number=int(number) if is_behind else -int(number)) if period else None


def _named_beginning(text: str) -> Meaning | None:
    for pattern, is_ending in ((ENDING, True), (BEGINNING, False)):
        found = pattern.match(text)
        meaning = _read(text[found.end() :]) if found and found.end() < len(text) else None
        if meaning and meaning.day_first and meaning.day_first.grain is Grain.DAY:
            return meaning.as_ending() if is_ending else meaning
    return None


def _range(text: str) -> Meaning | None:
    """From one day to another in the same week: the Monday that both share, or that lies between them."""
    parts = TO.split(text)
    if len(parts) != 2:
        return None
    last = _read(parts[1])
    first = _read(parts[0]) or _read(f"{parts[0].rstrip('.')}.{parts[1][-4:]}")
    if not last or not first:
        return None
    ends = [(first.day_first, last.day_first), (first.month_first, last.month_first)]
    return either(*(_shared_week(*end) for end in ends))


def _shared_week(first: Period | None, last: Period | None) -> Period | None:
    if first is None or last is None or not first.grain == last.grain == Grain.DAY:
        return None
    days = (last.first - first.first).days
    return (
        Period(monday(last.first), Grain.WEEK)
        if 3 <= days <= 6 and monday(last.first) >= first.first - timedelta(days=6)
        else None
    )


READERS: tuple[Callable[[str], Meaning | None], ...] = (
    _iso_day,
    _compact,
    _month_of_year,
    _week_of_year,
    _three_numbers,
    _named_month,
    _named_beginning,
    _range,
)


def years_in(texts: Iterable[str]) -> set[int]:
    """The years that some texts name; a whole date says when something was written, not of when it is."""
    found = (year for text in texts if not WRITTEN.search(text) for year in LONE_YEAR.findall(text))
    return {int(year) for year in found}
