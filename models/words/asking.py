"""What somebody asks the bot in a message: by rules, and without looking at any deal."""

import re
from dataclasses import dataclass
from enum import StrEnum

from models.words.text import clean, fold
from models.words.vocabulary import one_word, words

ENDS = " .!?,:;…-–—()\"'"
MOST_NUMBERS = 5
MOST_ABOUT = 100
CONTRACTION = re.compile(r"\b(what|how|where|who|when|that|it|there|here)['’]?s\b")
GREETING = rf"{one_word('customers.greeting')}(?: {one_word('customers.greeted')})?"
BEFORE = re.compile(rf"(?:{one_word('asking.address')}|{GREETING}|{one_word('asking.polite')})[,:!. –-]+")
ADDRESS = re.compile(rf"^ *{one_word('asking.address')}[,:!]+ *", re.IGNORECASE)
HELLO = re.compile(rf"(?:(?:{one_word('asking.address')}|{GREETING})[,! ]*)+")
AFTER = re.compile(r"(?:[, ]+(?:please|pls|bitte|thanks|thank you|thx|danke))+$")
HASH = re.compile(r"(?<![\w#])#\s?(\d{1,9})(?!\w|[.,/]\d)")
REFERENCE = re.compile(rf"(?<!\w){one_word('asking.reference')} ?(?:no|nr|number)?\.? ?#\s?\d+")
NAMED = r"(?:the )?(?:deal|deals|order|angebot|auftrag|nr|no|number|nummer)?(?: (?:no|nr|number|nummer))?\.? ?#?"
ENDING = rf"(?: (?:{one_word('asking.stands')}|{one_word('asking.ended')}))*"
STATUS = re.compile(rf"(?:the )?{one_word('asking.status')}[: ]*(?P<about>.*)")
PERHAPS = re.compile(rf"{one_word('asking.perhaps')}[: ]*(?P<about>.*)")
PLAIN = re.compile(rf"(?:(?:{one_word('asking.status')}|{one_word('asking.perhaps')})[: ]*)?{NAMED}(\d{{1,9}}){ENDING}")
TAIL = re.compile(rf"(?:^|(?<= )){one_word('asking.stands')}$")
ENDED = re.compile(rf"(?:^|(?<= )){one_word('asking.ended')}$")
WORD = re.compile(r"[\w&][\w&.'-]*")
AMOUNT = re.compile(one_word("asking.amount"))
FITTING = re.compile(rf"{one_word('asking.fitting')}[,: ]*")
FITS = re.compile(rf"[ ,;?!–-]+{one_word('asking.fits')}[ .?!]*$")
IN_BETWEEN = re.compile(r" be (?:possible|feasible|doable|ok|okay|fine|realistic)(?= )")


class Topic(StrEnum):
    """What a message is about."""

    HELP = "help"
    THANKS = "thanks"
    WAITING = "waiting"
    OWN = "own"
    OPEN = "open"
    STATUS = "status"
    DEAL = "deal"
    AMOUNT = "amount"


@dataclass(frozen=True)
class Asked:
    """What is asked: of deals by their numbers or by words of their names; or a text that may be a deal.

    A number in a text that says something else besides is not sure to be asked for.
    """

    topic: Topic
    numbers: tuple[int, ...] = ()
    about: str = ""
    text: str = ""
    is_sure: bool = True


WHOLE = (Topic.HELP, Topic.THANKS, Topic.WAITING, Topic.OWN, Topic.OPEN)


def asked_in(message: str) -> Asked:
    """What a message asks; whatever is none of the known questions may be a deal."""
    whole = clean(message)[0]
    text = _without_address(whole)
    bare = _bare(text)
    topic = _of_the_whole(bare)
    if topic or not any(letter.isalnum() for letter in bare):
        return Asked(topic or Topic.HELP)
    bare = AFTER.sub("", bare)
    return _of_numbers(bare, whole) or _of_names(bare, whole) or _of_a_deal(bare, text, whole)


def _without_address(text: str) -> str:
    """Without greetings, names and courtesies before the question, where something follows them."""
    rest = text.strip(" ,")
    while (before := BEFORE.match(fold(rest))) and _bare(rest[before.end() :]) and not _of_the_whole(_bare(rest)):
        rest = rest[before.end() :].strip(" ,")
    return rest


