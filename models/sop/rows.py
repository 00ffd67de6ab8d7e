"""The rows of planning: the settings of a workspace, its cycles, what was answered, decided and signed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.base.columns import Document, Name, SlackId
from models.base.declarative import Base
from models.base.months import months_from
from models.company.offers import OfferRow, offered
from models.sop.bands import Band, Level
from models.sop.identities import HORIZON
from models.sop.steps import Step
from models.workspace.members import Member
from models.workspace.workspaces import OfWorkspace

CARRYING_RATE = Decimal("0.20")
DAYS = {"data": 1, "demand": 3, "demand_due": 6, "supply": 7, "supply_due": 9, "reconciliation": 10, "executive": 12}


class Planning(OfWorkspace, Base):
    """How a workspace plans: where the page goes, who coordinates, on which working days; `next_at` opens a cycle.

    Forecasts are judged by what was said `lag` months ahead. Stock costs `carrying_rate` of its value a year.
    `shows_money`: whether the published page shows money, in all.
    """

    __tablename__ = "planning"
    __table_args__ = (UniqueConstraint("workspace_id"), Index(None, "next_at"))

    channel: Mapped[SlackId]
    coordinator_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    days: Mapped[dict[str, int]] = mapped_column(Document, default=lambda: dict(DAYS))
    next_at: Mapped[datetime | None]
    lag: Mapped[int] = mapped_column(default=1, server_default="1")
    carrying_rate: Mapped[Decimal] = mapped_column(default=CARRYING_RATE, server_default=str(CARRYING_RATE))
    shows_money: Mapped[bool] = mapped_column(default=False, server_default=false())
    coordinator: Mapped[Member] = relationship()


class StockTarget(OfWorkspace, Base):
    """Where the net stock of a family should lie; in units, or (`is_..._cover`) in months of the demand to come.

    `tolerance` is a percentage of the month's demand.
    """

    __tablename__ = "stock_target"
    __table_args__ = (UniqueConstraint("workspace_id", "family"),)

    family: Mapped[Name]
    target: Mapped[Decimal] = mapped_column(default=Decimal(0))
    is_target_cover: Mapped[bool] = mapped_column(default=False)
    ceiling: Mapped[Decimal | None]
    is_ceiling_cover: Mapped[bool] = mapped_column(default=False)
    tolerance: Mapped[Decimal] = mapped_column(default=Decimal(5))

    @property
    def band(self) -> Band:
        """The same as the plan's arithmetic takes it."""
        ceiling = None if self.ceiling is None else Level(Fraction(self.ceiling), self.is_ceiling_cover)
        return Band(Level(Fraction(self.target), self.is_target_cover), ceiling, Fraction(self.tolerance))


class Actual(OfWorkspace, Base):
    """What a month of a family really was, in units; None where nobody has said.

    `left_out`: why the baseline leaves it out.
    """

    __tablename__ = "actual"
    __table_args__ = (UniqueConstraint("workspace_id", "family", "month"),)

    family: Mapped[Name]
    month: Mapped[date]
    bookings: Mapped[int | None]
    shipments: Mapped[int | None]
    supply: Mapped[int | None]
    inventory: Mapped[int | None]
    backlog: Mapped[int | None]
    left_out: Mapped[str | None] = mapped_column(Text)


