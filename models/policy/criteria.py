"""The criteria of rules: what each looks at, and when it holds. A new criterion is one entry of the table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models.policy.facts import TERMS, Facts
from models.promise.check import Verdict

Value = int | tuple[str, ...]
SHARE = 10_000
VERDICTS = tuple(Verdict)
DEVIATIONS = ("discount", "lead_time", "not_standard", "lot", TERMS)


class Shape(StrEnum):
    """What a criterion's value is.

    Minor units, ten-thousandths, hundredths of a percentage point, weeks, words, or no more than that it stands there.
    """

    MONEY = "money"
    SHARE = "share"
    POINTS = "points"
    WEEKS = "weeks"
    WORDS = "words"
    FLAG = "flag"


@dataclass(frozen=True)
class Criterion:
    """What a rule may ask of a deal; `choices` are the words that there are, where they are the same everywhere."""

    shape: Shape
    looks: frozenset[str]
    holds: Callable[[Any, Facts], bool]
    choices: tuple[str, ...] = ()


def _short(points: int, facts: Facts) -> bool:
    """Whether the margin is more than so many hundredths of a point below its floor; exact, as without revenue."""
    return facts.below_floor * SHARE > points * facts.revenue


def _named(looks: str, has: Callable[[Facts], frozenset[str]], choices: tuple[str, ...] = ()) -> Criterion:
    """Any of some words."""
    return Criterion(Shape.WORDS, frozenset({looks}), lambda words, facts: bool(has(facts) & _small(words)), choices)


def _small(words: tuple[str, ...] | frozenset[str]) -> frozenset[str]:
    return frozenset(word.strip().lower() for word in words)


CRITERIA: Mapping[str, Criterion] = {
    "beyond_standard": Criterion(
        Shape.FLAG, frozenset({"verdict", "deviations", "terms"}), lambda _, facts: not facts.is_standard
    ),
    "size": Criterion(Shape.MONEY, frozenset({"revenue"}), lambda least, facts: facts.revenue >= least),
    "discount": Criterion(Shape.SHARE, frozenset({"discount"}), lambda most, facts: facts.discount > most),
    "margin_short": Criterion(Shape.POINTS, frozenset({"revenue", "cost", "floor"}), _short),
    "verdict": _named("verdict", lambda facts: _small((facts.verdict,)), VERDICTS),
    "overtime_cost": Criterion(Shape.MONEY, frozenset({"overtime"}), lambda least, facts: facts.overtime >= least),
    "deviation": _named("deviations", lambda facts: _small(facts.deviations), DEVIATIONS),
    # What a rule looks at of them is the terms that it names (`Rule.looks`).
    "term": Criterion(
        Shape.WORDS,
        frozenset(),
        lambda words, facts: bool(_small(frozenset(name for name, _ in facts.terms)) & _small(words)),
    ),
    "family": _named("families", lambda facts: _small(facts.families)),
    "tier": _named("tier", lambda facts: _small((facts.tier,))),
    "weeks_ahead": Criterion(Shape.WEEKS, frozenset({"weeks_ahead"}), lambda most, facts: facts.weeks_ahead > most),
    "seller": _named("seller", lambda facts: _small((facts.seller,))),
}
