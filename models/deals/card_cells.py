"""The weeks of resources that a deal touches, as a card draws them."""

from dataclasses import dataclass
from datetime import date

from models.base.arithmetic import monday
from models.deals.terms import Checked
from models.promise import Kind


@dataclass(frozen=True)
class Cell:
    """A resource in a week as a deal meets it, in thousandths: what is there, what loads it, what the deal needs."""

    resource: str
    unit: str
    week: date
    available: int
    load: int
    need: int

    @property
    def share(self) -> float:
        """How full the week would be; only for drawing."""
        return (self.load + self.need) / self.available if self.available else float("inf")


def cells_of(checked: Checked, *, most: int = 3) -> tuple[Cell, ...]:
    """The time that a deal touches, the fullest weeks first, then in order of weeks."""
    first = monday(checked.check.deal.today)
    cells = [
        Cell(name, resource.unit, week, resource.available(week), resource.load.get(week, 0), need)
        for name, by_week in checked.check.needs.items()
        for resource in (checked.company.resources[name],)
        if resource.kind is Kind.TIME
        for week, need in by_week.items()
        if week >= first
    ]
    tightest = sorted(cells, key=lambda cell: (-cell.share, cell.week, cell.resource))[:most]
    return tuple(sorted(tightest, key=lambda cell: (cell.week, cell.resource)))
