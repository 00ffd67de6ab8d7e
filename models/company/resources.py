"""Resources: what a week offers, what is in stock, and what loads them."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.columns import MinorUnits, Name, Thousandths
from models.base.declarative import Base
from models.promise.facts import Kind
from models.workspace.members import Member
from models.workspace.workspaces import OfWorkspace, Workspace


class ResourceRow(OfWorkspace, Base):
    """A resource of a company; amounts in thousandths of its unit."""

    __tablename__ = "resource"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    name: Mapped[Name]
    kind: Mapped[Kind]
    unit: Mapped[Name]
    weekly: Mapped[Thousandths] = mapped_column(default=0)
    overtime: Mapped[Thousandths] = mapped_column(default=0)
    overtime_cost: Mapped[MinorUnits] = mapped_column(default=0)
    on_hand: Mapped[Thousandths] = mapped_column(default=0)
    as_of: Mapped[date | None]
    # Whose time it is, where it is a person's.
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    retired_at: Mapped[datetime | None]
    weeks: Mapped[list["WeekExceptionRow"]] = relationship(back_populates="resource", cascade="all, delete-orphan")
    receipts: Mapped[list["ReceiptRow"]] = relationship(back_populates="resource", cascade="all, delete-orphan")
    member: Mapped[Member | None] = relationship()


class WeekExceptionRow(OfWorkspace, Base):
    """A week in which a resource differs from the usual; None stays usual."""

    __tablename__ = "week_exception"
    __table_args__ = (UniqueConstraint("resource_id", "week"),)

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    week: Mapped[date]
    available: Mapped[Thousandths | None]
    overtime: Mapped[Thousandths | None]
    reason: Mapped[Name | None] = mapped_column(String(200))
    resource: Mapped[ResourceRow] = relationship(back_populates="weeks")


class ReceiptRow(OfWorkspace, Base):
    """Stock that will arrive in a week."""

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("resource_id", "week"),)

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    week: Mapped[date]
    quantity: Mapped[Thousandths]
    resource: Mapped[ResourceRow] = relationship(back_populates="receipts")


class Commitment(OfWorkspace, Base):
    """Capacity that is promised: by a deal, or by something imported under its own reference.

    `since` is when it was first held or promised: the place in the queue. What was imported has none and stands first.
    """

    __tablename__ = "commitment"
    __table_args__ = (
        UniqueConstraint("workspace_id", "ref", "resource_id", "week"),
        # All that a count reads, so that the rows themselves need not be looked up.
        Index("ix_commitment_counted", "resource_id", "week", "released_at", "deal_id", "quantity", "since"),
    )

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    week: Mapped[date]
    quantity: Mapped[Thousandths]
    ref: Mapped[Name | None] = mapped_column(String(200))
    note: Mapped[Name | None] = mapped_column(String(200))
    deal_id: Mapped[int | None] = mapped_column(ForeignKey("deal.id"), index=True)
    since: Mapped[datetime | None]
    committed_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    resource: Mapped[ResourceRow] = relationship()


class Hold(OfWorkspace, Base):
    """Capacity that a counter-proposal keeps until it expires; expiry is a comparison when reading.

    `since` is when it was first held or promised: an earlier counter may have held it before this one.
    """

    __tablename__ = "hold"
    __table_args__ = (Index(None, "resource_id", "week"),)

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    week: Mapped[date]
    quantity: Mapped[Thousandths]
    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"), index=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    since: Mapped[datetime]
    held_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    resource: Mapped[ResourceRow] = relationship()


def in_use(workspace: Workspace) -> tuple[ColumnElement[bool], ...]:
    """The resources that the company counts on now."""
    return ResourceRow.workspace_id == workspace.id, ResourceRow.retired_at.is_(None)
