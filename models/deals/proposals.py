"""Proposals: complete terms that one side put forward, their lines, and what they left."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.columns import Document, MinorUnits
from models.base.declarative import Base
from models.company.offers import OfferRow
from models.deals.decisions import Decision
from models.deals.states import AGREEING
from models.deals.steps import Step
from models.promise import Line, Margin, Use
from models.workspace.members import Member
from models.workspace.roles import Side
from models.workspace.workspaces import OfWorkspace

if TYPE_CHECKING:
    from models.deals.rows import Deal


class Proposal(OfWorkspace, Base):
    """Complete terms that one side put forward; never changed afterwards but for what a check found.

    `clauses` are the terms beyond the lines: values by the ids of the company's clauses.
    """

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("deal_id", "version"),)

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"))
    version: Mapped[int]
    side: Mapped[Side]
    author_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    proposed_at: Mapped[datetime]
    overtime_agreed: Mapped[MinorUnits | None]
    is_below_floor: Mapped[bool] = mapped_column(default=False)
    policy_version: Mapped[int | None]
    is_customers_wish: Mapped[bool] = mapped_column(default=False)
    clauses: Mapped[dict[str, str]] = mapped_column(Document, default=dict)
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    deal: Mapped["Deal"] = relationship(back_populates="proposals", foreign_keys=deal_id)
    author: Mapped[Member] = relationship(foreign_keys=author_id)
    on_behalf_of: Mapped[Member | None] = relationship(foreign_keys=on_behalf_of_id)
    lines: Mapped[list["ProposalLine"]] = relationship(
        back_populates="proposal", order_by="ProposalLine.position", lazy="selectin"
    )

    all_steps: Mapped[list["Step"]] = relationship(back_populates="proposal", order_by="Step.id")
    figures: Mapped["Figures | None"] = relationship(back_populates="proposal")

    @property
    def principal(self) -> Member:
        """Whose terms they are: of who is away, where their deputy put them forward."""
        return self.on_behalf_of or self.author

    @property
    def steps(self) -> list["Step"]:
        """Who is asked, in the order in which they are."""
        return sorted((step for step in self.all_steps if step.dropped_at is None), key=lambda step: step.rank)

    @property
    def agreements(self) -> list["Decision"]:
        """Decisions that agreed to these terms, and stand."""
        on_it = [d for d in self.deal.decisions if d.proposal_id == self.id and d.taken_back_at is None]
        return [decision for decision in on_it if decision.move in AGREEING]

    def asks(self, side: Side) -> bool:
        """Whether a side is asked to agree, now or later."""
        return any(step.side == side for step in self.steps)

    @property
    def is_on_the_spot(self) -> bool:
        """Whether these terms ask nobody: a promise of them was made on the spot."""
        return self.side == Side.SALES and not self.steps and not self.agreements

    @property
    def seller_missing(self) -> frozenset[Side]:
        """Sales, where the seller has neither put these terms forward nor accepted them."""
        has_agreed = self.side == Side.SALES or any(decision.side == Side.SALES for decision in self.agreements)
        return frozenset() if has_agreed else frozenset({Side.SALES})

    @property
    def open_steps(self) -> list["Step"]:
        """The steps that are asked now: of those that are not done, the ones of the lowest rank."""
        missing = [step for step in self.steps if not step.is_done]
        first = min((step.rank for step in missing), default=0)
        return [step for step in missing if step.rank == first]

    @property
    def overtime_allowed(self) -> int | None:
        """The cost of overtime that operations agreed to; None when to none."""
        given = [decision.overtime_agreed for decision in self.agreements] + [self.overtime_agreed]
        return max((cost for cost in given if cost is not None), default=None)

    @property
    def terms(self) -> tuple[Line, ...]:
        """The lines as a check wants them."""
        return tuple(Line(line.offer.name, line.quantity, line.unit_price, line.week) for line in self.lines)


class ProposalLine(OfWorkspace, Base):
    """One delivery of a proposal; the price in minor units, the week by its Monday."""

    __tablename__ = "proposal_line"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    position: Mapped[int]
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    quantity: Mapped[int]
    unit_price: Mapped[MinorUnits]
    week: Mapped[date]
    proposal: Mapped[Proposal] = relationship(back_populates="lines")
    offer: Mapped[OfferRow] = relationship(lazy="joined", innerjoin=True)


class Figures(OfWorkspace, Base):
    """What terms left when they were held or promised, in minor units: kept, whatever costs and queues do afterwards.

    `overtime` is what was agreed to: resource, week, thousandths of its unit, and cost of each.
    """

    __tablename__ = "figures"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), unique=True)
    kept_at: Mapped[datetime]
    # As documents: the sum of a large deal is more than a column of a database holds.
    money: Mapped[dict[str, int]] = mapped_column(Document)
    overtime: Mapped[list[Any]] = mapped_column(Document)
    proposal: Mapped[Proposal] = relationship(back_populates="figures")

    @property
    def margin(self) -> Margin:
        """What was left."""
        return Margin(**self.money)

    @property
    def uses(self) -> tuple[Use, ...]:
        """The overtime that was agreed to."""
        return tuple(Use(name, date.fromisoformat(week), n, cost) for name, week, n, cost in self.overtime)
