"""One answer for each of several deals that want the same capacity: together possible, and together best.

What a new answer takes stands behind all that is held and promised, and the likelier deals stand before the others, so
that overtime is owed by those that are least likely to come. Nothing counts as free that another side has yet to give
back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.promise.facts import Company, Line
from models.promise.windows import Cell

CERTAIN = 100


@dataclass(frozen=True)
class Answer:
    """One answer to a deal, and what it is worth before overtime in minor units.

    A new one asks for what its lines need; one that is not keeps what was promised for them. Without lines it asks for
    nothing.
    """

    worth: int
    lines: tuple[Line, ...] = ()
    is_new: bool = True


@dataclass(frozen=True)
class Contender:
    """A deal among others, with the company as it meets it, and its answers, the one that it would like best first.

    `weight` is its likelihood in percent, at least 1. With `goes_first` what it gets counts before what others get;
    with `fixed` one of its answers is chosen already.
    """

    company: Company
    answers: tuple[Answer, ...]
    weight: int = CERTAIN
    goes_first: bool = False
    fixed: int | None = None


@dataclass(frozen=True)
class Reserve:
    """Time of a cell that is kept for some contenders, by their numbers, beyond what they have of it already."""

    cell: Cell
    amount: int
    contenders: frozenset[int]


@dataclass(frozen=True)
class Contest:
    """Deals in the order in which they came, and the company with all that is held and promised, as seen today.

    Its loads hold all that is reserved, those of a contender what is reserved for others.
    """

    company: Company
    today: date
    contenders: tuple[Contender, ...]
    reserves: tuple[Reserve, ...] = ()


@dataclass(frozen=True)
class Choice:
    """The answer to a deal by its number, what it takes of each cell of time, and the cost of its overtime."""

    answer: int
    cells: Mapping[Cell, int]
    overtime: int


@dataclass(frozen=True)
class Joint:
    """A choice for each contender; None where there is none. `is_proven`: nothing is worth more."""

    choices: Sequence[Choice] | None
    is_proven: bool


def in_turn(contenders: Sequence[Contender]) -> list[int]:
    """The numbers of contenders in the order in which they are served: the likelier before, then who came first."""
    return sorted(range(len(contenders)), key=lambda n: (not contenders[n].goes_first, -contenders[n].weight))


def choose(contest: Contest, *, limit: float) -> Joint:
    """The answers that are worth most together: Σ weight × (worth − overtime).

    Among those that are worth the same, whoever came first gets what they like best; then as little as possible is done
    early. `limit` is in the solver's deterministic time.
    """
    # With the first choice, not with this module: importing the solver takes a second.
    from models.promise.joint_search import JointSearch

    return JointSearch(contest).best(limit=limit)
