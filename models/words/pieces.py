"""A text in pieces: numbers, offers, dates, prices, discounts, and the words between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from models.words.dates import DateFound, date_at
from models.words.money import PERCENT, Discount, Price, discount_at, price_at
from models.words.names import WORD, Names
from models.words.numbers import Number, number_at
from models.words.payment import PAYMENT
from models.words.text import fold
from models.words.values import CatalogueOffer, Reader
from models.words.vocabulary import one_word, words

MARKS = r"[,;:|/&+()!?\[\]{}\"'=.*<>]+|-+(?=\s|$)|-(?=\D)"
PATTERNS = {
    "part": r"(?:the )?(?:other )?(?:rest|remainder|remaining|others?|half|hälfte)(?: of (?:them|it))?(?!\w)",
    "cue": rf"{one_word('pieces.cue')}[: ]*",
    "about": rf"(?:{one_word('pieces.about')}|~) ?",
    "noise": rf"x(?=\d)|{one_word('pieces.noise')}",
    "with": one_word("pieces.with"),
    "stop": rf"{one_word('pieces.stop')}|@",
    "word": r"\"[^\"]{1,80}\"|'[^']{1,80}'(?!\w)",
    "separator": rf"{MARKS}|{one_word('pieces.separator')}",
}
TOKEN = re.compile(r"[^\s,;:|/&+()!?\[\]{}\"=*<>]+|\S")
PRODUCT = re.compile(r" ?x ?(?=\d)|\+(?=\d)")
RANGE = re.compile(r" ?(?:-|to|or|bis|oder) ?(?=\d)")
GLUED = re.compile(r"x(?=\d)|(?:x|pcs?|pieces?|units?|stk|stück|ea)(?!\w)")
GAP = re.compile(r"[ '_-]?")
MOST_PIECES = 200


class Kind(StrEnum):
    """What a piece is."""

    OFFER = "offer"
    DATE = "date"
    DISCOUNT = "discount"
    PRICE = "price"
    NUMBER = "number"
    SEPARATOR = "separator"
    PAYMENT = "payment"
    NOISE = "noise"
    ABOUT = "about"
    CUE = "cue"
    WITH = "with"
    STOP = "stop"
    PART = "part"
    WORD = "word"


KINDS = tuple((Kind(name), re.compile(pattern)) for name, pattern in PATTERNS.items())


@dataclass(frozen=True)
class Piece:
    """A piece from one place of the text to another, with what it was read as."""

    kind: Kind
    start: int
    end: int
    offer: CatalogueOffer | None = None
    date: DateFound | None = None
    price: Price | None = None
    discount: Discount | None = None
    number: Number | None = None


def pieces_of(text: str, names: Names, reader: Reader) -> list[Piece]:
    """All pieces of a folded text, in order."""
    pieces: list[Piece] = []
    place = 0
    while place < len(text) and len(pieces) < MOST_PIECES:
        if text[place] == " ":
            place += 1
            continue
        piece = _piece_at(text, place, names, reader, pieces[-1] if pieces else None)
        if pieces and _is_one(text, pieces[-1], piece, names):
            pieces[-1] = replace(pieces[-1], kind=Kind.NUMBER, number=Number(pieces[-1].end, Decimal(1), is_words=True))
        pieces.append(piece)
        place = piece.end
    return pieces


def _is_one(text: str, before: Piece, piece: Piece, names: Names) -> bool:
    """A pavilion is one: only before what is an offer."""
    if before.kind not in {Kind.WORD, Kind.CUE} or text[before.start : before.end].strip() not in words("offers.one"):
        return False
    is_offer = piece.kind is Kind.WORD and names.named(words_between(text, [piece])).offer is not None
    return piece.kind is Kind.OFFER or is_offer


def _piece_at(text: str, start: int, names: Names, reader: Reader, before: Piece | None) -> Piece:
    is_glued = before is not None and before.end == start and before.kind is Kind.WORD
    is_after_word = is_glued and text[start - 1].isalnum() and text[start].isalnum()
    if not is_after_word:
        piece = _offer(text, start, names) or _term(text, start, reader) or _number(text, start, names, reader)
        if piece:
            return piece
    for kind, pattern in KINDS:
        match = pattern.match(text, start) if not is_after_word or kind is Kind.SEPARATOR else None
        if match:
            return Piece(kind, start, match.end())
    token = TOKEN.match(text, start)
    end = token.end() if token else start + 1
    stripped = len(text[start:end].rstrip(".'"))
    return Piece(Kind.WORD, start, start + max(1, stripped))


def _offer(text: str, start: int, names: Names) -> Piece | None:
    matches: list[re.Match[str]] = []
    place = start
    while len(matches) < names.longest and (match := WORD.match(text, place)):
        matches.append(match)
        gap = GAP.match(text, match.end())
        place = gap.end() if gap else match.end()
    full = names.full_at([match[0] for match in matches]) if matches else None
    return Piece(Kind.OFFER, start, matches[full[1] - 1].end(), offer=full[0]) if full else None


def _term(text: str, start: int, reader: Reader) -> Piece | None:
    payment = PAYMENT.match(text, start)
    if payment:
        return Piece(Kind.PAYMENT, start, payment.end())
    found = date_at(text, start, reader)
    if found:
        return Piece(Kind.DATE, start, found.end, date=found)
    discount = discount_at(text, start, reader)
    if discount:
        return Piece(Kind.DISCOUNT, start, discount.end, discount=discount)
    price = price_at(text, start, reader)
    return Piece(Kind.PRICE, start, price.end, price=price) if price else None


def _number(text: str, start: int, names: Names, reader: Reader) -> Piece | None:
    """A number that may be a quantity: not one in a word, such as 7-Eleven or 3M."""
    is_negative = text[start] == "-" and text[start + 1 : start + 2].isdigit()
    begins = start + 1 if is_negative else start
    number = number_at(text, begins, reader.locale)
    if number is None or not _ends(text, number, names) or PERCENT.match(text, number.end):
        return None
    if is_negative:
        value = number.value
        number = Number(number.end, None, (value,) if value is not None else ())
    ranged = _ranged(text, number, names, reader)
    return Piece(Kind.NUMBER, start, ranged.end, number=ranged)


def _ends(text: str, number: Number, names: Names) -> bool:
    """Whether a number is one by itself, or what is counted is glued to it."""
    rest = text[number.end : number.end + 40]
    if text[number.end - 1] == "m" and text[number.end - 2 : number.end - 1].strip().isdigit():
        return False
    if not rest or not (rest[0].isalnum() or rest[0] in "-_'"):
        return True
    if rest[0] == "-":
        return bool(re.match(r"-(?:\s|$)|-\d[\d.,]*k?(?![\w-])", rest))
    glued = WORD.match(rest)
    named = names.named([glued[0]]) if glued and not number.is_words else None
    return bool(GLUED.match(rest)) or (named is not None and (named.offer is not None or named.is_guess))


def _ranged(text: str, number: Number, names: Names, reader: Reader) -> Number:
    span = RANGE.match(text, number.end) or PRODUCT.match(text, number.end)
    other = number_at(text, span.end(), reader.locale) if span and span.end() < len(text) else None
    if other is None or not _ends(text, other, names) or (span and date_at(text, span.end(), reader)):
        return number
    if number.value is None or other.value is None:
        return number
    sign = text[number.end : other.end].strip()[:1]
    both = {"x": number.value * other.value, "+": number.value + other.value}.get(sign, number.value)
    return Number(other.end, None, (both, other.value))


def text_between(text: str, pieces: Sequence[Piece]) -> str:
    """The text of some pieces, as it was typed."""
    return text[pieces[0].start : pieces[-1].end] if pieces else ""


def words_between(text: str, pieces: Sequence[Piece]) -> list[str]:
    """The folded words of some pieces."""
    return WORD.findall(fold(text_between(text, pieces)))
