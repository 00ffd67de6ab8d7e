"""The check: does a deal fit, what is the bottleneck, what does it leave."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from models.base.arithmetic import half_up
from models.promise.facts import Company, Deal, Kind, Line, Offer, Resource
from models.promise.margin import Deviation, Margin, deviations, margin
from models.promise.windows import Cell, Window, demands_of, place, room_of

Needs = Mapping[str, Mapping[date, int]]


class Verdict(StrEnum):
    """Whether a deal can be delivered as asked."""

    FITS = "fits"
    OVERTIME = "overtime"
    SHORT = "short"


@dataclass(frozen=True)
class Shortage:
    """What is missing on one resource in one week, in thousandths of its unit."""

    resource: str
    week: date
    needed: int
    free: int
    short: int
    past: bool = False


@dataclass(frozen=True)
class Use:
    """Overtime that is bought on one resource in one week; `cost` in minor units."""

    resource: str
    week: date
    quantity: int
    cost: int


@dataclass(frozen=True)
class Check:
    """What a check says of a deal; lists go by week, then resource.

    `needs` are in the cells where they are met, what is short at home; `placed` those of time where there was a choice.
    """

    deal: Deal
    needs: Needs
    tight: bool
    shortages: tuple[Shortage, ...]
    overtime: tuple[Use, ...]
    margin: Margin
    deviations: tuple[Deviation, ...]
    placed: Mapping[Cell, int] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """Short when anything is short, overtime when any is bought."""
        return _verdict(self.shortages, self.overtime)

    @property
    def bottleneck(self) -> Shortage | None:
        """The shortage that lacks the largest share of what it needs."""
        worst = [(-Fraction(s.short, s.needed), s.week, s.resource, s) for s in self.shortages]
        return min(worst)[-1] if worst else None

    @property
    def overtime_cost(self) -> int:
        """Money that the overtime costs."""
        return sum(use.cost for use in self.overtime)


def check(company: Company, deal: Deal, *, within: Mapping[Cell, int] | None = None) -> Check:
    """Check a deal against what is free, and against the floor and the standard terms.

    Where there is a choice, `within` says how much of each cell is meant for it. Source: sections 4 to 6 of the
    promise's specification.
    """
    met = _met(company, deal, within)
    verdict = _verdict(met.shortages, met.overtime)
    leaves = margin(company, deal, sum(u.cost for u in met.overtime) if verdict is Verdict.OVERTIME else 0)
    return Check(
        deal=deal,
        needs=met.needs,
        tight=verdict is Verdict.FITS and _is_tight(company, met.needs),
        shortages=tuple(sorted(met.shortages, key=_by_week)),
        overtime=tuple(sorted(met.overtime, key=_by_week)),
        margin=leaves,
        deviations=tuple(deviations(company, deal, leaves)),
        placed=met.placed,
    )


@dataclass(frozen=True)
class _Met:
    """Needs by cell, with what is short at home, what is bought, and where work was placed that had a choice."""

    needs: Needs
    shortages: list[Shortage]
    overtime: list[Use]
    placed: Mapping[Cell, int]


def _met(company: Company, deal: Deal, within: Mapping[Cell, int] | None) -> _Met:
    demands = demands_of(company.offers, deal.lines)
    if not all(window.is_one_cell for window in demands):
        return _met_in_windows(company, deal, demands, within)
    needs = at_home(demands)
    shortages, overtime = _met_at_home(company, deal, needs)
    return _Met(needs, shortages, overtime, {})


def needs_of(offers: Mapping[str, Offer], lines: Iterable[Line]) -> Needs:
    """What lines need of each resource by week, each need at home; a need of 0 is no need."""
    return at_home(demands_of(offers, lines))


def at_home(demands: Mapping[Window, int]) -> Needs:
    """Needs by resource and week, each in its home cell."""
    return by_resource((window.home, amount) for window, amount in demands.items())


def by_resource(amounts: Iterable[tuple[Cell, int]]) -> Needs:
    """Amounts of cells, by resource and week; those of one cell add up."""
    needs: defaultdict[str, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
    for (name, week), amount in amounts:
        needs[name][week] += amount
    return needs


def _met_at_home(company: Company, deal: Deal, needs: Needs) -> tuple[list[Shortage], list[Use]]:
    shortages: list[Shortage] = []
    overtime: list[Use] = []
    for name, by_week in needs.items():
        resource = company.resources[name]
        coming = {week: need for week, need in by_week.items() if week >= deal.first_week}
        shortages += _past(resource, {week: need for week, need in by_week.items() if week not in coming})
        if resource.kind is Kind.STOCK:
            shortages += _stock_shortage(resource, coming, deal.today)
        else:
            for week, need in coming.items():
                _meet(resource, week, need, shortages, overtime)
    return shortages, overtime


def _met_in_windows(
    company: Company, deal: Deal, demands: Mapping[Window, int], within: Mapping[Cell, int] | None
) -> _Met:
    """Time is placed together; what stays unmet is told, and counted, at home. Stock has no windows."""
    stock = {w: n for w, n in demands.items() if company.resources[w.resources[0]].kind is Kind.STOCK}
    shortages, overtime = _met_at_home(company, deal, at_home(stock))
    timed = {window: amount for window, amount in demands.items() if window not in stock}
    placing = place(company, timed, first_week=deal.first_week, within=within)
    for (name, week), amount in placing.met.items():
        room = room_of(company.resources[name], week, deal.first_week)
        if amount > room.free:
            overtime.append(_use(company.resources[name], week, amount - room.free))
    wanted, unmet = by_cell(timed), by_cell(placing.unmet)
    for (name, week), short in unmet.items():
        needed = wanted[name, week]
        shortages.append(Shortage(name, week, needed, needed - short, short, past=week < deal.first_week))
    needs = by_resource([*by_cell(stock).items(), *placing.met.items(), *unmet.items()])
    return _Met(needs, shortages, overtime, placing.met)


def by_cell(demands: Mapping[Window, int]) -> Counter[Cell]:
    """Needs by their home cell."""
    amounts: Counter[Cell] = Counter()
    for window, amount in demands.items():
        amounts[window.home] += amount
    return amounts


def _past(resource: Resource, needs: Mapping[date, int]) -> Iterator[Shortage]:
    """What is over cannot be met any more, but for what the deal was promised there: that has been worked."""
    for week, need in needs.items():
        worked = min(need, sum(place.quantity for place in resource.places.get(week, ())))
        if worked < need:
            yield Shortage(resource.name, week, need, worked, need - worked, past=True)


def _meet(resource: Resource, week: date, need: int, shortages: list[Shortage], overtime: list[Use]) -> None:
    room = resource.room(week)
    met = min(need, room)
    bought = met - min(need, resource.ordinary(week))
    if bought:
        overtime.append(_use(resource, week, bought))
    if met < need:
        shortages.append(Shortage(resource.name, week, need, met, need - met))


def _use(resource: Resource, week: date, bought: int) -> Use:
    return Use(resource.name, week, bought, half_up(Fraction(bought * resource.overtime_cost, 1000)))


def _stock_shortage(resource: Resource, needs: Mapping[date, int], today: date) -> Iterator[Shortage]:
    """The largest lack of stock, in the first week that attains it."""
    if not needs:
        return
    worst: Shortage | None = None
    needed = 0
    for week, left in resource.positions(needs, today=today).items():
        needed += needs.get(week, 0)
        free = max(0, left)
        if needed > free and (worst is None or needed - free > worst.short):
            worst = Shortage(resource.name, week, needed, free, needed - free)
    if worst:
        yield worst


def _is_tight(company: Company, needs: Needs) -> bool:
    tight_at = Fraction(company.tight_at)
    return any(
        resource.load.get(week, 0) + need >= tight_at * resource.available(week)
        for resource, by_week in ((company.resources[name], weeks) for name, weeks in needs.items())
        if resource.kind is Kind.TIME
        for week, need in by_week.items()
    )


def _verdict(shortages: object, overtime: object) -> Verdict:
    if shortages:
        return Verdict.SHORT
    return Verdict.OVERTIME if overtime else Verdict.FITS


def _by_week(entry: Shortage | Use) -> tuple[date, str]:
    return entry.week, entry.resource
