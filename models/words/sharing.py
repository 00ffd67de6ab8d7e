"""Terms that are for several lines: one date after them all, a discount at the end, a total."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.words.drafts import Draft, Drafts
from models.words.money import Per
from models.words.numbers import whole_of
from models.words.pieces import Kind, Piece

Terms = list[Piece]


@dataclass
class Shared:
    """The terms of each line after sharing; `for_all` is a price that may be for all of them."""

    dates: list[Terms] = field(default_factory=list)
    prices: list[Terms] = field(default_factory=list)
    discounts: list[Terms] = field(default_factory=list)
    for_all: dict[int, Piece] = field(default_factory=dict)
    is_shared: set[int] = field(default_factory=set)


def without_the_sum(lines: list[Draft]) -> list[Draft]:
    """200 tents, 116 on 18 Jan and 84 on 25 Jan: the first is the sum of the others."""
    parts = [line for line in lines[1:] if line.is_same]
    if len(lines) < 3 or len(parts) != len(lines) - 1 or lines[0].of(Kind.DATE):
        return lines
    counts = [whole_of(line.number) if line.number else None for line in lines]
    if None in counts or counts[0] != sum(count or 0 for count in counts[1:]):
        return lines
    parts[0].terms += [term for term in lines[0].terms if term not in parts[0].terms]
    return parts


def share(drafts: Drafts) -> Shared:
    """Give each line its terms."""
    lines, shared = drafts.lines, Shared()
    common = {
        kind: [piece for piece in drafts.terms if piece.kind is kind] for kind in (Kind.DATE, Kind.PRICE, Kind.DISCOUNT)
    }
    dates = [line.of(Kind.DATE) for line in lines]
    if len(lines) == 1:
        dates[0] = common[Kind.DATE] + dates[0]
    if common[Kind.DATE] and not dates[-1] and any(dates):
        # 18 Jan: 20 tents; 25 Jan: 30 domes: each date stands before its line.
        dates = [common[Kind.DATE], *dates[:-1]]
    shared.dates = [_date_for(n, dates, common[Kind.DATE], shared) for n in range(len(lines))]
    shared.discounts = _discounts(lines, common[Kind.DISCOUNT])
    shared.prices = _prices(lines, common[Kind.PRICE], shared)
    return shared


def _date_for(n: int, dates: Sequence[Terms], common: Terms, shared: Shared) -> Terms:
    """Its own date, else the one before all lines, else that of the next line, else that of the one before."""
    if dates[n] or common:
        return dates[n] or common
    after = next((terms for terms in dates[n + 1 :] if terms), None)
    before = next((terms for terms in reversed(dates[:n]) if terms), [])
    if len({terms[0].start for terms in dates if terms}) > 1:
        shared.is_shared.add(n)
    return before if after is None else after


def _discounts(lines: Sequence[Draft], common: Terms) -> list[Terms]:
    """A discount before or after all lines is for all that have no price of their own."""
    own = [line.of(Kind.DISCOUNT) for line in lines]
    if len(lines) == 1:
        return [common + own[0]]
    is_at_end = bool(own[-1]) and not any(own[:-1])
    for_all = common or (own[-1] if is_at_end else [])
    return [own[n] or ([] if line.of(Kind.PRICE) or line.is_free else for_all) for n, line in enumerate(lines)]


def _prices(lines: Sequence[Draft], common: Terms, shared: Shared) -> list[Terms]:
    """A price is for the line that it stands at, and for others of the same offer; one for all has to be asked for."""
    prices = [line.of(Kind.PRICE) for line in lines]
    if len(lines) == 1:
        return [common + prices[0]]
    open_ones = [n for n, line in enumerate(lines) if not prices[n] and not line.is_free]
    last = next((n for n in range(len(lines) - 1, -1, -1) if not lines[n].is_extra), 0)
    # A price after several offers stands at the last of them, and may be meant for each, or for all together.
    for_all = common or (prices[last] if open_ones and len(prices[last]) == 1 and not any(prices[:last]) else [])
    for n in open_ones:
        source = next((m for m in range(len(lines)) if prices[m] and lines[m].named == lines[n].named), None)
        if source is not None and _is_for_one(prices[source][0]):
            prices[n] = prices[source]
        elif for_all and not _is_list(for_all[0]):
            shared.for_all[n] = for_all[0]
        elif for_all:
            prices[n] = for_all
    if shared.for_all and for_all and not _is_for_one(for_all[0]) and not common:
        shared.for_all[last] = for_all[0]
        prices[last] = []
    return prices


def _is_for_one(piece: Piece) -> bool:
    return piece.price is not None and piece.price.per is not Per.TOTAL


def _is_list(piece: Piece) -> bool:
    return piece.price is not None and piece.price.is_list
