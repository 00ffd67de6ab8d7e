"""What closed months of a family really were: as the file of actuals says, else as won and delivered deals say."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from models.base.months import month_after, months_between, months_from
from models.deals.states import State
from models.sop.rows import Actual

SOLD = (State.WON, State.DELIVERED)
YEAR = 12


class Sale(NamedTuple):
    """Units of an offer that a seller has promised, sold or delivered, by month of delivery."""

    seller: int
    state: str
    offer: int
    family: str
    month: date
    units: int


@dataclass(frozen=True)
class ClosedMonths:
    """A family's closed months, those before `first`; units.

    `actuals` are the file, month by month. Bookings of a family that the file knows end with its last month, rather
    than go on with nothing; unless deals have told at least half of what the file used to, or the file is a year old.
    """

    first: date
    actuals: Mapping[date, Actual]
    sales: Iterable[Sale]

    @cached_property
    def sold(self) -> Counter[date]:
        """Units that won and delivered deals deliver, by month."""
        return self._units(SOLD)

    @cached_property
    def begin(self) -> date:
        """The first month of which anything is known; `first` without any."""
        return min([*self.sold, *self._booked], default=self.first)

    @cached_property
    def end(self) -> date:
        """The month after the last of which bookings are known."""
        last = max(self._booked, default=None)
        if last is None:
            return self.first
        since = months_from(month_after(last), months_between(last, self.first) - 1)
        usual = [self._booked[month] for month in sorted(self._booked)[-YEAR:]]
        sold = sum(self.sold[month] for month in since)
        is_told = 2 * sold * len(usual) >= sum(usual) * len(since) and sold > 0
        return self.first if is_told or len(since) >= YEAR else month_after(last)

    @property
    def missing(self) -> int:
        """How many closed months at the end are unknown."""
        return months_between(self.end, self.first)

    def bookings(self) -> list[int]:
        """Month by month, from the first to the last of which anything is known."""
        months = months_from(self.begin, months_between(self.begin, self.end))
        return [self._booked.get(month, self.sold[month]) for month in months]

    @property
    def unknown(self) -> list[date]:
        """Months between those of the file that neither it nor a deal names: what they were, nobody knows."""
        first, last = min(self._booked, default=self.first), max(self._booked, default=self.first)
        named = {*self._booked, *self.sold}
        return [month for month in months_from(first, months_between(first, last)) if month not in named]

    def history(self) -> list[int | None]:
        """The same for the baseline, without what is unknown or marked to be left out: that is not nothing."""
        unknown = {*self.unknown, *(month for month, row in self.actuals.items() if row.left_out)}
        return [None if month in unknown else units for month, units in self._every().items()]

    def booked(self) -> dict[date, int]:
        """Bookings of the months that are known."""
        unknown = set(self.unknown)
        return {month: units for month, units in self._every().items() if month not in unknown}

    def shipments(self, month: date) -> int:
        """What went out: as the file says, else what is delivered."""
        actual = self.actuals.get(month)
        return actual.shipments if actual and actual.shipments is not None else self._delivered[month]

    def supply(self, month: date) -> int | None:
        """What was made: as the file says, else shipments and what inventory rose by; None where nobody knows."""
        actual = self.actuals.get(month)
        before = self.actuals.get(month_after(month, -1))
        if actual and actual.supply is not None:
            return actual.supply
        shipped = self.shipments(month)
        if actual and before and actual.inventory is not None and before.inventory is not None:
            return max(0, shipped + actual.inventory - before.inventory)
        is_said = actual is not None and actual.shipments is not None
        return shipped if is_said or shipped else None

    def inventory(self) -> int:
        """At the end of the last closed month: the last that the file says, gone on where it says what moved."""
        last = self._last("inventory")
        if last is None:
            return 0
        units = self.actuals[last].inventory or 0
        for month in months_from(month_after(last), months_between(last, self.first) - 1):
            units += self._moved(month) or 0
        return max(0, units)

    def backlog(self) -> int:
        """At the end of the last closed month: the last that the file says, else what is won, due and not delivered."""
        last = self._last("backlog")
        return self._units((State.WON,)).total() if last is None else self.actuals[last].backlog or 0

    def _every(self) -> dict[date, int]:
        units = self.bookings()
        return dict(zip(months_from(self.begin, len(units)), units, strict=True))

    @property
    def old_stock(self) -> date | None:
        """The month of which inventory or backlog is the latest that the file says, where that is not the last one."""
        last = [month for month in (self._stock_until(), self._last("backlog")) if month]
        return min(last) if last and min(last) < month_after(self.first, -1) else None

    def _stock_until(self) -> date | None:
        """The month until which every movement of the stock is known."""
        month = self._last("inventory")
        while month is not None and self._moved(month_after(month)) is not None:
            month = month_after(month)
        return month

    def _moved(self, month: date) -> int | None:
        actual = self.actuals.get(month) if month < self.first else None
        if actual is None or actual.supply is None or actual.shipments is None:
            return None
        return actual.supply - actual.shipments

    def _last(self, name: str) -> date | None:
        """The last closed month of which the file says something."""
        return max(
            (m for m, row in self.actuals.items() if getattr(row, name) is not None and m < self.first), default=None
        )

    @cached_property
    def _booked(self) -> dict[date, int]:
        return {m: row.bookings for m, row in self.actuals.items() if row.bookings is not None and m < self.first}

    @cached_property
    def _delivered(self) -> Counter[date]:
        return self._units((State.DELIVERED,))

    def _units(self, states: tuple[State, ...]) -> Counter[date]:
        units: Counter[date] = Counter()
        for sale in self.sales:
            if sale.state in states and sale.month < self.first:
                units[sale.month] += sale.units
        return units
