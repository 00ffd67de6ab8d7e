"""What both reviews share: what a file says of families, how the rest of the months moves, and the two by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Protocol, TypeVar

from models.base.arithmetic import half_up
from models.base.errors import NotYours, Refused
from models.base.language import _
from models.files.months import MOST_UNITS, GivenMonth, MonthsKind
from models.files.sheet import BadRows
from models.sop.rows import Cycle, Forecast, SupplyPlan
from models.sop.steps import Move, Step
from models.workspace.members import Member
from models.workspace.outbox import FileInThread

Row = TypeVar("Row", Forecast, SupplyPlan)
EDITED = 3
MOST_REASON = 500


class AnswerAll(Protocol):
    """Takes all that a file says of a person's families, or nothing."""

    def __call__(self, cycle: Cycle, given: Sequence[GivenMonth], *, by: Member, now: datetime) -> int:
        """How many families were answered."""


@dataclass(frozen=True)
class Review:
    """A review of the cycle: its step and move, whose families wait in it, and how a file answers them."""

    step: Step
    move: Move
    kind: MonthsKind
    due: Callable[[Cycle, Member], Sequence[Forecast | SupplyPlan]]
    answer_all: AnswerAll

    def families(self, cycle: Cycle, member: Member) -> list[str]:
        """The families that a person answers for, by name."""
        return sorted(row.family for row in self.due(cycle, member))

    def left(self, cycle: Cycle, member: Member) -> list[str]:
        """Those that are not answered, the next one first."""
        return [row.family for row in self.due(cycle, member) if row.answered_at is None]


@dataclass(frozen=True)
class ReviewFile(FileInThread):
    """A person's file of a review, to be filled in."""

    kind: MonthsKind = MonthsKind.FORECAST
    cycle: int = 0
    member: int = 0


def check_units(units: Sequence[int], field: str) -> None:
    """The months that a form edits, each a count."""
    if len(units) % EDITED or not units or not all(0 <= count <= MOST_UNITS for count in units):
        raise Refused(_("Whole numbers of 0 or more."), field=field)


def moved(units: int, percent: Fraction) -> int:
    """Units moved by a percentage, halves up, never below nothing."""
    return max(0, half_up(units * (1 + percent / 100)))


def each_family(
    given: Sequence[GivenMonth], rows: Mapping[str, Row], answer: Callable[[Row, Sequence[GivenMonth]], None]
) -> int:
    """Answer family by family what a file says; all that is refused is told at once. How many families."""
    families: dict[str, list[GivenMonth]] = {}
    for entry in given:
        families.setdefault(entry.family, []).append(entry)
    wrong: list[str] = []
    for family, entries in families.items():
        if family not in rows:
            raise NotYours(_("{family} is not yours to answer for.", family=family))
        try:
            answer(rows[family], entries)
        except Refused as refused:
            wrong.append(f"{family}: {refused.sentence}")
    if wrong:
        raise BadRows(wrong)
    return len(families)


def words_of(entries: Sequence[GivenMonth], known: str) -> str:
    """What the file says in words of a family: each text once; without any, what was said before."""
    return "; ".join(dict.fromkeys(entry.words for entry in entries if entry.words))[:MOST_REASON] or known
