"""What closed months of a family really were: as the file of actuals says, else as won and delivered deals say."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from models.deals.states import State
from models.sop.months import month_after, months_between, months_from
from models.sop.rows import Actual

SOLD = (State.WON, State.DELIVERED)


class Sale(NamedTuple):
    """Units of an offer that a seller has promised, sold or delivered, by month of delivery."""

    seller: int
    state: str
    offer: int
    family: str
    month: date
    units: int


@dataclass(frozen=True)
class Ledger:
    """A family's closed months, those before `first`; units.

    `said` is the file, month by month. A family that the file knows and that no deal has sold since the file's last
    month is unknown from then on: its bookings end there, rather than go on with nothing.
    """

    first: date
    said: Mapping[date, Actual]
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
        if last is None or any(month > last for month in self.sold):
            return self.first
        return month_after(last)

    @property
    def missing(self) -> int:
        """How many closed months at the end are unknown."""
        return months_between(self.end, self.first)

    def bookings(self) -> list[int]:
        """Month by month, from the first to the last of which anything is known."""
        months = months_from(self.begin, months_between(self.begin, self.end))
        return [self._booked.get(month, self.sold[month]) for month in months]

    def booked(self) -> dict[date, int]:
        """The same by month."""
        units = self.bookings()
        return dict(zip(months_from(self.begin, len(units)), units, strict=True))

    def shipments(self, month: date) -> int:
        """What went out: as the file says, else what is delivered."""
        said = self.said.get(month)
        return said.shipments if said and said.shipments is not None else self._delivered[month]

    def supply(self, month: date) -> int | None:
        """What was made: as the file says, else shipments and what inventory rose by; None where nobody knows."""
        said, before = self.said.get(month), self.said.get(month_after(month, -1))
        if said and said.supply is not None:
            return said.supply
        shipped = self.shipments(month)
        if said and before and said.inventory is not None and before.inventory is not None:
            return max(0, shipped + said.inventory - before.inventory)
        return shipped or None

    def inventory(self) -> int:
        """At the end of the last closed month: the last that the file says, gone on with supply less shipments."""
        known = [month for month, row in self.said.items() if row.inventory is not None and month < self.first]
        if not known:
            return 0
        last = max(known)
        units = self.said[last].inventory or 0
        for month in months_from(month_after(last), months_between(last, self.first) - 1):
            made = self.supply(month)
            units += made - self.shipments(month) if made is not None else 0
        return max(0, units)

    def backlog(self) -> int:
        """At the end of the last closed month: as the file says, else what is won, due and not delivered."""
        said = self.said.get(month_after(self.first, -1))
        if said and said.backlog is not None:
            return said.backlog
        return self._units((State.WON,)).total()

    @cached_property
    def _booked(self) -> dict[date, int]:
        return {m: row.bookings for m, row in self.said.items() if row.bookings is not None and m < self.first}

    @cached_property
    def _delivered(self) -> Counter[date]:
        return self._units((State.DELIVERED,))

    def _units(self, states: tuple[State, ...]) -> Counter[date]:
        units: Counter[date] = Counter()
        for sale in self.sales:
            if sale.state in states and sale.month < self.first:
                units[sale.month] += sale.units
        return units