def _of_the_whole(bare: str) -> Topic | None:
    """What is asked by a phrase that is the whole message."""
    for phrase in (bare, AFTER.sub("", bare)):
        topic = next((topic for topic in WHOLE if phrase in words(f"asking.{topic}")), None)
        if topic:
            return topic
    return Topic.HELP if HELLO.fullmatch(bare) else None


def _bare(text: str) -> str:
    """Folded, without what ends a sentence, and with *is* written out."""
    return " ".join(CONTRACTION.sub(r"\1 is", fold(text)).split()).strip(ENDS)


def _of_numbers(bare: str, text: str) -> Asked | None:
    """#12, alone or in a question; in another sentence it is not sure what is wanted."""
    plain = PLAIN.fullmatch(bare.lstrip("#"))
    if plain:
        return Asked(Topic.STATUS, (int(plain[1]),))
    is_status = bool(STATUS.match(bare))
    listed = bare if is_status else REFERENCE.sub(" ", bare)
    numbers = tuple(dict.fromkeys(int(number) for number in HASH.findall(listed)))[:MOST_NUMBERS]
    if not numbers:
        return None
    perhaps = PERHAPS.match(bare)
    # Is #12 won? asks; #12 is won reports.
    rest = ENDED.sub("", perhaps["about"]) if perhaps else bare
    is_only = not _names(HASH.sub(" ", _without_ending(rest, TAIL)))
    return Asked(Topic.STATUS, numbers, text=text, is_sure=is_status or is_only)


def _of_names(bare: str, text: str) -> Asked | None:
    """How is the Acme deal: words of a customer or an offer."""
    status = STATUS.match(bare)
    if status:
        return Asked(Topic.STATUS, about=_names(_without_ending(status["about"], TAIL, ENDED)), text=text)
    perhaps = PERHAPS.match(bare)
    is_asked = TAIL.search(bare) or (perhaps and (ENDED.search(bare) or not FITTING.match(bare)))
    about = _names(_without_ending(perhaps["about"] if perhaps else bare, TAIL, ENDED))
    # What about 100 tents? is a deal.
    is_counted = any(letter.isdigit() for letter in bare)
    return Asked(Topic.STATUS, about=about, text=text) if is_asked and about and not is_counted else None


def _without_ending(about: str, *endings: re.Pattern[str]) -> str:
    while ending := next((found for each in endings if (found := each.search(about))), None):
        about = about[: ending.start()].strip(ENDS)
    return about


def _names(about: str) -> str:
    """The words that may name a deal; numbers and plurals are left to the eye."""
    found = [word.removesuffix("'s").strip(".'-") for word in WORD.findall(about)]
    named = [word for word in found if word not in words("asking.nothing") and not word.isdecimal()]
    return " ".join(_singular(word) for word in named if len(word) > 1)[:MOST_ABOUT]


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 4 else word


def _of_a_deal(bare: str, text: str, whole: str) -> Asked:
    """A text that may be a deal, without the question around it; the reader itself knows greetings and courtesies."""
    if AMOUNT.match(bare):
        return Asked(Topic.AMOUNT, text=whole)
    begin = FITTING.match(fold(text))
    is_question = begin is not None and (text.endswith("?") or not _may_be_a_name(text, begin.end()))
    rest = text[begin.end() :] if begin and is_question else ADDRESS.sub("", whole, count=1)
    if is_question or "?" in text:
        rest = _without_fit(rest)
    return Asked(Topic.DEAL, about=_names(bare), text=rest.strip(" ,;:?") or whole)


def _may_be_a_name(text: str, end: int) -> bool:
    """Will Smith Ltd, Check Point: a large letter, one word, and another large letter."""
    first = text[:end].strip(" ,:")
    return " " not in first and first[:1].isupper() and text[end : end + 1].isupper()


def _without_fit(text: str) -> str:
    """Without *fit?* or *be possible*; Acme Works keeps its name."""
    end = FITS.search(fold(text))
    rest = text[: end.start()] if end and not any(letter.isupper() for letter in text[end.start() :]) else text
    between = IN_BETWEEN.search(fold(rest))
    return f"{rest[: between.start()]}{rest[between.end() :]}" if between else rest
