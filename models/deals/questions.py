"""What the two sides say to each other besides terms, as rows: questions, and who joins the customer's call."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.declarative import Base
from models.workspace.members import Member
from models.workspace.roles import Side
from models.workspace.workspaces import OfWorkspace

if TYPE_CHECKING:
    from models.deals.rows import Deal


class Question(OfWorkspace, Base):
    """A question to the other side, and its answer."""

    __tablename__ = "question"

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"), index=True)
    to_side: Mapped[Side]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    asked_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    answered_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(Text)
    deal: Mapped["Deal"] = relationship(back_populates="questions")
    asked_by: Mapped[Member] = relationship(foreign_keys=asked_by_id)
    answered_by: Mapped[Member | None] = relationship(foreign_keys=answered_by_id)


class CallGuest(OfWorkspace, Base):
    """A person who will sit in on the customer's call."""

    __tablename__ = "call_guest"
    __table_args__ = (UniqueConstraint("deal_id", "member_id"),)

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    joined_at: Mapped[datetime]
    deal: Mapped["Deal"] = relationship(back_populates="guests")
    member: Mapped[Member] = relationship()
