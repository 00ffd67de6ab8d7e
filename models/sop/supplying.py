"""What operations will supply: family by family, or all at once from a file, with the constraint that limits it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select

from models.base.errors import NotFound, NotYours, Refused, TooLate
from models.base.language import _
from models.files.months import GivenMonth, MonthsKind
from models.sop.gaps import gaps_of
from models.sop.owners import ask_for_supply, owners_of
from models.sop.plan import Plan, present_plan
from models.sop.reviews import EDITED, Review, check_units, each_family, moved, words_of
from models.sop.rows import Cycle, SupplyPlan
from models.sop.rules import check_may
from models.sop.settings import planning_of
from models.sop.steps import ASKING, Move, Step
from models.workspace.history import record
from models.workspace.members import Member


def supplies_due(cycle: Cycle, member: Member) -> list[SupplyPlan]:
    """The families that a planner answers for, those that are not answered first."""
    rows = cycle.supplies
    own = set(owners_of(cycle.workspace, [row.family for row in rows]).get(member, ()))
    owned = [row for row in rows if row.family in own]
    return sorted(owned, key=lambda row: (row.answered_at is not None, row.family))


def find_supply(cycle: Cycle, family: str) -> SupplyPlan:
    """The supply plan of a family."""
    query = select(SupplyPlan).where(SupplyPlan.cycle_id == cycle.id, SupplyPlan.family == family)
    row = cycle.session.scalar(query)
    if row is None:
        raise NotFound(_("There is no supply plan of that family in this cycle."))
    return row


def answer_supply(
    row: SupplyPlan,
    units: Sequence[int],
    *,
    rest_percent: Fraction,
    limit: str,
    by: Member,
    now: datetime,
    seen: datetime | None = None,
) -> None:
    """Say what will be supplied; what leaves a family short takes the constraint that limits it.

    `seen` is when the answer that the person saw was given: somebody else's later one is not written over.
    """
    cycle = row.cycle
    check_may(cycle, Move.SUPPLY, by=by)
    if row.family not in owners_of(cycle.workspace, [row.family]).get(by, ()):
        raise NotYours(_("The supply of this family is another planner's to answer."))
    row.lock()
    if row.by and row.by is not by and row.answered_at and (seen is None or row.answered_at > seen):
        raise TooLate(
            _("{name} has answered this family meanwhile. Choose it again to see how.", name=row.by.name),
            field="family",
        )
    check_units(units, "supply.0")
    planned = [*units, *(moved(total, rest_percent) for total in row.units[EDITED:])]
    _supply(row, planned, limit, present_plan(cycle), by=by, now=now)
    _ask_the_others(cycle, now)


def answer_supplies(cycle: Cycle, given: Sequence[GivenMonth], *, by: Member, now: datetime) -> int:
    """All at once, from a file: what it names is as it says, the other months of a family stay; how many families."""
    check_may(cycle, Move.SUPPLY, by=by)
    plan = present_plan(cycle)
    months = cycle.months

    def answer(row: SupplyPlan, entries: Sequence[GivenMonth]) -> None:
        planned = list(row.units)
        for entry in entries:
            n, (units,) = months.index(entry.month), entry.amounts
            planned[n] = planned[n] if units is None else units
        _supply(row, planned, words_of(entries, row.limit), plan, by=by, now=now)

    families = each_family(given, {row.family: row for row in supplies_due(cycle, by)}, answer)
    _ask_the_others(cycle, now)
    return families


def _supply(row: SupplyPlan, planned: list[int], limit: str, plan: Plan, *, by: Member, now: datetime) -> None:
    supplied = replace(plan.of(row.family), supply=tuple(planned))
    is_short = any(gap.is_short for gap in gaps_of(supplied))
    if is_short and not limit.strip():
        raise Refused(_("What limits it? Net stock is below its target in some month."), field="limit")
    row.units, row.limit, row.by, row.answered_at = planned, limit.strip(), by, now
    record(row, "supply", by=by, now=now, why=row.limit or None)


def _ask_the_others(cycle: Cycle, now: datetime) -> None:
    """A family of everybody's that one has answered waits for nobody."""
    planning = planning_of(cycle.workspace)
    if planning is not None and cycle.step in ASKING:
        ask_for_supply(cycle, planning, now=now)


SUPPLY_REVIEW = Review(Step.SUPPLY, Move.SUPPLY, MonthsKind.SUPPLY, supplies_due, answer_supplies)