class Cycle(OfWorkspace, Base):
    """A monthly cycle: it plans from its own month on. Lists are by month; `step_at` is when the next step begins.

    `means` are families with less than a year of history, `stale` those whose last months are unknown, `unknown` the
    months between that the data does not name. `economics` are cost, price and needs as they were when it opened,
    `agreed` the demand with which the executive meeting began, `thread` where its page stands in the S&OP channel.
    """

    __tablename__ = "cycle"
    __table_args__ = (UniqueConstraint("workspace_id", "month"), Index(None, "step_at"))

    month: Mapped[date]
    step: Mapped[Step] = mapped_column(default=Step.DATA)
    opened_at: Mapped[datetime]
    step_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)
    baselines: Mapped[dict[str, list[int]]] = mapped_column(Document)
    means: Mapped[list[str]] = mapped_column(Document)
    stale: Mapped[list[str]] = mapped_column(Document, default=list, server_default="[]")
    unknown: Mapped[dict[str, list[str]]] = mapped_column(Document, default=dict, server_default="{}")
    economics: Mapped[dict[str, Any]] = mapped_column(Document, default=dict, server_default="{}")
    agreed: Mapped[dict[str, list[int]] | None] = mapped_column(Document, nullable=True)
    thread: Mapped[str | None] = mapped_column(String(40))

    @property
    def months(self) -> list[date]:
        """The months that it plans."""
        return months_from(self.month, HORIZON)

    @property
    def families(self) -> list[str]:
        """The families that it plans: those that it began with, and what has come into the catalogue since."""
        sold = select(OfferRow.family).where(*offered(self.workspace), OfferRow.standard)
        return sorted({*self.baselines, *self.session.scalars(sold.distinct())})

    @property
    def forecasts(self) -> list["Forecast"]:
        """What sellers believe, or were prefilled with."""
        rows = select(Forecast).where(Forecast.cycle_id == self.id).order_by(Forecast.family, Forecast.member_id)
        return list(self.session.scalars(rows.options(joinedload(Forecast.member))))

    @property
    def supplies(self) -> list["SupplyPlan"]:
        """What operations will supply."""
        rows = select(SupplyPlan).where(SupplyPlan.cycle_id == self.id).order_by(SupplyPlan.family)
        return list(self.session.scalars(rows.options(joinedload(SupplyPlan.by))))

    @property
    def consensus(self) -> list["Consensus"]:
        """Where the coordinator has put another demand in the place of what sales believe."""
        rows = select(Consensus).where(Consensus.cycle_id == self.id).order_by(Consensus.family)
        return list(self.session.scalars(rows))

    @property
    def demand(self) -> dict[str, list[int]]:
        """Demand without constraints, by family and month: the consensus where there is one, else what sales say."""
        return agreed(self.demand_in(self.forecasts), self.consensus)

    @property
    def latest_signed(self) -> "Signed | None":
        """The plan as it was signed last."""
        versions = select(Signed).where(Signed.cycle_id == self.id).order_by(Signed.version.desc())
        return self.session.scalar(versions.limit(1))

    @property
    def unsigned_before(self) -> date | None:
        """The month before, where nobody signed its plan."""
        earlier = select(Cycle).where(Cycle.workspace_id == self.workspace_id, Cycle.month < self.month)
        before = self.session.scalar(earlier.order_by(Cycle.month.desc()).limit(1))
        return before.month if before is not None and before.version == 0 else None

    @property
    def is_present(self) -> bool:
        """Whether no later cycle has begun."""
        later = select(Cycle.id).where(Cycle.workspace_id == self.workspace_id, Cycle.month > self.month)
        return self.session.scalar(later.limit(1)) is None

    def demand_in(self, forecasts: Iterable["Forecast"]) -> dict[str, list[int]]:
        """Certain and contingent of all sellers; where nobody was asked for a forecast, the baseline."""
        demand: dict[str, list[int]] = {}
        for row in forecasts:
            known = demand.setdefault(row.family, [0] * HORIZON)
            demand[row.family] = [have + units for have, units in zip(known, row.units, strict=True)]
        return {**{family: list(units) for family, units in self.baselines.items()}, **demand}

    def demand_for(self, family: str) -> list[int]:
        """The demand of one family."""
        return self.demand.get(family, [0] * HORIZON)

    def unanswered(self, step: Step) -> list[Member]:
        """Who has not answered a step."""
        return [task.member for task in self.open_tasks(step)]

    def open_tasks(self, step: Step) -> list["Task"]:
        """What a step waits for."""
        tasks = select(Task).where(Task.cycle_id == self.id, Task.step == step, Task.done_at.is_(None))
        return list(self.session.scalars(tasks.order_by(Task.id)))


