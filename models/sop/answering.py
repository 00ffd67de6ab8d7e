"""The answers of the cycle: a seller's forecast and operations' supply, family by family."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TypeVar

from sqlalchemy import select

from models.arithmetic import half_up
from models.errors import NotFound, NotYours, Refused, TooLate
from models.files.months import GivenMonth
from models.files.sheet import BadRows
from models.history import record
from models.members import Member, Role
from models.sop.cycle import (
    ASKING,
    ask_for_supply,
    demand_for,
    demand_of,
    forecasts_of,
    months_of,
    planning_of,
    supplies_of,
)
from models.sop.owners import owners_of
from models.sop.rows import Cycle, Forecast, Step, SupplyPlan
from models.sop.tasks import finish

Row = TypeVar("Row", Forecast, SupplyPlan)
EDITED = 3
MOST_UNITS = 10**9
MOST_SAID = 500
ANSWERING = {
    Step.DEMAND: (Step.DEMAND, Step.SUPPLY, Step.RECONCILIATION, Step.EXECUTIVE, Step.SIGNED),
    Step.SUPPLY: (Step.SUPPLY, Step.RECONCILIATION, Step.EXECUTIVE, Step.SIGNED),
}


@dataclass(frozen=True)
class Believed:
    """A seller's answer: the next three months as certain and contingent, the rest moved by a percentage."""

    certain: tuple[int, ...]
    contingent: tuple[int, ...]
    rest_percent: Fraction = Fraction(0)
    reason: str = ""


def forecasts_due(cycle: Cycle, member: Member) -> list[Forecast]:
    """A seller's families, those that are not answered first."""
    mine = select(Forecast).where(Forecast.cycle_id == cycle.id, Forecast.member_id == member.id)
    return list(cycle.session.scalars(mine.order_by(Forecast.answered_at.is_not(None), Forecast.family)))


def find_forecast(cycle: Cycle, member: Member, family: str) -> Forecast:
    """A person's own forecast of a family."""
    mine = select(Forecast).where(Forecast.cycle_id == cycle.id, Forecast.member_id == member.id)
    row = cycle.session.scalar(mine.where(Forecast.family == family).with_for_update())
    if row is None:
        raise NotFound("That family is not yours to forecast in this cycle.")
    return row


def answer_forecast(row: Forecast, believed: Believed, *, by: Member, now: datetime) -> None:
    """Say what one believes; a change from what was filled in takes a reason."""
    first = [*believed.certain, *believed.contingent]
    if len(believed.certain) != EDITED or len(believed.contingent) != EDITED or not all(map(_is_units, first)):
        raise Refused("Whole numbers of 0 or more.", field="certain.0")
    certain = [*believed.certain, *row.certain[EDITED:]]
    rest = [
        max(0, moved(total, believed.rest_percent) - sure)
        for total, sure in zip(row.prefill[EDITED:], row.certain[EDITED:], strict=True)
    ]
    _believe(row, certain, [*believed.contingent, *rest], believed.reason, by=by, now=now)
    _finish_demand(row.cycle, by, now)


def answer_forecasts(cycle: Cycle, given: Sequence[GivenMonth], *, by: Member, now: datetime) -> int:
    """All at once, from a file: what it names is as it says, the other months of a family stay; how many families."""
    rows = {row.family: row for row in forecasts_due(cycle, by)}
    months, wrong = months_of(cycle), []
    by_family = _by_family(given)
    for family, entries in by_family.items():
        row = _yours(rows, family)
        certain, contingent = list(row.certain), list(row.contingent)
        for entry in entries:
            n, (sure, perhaps) = months.index(entry.month), entry.amounts
            certain[n] = certain[n] if sure is None else sure
            contingent[n] = contingent[n] if perhaps is None else perhaps
        try:
            _believe(row, certain, contingent, _said(entries, row.reason), by=by, now=now)
        except Refused as refused:
            wrong.append(f"{family}: {refused.sentence}")
    if wrong:
        raise BadRows(wrong)
    _finish_demand(cycle, by, now)
    return len(by_family)


def answer_all_forecasts(cycle: Cycle, *, by: Member, now: datetime) -> int:
    """Agree to everything that was filled in and is not answered; how many families that were."""
    open_ = [row for row in forecasts_due(cycle, by) if row.answered_at is None]
    for row in open_:
        believed = Believed(tuple(row.certain[:EDITED]), tuple(row.contingent[:EDITED]))
        answer_forecast(row, believed, by=by, now=now)
    return len(open_)


def supplies_due(cycle: Cycle, member: Member) -> list[SupplyPlan]:
    """The families that a planner answers for, those that are not answered first."""
    rows = supplies_of(cycle)
    mine = set(owners_of(cycle.workspace, [row.family for row in rows]).get(member, ()))
    owned = [row for row in rows if row.family in mine]
    return sorted(owned, key=lambda row: (row.answered_at is not None, row.family))


