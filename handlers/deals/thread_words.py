"""What an answer in words means, in English or German: yes, no, another date or quantity. In doubt, nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from models.base.arithmetic import WEEK, monday
from models.words import Reader
from models.words.dates import DateFound, date_at
from models.words.money import Per, price_at
from models.words.numbers import number_at, whole_of
from models.words.text import fold

TAIL = (
    r"(?: (?:then|now|thanks|thank you|for me|by me|with me|for us|to me|here"
    r"|danke|dann|jetzt|für (?:mich|uns)|mir|uns|bei (?:mir|uns)))?"
)
YES = re.compile(
    r"(?:ok|okay|k|yes|yep|yeah|sure|agreed|i agree|approved?|accept(?:ed)?|lgtm|go ahead|done|deal|perfect|great"
    r"|(?:that |this |it )?(?:looks|sounds) (?:good|great|fine)|fine|works|that works|all good"
    r"|let'?s do (?:it|that|this)"
    r"|ja|jo|jawohl|klar|gern|gerne|einverstanden|genehmigt|angenommen|abgemacht|perfekt|super|prima|gut|in ordnung"
    r"|(?:das |es )?(?:passt|geht|klappt|geht klar|geht in ordnung)|(?:sieht|klingt|hört sich) gut(?: aus| an)?"
    r"|alles klar|machen wir(?: so)?|von mir aus"
    r"|👍|✅|:\+1:|:thumbsup:|:white_check_mark:)" + TAIL
)
NO = re.compile(
    r"(?:no|nope|no way|not possible|impossible|too (?:late|early|much|many|expensive|cheap)"
    r"|(?:we |i )?(?:can'?t|cannot)(?: do (?:it|that|this))?"
    r"|(?:that |this |it )?(?:won'?t|doesn'?t|does not|will not) (?:work|fit)"
    r"|nein|nee|leider nein|leider nicht|unmöglich|nicht möglich|(?:viel )?zu (?:spät|früh|viel|teuer|billig)"
    r"|(?:das |es )?(?:geht|passt|klappt) (?:leider )?nicht|(?:das )?(?:schaffen|können) wir (?:leider )?nicht)" + TAIL
)
NUMBERS = {"one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "eine": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4}
COUNT = rf"\d{{1,2}}|{'|'.join(NUMBERS)}"
WEEKS = re.compile(
    rf"\b({COUNT}) (?:weeks? (?:later|after)|wochen? (?:später|danach))\b|\bin ({COUNT}) (?:weeks?|wochen?)\b"
)
NEXT_WEEK = re.compile(
    r"\b(?:the )?(?:next|following) week\b|\bthe week after\b"
    r"|\b(?:nächste|folgende|darauffolgende|kommende)[rn]? woche\b|\bdie woche (?:darauf|danach)\b"
)
QUANTITY = re.compile(r"(?<![\w$€£.,])\d[\d.,]*k?(?!\w)(?! ?(?:%|weeks?\b|wochen?\b|[$€£]))")
A_WORD = re.compile(r"(?<![\w.,])[\w$€£@]")
MEANT = re.compile(
    r"\b(?:only|max|maximum|at most|make it|can do|could do|instead|rather"
    r"|nur|maximal|höchstens|stattdessen|lieber|eher|gehen würden|ginge|gingen)\b"
)
HOW_ABOUT = re.compile(r"\b(?:how|what) about\b|\bwie (?:wäre?|wär'?s|wäre es|sieht es aus|sieht'?s aus)(?: es)? mit\b")
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
    PRICE = "price"


@dataclass(frozen=True)
class Heard:
    """A meaning; `weeks` by which everything moves, or the `quantity` or the `price` for one unit instead."""

    meaning: Meaning
    weeks: int = 0
    quantity: int = 0
    price: Decimal = Decimal(0)


def hear(text: str, *, week: date, reader: Reader) -> Heard | None:
    """Read an answer to terms whose first delivery is in a week; None where it could mean anything."""
    if len(text) > MOST_LETTERS:
        return None
    words = HOW_ABOUT.sub("rather", " ".join(fold(MENTION.sub(" ", text)).split()))
    bare = words.strip(" .!?,")
    if YES.fullmatch(bare):
        return Heard(Meaning.YES)
    weeks = _weeks(words, week, reader)
    if weeks is not None:
        return Heard(Meaning.LATER, weeks=weeks) if 0 < abs(weeks) <= FURTHEST else None
    if NO.fullmatch(bare):
        return Heard(Meaning.NO)
    return _price(words, reader) or _quantity(words, reader) if MEANT.search(words) else None


def _price(words: str, reader: Reader) -> Heard | None:
    """The one price that is named with a currency or *each*; what is less or more than another is none."""
    prices = [price for match in A_WORD.finditer(words) if (price := price_at(words, match.start(), reader))]
    marked = {price.number.value for price in prices if price.number and (price.currencies or price.per is Per.UNIT)}
    value = (
        marked.pop()
        if len(marked) == 1 and not any(price.is_off or price.per is Per.TOTAL for price in prices)
        else None
    )
    return Heard(Meaning.PRICE, price=value) if value else None


def _quantity(words: str, reader: Reader) -> Heard | None:
    numbers = [number_at(words, match.start(), reader.locale) for match in QUANTITY.finditer(words)]
    quantities = {whole_of(number) if number else None for number in numbers}
    quantity = quantities.pop() if len(quantities) == 1 else None
    return Heard(Meaning.QUANTITY, quantity=quantity) if quantity else None


def _weeks(words: str, week: date, reader: Reader) -> int | None:
    """By how many weeks it would move; None when no week is named. A week that is over is no answer."""
    counted = WEEKS.search(words)
    if counted:
        number = counted[1] or counted[2]
        return int(NUMBERS.get(number) or number)
    if NEXT_WEEK.search(words):
        return 1
    named = _day(words, reader)
    if named is None:
        return None
    return (monday(named) - week) // WEEK if named >= monday(reader.today) else 0


def _day(words: str, reader: Reader) -> date | None:
    """The one day that is named in a sentence, by whatever words, and without a doubt."""
    found = list(_dates(words, reader))
    days = {each.found.day for each in found}
    is_sure = len(days) == 1 and not any(each.found.said for each in found)
    return days.pop() if is_sure else None


def _dates(words: str, reader: Reader) -> Iterator[DateFound]:
    end = 0
    for match in A_WORD.finditer(words):
        found = date_at(words, match.start(), reader) if match.start() >= end else None
        if found:
            end = found.end
            yield found
