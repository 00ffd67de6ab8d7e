"""All deals that are not over, in a few figures: how much is asked for, promised and won, and what is at risk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select

from models.deals.decisions import Decision
from models.deals.proposals import ProposalLine
from models.deals.rows import Deal
from models.deals.states import OPEN, Move, State
from models.deals.turns import Turn
from models.workspace.workspaces import Workspace


def is_order_in_change() -> ColumnElement[bool]:
    """Whether the customer has ordered and the seller asks for a change: until it is agreed on, the promise stands."""
    won = select(Decision.deal_id).where(Decision.move == Move.WIN)
    return Deal.state.in_((*OPEN, State.APPROVED)) & Deal.promised_id.is_not(None) & Deal.id.in_(won)


def counted_state() -> ColumnElement[str]:
    """The state of a deal as figures count it: what was ordered is won while it is being changed."""
    return case((is_order_in_change(), State.WON), else_=Deal.state)


@dataclass(frozen=True)
class Total:
    """So many deals, for so much (in minor units)."""

    count: int = 0
    revenue: int = 0

    def __add__(self, other: "Total") -> "Total":
        """Both together."""
        return Total(self.count + other.count, self.revenue + other.revenue)


@dataclass(frozen=True)
class Portfolio:
    """What is open, promised and won; promises that cannot be kept, and answers that are overdue."""

    open: Total
    promised: Total
    won: Total
    broken: int
    overdue: int


def portfolio_of(workspace: Workspace, *, now: datetime) -> Portfolio:
    """As of now, in three queries whatever the number of deals."""
    totals = _totals(workspace)
    kept = (State.APPROVED, State.WON)
    broken = select(func.count(Deal.id)).where(Deal.workspace_id == workspace.id, Deal.state.in_(kept))
    late = select(func.count(Turn.id)).where(Turn.workspace_id == workspace.id, Turn.ended_at.is_(None))
    return Portfolio(
        open=sum((totals.get(state, Total()) for state in OPEN), Total()),
        promised=totals.get(State.APPROVED, Total()),
        won=totals.get(State.WON, Total()),
        broken=workspace.session.scalar(broken.where(Deal.broken_at.is_not(None))) or 0,
        overdue=workspace.session.scalar(late.where(Turn.due_at < now)) or 0,
    )


def _totals(workspace: Workspace) -> Mapping[State, Total]:
    revenue = func.coalesce(func.sum(ProposalLine.quantity * ProposalLine.unit_price), 0)
    state, terms = counted_state(), case((is_order_in_change(), Deal.promised_id), else_=Deal.proposal_id)
    rows = select(state, func.count(func.distinct(Deal.id)), revenue)
    rows = rows.outerjoin(ProposalLine, ProposalLine.proposal_id == terms)
    rows = rows.where(Deal.workspace_id == workspace.id).group_by(state)
    return {State(state): Total(count, int(money)) for state, count, money in workspace.session.execute(rows)}
