"""The page: demand, supply, net stock and the money in it; gaps, capacity, lost demand, who is silent."""

from dataclasses import dataclass, field
from datetime import date

from models.sop.accuracy import Accuracy
from models.sop.accuracy_report import AccuracyRow
from models.sop.budgets import YearMoney
from models.sop.gaps import Gap
from models.sop.identities import FamilyPlan, check_identities
from models.sop.resolutions import Decided
from models.sop.rough_cut import ResourceMonths
from models.sop.scenarios import Imagined
from models.sop.ways_out import Remedies, WayOut


@dataclass(frozen=True)
class Lost:
    """Units of a family that were refused or shrunk in a month, with the deal and the reason."""

    family: str
    month: date
    units: int
    reason: str
    deal: int
    customer: str


@dataclass(frozen=True)
class Change:
    """What a person put in the place of other numbers: units more, or fewer, over all months, in which, and why."""

    family: str
    seller: str
    units: int
    reason: str
    months: tuple[date, ...] = ()


@dataclass(frozen=True)
class Said:
    """A comment on a family, or on the gap in which its month lies, and who made it."""

    family: str
    month: date | None
    text: str
    by: str


@dataclass(frozen=True)
class MonthBefore:
    """The last closed month, all families together: what was, and how good what had been forecast was.

    `booked` is None where nobody knows. Where there are several families, amounts are minor units at list price, since
    units of different families do not add up (`is_money`).
    """

    month: date
    booked: int | None
    shipped: int
    inventory: int
    backlog: int
    accuracy: Accuracy
    is_money: bool = False


@dataclass(frozen=True)
class Page:
    """A cycle as numbers; `silent` are those who have not answered, by step, and count with what was filled in.

    `gone` are families that are not sold any more, `unasked` those that nobody was asked to forecast, `unknown` the
    months of the past that the data does not name, `old_stock` the month of which inventory or backlog is the latest.
    `sales` is what sales believe, where demand is a consensus; `agreed` says by how much, by whom and why. `scenarios`
    and the `accuracy` of families are in a page that goes into a workbook.
    """

    cycle: int
    month: date
    step: str
    version: int
    months: tuple[date, ...]
    plans: tuple[FamilyPlan, ...]
    contingent: dict[str, tuple[int, ...]]
    gaps: tuple[Gap, ...]
    capacity: tuple[ResourceMonths, ...]
    lost: tuple[Lost, ...]
    limits: dict[str, str]
    silent: dict[str, tuple[str, ...]]
    means: tuple[str, ...]
    remedies: Remedies | None = None
    ways: tuple[tuple[WayOut, ...], ...] = ()
    decided: tuple[Decided, ...] = ()
    gone: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    unknown: dict[str, tuple[date, ...]] = field(default_factory=dict)
    old_stock: dict[str, date] = field(default_factory=dict)
    sales: dict[str, tuple[int, ...]] = field(default_factory=dict)
    agreed: tuple[Change, ...] = ()
    year: YearMoney | None = None
    changes: tuple[Change, ...] = ()
    before: MonthBefore | None = None
    said: tuple[Said, ...] = ()
    keeps_stock: bool = True
    scenarios: tuple[Imagined, ...] = ()
    accuracy: tuple[AccuracyRow, ...] = ()

    def ways_out(self, number: int) -> tuple[WayOut, ...]:
        """The ways out of a gap, by its place in the ranking."""
        if self.remedies is not None:
            return self.remedies.ways_out(self.gaps[number])
        return self.ways[number] if number < len(self.ways) else ()

    def is_decided(self, gap: Gap) -> bool:
        """Whether something was decided about a month of the gap, or about its family as a whole."""
        return bool(self.decided_on(gap))

    def decided_on(self, gap: Gap) -> tuple[Decided, ...]:
        """What was decided about a month of the gap, or about its family as a whole."""
        months = {None, *self.months[gap.first : gap.last + 1]}
        return tuple(one for one in self.decided if one.family == gap.family and one.month in months)

    def said_of(self, gap: Gap | None) -> tuple[Said, ...]:
        """The comments on a gap; None: those that belong to no gap."""
        places = [(one, self.gap_in(one.family, one.month)) for one in self.said]
        return tuple(one for one, place in places if (None if place is None else self.gaps[place]) == gap)

    def gap_in(self, family: str, month: date | None) -> int | None:
        """The gap of a family in which a month lies, by its place in the ranking."""
        number = self.months.index(month) if month in self.months else -1
        gaps = (n for n, gap in enumerate(self.gaps) if gap.family == family and gap.first <= number <= gap.last)
        return next(gaps, None)

    @property
    def open_decisions(self) -> tuple[Decided, ...]:
        """What was decided and is not done yet."""
        return tuple(one for one in self.decided if not one.is_closed)

    def check(self) -> None:
        """Refuse a page that does not add up."""
        for plan in self.plans:
            check_identities(plan, plan.months)
