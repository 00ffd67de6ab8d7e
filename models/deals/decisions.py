"""Decisions: who decided what on which terms, and for whom."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.columns import MinorUnits, Word
from models.base.declarative import Base
from models.base.language import _
from models.deals.states import Move
from models.deals.steps import Step
from models.workspace.members import Member
from models.workspace.roles import Side
from models.workspace.workspaces import OfWorkspace

if TYPE_CHECKING:
    from models.deals.rows import Deal


class Decision(OfWorkspace, Base):
    """A decision: what, on which terms, for which side, by whom (a deputy: for whom), when and why."""

    __tablename__ = "decision"

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"), index=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    move: Mapped[Move]
    side: Mapped[Side]
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    code: Mapped[Word | None] = mapped_column(String(40))
    why: Mapped[str | None] = mapped_column(Text)
    overtime_agreed: Mapped[MinorUnits | None]
    taken_back_at: Mapped[datetime | None]
    step: Mapped["Step | None"] = relationship()
    deal: Mapped["Deal"] = relationship(back_populates="decisions")
    by: Mapped[Member] = relationship(foreign_keys=by_id)
    on_behalf_of: Mapped[Member | None] = relationship(foreign_keys=on_behalf_of_id)

    @property
    def principal(self) -> Member:
        """Whose decision it is: of who is away, where their deputy made it."""
        return self.on_behalf_of or self.by

    @property
    def people(self) -> frozenset[int | None]:
        """Who may take it back: who made it, and for whom."""
        return frozenset({self.by_id, self.on_behalf_of_id})

    @property
    def signed(self) -> str:
        """Who made it, and for whom."""
        name, principal = self.by.name, self.on_behalf_of
        return _("{name} for {principal}", name=name, principal=principal.name) if principal else name
