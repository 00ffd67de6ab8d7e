"""Yes, if …: what has to be fulfilled for a yes to hold, by whom, by when, and before what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.declarative import Base
from models.base.errors import Refused
from models.base.language import N_, _
from models.workspace.members import Member
from models.workspace.workspaces import OfWorkspace

if TYPE_CHECKING:
    from models.deals.decisions import Decision
    from models.deals.rows import Deal

MOST_CONDITIONS = 3
MOST_OPEN = 12


class Before(StrEnum):
    """What a condition holds up: the customer's order, or the delivery."""

    WINNING = N_("winning")
    DELIVERY = N_("delivery")


@dataclass(frozen=True)
class GivenCondition:
    """A condition as somebody sets it."""

    text: str
    owner: Member
    due: date
    before: Before


class Condition(OfWorkspace, Base):
    """What a yes is bound to: `owner` fulfils it until `due`; whoever said yes may waive it."""

    __tablename__ = "condition"

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    due: Mapped[date]
    before: Mapped[Before]
    met_at: Mapped[datetime | None]
    met_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    waived_at: Mapped[datetime | None]
    waived_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    note: Mapped[str | None] = mapped_column(Text)
    deal: Mapped["Deal"] = relationship(back_populates="conditions")
    decision: Mapped["Decision"] = relationship()
    owner: Mapped[Member] = relationship(foreign_keys=owner_id)
    met_by: Mapped[Member | None] = relationship(foreign_keys=met_by_id)
    waived_by: Mapped[Member | None] = relationship(foreign_keys=waived_by_id)

    @property
    def stands(self) -> bool:
        """Whether the yes that it is bound to counts for the present terms."""
        if self.decision.taken_back_at is not None:
            return False
        proposal = self.deal.proposal
        if self.decision.proposal_id == proposal.id:
            return True
        given, version = self.decision.step, self.version
        return given is not None and any(s.key == given.key and s.kept_version == version for s in proposal.steps)

    @property
    def version(self) -> int:
        """The version of the terms to which the yes was said."""
        return next((p.version for p in self.deal.proposals if p.id == self.decision.proposal_id), 0)

    @property
    def is_open(self) -> bool:
        """Whether it still holds something up."""
        return self.met_at is None and self.waived_at is None and self.stands


def check_conditions(given: Sequence[GivenCondition], *, today: date) -> None:
    """Refuse what nobody could fulfil or be reminded of."""
    if len(given) > MOST_CONDITIONS:
        raise Refused(_("At most {most_conditions} conditions with one yes.", most_conditions=MOST_CONDITIONS))
    for number, one in enumerate(given):
        if not one.text.strip():
            raise Refused(_("What has to be fulfilled?"), field=f"condition.{number}")
        if one.owner.is_outsider:
            raise Refused(
                _("{name} is a guest or from another organisation.", name=one.owner.name), field=f"owner.{number}"
            )
        if one.due < today:
            raise Refused(_("Choose today or a later day."), field=f"due.{number}")
