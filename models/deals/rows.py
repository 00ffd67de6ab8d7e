"""The rows of a negotiation."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.columns import Document, Name, SlackId
from models.base.declarative import Base
from models.company.reserves import Buyer
from models.deals.conditions import Before, Condition
from models.deals.decisions import Decision
from models.deals.proposals import Proposal
from models.deals.questions import CallGuest, Question
from models.deals.states import AGREEING, OPEN, Move, State
from models.deals.steps import Step
from models.workspace.members import Member
from models.workspace.roles import Role, Side
from models.workspace.workspaces import OfWorkspace

QUESTIONED = frozenset({*OPEN, State.APPROVED, State.WON})


class Deal(OfWorkspace, Base):
    """A deal with a customer; its terms are those of its present proposal."""

    __tablename__ = "deal"
    __table_args__ = (UniqueConstraint("workspace_id", "number"),)

    number: Mapped[int]
    customer: Mapped[Name]
    state: Mapped[State]
    seller_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    channel: Mapped[SlackId]
    told: Mapped[str] = mapped_column(Text, default="")
    campaign: Mapped[Name | None] = mapped_column(String(80))
    likelihood: Mapped[int | None]
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id", use_alter=True))
    promised_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id", use_alter=True))
    first_promised_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id", use_alter=True))
    proposed_at: Mapped[datetime]
    promised_at: Mapped[datetime | None]
    win_by: Mapped[date | None]
    call_at: Mapped[datetime | None]
    broken_at: Mapped[datetime | None]
    broken_why: Mapped[str | None] = mapped_column(Text)
    seller: Mapped[Member] = relationship()
    proposal: Mapped["Proposal"] = relationship(foreign_keys=proposal_id, post_update=True)
    promised: Mapped["Proposal | None"] = relationship(foreign_keys=promised_id, post_update=True)
    proposals: Mapped[list["Proposal"]] = relationship(
        back_populates="deal", foreign_keys="Proposal.deal_id", order_by="Proposal.version"
    )
    decisions: Mapped[list["Decision"]] = relationship(back_populates="deal", order_by="Decision.id")
    questions: Mapped[list["Question"]] = relationship(back_populates="deal", order_by="Question.id")
    guests: Mapped[list["CallGuest"]] = relationship(back_populates="deal", order_by="CallGuest.id")
    conditions: Mapped[list[Condition]] = relationship(back_populates="deal", order_by="Condition.id")
    found: Mapped["WaysFound | None"] = relationship(back_populates="deal")

    @property
    def open_conditions(self) -> list[Condition]:
        """What still has to be fulfilled for the yes that stands."""
        return [condition for condition in self.conditions if condition.is_open]

    def holds_up(self, before: Before) -> Condition | None:
        """The condition that is to be met first, before the order or before the delivery."""
        return next((one for one in self.open_conditions if one.before == before), None)

    @property
    def buyer(self) -> Buyer:
        """Who it is for, as reserves know it."""
        return Buyer(self.customer, self.campaign or "")

    @property
    def is_open(self) -> bool:
        """Whether terms are being negotiated."""
        return self.state in OPEN

    @property
    def was_countered(self) -> bool:
        """Whether the deciding sides ever made a counter-proposal."""
        return any(proposal.side != Side.SALES for proposal in self.proposals)

    @property
    def has_decision(self) -> bool:
        """Whether somebody has decided on the present terms, and stands by it."""
        on_them = [d for d in self.decisions if d.proposal_id == self.proposal_id and d.taken_back_at is None]
        return any(decision.move not in {Move.UNDO, Move.ABSTAIN} for decision in on_them)

    @property
    def is_sent_back(self) -> bool:
        """Whether somebody wants other terms: whoever put the present ones forward is to change them."""
        return self.sent_back is not None

    @property
    def is_recalled(self) -> bool:
        """Whether the seller is changing the present terms, which ask nobody meanwhile."""
        return self.sent_back is not None and self.sent_back.move == Move.RECALL

    @property
    def sent_back(self) -> "Decision | None":
        """Who wants other terms than the present ones, unless they have agreed to them after all."""
        on_them = [d for d in self.decisions if d.proposal_id == self.proposal_id and d.taken_back_at is None]
        agreed = {decision.principal.id: decision.id for decision in on_them if decision.move in AGREEING}
        sent = [d for d in on_them if d.move in {Move.SEND_BACK, Move.RECALL} and d.id > agreed.get(d.principal.id, 0)]
        return sent[-1] if sent else None

    @property
    def was_won(self) -> bool:
        """Whether the customer has ordered; a new promise does not undo that."""
        return any(decision.move == Move.WIN for decision in self.decisions)

    @property
    def extensions(self) -> int:
        """How often the hold of the last counter was extended."""
        counters = [proposal.id for proposal in self.proposals if proposal.side != Side.SALES]
        return sum(d.move == Move.EXTEND and d.proposal_id == counters[-1] for d in self.decisions) if counters else 0

    @property
    def is_without_a_way(self) -> bool:
        """Whether the search has proven that the present terms have no way to yes."""
        row = self.found
        return row is not None and row.proposal_id == self.proposal_id and row.is_complete and not row.ways

    @property
    def was_undone(self) -> bool:
        """Whether operations took back what was approved on the spot."""
        return any(decision.move == Move.UNDO for decision in self.decisions)

    @property
    def open_questions(self) -> list["Question"]:
        """Questions that wait for an answer."""
        return [question for question in self.questions if question.answered_at is None]

    @property
    def turn(self) -> tuple[Side, ...]:
        """Whose answer it waits for: those who were asked a question, else those whose agreement is missing."""
        asked = {question.to_side for question in self.open_questions}
        if asked and self.state in QUESTIONED:
            return tuple(side for side in Side if side in asked)
        if self.is_open and self.is_sent_back:
            return (self.proposal.side,)
        return self.awaiting if self.is_open else ()

    @property
    def asked_steps(self) -> list["Step"]:
        """The steps whose answer it waits for; none while a question is open, or the terms are to be changed first."""
        if not self.is_open or self.open_questions or self.is_sent_back:
            return []
        return self.proposal.open_steps

    @property
    def planner(self) -> Member | None:
        """The planner who dealt with it last, while they are in operations."""
        dealt = [(p.proposed_at, p.principal) for p in self.proposals if p.side == Side.OPERATIONS]
        dealt += [(d.at, d.principal) for d in self.decisions if d.side == Side.OPERATIONS]
        dealt += [(q.asked_at, q.asked_by) for q in self.questions if q.to_side == Side.SALES]
        planners = [entry for entry in dealt if entry[1].has(Role.OPERATIONS) and entry[1].id != self.seller_id]
        return max(planners, key=lambda entry: entry[0])[1] if planners else None

    @property
    def awaiting(self) -> tuple[Side, ...]:
        """Whose turn it is: those whose agreement is missing, then who reports what became of it."""
        if self.is_open:
            sides = {step.side for step in self.proposal.open_steps} | self.proposal.seller_missing
            return tuple(side for side in Side if side in sides)
        return {State.APPROVED: (Side.SALES,), State.WON: (Side.OPERATIONS,)}.get(self.state, ())


class WaysFound(OfWorkspace, Base):
    """What the last search found for a proposal; `is_complete`: it ended by itself, not by its limit."""

    __tablename__ = "ways_found"

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"), unique=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    found_at: Mapped[datetime]
    is_complete: Mapped[bool]
    ways: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    deal: Mapped[Deal] = relationship(back_populates="found")