def find_supply(cycle: Cycle, family: str) -> SupplyPlan:
    """The supply plan of a family."""
    mine = select(SupplyPlan).where(SupplyPlan.cycle_id == cycle.id, SupplyPlan.family == family)
    row = cycle.session.scalar(mine.with_for_update())
    if row is None:
        raise NotFound("There is no supply plan of that family in this cycle.")
    return row


def answer_supply(
    row: SupplyPlan,
    units: Sequence[int],
    *,
    rest_percent: Fraction,
    limit: str,
    by: Member,
    now: datetime,
) -> None:
    """Say what will be supplied; less than is wanted takes the constraint that limits it."""
    if len(units) != EDITED or not all(map(_is_units, units)):
        raise Refused("Whole numbers of 0 or more.", field="supply.0")
    planned = [*units, *(moved(total, rest_percent) for total in row.prefill[EDITED:])]
    _supply(row, planned, limit, demand_for(row.cycle, row.family), by=by, now=now)
    _finish_supply(row.cycle, now)


def answer_supplies(cycle: Cycle, given: Sequence[GivenMonth], *, by: Member, now: datetime) -> int:
    """All at once, from a file: what it names is as it says, the other months of a family stay; how many families."""
    rows = {row.family: row for row in supplies_due(cycle, by)}
    demand, months, wrong = demand_of(forecasts_of(cycle)), months_of(cycle), []
    by_family = _by_family(given)
    for family, entries in by_family.items():
        row = _yours(rows, family)
        planned = list(row.units)
        for entry in entries:
            n, (units,) = months.index(entry.month), entry.amounts
            planned[n] = planned[n] if units is None else units
        try:
            _supply(row, planned, _said(entries, row.limit), demand.get(family, planned), by=by, now=now)
        except Refused as refused:
            wrong.append(f"{family}: {refused.sentence}")
    if wrong:
        raise BadRows(wrong)
    _finish_supply(cycle, now)
    return len(by_family)


def moved(units: int, percent: Fraction) -> int:
    """Units moved by a percentage, halves up, never below nothing."""
    return max(0, half_up(units * (1 + percent / 100)))


def _believe(
    row: Forecast, certain: list[int], contingent: list[int], reason: str, *, by: Member, now: datetime
) -> None:
    _check_open(row.cycle, Step.DEMAND)
    if row.member_id != by.id or not by.has(Role.SALES):
        raise NotYours("Everybody in sales forecasts for themselves.")
    is_changed = [a + b for a, b in zip(certain, contingent, strict=True)] != row.prefill
    if is_changed and not reason.strip():
        raise Refused("Why is it other than the baseline? A sentence is enough.", field="reason")
    row.certain, row.contingent, row.reason, row.answered_at = certain, contingent, reason.strip(), now
    record(row, "forecast", by=by, now=now, why=row.reason or None)


def _supply(
    row: SupplyPlan, planned: list[int], limit: str, demand: Sequence[int], *, by: Member, now: datetime
) -> None:
    _check_open(row.cycle, Step.SUPPLY)
    if row.family not in owners_of(row.cycle.workspace, [row.family]).get(by, ()):
        raise NotYours("The supply of this family is another planner's to answer.")
    if any(have < want for have, want in zip(planned, demand, strict=True)) and not limit.strip():
        raise Refused("What limits it? Supply is below demand in some month.", field="limit")
    row.units, row.limit, row.by, row.answered_at = planned, limit.strip(), by, now
    record(row, "supply", by=by, now=now, why=row.limit or None)


def _yours(rows: Mapping[str, Row], family: str) -> Row:
    if family not in rows:
        raise NotYours(f"{family} is not yours to answer for.")
    return rows[family]


def _by_family(given: Sequence[GivenMonth]) -> dict[str, list[GivenMonth]]:
    found: dict[str, list[GivenMonth]] = {}
    for entry in given:
        found.setdefault(entry.family, []).append(entry)
    return found


def _said(entries: Sequence[GivenMonth], known: str) -> str:
    """What the file says of a family: each text once; without any, what was said before."""
    return "; ".join(dict.fromkeys(entry.said for entry in entries if entry.said))[:MOST_SAID] or known


def _finish_demand(cycle: Cycle, by: Member, now: datetime) -> None:
    if all(row.answered_at for row in forecasts_due(cycle, by)):
        finish(cycle, Step.DEMAND, by, now=now)


def _finish_supply(cycle: Cycle, now: datetime) -> None:
    planning = planning_of(cycle.workspace)
    if planning is not None and Step(cycle.step) in ASKING:
        ask_for_supply(cycle, planning, now=now)


def _check_open(cycle: Cycle, step: Step) -> None:
    if Step(cycle.step) not in ANSWERING[step]:
        raise TooLate(f"The {step} review has not begun yet. `/sop` shows where the cycle stands.")


def _is_units(value: int) -> bool:
    return 0 <= value <= MOST_UNITS
