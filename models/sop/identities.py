"""The arithmetic of the page: demand against supply, and the difference as inventory investment.

Units are whole; unit costs and prices are fractions of minor units, so that every identity holds exactly. Money is
rounded half up where it is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from models.base.arithmetic import half_up
from models.base.errors import Refused

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
    gap_money: Fraction

    @property
    def gap(self) -> int:
        """Demand that is not supplied; below nothing: supply without demand."""
        return self.demand - self.supply


@dataclass(frozen=True)
class FamilyPlan:
    """A family over the horizon; inventory and backlog are those at the end of the last closed month."""

    family: str
    unit_cost: Fraction
    unit_price: Fraction
    inventory: int
    backlog: int
    demand: tuple[int, ...]
    supply: tuple[int, ...]

    @property
    def months(self) -> tuple[MonthPlan, ...]:
        """Month by month: what can be shipped is what there is, and at most what is wanted."""
        return tuple(self._months())

    def _months(self) -> Iterator[MonthPlan]:
        inventory, backlog = self.inventory, self.backlog
        projected = (inventory - backlog) * self.unit_cost
        for demand, supply in zip(self.demand, self.supply, strict=True):
            shipments = min(demand + backlog, inventory + supply)
            inventory, backlog = inventory + supply - shipments, backlog + demand - shipments
            change = (supply - demand) * self.unit_cost
            projected += change
            gap_money = (demand - supply) * self.unit_price
            yield MonthPlan(demand, supply, shipments, inventory, backlog, change, projected, gap_money)


@dataclass(frozen=True)
class Gap:
    """A month in which supply and demand of a family differ, in units and in money (minor units)."""

    family: str
    month: int
    units: int
    money: int


def check_identities(plan: FamilyPlan, months: Sequence[MonthPlan]) -> None:
    """Refuse a plan whose numbers do not add up, and name the row."""
    inventory = plan.inventory
    backlog = plan.backlog
    projected = (plan.inventory - plan.backlog) * plan.unit_cost
    for number, month in enumerate(months):
        projected += month.investment
        rows = {
            "shipments": month.shipments == min(month.demand + backlog, inventory + month.supply),
            "closing inventory": month.inventory == inventory + month.supply - month.shipments >= 0,
            "closing backlog": month.backlog == backlog + month.demand - month.shipments >= 0,
            "change in inventory investment": month.investment == (month.supply - month.demand) * plan.unit_cost,
            "projected inventory less backlog": month.projected
            == projected
            == (month.inventory - month.backlog) * plan.unit_cost,
        }
        wrong = [row for row, holds in rows.items() if not holds]
        if wrong:
            raise BrokenIdentity(
                f"{plan.family}, month {number + 1}: {wrong[0]} does not add up. Nothing was published."
            )
        inventory, backlog = month.inventory, month.backlog


def ranked_gaps(plans: Sequence[FamilyPlan]) -> list[Gap]:
    """Where demand and supply differ, the largest money first."""
    gaps = [
        Gap(plan.family, number, month.gap, half_up(month.gap_money))
        for plan in plans
        for number, month in enumerate(plan.months)
        if month.gap
    ]
    return sorted(gaps, key=lambda gap: (-abs(gap.money), -abs(gap.units), gap.month, gap.family))
