"""What somebody means who answers in words: yes, no, another date, another quantity. In doubt, nothing."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from handlers.deals.dates import read_date
from models.base.arithmetic import WEEK, monday

TAIL = r"(?: (?:then|now|thanks|thank you|for me|by me|with me|for us|to me|here))?"
YES = re.compile(
    r"(?:ok|okay|k|yes|yep|yeah|sure|agreed|i agree|approved?|accept(?:ed)?|lgtm|go ahead|done|deal|perfect|great"
    r"|(?:that |this |it )?(?:looks|sounds) (?:good|great|fine)|fine|works|that works|all good"
    r"|let'?s do (?:it|that|this)|👍|✅|:\+1:|:thumbsup:|:white_check_mark:)" + TAIL
)
NO = re.compile(
    r"(?:no|nope|no way|not possible|impossible|too (?:late|early|much|many|expensive|cheap)"
    r"|(?:we |i )?(?:can'?t|cannot)(?: do (?:it|that|this))?"
    r"|(?:that |this |it )?(?:won'?t|doesn'?t|does not|will not) (?:work|fit))" + TAIL
)
NUMBERS = {"one": 1, "a": 1, "two": 2, "three": 3, "four": 4}
COUNT = r"\d{1,2}|one|a|two|three|four"
WEEKS = re.compile(rf"\b({COUNT}) weeks? (?:later|after)\b|\bin ({COUNT}) weeks?\b")
NEXT_WEEK = re.compile(r"\b(?:the )?(?:next|following) week\b|\bthe week after\b")
QUANTITY = re.compile(r"\b(\d{1,6})\b(?! ?(?:%|weeks?\b))")
MEANT = re.compile(r"\b(?:only|max|maximum|at most|make it|can do|could do|how about|what about|instead|rather)\b")
MENTION = re.compile(r"<[@#!][^>]*>")
FURTHEST = 52
# Whoever writes more answers more than one question.
MOST_LETTERS = 1000


class Meaning(StrEnum):
    """What words come to."""

    YES = "yes"
    NO = "no"
    LATER = "later"
    QUANTITY = "quantity"


@dataclass(frozen=True)
class Heard:
    """A meaning; `weeks` by which everything moves, or the `quantity` instead."""

    meaning: Meaning
    weeks: int = 0
    quantity: int = 0


def hear(text: str, *, week: date, today: date) -> Heard | None:
    """Read an answer to terms whose first delivery is in a week; None where it could mean anything."""
    if len(text) > MOST_LETTERS:
        return None
    words = " ".join(MENTION.sub(" ", text).lower().replace("’", "'").split())
    bare = words.strip(" .!?,")
    if YES.fullmatch(bare):
        return Heard(Meaning.YES)
    weeks = _weeks(words, week, today)
    if weeks is not None:
        return Heard(Meaning.LATER, weeks=weeks) if 0 < abs(weeks) <= FURTHEST else None
    numbers = {int(match[1]) for match in QUANTITY.finditer(words)}
    if len(numbers) == 1 and MEANT.search(words):
        quantity = numbers.pop()
        return Heard(Meaning.QUANTITY, quantity=quantity) if quantity else None
    return Heard(Meaning.NO) if NO.fullmatch(bare) else None


def _weeks(words: str, week: date, today: date) -> int | None:
    """By how many weeks it would move; None when no week is named. A week that is over is no answer."""
    counted = WEEKS.search(words)
    if counted:
        number = counted[1] or counted[2]
        return int(NUMBERS.get(number) or number)
    if NEXT_WEEK.search(words):
        return 1
    named = _day(words, today)
    if named is None:
        return None
    return (monday(named) - week) // WEEK if named >= today - timedelta(days=today.weekday()) else 0


def _day(words: str, today: date) -> date | None:
    """The one day that is named in a sentence."""
    pieces = re.sub(r"[?!;:()]|\.(?=\s|$)", " ", words).split()
    for length in (4, 3, 2, 1):
        spans = (" ".join(pieces[n : n + length]) for n in range(len(pieces) - length + 1))
        days = {day for span in spans if any(c.isdigit() for c in span) and (day := read_date(span, today))}
        if days:
            return days.pop() if len(days) == 1 else None
    return None