class Consensus(OfWorkspace, Base):
    """The demand of a family that the coordinator and sales agreed on, by month; None where sales' number stands."""

    __tablename__ = "consensus"
    __table_args__ = (UniqueConstraint("cycle_id", "family"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    family: Mapped[Name]
    units: Mapped[list[int | None]] = mapped_column(Document)
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    cycle: Mapped[Cycle] = relationship()
    by: Mapped[Member] = relationship()


class Forecast(OfWorkspace, Base):
    """What a seller believes of a family, by month: certain and contingent; the prefill until it is answered."""

    __tablename__ = "forecast"
    __table_args__ = (UniqueConstraint("cycle_id", "member_id", "family"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    family: Mapped[Name]
    certain: Mapped[list[int]] = mapped_column(Document)
    contingent: Mapped[list[int]] = mapped_column(Document)
    prefill: Mapped[list[int]] = mapped_column(Document)
    frozen: Mapped[list[int] | None] = mapped_column(Document, nullable=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    cycle: Mapped[Cycle] = relationship()
    member: Mapped[Member] = relationship()

    @property
    def units(self) -> list[int]:
        """Certain and contingent together."""
        return [sure + perhaps for sure, perhaps in zip(self.certain, self.contingent, strict=True)]


class SupplyPlan(OfWorkspace, Base):
    """What operations will supply of a family, by month, and what limits it."""

    __tablename__ = "supply_plan"
    __table_args__ = (UniqueConstraint("cycle_id", "family"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    family: Mapped[Name]
    units: Mapped[list[int]] = mapped_column(Document)
    prefill: Mapped[list[int]] = mapped_column(Document)
    limit: Mapped[str] = mapped_column("limited_by", Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    answered_at: Mapped[datetime | None]
    cycle: Mapped[Cycle] = relationship()
    by: Mapped[Member | None] = relationship()


class Task(OfWorkspace, Base):
    """A step that waits for a person; `next_at` is the next reminder, `escalate_at` when leadership is told."""

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("cycle_id", "step", "member_id"), Index(None, "done_at", "next_at"))

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    step: Mapped[Step]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    due_at: Mapped[datetime]
    next_at: Mapped[datetime]
    escalate_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    cycle: Mapped[Cycle] = relationship()
    member: Mapped[Member] = relationship()


class Resolution(OfWorkspace, Base):
    """A decision of the cycle, with its owner and its date; open until it is closed, and carried over until then."""

    __tablename__ = "resolution"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    family: Mapped[Name]
    month: Mapped[date | None]
    text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    due: Mapped[date]
    next_at: Mapped[datetime | None]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    closed_at: Mapped[datetime | None]
    cycle: Mapped[Cycle] = relationship()
    owner: Mapped[Member] = relationship(foreign_keys=owner_id)


class Signed(OfWorkspace, Base):
    """A version of the plan as leadership signed it; `changes` says what is different from the one before.

    `page` is all that its page showed, `numbers` what later months are compared with.
    """

    __tablename__ = "signed"
    __table_args__ = (UniqueConstraint("cycle_id", "version"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    version: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    numbers: Mapped[dict[str, Any]] = mapped_column(Document)
    page: Mapped[dict[str, Any]] = mapped_column(Document, default=dict, server_default="{}")
    changes: Mapped[str] = mapped_column(Text, default="")
    cycle: Mapped[Cycle] = relationship()
    by: Mapped[Member] = relationship()


def agreed(demand: Mapping[str, list[int]], consensus: Iterable[Consensus]) -> dict[str, list[int]]:
    """What sales say, with the consensus in its place where there is one."""
    both = {family: list(units) for family, units in demand.items()}
    for row in consensus:
        sales = both.get(row.family, [0] * HORIZON)
        both[row.family] = [said if units is None else units for said, units in zip(sales, row.units, strict=True)]
    return both
