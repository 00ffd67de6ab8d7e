"""The rows of planning: the settings of a workspace, its cycles, what was answered, decided and signed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.columns import Document, Name, SlackId, Word
from models.base.declarative import Base
from models.workspace.members import Member
from models.workspace.workspaces import OfWorkspace

DAYS = {"data": 1, "demand": 3, "demand_due": 6, "supply": 7, "supply_due": 9, "reconciliation": 10, "executive": 12}


class Step(StrEnum):
    """Where a cycle stands; the steps in their order."""

    DATA = "data"
    DEMAND = "demand"
    SUPPLY = "supply"
    RECONCILIATION = "reconciliation"
    EXECUTIVE = "executive"
    SIGNED = "signed"


class Planning(OfWorkspace, Base):
    """How a workspace plans: where the page goes, who coordinates, on which working days; `next_at` opens a cycle.

    Forecasts are judged by what was said `lag` months ahead.
    """

    __tablename__ = "planning"
    __table_args__ = (UniqueConstraint("workspace_id"), Index(None, "next_at"))

    channel: Mapped[SlackId]
    coordinator_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    days: Mapped[dict[str, int]] = mapped_column(Document, default=lambda: dict(DAYS))
    next_at: Mapped[datetime | None]
    lag: Mapped[int] = mapped_column(default=1, server_default="1")
    coordinator: Mapped[Member] = relationship()


class FamilyOwner(OfWorkspace, Base):
    """Who answers for the supply of a family; families without one are everybody's in operations."""

    __tablename__ = "family_owner"
    __table_args__ = (UniqueConstraint("workspace_id", "family"),)

    family: Mapped[Name]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    member: Mapped[Member] = relationship()


class Actual(OfWorkspace, Base):
    """What a month of a family really was, in units; None where nobody has said."""

    __tablename__ = "actual"
    __table_args__ = (UniqueConstraint("workspace_id", "family", "month"),)

    family: Mapped[Name]
    month: Mapped[date]
    bookings: Mapped[int | None]
    shipments: Mapped[int | None]
    supply: Mapped[int | None]
    inventory: Mapped[int | None]
    backlog: Mapped[int | None]


class Cycle(OfWorkspace, Base):
    """A monthly cycle: it plans from its own month on. Lists are by month; `step_at` is when the next step begins.

    `means` are families with less than a year of history, `stale` those whose last months are unknown.
    """

    __tablename__ = "cycle"
    __table_args__ = (UniqueConstraint("workspace_id", "month"), Index(None, "step_at"))

    month: Mapped[date]
    step: Mapped[Word]
    opened_at: Mapped[datetime]
    step_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)
    baselines: Mapped[dict[str, list[int]]] = mapped_column(Document)
    means: Mapped[list[str]] = mapped_column(Document)
    stale: Mapped[list[str]] = mapped_column(Document, default=list, server_default="[]")


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
    step: Mapped[Word]
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
    """A version of the plan as leadership signed it; `changes` says what is different from the one before."""

    __tablename__ = "signed"
    __table_args__ = (UniqueConstraint("cycle_id", "version"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    version: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    numbers: Mapped[dict[str, Any]] = mapped_column(Document)
    changes: Mapped[str] = mapped_column(Text, default="")
    cycle: Mapped[Cycle] = relationship()
    by: Mapped[Member] = relationship()
