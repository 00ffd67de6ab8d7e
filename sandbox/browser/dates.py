"""Instants as a reader meets them, in the reader's zone; the words are English, as the page is."""

import re
from datetime import datetime, timedelta

TOKEN = re.compile(r"\{(\w+)\}")
NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def date_words(at: datetime, wanted: str, now: datetime) -> str:
    """Slack's date formats, `{date_short_pretty}, {time}` and the like; both instants in the reader's zone."""
    return TOKEN.sub(lambda token: _word(token[1], at, now) or token[0], wanted)


def clock(at: datetime) -> str:
    """9:05 AM."""
    return f"{at.hour % 12 or 12}:{at:%M %p}"


def day(at: datetime, now: datetime) -> str:
    """Today, Yesterday, or the day's full name."""
    near = NEAR.get((at.date() - now.date()).days)
    return near.capitalize() if near else f"{at:%A, %B} {_ordinal(at.day)}"


def moment(at: datetime) -> str:
    """Mon 23 Nov 2026, 9:05 AM."""
    return f"{at:%a} {at.day} {at:%b %Y}, {clock(at)}"


def ago(at: datetime, now: datetime) -> str:
    """3 hours ago, in 2 days."""
    seconds = (now - at).total_seconds()
    for size, name in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if abs(seconds) >= size:
            number = int(abs(seconds) // size)
            words = f"{number} {name}{'' if number == 1 else 's'}"
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return "just now"


def next_monday(now: datetime) -> datetime:
    """Nine o'clock on the next Monday, in the zone of `now`."""
    ahead = 7 - now.weekday()
    if now.weekday() == 0 and now.hour < 9:
        ahead = 0
    return (now + timedelta(days=ahead)).replace(hour=9, minute=0, second=0, microsecond=0)


def _word(token: str, at: datetime, now: datetime) -> str | None:
    if token.startswith("date") and token.endswith("_pretty"):
        near = NEAR.get((at.date() - now.date()).days)
        return near or _word(token.removesuffix("_pretty"), at, now)
    if token == "ago":  # noqa: S105 - a token of a date's format
        return ago(at, now)
    words = {
        "date_num": f"{at:%Y-%m-%d}",
        "date_slash": f"{at:%m/%d/%Y}",
        "date": f"{at:%B} {_ordinal(at.day)}, {at.year}",
        "date_short": f"{at:%b} {at.day}, {at.year}",
        "date_long": f"{at:%A, %B} {_ordinal(at.day)}, {at.year}",
        "day_divider": f"{at:%A, %B} {_ordinal(at.day)}",
        "time": clock(at),
        "time_secs": f"{at.hour % 12 or 12}:{at:%M:%S %p}",
    }
    return words.get(token)


def _ordinal(number: int) -> str:
    ending = "th" if number in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
