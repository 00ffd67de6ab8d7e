"""What a text says, line by line, before it is decided what that means."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from models.words.customers import customer_after, leads_away, name_of
from models.words.items import RUN, Item, item_at, named_at, number_after
from models.words.names import Named, Names
from models.words.numbers import Number, whole_of
from models.words.pieces import Kind, Piece, text_between, words_between
from models.words.vocabulary import words

TERMS = frozenset({Kind.DATE, Kind.PRICE, Kind.DISCOUNT})


@dataclass
class Draft:
    """A line as its words are: what is counted, and the terms that stand after it."""

    number: Number | None = None
    named: Named | None = None
    words: str = ""
    rest: str = ""
    about: str = ""
    is_extra: bool = False
    is_free: bool = False
    is_same: bool = False
    is_each: bool = False
    terms: list[Piece] = field(default_factory=list)

    def of(self, kind: Kind) -> list[Piece]:
        """Its terms of a kind."""
        return [piece for piece in self.terms if piece.kind is kind]


@dataclass
class Drafts:
    """All lines, the terms before them, the names after *for*, where it goes, and what was not read."""

    text: str
    folded: str
    pieces: Sequence[Piece]
    names: Names
    lines: list[Draft] = field(default_factory=list)
    terms: list[Piece] = field(default_factory=list)
    customers: list[str] = field(default_factory=list)
    places: list[Sequence[Piece]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    inexact: list[str] = field(default_factory=list)
    numbers: list[Piece] = field(default_factory=list)

    def read(self, begin: int) -> None:
        """Read all pieces from the first item on; how long the customer has to pay is a term that is read elsewhere."""
        payments = [piece for piece in (*self.terms, *self.pieces[begin:]) if piece.kind is Kind.PAYMENT]
        self.unread += [text_between(self.text, [piece]) for piece in payments]
        self.is_item = [self._counts(n) for n in range(len(self.pieces))]
        place = begin
        self.is_offer_first = self._is_offer_first(begin)
        while place < len(self.pieces):
            place = self._next(place)

    def _is_offer_first(self, begin: int) -> bool:
        """Summit tent 200 Ridge tent 100: the last number stands after the last offer."""
        offers = [n for n, piece in enumerate(self.pieces) if piece.kind is Kind.OFFER]
        is_first = bool(offers) and self.pieces[begin].kind is Kind.OFFER
        return is_first and number_after(self.pieces, offers[-1] + 1) is not None

    def _counts(self, place: int) -> bool:
        if self.pieces[place].kind is not Kind.NUMBER:
            return False
        item = item_at(self.text, self.pieces, place, self.names)
        is_apart = place > 0 and self.pieces[place - 1].kind is Kind.SEPARATOR
        return item.is_clean or item.is_full or (is_apart and bool(item.words))

    def _next(self, place: int) -> int:
        if leads_away(self.text, self.pieces, place):
            return self._place(place)
        match self.pieces[place].kind:
            case Kind.NUMBER:
                return self._number(place)
            case Kind.OFFER | Kind.WORD:
                return self._words(place)
            case Kind.PART:
                return self._part(place)
            case Kind.CUE:
                return self._customer(place)
            case Kind.PRICE if self._counts_each(place):
                pass
            case kind if kind in TERMS:
                (self.lines[-1].terms if self.lines else self.terms).append(self.pieces[place])
                if self._about(place, before_only=True):
                    self.inexact.append(text_between(self.text, self.pieces[place - 1 : place + 1]))
        return place + 1

    def _said(self, piece: Piece) -> str:
        return self.folded[piece.start : piece.end].strip()

    def _counts_each(self, place: int) -> bool:
        """Summit tents and Ridge tents, 200 each: no price, but how many of each."""
        price, open_lines = self.pieces[place].price, [line for line in self.lines if line.number is None]
        is_number = self.text[self.pieces[place].start].isdigit() and price is not None and not price.currencies
        if not (open_lines and is_number and price and price.unit in words("prices.count")):
            return False
        for line in open_lines:
            line.number = price.number
        return True

    def _number(self, place: int) -> int:
        item = item_at(self.text, self.pieces, place, self.names)
        if item.named is not None:
            return self._add(item, place)
        following = self.pieces[item.end] if item.end < len(self.pieces) else None
        is_apart = place > 0 and self.pieces[place - 1].kind in {Kind.SEPARATOR, Kind.ABOUT, Kind.WITH}
        is_marked = following is not None and following.date is not None and following.date.is_marked
        is_dated = following is not None and (is_marked or (is_apart and following.kind in {Kind.DATE, Kind.STOP}))
        if self.lines and self.lines[-1].number is None and not self.lines[-1].is_extra:
            self.lines[-1].number = item.number
        elif self.lines and is_dated:
            last = self.lines[-1]
            self.lines.append(Draft(item.number, last.named, last.words, about=self._about(place), is_same=True))
        elif not self.lines and is_dated:
            self.lines.append(Draft(item.number, about=self._about(place)))
        else:
            self.numbers.append(self.pieces[place])
        return place + 1

    def _part(self, place: int) -> int:
        """The rest, or half of it: of the first line, where that is a whole number."""
        first = whole_of(self.lines[0].number) if self.lines and self.lines[0].number else None
        following = self.pieces[place + 1] if place + 1 < len(self.pieces) else None
        is_half = "l" in self.folded[self.pieces[place].start : self.pieces[place].end]
        others = sum((whole_of(line.number) or 0) for line in self.lines[1:] if line.number)
        count = Fraction(first or 0, 2) if is_half else Fraction((first or 0) - others)
        if not first or count.denominator > 1 or count <= 0 or not following or following.kind is not Kind.DATE:
            self.unread.append(text_between(self.text, self.pieces[place : place + 1]))
            return place + 1
        number = Number(self.pieces[place].end, Decimal(int(count)))
        self.lines.append(Draft(number, self.lines[0].named, self.lines[0].words, is_same=True))
        return place + 1

    def _words(self, place: int) -> int:
        """An offer without a number before it: the number may follow, or it comes with what stands before it."""
        word = self.folded[self.pieces[place].start : self.pieces[place].end]
        is_free = word in words("pieces.free") and place + 1 < len(self.pieces) and self.pieces[place + 1].kind in RUN
        begin = place + 1 if is_free and self.pieces[place].kind is Kind.WORD else place
        item = named_at(self.text, self.pieces, begin, self.names, None)
        counted = number_after(self.pieces, item.end, is_offer_first=self.is_offer_first)
        before = self.pieces[place - 1] if place else None
        is_with = before is not None and (before.kind is Kind.WITH or self._said(before) in words("pieces.joint"))
        is_named = item.named is not None and (
            item.is_full or (item.named.offer and (counted is not None or is_with or is_free))
        )
        if not is_named:
            self.unread.append(text_between(self.text, self.pieces[place : item.end]))
            return max(item.end, place + 1)
        number = self.pieces[counted].number if counted is not None else None
        end = item.end if counted is None else counted + 1
        is_free = is_free or (
            item.named is not None and "free" in words_between(self.text, self.pieces[place : item.end])
        )
        is_each = bool(self.lines) and self.lines[-1].is_each and number is None
        number = self.lines[-1].number if is_each else number
        is_extra = number is None and bool(self.lines)
        draft = Draft(
            number, item.named, item.words, item.rest, is_extra=is_extra, is_free=is_free and is_extra, is_each=is_each
        )
        self.lines.append(draft)
        return end

    def _add(self, item: Item, place: int) -> int:
        between = text_between(self.folded, self.pieces[place + 1 : place + 2])
        about = self._about(place)
        draft = Draft(item.number, item.named, item.words, item.rest, about, is_free=item.is_free)
        draft.is_each = between == "each"
        self.lines.append(draft)
        return item.end

    def _about(self, place: int, *, before_only: bool = False) -> str:
        """A word before or after a number that says it is not exact."""
        around = [
            self.pieces[n] for n in (place - 1, *(() if before_only else (place + 1,))) if 0 <= n < len(self.pieces)
        ]
        return next((text_between(self.text, [piece]).strip() for piece in around if piece.kind is Kind.ABOUT), "")

    def _place(self, place: int) -> int:
        """Shipped to Denver."""
        end = customer_after(self.text, self.folded, self.pieces, place + 2, self.is_item)
        self.places.append(self.pieces[place : max(end, place + 2)])
        return max(end, place + 2)

    def _customer(self, place: int) -> int:
        end = customer_after(self.text, self.folded, self.pieces, place + 1, self.is_item)
        name = name_of(self.text, self.pieces[place + 1 : end])
        if name:
            self.customers.append(name)
        elif end > place + 1:
            self.unread.append(text_between(self.text, self.pieces[place:end]))
        return max(end, place + 1)
