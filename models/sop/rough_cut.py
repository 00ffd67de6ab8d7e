"""Rough-cut capacity: whether each time resource can carry a month's units, placed in the month of delivery."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import floor

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.base.months import weeks_of
from models.company.resources import ResourceRow, in_use
from models.promise import Kind
from models.sop.past_sales import Economics
from models.workspace.workspaces import Workspace


@dataclass(frozen=True)
class ResourceMonths:
    """What a resource offers and what it would have to carry, by month, in thousandths of its unit.

    `overtime` more can be bought, at `overtime_cost` minor units for a whole unit.
    """

    name: str
    unit: str
    available: tuple[int, ...]
    load: tuple[Fraction, ...] = ()
    overtime: tuple[int, ...] = ()
    overtime_cost: int = 0

    def utilisation(self, month: int) -> Fraction | None:
        """The share of a month that is used; None where nothing is offered."""
        return self.load[month] / self.available[month] if self.available[month] else None

    def is_over(self, month: int) -> bool:
        """Whether more would have to be carried than is offered."""
        return self.load[month] > self.available[month]

    def free(self, month: int) -> Fraction:
        """What nothing is planned on; never below nothing."""
        return max(Fraction(0), self.available[month] - self.load[month])

    def overtime_left(self, month: int) -> Fraction:
        """Overtime that is not needed already for what is planned beyond the usual."""
        return max(Fraction(0), self.overtime[month] - max(Fraction(0), self.load[month] - self.available[month]))


def capacity_of(workspace: Workspace, months: Sequence[date]) -> list[ResourceMonths]:
    """What each time resource offers month by month."""
    rows = select(ResourceRow).where(*in_use(workspace), ResourceRow.kind == Kind.TIME)
    known = workspace.session.scalars(rows.options(selectinload(ResourceRow.weeks)).order_by(ResourceRow.name))
    return [
        ResourceMonths(
            name=row.name,
            unit=row.unit,
            available=tuple(_offered(row, month) for month in months),
            overtime=tuple(_overtime(row, month) for month in months),
            overtime_cost=row.overtime_cost,
        )
        for row in known
    ]


def rough_cut(
    capacity: Sequence[ResourceMonths], economics: Mapping[str, Economics], units: Mapping[str, Sequence[int]]
) -> list[ResourceMonths]:
    """The same resources with the load of units by family and month."""
    return [replace(one, load=tuple(_loads(one, economics, units))) for one in capacity]


def cut_to_capacity(
    resources: Sequence[ResourceMonths], economics: Mapping[str, Economics], demand: Mapping[str, Sequence[int]]
) -> dict[str, list[int]]:
    """Demand, cut in each month by the tightest of the resources that a family needs."""
    return {
        family: [floor(wanted * _share(resources, economics[family], month)) for month, wanted in enumerate(units)]
        for family, units in demand.items()
    }


def tightest(resources: Sequence[ResourceMonths], economics: Economics) -> str:
    """The name of the resource that limits a family most in some month; nothing where none does."""
    months = range(len(resources[0].available) if resources else 0)
    needed = [one for one in resources if one.name in economics.needs]
    over = [(one.load[n] / max(one.available[n], 1), one.name) for one in needed for n in months if one.is_over(n)]
    return max(over)[1] if over else ""


def _loads(
    resource: ResourceMonths, economics: Mapping[str, Economics], units: Mapping[str, Sequence[int]]
) -> Iterator[Fraction]:
    needs = {family: economics[family].needs.get(resource.name, Fraction(0)) for family in units}
    for month in range(len(resource.available)):
        yield sum((needs[family] * of[month] for family, of in units.items() if needs[family]), Fraction(0))


def _share(resources: Sequence[ResourceMonths], economics: Economics, month: int) -> Fraction:
    shares = [
        Fraction(resource.available[month]) / resource.load[month]
        for resource in resources
        if resource.name in economics.needs and resource.is_over(month)
    ]
    return min(shares, default=Fraction(1))


def _offered(row: ResourceRow, month: date) -> int:
    exceptions = {week.week: week.available for week in row.weeks if week.available is not None}
    return sum(exceptions.get(week, row.weekly) for week in weeks_of(month))


def _overtime(row: ResourceRow, month: date) -> int:
    exceptions = {week.week: week.overtime for week in row.weeks if week.overtime is not None}
    return sum(exceptions.get(week, row.overtime) for week in weeks_of(month))
