"""A seller's forecast: family by family, all as filled in with one click, or all at once from a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select

from models.base.errors import NotFound, NotYours, Refused
from models.base.language import _
from models.files.months import GivenMonth, MonthsKind
from models.sop.cycle import fill_supply
from models.sop.reviews import EDITED, Review, check_units, each_family, moved, words_of
from models.sop.rows import Cycle, Forecast
from models.sop.rules import check_may
from models.sop.steps import ASKING, Move, Step
from models.sop.tasks import finish
from models.workspace.history import record
from models.workspace.members import Member


@dataclass(frozen=True)
class Believed:
    """A seller's answer: the next three months as certain and contingent, the rest moved by a percentage."""

    certain: tuple[int, ...]
    contingent: tuple[int, ...]
    rest_percent: Fraction = Fraction(0)
    reason: str = ""


def forecasts_due(cycle: Cycle, member: Member) -> list[Forecast]:
    """A seller's families, those that are not answered first."""
    query = select(Forecast).where(Forecast.cycle_id == cycle.id, Forecast.member_id == member.id)
    return list(cycle.session.scalars(query.order_by(Forecast.answered_at.is_not(None), Forecast.family)))


def find_forecast(cycle: Cycle, member: Member, family: str) -> Forecast:
    """A person's own forecast of a family."""
    query = select(Forecast).where(Forecast.cycle_id == cycle.id, Forecast.member_id == member.id)
    row = cycle.session.scalar(query.where(Forecast.family == family))
    if row is None:
        raise NotFound(_("That family is not yours to forecast in this cycle."))
    return row


def answer_forecast(row: Forecast, believed: Believed, *, by: Member, now: datetime) -> None:
    """Say what one believes; a change from what was filled in takes a reason."""
    check_may(row.cycle, Move.FORECAST, by=by)
    row.lock()
    if row.member_id != by.id:
        raise NotYours(_("Everybody in sales forecasts for themselves."))
    check_units([*believed.certain, *believed.contingent], "certain.0")
    certain = [*believed.certain, *row.certain[EDITED:]]
    rest = [
        max(0, moved(total, believed.rest_percent) - sure)
        for total, sure in zip(row.units[EDITED:], row.certain[EDITED:], strict=True)
    ]
    _believe(row, certain, [*believed.contingent, *rest], believed.reason, by=by, now=now)
    _finish(row.cycle, by, now)


def answer_all_forecasts(cycle: Cycle, *, by: Member, now: datetime) -> int:
    """Agree to everything that was filled in and is not answered; how many families that were."""
    check_may(cycle, Move.FORECAST, by=by)
    open_ = [row for row in forecasts_due(cycle, by) if row.answered_at is None]
    if not open_:
        raise NotFound(_("Nothing of your forecast is left to agree to. `/sop forecast` changes a family."))
    for row in open_:
        _believe(row, row.certain, row.contingent, row.reason, by=by, now=now)
    _finish(cycle, by, now)
    return len(open_)


def answer_forecasts(cycle: Cycle, given: Sequence[GivenMonth], *, by: Member, now: datetime) -> int:
    """All at once, from a file: what it names is as it says, the other months of a family stay; how many families."""
    check_may(cycle, Move.FORECAST, by=by)
    months = cycle.months

    def answer(row: Forecast, entries: Sequence[GivenMonth]) -> None:
        certain, contingent = list(row.certain), list(row.contingent)
        for entry in entries:
            n, (sure, perhaps) = months.index(entry.month), entry.amounts
            certain[n] = certain[n] if sure is None else sure
            contingent[n] = contingent[n] if perhaps is None else perhaps
        _believe(row, certain, contingent, words_of(entries, row.reason), by=by, now=now)

    families = each_family(given, {row.family: row for row in forecasts_due(cycle, by)}, answer)
    _finish(cycle, by, now)
    return families


def _believe(
    row: Forecast, certain: list[int], contingent: list[int], reason: str, *, by: Member, now: datetime
) -> None:
    is_changed = [a + b for a, b in zip(certain, contingent, strict=True)] != row.prefill
    if is_changed and not reason.strip():
        raise Refused(_("Why is it other than the baseline? A sentence is enough."), field="reason")
    row.certain, row.contingent, row.reason, row.answered_at = certain, contingent, reason.strip(), now
    record(row, "forecast", by=by, now=now, why=row.reason or None)


def _finish(cycle: Cycle, by: Member, now: datetime) -> None:
    if cycle.step in ASKING:
        fill_supply(cycle)
    if all(row.answered_at for row in forecasts_due(cycle, by)):
        finish(cycle, Step.DEMAND, by, now=now)


DEMAND_REVIEW = Review(Step.DEMAND, Move.FORECAST, MonthsKind.FORECAST, forecasts_due, answer_forecasts)
