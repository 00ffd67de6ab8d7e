"""How people call months, weekdays and quarters: by Babel, in English, German and the reader's own language."""

from collections.abc import Mapping
from functools import lru_cache

from babel import Locale
from babel.dates import get_date_format, get_day_names, get_month_names

from models.base.calendar_names import Names, names_in
from models.words.text import fold

ALWAYS = ("en", "de")
SHORTEST = 2
# How people abbreviate beyond CLDR, and the slips that they often make.
MORE_MONTHS = {
    "sept": 9,
    "maerz": 3,
    "mrz": 3,
    "jänner": 1,
    **dict.fromkeys(("janurary", "janury", "januray", "janaury", "janary"), 1),
    **dict.fromkeys(("febuary", "feburary", "februray", "febrary", "februar"), 2),
    **dict.fromkeys(("arpil", "apirl"), 4),
    **dict.fromkeys(("agust", "augst", "auguest"), 8),
    **dict.fromkeys(("septmber", "setpember", "septemer", "spetember"), 9),
    **dict.fromkeys(("ocotber", "ocober", "octber"), 10),
    **dict.fromkeys(("novemeber", "novmber", "novembr"), 11),
    **dict.fromkeys(("decemeber", "decmber", "decembr"), 12),
}
MORE_DAYS = {
    "tues": 1,
    "tusday": 1,
    "tuseday": 1,
    "thur": 3,
    "thurs": 3,
    "thrusday": 3,
    "thursady": 3,
    "weds": 2,
    "wensday": 2,
    "wednsday": 2,
    "wedensday": 2,
    "firday": 4,
    "firdays": 4,
}


@lru_cache(maxsize=64)
def months(locale: Locale) -> Mapping[str, int]:
    """Months by what they are called."""
    return _names(get_month_names, locale) | MORE_MONTHS


@lru_cache(maxsize=64)
def weekdays(locale: Locale) -> Mapping[str, int]:
    """Weekdays by what they are called; Monday is 0."""
    return {name: day for name, day in _names(get_day_names, locale).items() if len(name) > 1} | MORE_DAYS


@lru_cache(maxsize=64)
def is_month_first(locale: Locale) -> bool:
    """Whether the locale writes the month of a date before its day."""
    pattern = get_date_format("short", locale=locale).pattern
    return pattern.index("M") < pattern.index("d")


def _names(names: Names, locale: Locale) -> dict[str, int]:
    by_name: dict[str, int] = {}
    for language in (locale, *ALWAYS):
        for name, number in names_in(Locale.parse(language), names):
            # The reader's own language comes first; Do and So are days to Germans alone.
            word = fold(name).rstrip(".")
            if language is locale or len(word) > SHORTEST:
                by_name.setdefault(word, number)
    return by_name
