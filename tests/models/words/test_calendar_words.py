"""How people call months and weekdays."""

import pytest
from babel import Locale

from models.words.calendar_words import is_month_first, months, weekdays
from tests.models.words.shop import DE, US


@pytest.mark.parametrize(
    ("name", "month"), [("january", 1), ("jan", 1), ("sept", 9), ("märz", 3), ("maerz", 3), ("dez", 12), ("febuary", 2)]
)
def test_month_is_known_in_english_and_german(name: str, month: int) -> None:
    assert (months(US)[name], months(DE)[name]) == (month, month)


def test_reader_has_their_own_language_too() -> None:
    french = Locale("fr", "FR")
    assert (months(french)["mars"], "mars" in months(US)) == (3, False)


def test_day_of_two_letters_is_for_whoever_speaks_the_language() -> None:
    assert (weekdays(DE)["do"], "do" in weekdays(US), weekdays(US)["thu"]) == (3, False, 3)


def test_locale_says_what_comes_first() -> None:
    locales = ("en_US", "en_GB", "de_DE", "ja_JP")
    assert [is_month_first(Locale.parse(name)) for name in locales] == [True, False, False, True]
