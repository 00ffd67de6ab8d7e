"""The arithmetic of the page: demand against supply, and the difference as inventory investment.

Units are whole; unit costs and prices are fractions of minor units, so that every identity holds exactly. Money is
rounded half up where it is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from models.base.errors import Refused
from models.base.language import N_, _
from models.sop.bands import DEFAULT_BAND, Band

HORIZON = 18


class BrokenIdentity(Refused):
    """A page that does not add up is not published; the sentence names the row."""


@dataclass(frozen=True)
class MonthPlan:
    """A month of a family: units, and what its difference does to the money in stock."""

    demand: int
    supply: int
    shipments: int
    inventory: int
    backlog: int
    investment: Fraction
    projected: Fraction

    @property
    def net(self) -> int:
        """The projected net stock: inventory less backlog at the month's end."""
        return self.inventory - self.backlog


@dataclass(frozen=True)
class FamilyPlan:
    """A family over the horizon; inventory and backlog are those at the end of the last closed month.

    `band` is where its net stock should lie.
    """

    family: str
    unit_cost: Fraction
    unit_price: Fraction
    inventory: int
    backlog: int
    demand: tuple[int, ...]
    supply: tuple[int, ...]
    band: Band = DEFAULT_BAND

    @cached_property
    def months(self) -> tuple[MonthPlan, ...]:
        """Month by month: what can be shipped is what there is, and at most what is wanted."""
        return tuple(self._months())

    @cached_property
    def net(self) -> list[int]:
        """The projected net stock, month by month."""
        return [month.net for month in self.months]

    @cached_property
    def targets(self) -> list[int]:
        """The floor of the net stock, month by month."""
        return [self.band.target.units(self.demand, month) for month in range(len(self.demand))]

    @cached_property
    def ceilings(self) -> list[int] | None:
        """What should lie in stock at most, month by month; None without a ceiling. Never below the target."""
        ceiling = self.band.ceiling
        if ceiling is None:
            return None
        return [max(self.targets[month], ceiling.units(self.demand, month)) for month in range(len(self.demand))]

    def _months(self) -> Iterator[MonthPlan]:
        inventory, backlog = self.inventory, self.backlog
        projected = (inventory - backlog) * self.unit_cost
        for demand, supply in zip(self.demand, self.supply, strict=True):
            shipments = min(demand + backlog, inventory + supply)
            inventory, backlog = inventory + supply - shipments, backlog + demand - shipments
            change = (supply - demand) * self.unit_cost
            projected += change
            yield MonthPlan(demand, supply, shipments, inventory, backlog, change, projected)


def check_identities(plan: FamilyPlan, months: Sequence[MonthPlan]) -> None:
    """Refuse a plan whose numbers do not add up, and name the row."""
    inventory = plan.inventory
    backlog = plan.backlog
    projected = (plan.inventory - plan.backlog) * plan.unit_cost
    for number, month in enumerate(months):
        projected += month.investment
        rows = {
            N_("shipments"): month.shipments == min(month.demand + backlog, inventory + month.supply),
            N_("closing inventory"): month.inventory == inventory + month.supply - month.shipments >= 0,
            N_("closing backlog"): month.backlog == backlog + month.demand - month.shipments >= 0,
            N_("change in inventory investment"): month.investment == (month.supply - month.demand) * plan.unit_cost,
            N_("projected inventory less backlog"): month.projected == projected == month.net * plan.unit_cost,
        }
        wrong = [row for row, holds in rows.items() if not holds]
        if wrong:
            raise BrokenIdentity(
                _(
                    "{family}, month {number}: {wrong} does not add up. Nothing was published.",
                    family=plan.family,
                    number=number + 1,
                    wrong=_(wrong[0]),
                )
            )
        inventory, backlog = month.inventory, month.backlog
