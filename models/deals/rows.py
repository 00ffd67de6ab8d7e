"""The rows of a negotiation."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.columns import Document, MinorUnits, Name, SlackId, Word
from models.base.declarative import Base
from models.company.offers import OfferRow
from models.company.reserves import Buyer
from models.deals.conditions import Before, Condition
from models.deals.states import AGREEING, OPEN, Move, State
from models.deals.steps import Step
from models.promise import Line, Margin, Use
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
    deal: Mapped[Deal] = relationship(back_populates="proposals", foreign_keys=deal_id)
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
    deal: Mapped[Deal] = relationship(back_populates="decisions")
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
        return f"{self.by.name} for {self.on_behalf_of.name}" if self.on_behalf_of else self.by.name


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
    deal: Mapped[Deal] = relationship(back_populates="questions")
    asked_by: Mapped[Member] = relationship(foreign_keys=asked_by_id)
    answered_by: Mapped[Member | None] = relationship(foreign_keys=answered_by_id)


class CallGuest(OfWorkspace, Base):
    """A person who will sit in on the customer's call."""

    __tablename__ = "call_guest"
    __table_args__ = (UniqueConstraint("deal_id", "member_id"),)

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    joined_at: Mapped[datetime]
    deal: Mapped[Deal] = relationship(back_populates="guests")
    member: Mapped[Member] = relationship()


class WaysFound(OfWorkspace, Base):
    """What the last search found for a proposal; `is_complete`: it ended by itself, not by its limit."""

    __tablename__ = "ways_found"

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"), unique=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    found_at: Mapped[datetime]
    is_complete: Mapped[bool]
    ways: Mapped[list[dict[str, Any]]] = mapped_column(Document)
    deal: Mapped[Deal] = relationship(back_populates="found")
