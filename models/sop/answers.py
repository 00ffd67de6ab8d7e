"""What a cycle holds: its months and families, what was forecast and what will be supplied."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.base.months import months_from
from models.company.offers import OfferRow
from models.sop.identities import HORIZON
from models.sop.rows import Cycle, Forecast, SupplyPlan


def months_of(cycle: Cycle) -> list[date]:
    """The months that a cycle plans."""
    return months_from(cycle.month, HORIZON)


def families_of(cycle: Cycle) -> list[str]:
    """The families that a cycle plans: those that it began with, and what has come into the catalogue since."""
    mine = select(OfferRow.family).where(OfferRow.workspace_id == cycle.workspace_id, OfferRow.standard)
    return sorted({*cycle.baselines, *cycle.session.scalars(mine.distinct())})


def forecasts_of(cycle: Cycle) -> list[Forecast]:
    """What sellers believe, or were prefilled with."""
    mine = select(Forecast).where(Forecast.cycle_id == cycle.id).order_by(Forecast.family, Forecast.member_id)
    return list(cycle.session.scalars(mine.options(joinedload(Forecast.member))))


def supplies_of(cycle: Cycle) -> list[SupplyPlan]:
    """What operations will supply."""
    mine = select(SupplyPlan).where(SupplyPlan.cycle_id == cycle.id).order_by(SupplyPlan.family)
    return list(cycle.session.scalars(mine))


def demand_in(cycle: Cycle, forecasts: Iterable[Forecast]) -> dict[str, list[int]]:
    """Unconstrained demand by family and month: certain and contingent of all sellers.

    Where nobody was asked for a forecast, the baseline counts.
    """
    demand: dict[str, list[int]] = {}
    for row in forecasts:
        known = demand.setdefault(row.family, [0] * HORIZON)
        demand[row.family] = [have + units for have, units in zip(known, row.units, strict=True)]
    return {**{family: list(units) for family, units in cycle.baselines.items()}, **demand}


def demand_for(cycle: Cycle, family: str) -> list[int]:
    """The same for one family."""
    mine = select(Forecast).where(Forecast.cycle_id == cycle.id, Forecast.family == family)
    return demand_in(cycle, cycle.session.scalars(mine)).get(family, [0] * HORIZON)
