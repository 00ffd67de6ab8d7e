"""What stands before the first item: the customer, and terms that were written first."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.words.customers import Customer, customer_before
from models.words.pieces import Kind, Piece

TERMS = frozenset({Kind.DATE, Kind.PRICE, Kind.DISCOUNT, Kind.PAYMENT})
BETWEEN = frozenset({Kind.SEPARATOR, Kind.NOISE, Kind.ABOUT})


@dataclass(frozen=True)
class Head:
    """The customer before the items, the terms there, and where something was counted that is no offer."""

    customer: Customer
    terms: tuple[Piece, ...] = ()
    begins: int | None = None


def head_of(text: str, pieces: Sequence[Piece], known: Sequence[str]) -> Head:
    """Take terms off at both ends and between commas; the rest is the customer."""
    while pieces and pieces[-1].kind in {Kind.ABOUT, Kind.NOISE, Kind.CUE} and not text[pieces[-1].start].isupper():
        pieces = pieces[:-1]
    whole = customer_before(_text(text, pieces), known)
    if whole.name in known:
        return Head(whole)
    kept, terms = _without_terms(pieces)
    counted = _counted(kept)
    if counted is not None and _is_comma(text, kept[-1]) and kept[:counted]:
        names = [customer_before(_text(text, part), known).name for part in (kept, kept[:counted])]
        return Head(Customer(likely=tuple(filter(None, names)), is_open=True), tuple(terms))
    if counted is not None:
        before = customer_before(_text(text, kept[:counted]), known)
        return Head(before, tuple(terms), pieces.index(kept[counted]))
    parts = _parts(text, kept, terms)
    customers = [customer for part in parts if (customer := customer_before(part, known)) != Customer()]
    if len(customers) > 1:
        return Head(Customer(likely=tuple(c.name for c in customers if c.name), is_open=True), tuple(terms))
    return Head(_doubted(text, kept, customers[0]) if customers else Customer(), tuple(terms))


def _text(text: str, pieces: Sequence[Piece]) -> str:
    return text[pieces[0].start : pieces[-1].end] if pieces else ""


def _without_terms(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Terms at the ends, and those that stand between separators alone."""
    terms = [piece for n, piece in enumerate(pieces) if piece.kind in TERMS and _is_apart(pieces, n)]
    return [piece for piece in pieces if piece not in terms], terms


def _is_apart(pieces: Sequence[Piece], place: int) -> bool:
    """Whether a term stands between separators, or at an end where it cannot be a part of a name."""
    before = [piece for piece in pieces[:place] if piece.kind not in TERMS]
    after = [piece for piece in pieces[place + 1 :] if piece.kind not in TERMS]
    is_open_before = not before or before[-1].kind in BETWEEN
    is_open_after = not after or after[0].kind in BETWEEN
    if is_open_before and is_open_after:
        return True
    piece = pieces[place]
    is_at_end = is_open_after and bool(before) and not any(p.kind is not Kind.SEPARATOR for p in after)
    is_sure = piece.date is None or piece.date.is_marked or piece.date.found.is_plain
    # Half Price Books is a name: only a date may begin without a separator after it.
    is_at_start = piece.date is not None and not before
    return is_sure and (is_at_end or is_at_start)


def _counted(kept: Sequence[Piece]) -> int | None:
    """A number of something before an *and* that leads to the first offer: a line, of what is no offer."""
    if not kept or kept[-1].kind is not Kind.SEPARATOR:
        return None
    numbers = [n for n, piece in enumerate(kept) if piece.kind is Kind.NUMBER]
    return next((n for n in numbers if n + 1 < len(kept) and kept[n + 1].kind is Kind.WORD), None)


def _is_comma(text: str, piece: Piece) -> bool:
    return not any(letter.isalpha() or letter in "&+" for letter in text[piece.start : piece.end])


def _parts(text: str, kept: Sequence[Piece], terms: Sequence[Piece]) -> list[str]:
    """The text that is left, cut where terms were taken out."""
    parts: list[list[Piece]] = [[]]
    for piece in kept:
        if parts[-1] and any(parts[-1][-1].end <= term.start and term.end <= piece.start for term in terms):
            parts.append([])
        parts[-1].append(piece)
    return [_text(text, part) for part in parts if part]


def _doubted(text: str, kept: Sequence[Piece], customer: Customer) -> Customer:
    """A name with a price in it may be a name and a price."""
    prices = [piece for piece in kept if piece.kind is Kind.PRICE and piece.price and piece.price.currencies]
    if not prices or not customer.name:
        return customer
    before = customer.name.split(text[prices[0].start : prices[0].end])[0].strip(" ,")
    return Customer(likely=tuple(name for name in (customer.name, before) if name), is_open=True)
