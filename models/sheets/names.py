"""Names as people spell them: a known name in other capitals is that name; what is only like one is asked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from babel import Locale
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from models.base.words import english_plural
from models.sheets.cells import fold
from models.sheets.counts import Lot
from models.sheets.fields import Kind, Of

LIKE, VERY_LIKE, CLEARLY_LIKER = 72, 84, 6
MOST_CANDIDATES = 5
LEAST_LETTERS = 4


@dataclass(frozen=True)
class Past:
    """Names that are used no more, by table and folded: what is called otherwise now, and what is retired."""

    renamed: Mapping[Kind, Mapping[str, str]] = field(default_factory=dict)
    retired: Mapping[Kind, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What a company knows, by which a table is read: its names, units and locale, and the day on which it is read.

    `offers` are the families of offers by name. `months` are the ones that may be taken over; None for all.
    `must_be_whole` says that what is new is asked about until nothing is missing; `lot` what one unit of an
    offer is, where a file says its prices for several pieces.
    """

    families: Sequence[str]
    offers: Mapping[str, str]
    resources: Sequence[str]
    locale: Locale
    today: date
    unit_names: Sequence[str] = ()
    months: Collection[date] | None = None
    must_be_whole: bool = False
    past: Past = field(default_factory=Past)
    lot: Lot | None = None

    @cached_property
    def units(self) -> frozenset[str]:
        """The company's own units, one and many, folded."""
        return frozenset(
            fold(english_plural(unit, is_one=is_one)) for unit in self.unit_names for is_one in (True, False)
        )

    @cached_property
    def names(self) -> Mapping[Of, "Names"]:
        """The names of each sort; an offer stands for its family, unless a family has its name."""
        families = {name: name for name in self.families}
        return {
            Of.FAMILY: Names({**self.offers, **families}),
            Of.RESOURCE: Names({name: name for name in self.resources}),
            Of.OFFER: Names({name: name for name in self.offers}),
        }


@dataclass(frozen=True)
class Match:
    """The name that is meant, or the likely ones; `likely` is the first of them where no other is nearly as like."""

    name: str = ""
    candidates: tuple[str, ...] = ()
    likely: str = ""


@dataclass(frozen=True)
class Names:
    """What is meant by each name that is known."""

    meanings: Mapping[str, str]
    matches: dict[str, Match] = field(default_factory=dict, repr=False)

    def match(self, text: str) -> Match:
        """The name that a text means."""
        if text not in self.matches:
            self.matches[text] = self._match(text)
        return self.matches[text]

    def is_known(self, text: str) -> bool:
        """Whether a text is a name, whatever its capitals."""
        return bool(text) and (text in self.meanings or len(self._folded.get(fold(text), ())) == 1)

    @cached_property
    def _folded(self) -> dict[str, frozenset[str]]:
        meanings: dict[str, set[str]] = {}
        for name, meaning in self.meanings.items():
            meanings.setdefault(fold(name), set()).add(meaning)
        return {name: frozenset(meant) for name, meant in meanings.items()}

    def _match(self, text: str) -> Match:
        if text in self.meanings:
            return Match(self.meanings[text])
        exact = self._folded.get(fold(text), frozenset())
        if len(exact) == 1:
            return Match(next(iter(exact)))
        if exact:
            return Match(candidates=tuple(sorted(exact)))
        return self._like(fold(text))

    def _like(self, text: str) -> Match:
        found = process.extract(text, list(self._folded), scorer=fuzz.WRatio, score_cutoff=LIKE, limit=20)
        scores: dict[str, float] = {}
        for name, score, _ in found:
            for meaning in sorted(self._folded[name]):
                scores[meaning] = max(score, scores.get(meaning, 0))
        best = sorted(scores, key=lambda name: -scores[name])[:MOST_CANDIDATES]
        is_clear = (
            bool(best)
            and (scores[best[0]] >= VERY_LIKE or self._is_slip(text, best[0]))
            and all(scores[best[0]] - scores[other] >= CLEARLY_LIKER for other in best[1:])
        )
        return Match(candidates=tuple(best), likely=best[0] if is_clear else "")

    def _is_slip(self, text: str, meaning: str) -> bool:
        """One letter too many, too few, another one, or two that changed places."""
        names = (name for name, meant in self._folded.items() if meaning in meant)
        return len(text) >= LEAST_LETTERS and any(OSA.distance(text, name) == 1 for name in names)


def share_known(names: Names, texts: Iterable[object]) -> float:
    """How many of some texts are names."""
    given = [text for text in texts if isinstance(text, str) and text]
    return sum(names.is_known(text) for text in given) / len(given) if given else 0.0
