"""What both reviews share: when an answer is taken, how the rest moves, and what a file says of a family."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from models.base.arithmetic import half_up
from models.base.errors import NotYours, Refused, TooLate
from models.files.months import MOST_UNITS, GivenMonth
from models.sop.rows import Cycle, Forecast, Step, SupplyPlan
from models.sop.settings import check_present

Row = TypeVar("Row", Forecast, SupplyPlan)
EDITED = 3
MOST_SAID = 500
ANSWERING = {
    Step.DEMAND: (Step.DEMAND, Step.SUPPLY, Step.RECONCILIATION, Step.EXECUTIVE, Step.SIGNED),
    Step.SUPPLY: (Step.SUPPLY, Step.RECONCILIATION, Step.EXECUTIVE, Step.SIGNED),
}


def check_open(cycle: Cycle, step: Step) -> None:
    """Answers are for the present cycle, from the beginning of their review on."""
    check_present(cycle)
    if Step(cycle.step) not in ANSWERING[step]:
        raise TooLate(f"The {step} review has not begun yet. `/sop` shows where the cycle stands.")


def check_units(units: Sequence[int], field: str) -> None:
    """The months that a form edits, each a count."""
    if len(units) % EDITED or not units or not all(0 <= count <= MOST_UNITS for count in units):
        raise Refused("Whole numbers of 0 or more.", field=field)


def moved(units: int, percent: Fraction) -> int:
    """Units moved by a percentage, halves up, never below nothing."""
    return max(0, half_up(units * (1 + percent / 100)))


def by_family(given: Sequence[GivenMonth]) -> dict[str, list[GivenMonth]]:
    """The months of a file, family by family."""
    found: dict[str, list[GivenMonth]] = {}
    for entry in given:
        found.setdefault(entry.family, []).append(entry)
    return found


def said_of(entries: Sequence[GivenMonth], known: str) -> str:
    """What the file says of a family: each text once; without any, what was said before."""
    return "; ".join(dict.fromkeys(entry.said for entry in entries if entry.said))[:MOST_SAID] or known


def yours(rows: Mapping[str, Row], family: str) -> Row:
    """The row of a family, among one's own."""
    if family not in rows:
        raise NotYours(f"{family} is not yours to answer for.")
    return rows[family]
