"""What the rules of a policy may look at in a deal."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.promise.check import Verdict

# The kind of deviation that terms beyond the lines are.
TERMS = "terms"
ONE_TERM = "term:"


@dataclass(frozen=True)
class Facts:
    """A deal's terms and their check. Money in minor units, `discount` in ten-thousandths off the list, the deepest.

    `work` is what is to be made: (offer, quantity, week); `prices` are (offer, week, unit price); `terms` are those
    beyond the lines that are not standard, with their values.
    `weeks_ahead` is the last delivery's.
    """

    revenue: int
    cost: int
    floor: int
    discount: int
    verdict: Verdict
    overtime: int
    deviations: frozenset[str]
    families: frozenset[str]
    tier: str
    weeks_ahead: int
    seller: str
    work: tuple[tuple[str, int, date], ...]
    prices: tuple[tuple[str, date, int], ...]
    terms: tuple[tuple[str, str], ...] = ()

    @property
    def below_floor(self) -> int:
        """What is missing to the floor."""
        return max(0, self.floor - (self.revenue - self.cost))

    @property
    def is_standard(self) -> bool:
        """Whether it fits, and asks for nothing beyond standard terms."""
        return self.verdict is Verdict.FITS and not self.deviations

    def _at(self, name: str) -> Any:
        if not name.startswith(ONE_TERM):
            return getattr(self, name)
        return {look_at_term(term): value for term, value in self.terms}.get(name)

    def seen(self, looks: Iterable[str]) -> str:
        """What somebody saw who looks at some of it: the same letters only if they would see the same again."""
        shown = repr([(name, _plain(self._at(name))) for name in sorted(looks)])
        return hashlib.sha256(shown.encode()).hexdigest()[:16]


def look_at_term(name: str) -> str:
    """What somebody looks at who looks at one of the terms beyond the lines."""
    return f"{ONE_TERM}{name.strip().lower()}"


EVERYTHING = frozenset({"revenue", "cost", "floor", "work", "prices", "terms"})


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value
