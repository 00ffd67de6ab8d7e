"""Calendar: all periods of a table together."""

from collections.abc import Sequence
from datetime import date

import pytest
from babel import Locale

from models.sheets.calendar import Calendar
from models.sheets.questions import Asking

TODAY = date(2026, 11, 23)


def keys(
    texts: Sequence[str], *, title: str, locale: str = "en_US", is_weekly: bool = False, **answers: str
) -> tuple[list[str], list[str]]:
    """What texts mean together, and what is asked."""
    asking = Asking(answers)
    plain = Calendar(is_weekly, (title,), Locale.parse(locale), TODAY, asking)
    meanings = [(text, plain.meaning(text)) for text in texts]
    calendar = plain.decided(meaning for _, meaning in meanings if meaning)
    found = [str(calendar.key(text, meaning)) if meaning else "" for text, meaning in meanings]
    return found, list(asking.questions)


def test_one_clear_date_decides_for_all() -> None:
    assert keys(["13/08/2026", "01/09/2026"], title="date") == (["2026-08-01", "2026-09-01"], [])


def test_locale_decides_unless_the_dates_look_otherwise() -> None:
    assert keys(["8/3/2026", "9/4/2026"], title="date") == (["2026-08-01", "2026-09-01"], [])
    assert keys(["8/3/2026", "9/4/2026"], title="date", locale="en_GB") == (["2026-03-01", "2026-04-01"], [])
    assert keys(["01/08/2026", "01/09/2026"], title="date") == (["None", "None"], ["order"])
    assert keys(["01/08/2026", "01/09/2026"], title="date", order="day") == (["2026-08-01", "2026-09-01"], [])


@pytest.mark.parametrize(
    ("title", "locale", "weeks", "asked"),
    [
        ("week ending", "en_US", ["2026-12-28", "2027-01-04"], []),
        ("week beginning", "en_GB", ["2027-01-04", "2027-01-11"], []),
        ("week", "en_US", ["2027-01-04", "2027-01-11"], []),
        ("week", "en_GB", ["2027-01-04", "2027-01-11"], ["sunday"]),
    ],
)
def test_sundays_end_or_begin_a_week(title: str, locale: str, weeks: list[str], asked: list[str]) -> None:
    assert keys(["2027-01-03", "2027-01-10"], title=title, locale=locale, is_weekly=True) == (weeks, asked)


def test_digits_are_weeks_where_the_title_says_so() -> None:
    assert keys(["202701", "2/2027"], title="KW", is_weekly=True) == (["2027-01-04", "2027-01-11"], [])
    assert keys(["202608"], title="month") == (["2026-08-01"], [])


def test_month_without_a_year_is_asked() -> None:
    assert keys(["Aug"], title="month") == (["None"], ["year"])
    assert keys(["Aug"], title="month", year="2026") == (["2026-08-01"], [])


def test_days_beside_names_of_months_are_no_years() -> None:
    assert keys(["Aug 14", "Aug 21"], title="date")[1] == ["short_years"]
    assert keys(["Aug 26", "Sep 26"], title="date") == (["2026-08-01", "2026-09-01"], [])


def test_week_belongs_to_the_month_of_its_thursday() -> None:
    assert keys(["2026-W36", "2026-08-31"], title="week") == (["2026-09-01", "2026-09-01"], [])
