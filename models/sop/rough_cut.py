"""Rough-cut capacity: what months of a time resource offer, and what units load them with, where the work falls.

Deliveries are spread evenly over the days of their month; a week that lies in two months is shared by its days.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.base.arithmetic import monday
from models.base.months import month_after, month_of
from models.base.working_time import DAY
from models.company.people import beside_person, span_of, weeks_of_people
from models.company.reserves import kept_for_campaigns
from models.company.resources import ResourceRow, in_use
from models.promise import Kind, WeekException
from models.sop.economics import Economics
from models.workspace.workspaces import Workspace

YEAR = 12
MONTH = timedelta(days=31)
# What a unit that is delivered in a month takes: thousandths by resource and by the number of the month of the work.
Work = Mapping[tuple[str, int], Fraction]


@dataclass(frozen=True)
class ResourceMonths:
    """What a resource offers and what it would have to carry, by month, in thousandths of its unit.

    `overtime` more can be bought, at `overtime_cost` minor units for a whole unit. `later` is the part of the load that
    is for deliveries after the last month.
    """

    name: str
    unit: str
    available: tuple[Fraction, ...]
    load: tuple[Fraction, ...] = ()
    overtime: tuple[Fraction, ...] = ()
    overtime_cost: int = 0
    later: tuple[Fraction, ...] = ()

    def utilisation(self, month: int) -> Fraction | None:
        """The share of a month that is used; None where nothing is offered."""
        return self.load[month] / self.available[month] if self.available[month] else None

    def is_over(self, month: int) -> bool:
        """Whether more would have to be carried than is offered."""
        return self.load[month] > self.available[month]

    def is_beyond(self, month: int) -> bool:
        """Whether more would have to be carried than is offered with overtime."""
        return self.load[month] > self.available[month] + self.overtime[month]

    def free(self, month: int) -> Fraction:
        """What nothing is planned on; never below nothing."""
        return max(Fraction(0), self.available[month] - self.load[month])

    def overtime_left(self, month: int) -> Fraction:
        """Overtime that is not needed already for what is planned beyond the usual."""
        return max(Fraction(0), self.overtime[month] - max(Fraction(0), self.load[month] - self.available[month]))


def capacity_of(workspace: Workspace, months: Sequence[date]) -> list[ResourceMonths]:
    """What each time resource offers month by month, less what is kept for campaigns: no plan has their demand.

    What is kept for the customers of a tier is there for the plan, whose demand is that of all customers.
    """
    rows = select(ResourceRow).where(*in_use(workspace), ResourceRow.kind == Kind.TIME)
    known = workspace.session.scalars(rows.options(selectinload(ResourceRow.weeks)).order_by(ResourceRow.name)).all()
    weeks = span_of(monday(months[0]), months[-1] + MONTH)
    people = weeks_of_people(workspace, [row.id for row in known], weeks)
    kept = kept_for_campaigns(workspace)
    return [
        ResourceMonths(
            name=row.name,
            unit=row.unit,
            available=_less(
                _by_month(months, row.weekly, {week: one.available for week, one in _differing(people, row).items()}),
                _by_month(months, 0, kept.get(row.id, {})),
            ),
            overtime=_by_month(
                months, row.overtime, {week: one.overtime for week, one in _differing(people, row).items()}
            ),
            overtime_cost=row.overtime_cost,
        )
        for row in known
    ]


def work_of(economics: Economics, months: Sequence[date]) -> list[Work]:
    """What a unit takes, by the month in which it is delivered; work before the horizon is done, or too late."""
    by_month: list[dict[tuple[str, int], Fraction]] = [{} for _ in months]
    for name, needs in economics.needs.items():
        for week, need in needs.items():
            for month, shares in enumerate(_shares(months[0], len(months), week) if need else ()):
                for at, share in shares:
                    by_month[month][name, at] = by_month[month].get((name, at), Fraction(0)) + need * share
    return list(by_month)


def rough_cut(
    capacity: Sequence[ResourceMonths], work: Mapping[str, Sequence[Work]], units: Mapping[str, Sequence[int]]
) -> list[ResourceMonths]:
    """The same resources with the load of units by family and month of delivery, and of what comes later."""
    load: dict[tuple[str, int], Fraction] = {}
    for family, counts in units.items():
        for taken, count in zip(work[family], counts, strict=True):
            for cell, need in taken.items() if count else ():
                load[cell] = load.get(cell, Fraction(0)) + need * count
    nothing = Fraction(0)
    return [
        replace(
            one,
            load=tuple(
                load.get((one.name, n), nothing) + (one.later[n] if one.later else nothing)
                for n in range(len(one.available))
            ),
        )
        for one in capacity
    ]


def with_later(
    capacity: Sequence[ResourceMonths],
    economics: Mapping[str, Economics],
    demand: Mapping[str, Sequence[int]],
    months: Sequence[date],
) -> list[ResourceMonths]:
    """Resources with the work of deliveries after the last month, which are taken to be those of a year earlier.

    Without it the last months look free of what is made before it is delivered. Where a month cannot carry all that is
    wanted of it, they get their share.
    """
    load: defaultdict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for family, units in demand.items():
        for name, needs in economics[family].needs.items():
            for week, need in needs.items():
                for at, share in _after(months[0], len(months), week) if need else ():
                    for number, part in share:
                        load[name, number] += need * part * units[len(months) + at - YEAR]
    work = {family: work_of(economics[family], months) for family in demand}
    return [
        replace(
            one, later=tuple(_share_of(load[one.name, n], one.load[n], one.available[n]) for n in range(len(months)))
        )
        for one in rough_cut(capacity, work, demand)
    ]


def _share_of(later: Fraction, own: Fraction, available: Fraction) -> Fraction:
    wanted = later + own
    return later if wanted <= available else later * available / wanted


@cache
def _after(first: date, count: int, week: int) -> tuple[tuple[int, tuple[tuple[int, Fraction], ...]], ...]:
    """For the months after the last one, by how many after it: what share of their work lies in which month."""
    numbers = {month_after(first, n): n for n in range(count)}
    shares = []
    for at in range(min(YEAR, -week * 7 // 28 + 1) if week < 0 else 0):
        days = _days(month_after(first, count + at))
        moved = [month_of(day + timedelta(weeks=week)) for day in days]
        inside = sorted({*moved} & {*numbers})
        shares.append((at, tuple((numbers[month], Fraction(moved.count(month), len(days))) for month in inside)))
    return tuple(shares)


def overtime_cost(resources: Sequence[ResourceMonths]) -> Fraction:
    """What is loaded beyond the usual hours, as far as overtime can be bought, in minor units."""
    cost = Fraction(0)
    for one in resources:
        for month, load in enumerate(one.load):
            bought = min(one.overtime[month], max(Fraction(0), load - one.available[month]))
            cost += bought / 1000 * one.overtime_cost
    return cost


@cache
def _shares(first: date, count: int, weeks: int) -> tuple[tuple[tuple[int, Fraction], ...], ...]:
    """For each month of delivery: in which months lies the work so many weeks later, and what share of it."""
    months = {month_after(first, n): n for n in range(count)}
    shares = []
    for month in months:
        moved = [month_of(day + timedelta(weeks=weeks)) for day in _days(month)]
        shares.append(tuple((months[at], Fraction(moved.count(at), len(moved))) for at in sorted({*moved} & {*months})))
    return tuple(shares)


def _differing(people: Mapping[int, Mapping[date, WeekException]], row: ResourceRow) -> dict[date, WeekException]:
    """The weeks that differ: by what a planner says, else by what its person works."""
    worked = people.get(row.id, {})
    said = {x.week: beside_person(worked.get(x.week), x.available, x.overtime, x.reason) for x in row.weeks}
    return {**worked, **said}


def _less(offered: Sequence[Fraction], kept: Sequence[Fraction]) -> tuple[Fraction, ...]:
    return tuple(max(Fraction(0), most - less) for most, less in zip(offered, kept, strict=True))


def _by_month(months: Sequence[date], usual: int, by_week: Mapping[date, int | None]) -> tuple[Fraction, ...]:
    """What weeks offer, by the share of their days that lie in each month; None in a week is as usual."""
    different = {week: amount - usual for week, amount in by_week.items() if amount is not None}
    offered = [Fraction(usual * len(_days(month)), 7) for month in months]
    numbers = {month: n for n, month in enumerate(months)}
    for week, amount in different.items():
        for day in range(7):
            number = numbers.get(month_of(week + day * DAY))
            if number is not None:
                offered[number] += Fraction(amount, 7)
    return tuple(offered)


@cache
def _days(month: date) -> tuple[date, ...]:
    return tuple(month + n * DAY for n in range((month_after(month) - month).days))
