"""What a check looks at: a company as it stands, and a deal as it is asked.

Amounts are thousandths of the resource's unit, money is minor units, weeks are Mondays.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate, islice

from models.base.arithmetic import monday


class Kind(StrEnum):
    """How a resource keeps: time that is not used in its week is lost, stock stays."""

    TIME = "time"
    STOCK = "stock"


@dataclass(frozen=True)
class WeekException:
    """A week that differs from the usual; what is None stays usual."""

    available: int | None = None
    overtime: int | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Place:
    """A part of what a deal holds or was promised in a week; `ahead` is all that stands before it in the queue."""

    quantity: int
    ahead: int


@dataclass(frozen=True)
class Reserved:
    """What is kept of a week for others, in words for whom, and until which day; unused, it is free from then on."""

    quantity: int
    whom: str
    until: date


@dataclass(frozen=True)
class Resource:
    """A resource as one deal meets it: `load` is what others have committed, hold and have reserved, by week.

    `places` are the deal's own in the queue of a week, the first one first; a new deal has none and stands last.
    `entitled` are those that reserves hold for it. `member` is the person whose time it is.
    """

    name: str
    kind: Kind
    unit: str
    weekly: int = 0
    overtime: int = 0
    overtime_cost: int = 0
    exceptions: Mapping[date, WeekException] = field(default_factory=dict)
    on_hand: int = 0
    as_of: date | None = None
    receipts: Mapping[date, int] = field(default_factory=dict)
    load: Mapping[date, int] = field(default_factory=dict)
    places: Mapping[date, tuple[Place, ...]] = field(default_factory=dict)
    reserved: Mapping[date, tuple[Reserved, ...]] = field(default_factory=dict)
    entitled: Mapping[date, tuple[Place, ...]] = field(default_factory=dict)
    member: str | None = None

    def available(self, week: date) -> int:
        """Time that the week offers before overtime."""
        exception = self.exceptions.get(week)
        return self.weekly if exception is None or exception.available is None else exception.available

    def ordinary(self, week: date) -> int:
        """How much the deal can have before overtime: at its places in the queue, and behind all with the rest."""
        return self._met(week, self.available(week))

    def room(self, week: date) -> int:
        """How much the deal can have with overtime; who came later owns the overtime."""
        return self._met(week, self.available(week) + self.buyable(week))

    def buyable(self, week: date) -> int:
        """Time that can be bought in the week beyond what it offers."""
        exception = self.exceptions.get(week)
        return self.overtime if exception is None or exception.overtime is None else exception.overtime

    def promised(self, week: date) -> tuple[int, int, int]:
        """What the deal has at its places: in all, before overtime, and with it; less where it is pushed out."""
        places = self.places.get(week, ())
        offered = self.available(week)
        return sum(p.quantity for p in places), _kept(places, offered), _kept(places, offered + self.buyable(week))

    def secured(self, week: date) -> int:
        """What nobody who comes can take from the deal: at its places, and at those that reserves hold for it."""
        return _kept(self._standing(week), self.available(week) + self.buyable(week))

    def _standing(self, week: date) -> Sequence[Place]:
        return sorted([*self.places.get(week, ()), *self.entitled.get(week, ())], key=lambda place: place.ahead)

    def _met(self, week: date, offered: int) -> int:
        places = self._standing(week)
        met = _kept(places, offered)
        # Where its own places are pushed out, whatever stands behind finds nothing left.
        is_whole = met == sum(place.quantity for place in places)
        return met + max(0, offered - self.load.get(week, 0) - met) if is_whole else met

    def positions(self, weeks: Iterable[date], *, today: date) -> dict[date, int]:
        """Stock that is left at the end of these weeks and of every later one in which it changes.

        What counts is everything from the week in which it was counted.
        """
        since = monday(self.as_of or today)
        changes = Counter({week: quantity for week, quantity in self.receipts.items() if week >= since})
        changes.subtract({week: quantity for week, quantity in self.load.items() if week >= since})
        asked = set(weeks)
        sums = accumulate((changes[week] for week in sorted(changes.keys() | asked)), initial=self.on_hand)
        by_week = dict(zip(sorted(changes.keys() | asked), islice(sums, 1, None), strict=True))
        return {week: left for week, left in by_week.items() if week >= min(asked, default=week)}


def _kept(places: Iterable[Place], offered: int) -> int:
    kept = 0
    for place in places:
        free = max(0, offered - place.ahead)
        if free < place.quantity:
            return kept + free
        kept += place.quantity
    return kept


@dataclass(frozen=True)
class Adjustment:
    """What a week of a resource offers from now on, in thousandths.

    `available` and `overtime` are for time (None: as usual); `receipt` is what arrives, for stock.
    """

    resource: str
    week: date
    available: int | None = None
    overtime: int | None = None
    receipt: int | None = None
    reason: str = ""

    def apply(self, resource: Resource) -> Resource:
        """The resource as it would be."""
        if resource.name != self.resource:
            return resource
        if resource.kind is Kind.STOCK:
            return replace(resource, receipts={**resource.receipts, self.week: self.receipt or 0})
        week = WeekException(self.available, self.overtime, self.reason)
        return replace(resource, exceptions={**resource.exceptions, self.week: week})


@dataclass(frozen=True)
class Need:
    """What one delivery takes of a resource, in each of `weeks` weeks from `offset` on.

    The work of each may be done up to `ahead` weeks earlier. With `any_of` it may be shared out among those resources,
    of which `resource` is the first.
    """

    resource: str
    offset: int = 0
    weeks: int = 1
    per_unit: int = 0
    fixed: int = 0
    ahead: int = 0
    any_of: tuple[str, ...] = ()

    @property
    def resources(self) -> tuple[str, ...]:
        """Whatever the work may be done on, the best first."""
        return self.any_of or (self.resource,)


@dataclass(frozen=True)
class Offer:
    """Something the company sells."""

    name: str
    family: str
    unit: str
    list_price: int
    unit_cost: int
    margin_floor: Decimal
    standard: bool = True
    max_discount: Decimal = Decimal(0)
    lead_weeks: int = 0
    min_lot: int = 1
    substitutes: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True)
class Company:
    """A company as a check sees it; names are the keys. One that keeps no stock sells the hours of its people."""

    name: str
    currency: str
    places: int
    resources: Mapping[str, Resource]
    offers: Mapping[str, Offer]
    timezone: str = "UTC"
    country: str | None = None
    horizon_weeks: int = 26
    margin_floor: Decimal = Decimal(0)
    late_cost: Decimal = Decimal("0.02")
    tight_at: Decimal = Decimal("0.90")
    max_deliveries: int = 3
    hold_days: int = 5
    keeps_stock: bool = True


@dataclass(frozen=True)
class Line:
    """One delivery that is asked for."""

    offer: str
    quantity: int
    unit_price: int
    week: date

    @property
    def revenue(self) -> int:
        """What the customer pays for the line."""
        return self.quantity * self.unit_price


@dataclass(frozen=True)
class Deal:
    """What a customer asks, seen from a day."""

    customer: str
    today: date
    lines: tuple[Line, ...]

    @property
    def first_week(self) -> date:
        """W0, the week of today."""
        return monday(self.today)
