"""Ways to yes for terms: the search, remembered, and each way in words with the terms that it proposes."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from models.base.words import company_locale
from models.deals.terms import Checked, TermLine
from models.promise import Way, WayKind, Ways, ways_to_yes
from models.promise.check import Verdict
from models.promise.ways import QUICK
from models.promise.words import concession_text, way_text

REMEMBERED = 256


@dataclass(frozen=True)
class KnownWay:
    """A way as a card shows it, and the terms that it proposes."""

    kind: WayKind
    said: str
    cost: str
    lines: tuple[TermLine, ...]


@dataclass(frozen=True)
class _Question:
    """The same question has the same answer: everything that a search looks at, as a digest."""

    digest: str
    checked: Checked = field(compare=False)
    limit: float = field(compare=False)


def ways_of(checked: Checked, *, limit: float = QUICK) -> Ways:
    """Search for ways, or remember them; takes up to some seconds, so never in a write transaction.

    `limit` is for one kind, in the solver's deterministic time.
    """
    seen = repr((checked.company, checked.check.deal.today, checked.check.deal.lines, limit))
    return _search(_Question(hashlib.sha256(seen.encode()).hexdigest(), checked, limit))


def needs_ways(checked: Checked) -> bool:
    """Ways are looked for when a deal does not fit as it is, or is below its floor."""
    return checked.check.verdict is not Verdict.FITS or checked.check.margin.below_floor > 0


def known_ways(checked: Checked, ways: Iterable[Way]) -> tuple[KnownWay, ...]:
    """Ways in the company's words, with the terms that they propose."""
    return tuple(known_way(checked, way) for way in ways)


def known_way(checked: Checked, way: Way) -> KnownWay:
    """One of them, for whoever reads it."""
    locale = company_locale(checked.company.country)
    return KnownWay(
        kind=way.kind,
        said=way_text(checked.company, checked.check, way, locale),
        cost=concession_text(checked.company, way, locale),
        lines=tuple(TermLine(checked.ids[x.offer], x.quantity, x.unit_price, x.week) for x in way.lines),
    )


@lru_cache(maxsize=REMEMBERED)
def _search(question: _Question) -> Ways:
    return ways_to_yes(question.checked.company, question.checked.check, limit=question.limit)
