"""The plan in money: revenue, margin and inventory by month, and the signed plan against what came.

Amounts are in minor units, exact; they are rounded where they are shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from models.base.months import month_after, month_of
from models.sop.identities import FamilyPlan, MonthPlan
from models.sop.past_sales import Past
from models.sop.plan import kept_economics
from models.sop.rows import Cycle, Signed


@dataclass(frozen=True)
class Money:
    """A month in money: what is shipped at its price and at its cost, and what lies in stock at its cost."""

    revenue: Fraction = Fraction(0)
    cost: Fraction = Fraction(0)
    inventory: Fraction = Fraction(0)

    @property
    def margin(self) -> Fraction:
        """What revenue leaves of the cost of what is shipped."""
        return self.revenue - self.cost

    def __add__(self, other: "Money") -> "Money":
        return Money(self.revenue + other.revenue, self.cost + other.cost, self.inventory + other.inventory)


@dataclass(frozen=True)
class MoneyReport:
    """Revenue and inventory of the signed plans against what came, in the first months that they planned."""

    months: int
    planned: Money
    actual: Money


def money_of(plan: FamilyPlan, month: MonthPlan) -> Money:
    """A month of a family in money."""
    return Money(month.shipments * plan.unit_price, month.shipments * plan.unit_cost, month.inventory * plan.unit_cost)


def money_by_month(plans: Sequence[FamilyPlan]) -> list[Money]:
    """All families together, month by month."""
    count = len(plans[0].months) if plans else 0
    return [sum((money_of(plan, plan.months[n]) for plan in plans), Money()) for n in range(count)]


def money_report(past: Past, cycles: Sequence[Cycle], signed: Mapping[int, Signed]) -> MoneyReport | None:
    """Compare each signed plan with the actuals of its first month that was still to come; None where none compares.

    Families of which the file does not say what was shipped and what lay in stock are left out on both sides.
    """
    planned, actual, months = Money(), Money(), 0
    for cycle in cycles:
        version = signed.get(cycle.id)
        pairs = list(_compared(cycle, past, version)) if version else []
        planned = sum((own for own, _ in pairs), planned)
        actual = sum((came for _, came in pairs), actual)
        months += bool(pairs)
    return MoneyReport(months, planned, actual) if months else None


def _compared(cycle: Cycle, past: Past, version: Signed) -> Iterator[tuple[Money, Money]]:
    """The plan and what came, family by family."""
    month = month_after(month_of(cycle.workspace.today(version.at)))
    if month not in cycle.months or month >= past.first:
        return
    economics = kept_economics(cycle, past)
    for family, numbers in version.numbers.items():
        actual = past.closed[family].actuals.get(month) if family in past.closed else None
        if actual is None or actual.shipments is None or actual.inventory is None or "inventory" not in numbers:
            continue
        cost, price = economics[family].unit_cost, economics[family].unit_price
        opening = numbers["inventory"], numbers["backlog"]
        plan = FamilyPlan(family, cost, price, *opening, tuple(numbers["demand"]), tuple(numbers["supply"]))
        own = money_of(plan, plan.months[cycle.months.index(month)])
        yield own, Money(actual.shipments * price, actual.shipments * cost, actual.inventory * cost)
