"""How many of what: a number with the words after it, or an offer with the number after it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.words.names import Named, Names
from models.words.numbers import Number
from models.words.pieces import Kind, Piece, text_between, words_between
from models.words.vocabulary import words

RUN = frozenset({Kind.WORD, Kind.OFFER})
BEFORE_A_NAME = frozenset({Kind.NOISE, Kind.ABOUT})
BEFORE_A_NUMBER = frozenset({Kind.NOISE, Kind.ABOUT, Kind.SEPARATOR})
MOST_WORDS = 8


@dataclass(frozen=True)
class Item:
    """So many of what some words name, up to a piece; `rest` are words after the name that say something else."""

    end: int
    number: Number | None
    named: Named | None
    words: str
    rest: str = ""
    is_full: bool = False
    is_free: bool = False

    @property
    def is_clean(self) -> bool:
        """Whether it is an offer, or several, and nothing stands between that and what follows."""
        return self.named is not None and bool(self.named.offer or self.is_ambiguous) and not self.rest

    @property
    def is_ambiguous(self) -> bool:
        """Whether its words are those of several offers."""
        return self.named is not None and self.named.offer is None and self.named.is_guess


def item_at(text: str, pieces: Sequence[Piece], index: int, names: Names) -> Item:
    """The item whose number is a piece; without a name where something else follows."""
    begin = index + 1
    while begin < len(pieces) and pieces[begin].kind in BEFORE_A_NAME:
        begin += 1
    is_in_columns = (
        index > 0 and begin + 1 < len(pieces) and pieces[index - 1].kind is pieces[begin].kind is Kind.SEPARATOR
    )
    if is_in_columns and pieces[begin + 1].kind is Kind.OFFER:
        # Acme | 200 | Summit tent
        begin += 1
    item = named_at(text, pieces, begin, names, pieces[index].number)
    is_free = begin + 1 < len(pieces) and text[pieces[begin].start : pieces[begin].end].lower() in words("pieces.free")
    if is_free and not item.is_clean:
        return replace(named_at(text, pieces, begin + 1, names, pieces[index].number), is_free=True)
    return item


def named_at(text: str, pieces: Sequence[Piece], begin: int, names: Names, number: Number | None) -> Item:
    """What the words from a piece on name: as many of them as possible."""
    end = begin
    while end < len(pieces) and end - begin < MOST_WORDS and (pieces[end].kind in RUN or _is_of(text, pieces, end)):
        if end > begin and pieces[end].kind is Kind.OFFER and pieces[begin].kind is Kind.OFFER:
            break
        end += 1
    run = pieces[begin:end]
    if not run:
        return Item(begin, number, None, "")
    if run[0].kind is Kind.OFFER:
        named = Named(run[0].offer)
        return Item(end, number, named, text_between(text, run[:1]), text_between(text, run[1:]), is_full=True)
    item = _by_words(text, run, end, names, number)
    inner = next((piece.offer for piece in run if piece.offer), None)
    if inner and item.named and item.named.offer is None:
        return replace(item, named=Named(None, tuple(dict.fromkeys([inner, *item.named.likely]))))
    return item


def _is_of(text: str, pieces: Sequence[Piece], at: int) -> bool:
    """Sets of poles: one name."""
    is_between = 0 < at < len(pieces) - 1 and pieces[at - 1].kind is Kind.WORD and pieces[at + 1].kind is Kind.WORD
    return is_between and text[pieces[at].start : pieces[at].end].lower() == "of"


def _by_words(text: str, run: Sequence[Piece], end: int, names: Names, number: Number | None) -> Item:
    whole = names.named(words_between(text, run))
    if whole.offer or whole.is_guess:
        return Item(end, number, whole, text_between(text, run))
    for count in range(len(run) - 1, 0, -1):
        begun = names.named(words_between(text, run[:count]))
        if begun.offer:
            return Item(end, number, begun, text_between(text, run[:count]), text_between(text, run[count:]))
    return Item(end, number, whole, text_between(text, run))


def number_after(pieces: Sequence[Piece], index: int, *, is_offer_first: bool = False) -> int | None:
    """The number of an offer that stands before it (Summit tent x 200), where it counts nothing else."""
    place = index
    while place < len(pieces) and pieces[place].kind in BEFORE_A_NUMBER and place - index < 3:
        place += 1
    if place >= len(pieces) or pieces[place].kind is not Kind.NUMBER:
        return None
    # Summit tent x200 Acme: the x leaves no doubt.
    is_marked = place > index and pieces[place - 1].kind is Kind.NOISE and pieces[place - 1].end == pieces[place].start
    after = place + 1
    while after < len(pieces) and pieces[after].kind in BEFORE_A_NAME:
        after += 1
    return place if is_offer_first or is_marked or after >= len(pieces) or pieces[after].kind not in RUN else None


def first_item(text: str, pieces: Sequence[Piece], names: Names) -> int | None:
    """Where the items begin: at the first number of an offer, at an offer, or at the last number of something."""
    items = [(n, item_at(text, pieces, n, names)) for n, piece in enumerate(pieces) if piece.kind is Kind.NUMBER]
    clean = next((n for n, item in items if item.is_clean), None)
    offer = _offer_first(pieces, clean)
    if offer is not None:
        return offer
    if clean is not None:
        return clean
    loose = next((n for n, item in items if item.named and (item.named.offer or item.is_ambiguous)), None)
    if loose is not None:
        return loose
    around = next((n for n, item in items if any(piece.kind is Kind.OFFER for piece in pieces[n : item.end])), None)
    if around is not None:
        return around
    single = next((n for n, piece in enumerate(pieces) if piece.kind is Kind.OFFER), None)
    named = [n for n, item in items if item.words and not (pieces[n].number or Number(0, None)).is_words]
    return single if single is not None else _by_itself(text, pieces, names) if not named else named[-1]


def _offer_first(pieces: Sequence[Piece], clean: int | None) -> int | None:
    """An offer just before the first counted one, or before a number that counts nothing else."""
    before = [n for n, piece in enumerate(pieces[:clean]) if piece.kind is Kind.OFFER]
    if clean is None:
        return next((n for n in before if number_after(pieces, n + 1) is not None), None)
    place = clean - 1
    while place >= 0 and pieces[place].kind in BEFORE_A_NUMBER:
        place -= 1
    if place in before:
        # The first of all that stand so: Summit tent 200, Ridge tent 100.
        return next((n for n in before if n == place or number_after(pieces, n + 1) is not None), place)
    return None


def _by_itself(text: str, pieces: Sequence[Piece], names: Names) -> int | None:
    """A word of an offer with a number after it: domes 50."""
    for n, piece in enumerate(pieces):
        if piece.kind is Kind.WORD and number_after(pieces, n + 1) is not None:
            named = names.named(words_between(text, [piece]))
            if named.offer or named.is_guess:
                return n
    return None
