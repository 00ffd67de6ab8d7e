"""Names of months and days, in the languages in which people keep their sheets."""

from functools import cache

from babel import Locale
from babel.dates import get_day_names, get_month_names

from models.base.calendar_names import names_in
from models.sheets.cells import fold

LANGUAGES = ("en", "de", "fr", "it", "es", "nl", "pt", "sv")
ALSO = {
    "sept": 9,
    "jaenner": 1,
    "jaen": 1,
    "feber": 2,
    "mrz": 3,
    "maerz": 3,
    "mar": 3,
    "okt": 10,
    "dez": 12,
    "janv": 1,
    "fevr": 2,
    "avr": 4,
    "juil": 7,
}


@cache
def month_numbers() -> dict[str, int]:
    """The number of a month by its folded name; what means two months in two languages is none."""
    meanings: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for name, number in names_in(Locale(language), get_month_names):
            meanings.setdefault(fold(name), set()).add(number)
    return ALSO | {name: numbers.pop() for name, numbers in meanings.items() if len(numbers) == 1}


@cache
def day_names() -> frozenset[str]:
    """The folded names of the days of the week; some are months in another language: mar."""
    return frozenset(fold(name) for language in LANGUAGES for name, _ in names_in(Locale(language), get_day_names))
