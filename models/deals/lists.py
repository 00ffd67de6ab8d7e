"""Lists of deals: whose turn it is, and one's own."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.deals.conditions import Condition
from models.deals.decisions import Decision
from models.deals.proposals import Proposal
from models.deals.questions import CallGuest, Question
from models.deals.rows import Deal
from models.deals.rules import objection
from models.deals.speaking import speaks_for, step_to_answer
from models.deals.states import Move, State
from models.deals.steps import Step
from models.workspace.members import Member
from models.workspace.roles import Role, Side

# All that a card and its buttons look at, so that reading many deals takes no more queries than reading one.
WITH_ALL = (
    joinedload(Deal.seller),
    selectinload(Deal.proposals).options(
        joinedload(Proposal.author),
        joinedload(Proposal.on_behalf_of),
        selectinload(Proposal.all_steps).joinedload(Step.given_by),
    ),
    selectinload(Deal.proposal).joinedload(Proposal.figures),
    selectinload(Deal.promised),
    selectinload(Deal.decisions).options(joinedload(Decision.by), joinedload(Decision.on_behalf_of)),
    selectinload(Deal.questions).joinedload(Question.asked_by),
    selectinload(Deal.guests).joinedload(CallGuest.member),
    selectinload(Deal.found),
    selectinload(Deal.conditions).options(
        joinedload(Condition.owner), joinedload(Condition.decision).joinedload(Decision.step)
    ),
)
OPEN = (State.PROPOSED, State.COUNTERED)
LIVE = (*OPEN, State.APPROVED, State.WON)


def live_deals(member: Member, *, limit: int | None = 200) -> list[Deal]:
    """Deals of the member's workspace that are not over: those that need an answer before those that need a report.

    Of each the oldest first, so that orders that are to be delivered some day stand in nobody's way.
    """
    known = select(Deal).where(Deal.workspace_id == member.workspace_id, Deal.state.in_(LIVE))
    order = case((Deal.state.in_(OPEN), 0), (Deal.state == State.APPROVED, 1), else_=2)
    return list(member.session.scalars(known.options(*WITH_ALL).order_by(order, Deal.id).limit(limit)))


def own_deals(member: Member, *, limit: int = 20) -> list[Deal]:
    """The deals of a seller, the latest first."""
    known = select(Deal).where(Deal.workspace_id == member.workspace_id, Deal.seller_id == member.id)
    return list(member.session.scalars(known.options(*WITH_ALL).order_by(Deal.id.desc()).limit(limit)))


def is_turn_of(deal: Deal, member: Member) -> bool:
    """Whether a deal waits for this person: an agreement, a report, or an answer."""
    if objection(deal, Move.ANSWER, by=member) is None:
        return True
    if Side.SALES in (deal.turn or deal.awaiting) and not deal.seller.has(Role.SALES) and member.leads_now(Side.SALES):
        return True
    if deal.is_open and deal.is_sent_back:
        return deal.proposal.side in speaks_for(deal, member)
    if deal.is_open:
        return step_to_answer(deal, member) is not None
    return bool(set(deal.awaiting) & set(speaks_for(deal, member)))


def turn_of(member: Member) -> list[Deal]:
    """What waits for a person."""
    return [deal for deal in live_deals(member) if is_turn_of(deal, member)]


def count_deals(session: Session, workspace_id: int) -> int:
    """How many deals were ever posted."""
    return session.scalar(select(func.count(Deal.id)).where(Deal.workspace_id == workspace_id)) or 0
