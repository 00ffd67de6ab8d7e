"""The budget: revenue of families by month, optionally units and margin; and the year beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base.arithmetic import half_up
from models.base.columns import MinorUnits, Name
from models.base.declarative import Base
from models.base.errors import Refused
from models.base.language import _, language
from models.base.months import months_from
from models.base.words import in_language, month_text
from models.sheets.preview import Preview
from models.sop.identities import FamilyPlan
from models.sop.past_sales import Past
from models.sop.rules import check_may_budget
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.workspaces import OfWorkspace, Workspace


class Budget(OfWorkspace, Base):
    """What was budgeted of a family for a month; money in minor units."""

    __tablename__ = "budget"
    __table_args__ = (UniqueConstraint("workspace_id", "family", "month"),)

    family: Mapped[Name]
    month: Mapped[date]
    revenue: Mapped[MinorUnits]
    units: Mapped[int | None]
    margin: Mapped[MinorUnits | None] = mapped_column(nullable=True)


@dataclass(frozen=True)
class BudgetMonth:
    """A month of a family, as a file says it."""

    family: str
    month: date
    revenue: int | None
    units: int | None = None
    margin: int | None = None


@dataclass(frozen=True)
class YearMoney:
    """The revenue of a calendar year: what came to date and is planned to come, beside the budget of both (or None)."""

    year: int
    to_date: int
    to_come: int
    budget_to_date: int | None = None
    budget_to_come: int | None = None

    @property
    def budget(self) -> int | None:
        """That of the whole year."""
        parts = [part for part in (self.budget_to_date, self.budget_to_come) if part is not None]
        return sum(parts) if parts else None

    @property
    def difference(self) -> int | None:
        """Plan less budget."""
        return None if self.budget is None else self.to_date + self.to_come - self.budget


def budget_in(read: Preview, places: int) -> list[BudgetMonth]:
    """The months that a table holds, once nothing about it is open."""

    def minor(text: str | None) -> int | None:
        return None if text is None else half_up(Fraction(Decimal(text).scaleb(places)))

    return [
        BudgetMonth(
            row["family"],
            date.fromisoformat(f"{row['month']}-01"),
            minor(row.get("revenue")),
            int(row["units"]) if "units" in row else None,
            minor(row.get("margin")),
        )
        for row in read.rows
    ]


def import_budget(workspace: Workspace, given: Sequence[BudgetMonth], *, by: Member, now: datetime) -> int:
    """Take all rows over: what a file says is so, a month or a column that it does not name stays; how many rows."""
    check_may_budget(by)
    workspace.lock()
    known = {(row.family, row.month): row for row in _rows(workspace)}
    for entry in given:
        row = known.get((entry.family, entry.month))
        row = row or Budget(workspace=workspace, family=entry.family, month=entry.month)
        for name in ("revenue", "units", "margin"):
            if getattr(entry, name) is not None:
                setattr(row, name, getattr(entry, name))
        if row.revenue is None:
            month = month_text(entry.month, in_language(language(), None))
            raise Refused(_("The budget of {family} for {month} has no revenue.", family=entry.family, month=month))
        workspace.session.add(row)
    workspace.session.flush()
    record(workspace, "import_budget", by=by, now=now, details={"rows": len(given)})
    return len(given)


def year_of(workspace: Workspace, past: Past, plans: Sequence[FamilyPlan], months: Sequence[date]) -> YearMoney:
    """The calendar year in which the plan begins: shipments at price, to date and to come, beside the budget."""
    first = months[0]
    before = months_from(first.replace(month=1), first.month - 1)
    after = [month for month in months if month.year == first.year]
    prices = {plan.family: plan.unit_price for plan in plans}
    to_date = sum(
        (past.closed[family].shipments(month) * price for family, price in prices.items() for month in before),
        Fraction(0),
    )
    shipped = (plan.months[n].shipments * plan.unit_price for plan in plans for n in range(len(after)))
    to_come = sum(shipped, Fraction(0))
    budget = _by_month(workspace)
    return YearMoney(first.year, half_up(to_date), half_up(to_come), _sum(budget, before), _sum(budget, after))


def _by_month(workspace: Workspace) -> dict[date, int]:
    sums: dict[date, int] = {}
    for row in _rows(workspace):
        sums[row.month] = sums.get(row.month, 0) + row.revenue
    return sums


def _sum(budget: Mapping[date, int], months: Sequence[date]) -> int | None:
    known = [budget[month] for month in months if month in budget]
    return sum(known) if known else None


def _rows(workspace: Workspace) -> Sequence[Budget]:
    return workspace.session.scalars(select(Budget).where(Budget.workspace_id == workspace.id)).all()
