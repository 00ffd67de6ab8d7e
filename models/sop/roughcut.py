"""Rough-cut capacity: whether each time resource can carry a month's demand, placed in the month of delivery."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.promise import Kind
from models.resources import ResourceRow
from models.sop.history import Economics
from models.sop.months import weeks_of
from models.workspaces import Workspace


@dataclass(frozen=True)
class ResourceMonths:
    """What a resource offers and what it would have to carry, by month, in thousandths of its unit."""

    name: str
    unit: str
    available: tuple[int, ...]
    load: tuple[Fraction, ...]

    def utilisation(self, month: int) -> Fraction | None:
        """The share of a month that is used; None where nothing is offered."""
        return self.load[month] / self.available[month] if self.available[month] else None


def capacity_of(workspace: Workspace, months: Sequence[date]) -> dict[str, tuple[str, tuple[int, ...]]]:
    """The unit of each time resource, and what it offers month by month."""
    rows = select(ResourceRow).where(ResourceRow.workspace_id == workspace.id, ResourceRow.kind == Kind.TIME)
    known = workspace.session.scalars(rows.options(selectinload(ResourceRow.weeks)).order_by(ResourceRow.name))
    return {row.name: (row.unit, tuple(_offered(row, month) for month in months)) for row in known}


def rough_cut(
    capacity: Mapping[str, tuple[str, tuple[int, ...]]],
    economics: Mapping[str, Economics],
    demand: Mapping[str, Sequence[int]],
) -> list[ResourceMonths]:
    """Load against what is available, for each resource."""
    found = []
    for name, (unit, available) in capacity.items():
        load = tuple(
            sum((economics[f].needs.get(name, Fraction(0)) * units[n] for f, units in demand.items()), Fraction(0))
            for n in range(len(available))
        )
        found.append(ResourceMonths(name, unit, available, load))
    return found


def cut_to_capacity(
    resources: Sequence[ResourceMonths], economics: Mapping[str, Economics], demand: Mapping[str, Sequence[int]]
) -> dict[str, list[int]]:
    """Demand, cut in each month by the tightest of the resources that a family needs."""
    return {
        family: [floor(wanted * _share(resources, economics[family], month)) for month, wanted in enumerate(units)]
        for family, units in demand.items()
    }


def _share(resources: Sequence[ResourceMonths], economics: Economics, month: int) -> Fraction:
    shares = [
        Fraction(resource.available[month]) / resource.load[month]
        for resource in resources
        if resource.name in economics.needs and resource.load[month] > resource.available[month]
    ]
    return min(shares, default=Fraction(1))


def _offered(row: ResourceRow, month: date) -> int:
    exceptions = {week.week: week.available for week in row.weeks if week.available is not None}
    return sum(exceptions.get(week, row.weekly) for week in weeks_of(month))
