"""Handing over: a deal, or all that waits on a person, goes to somebody else. Nothing is ever stuck on one person."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select

from models.base.errors import NotYours, Refused
from models.base.language import _
from models.deals.approvals import ask_approvers
from models.deals.on_the_spot import approve_on_the_spot
from models.deals.rows import Deal
from models.deals.states import OPEN, Move, State
from models.deals.terms import check_deal
from models.deals.transitions import advance, enter
from models.deals.turns import Turn
from models.workspace.members import Member
from models.workspace.roles import Role, Side

LIVE = (*OPEN, State.APPROVED, State.WON)


def hand_over(deal: Deal, to: Member, *, by: Member, now: datetime, why: str = "") -> None:
    """Another seller sells the deal from now on, and owes what the former one owed."""
    enter(deal, Move.HAND_OVER, by=by)
    _check_can_sell(to)
    if to.id == deal.seller_id:
        raise Refused(_("{name} sells this deal already.", name=to.name), field="to")
    former, deal.seller = deal.seller, to
    _forget_own_yes(deal, to, now)
    for turn in _turns(deal, Side.SALES):
        turn.member = to
    advance(deal, Move.HAND_OVER, by=by, now=now, why=why.strip() or None, details={"from": former.id, "to": to.id})
    if deal.is_open:
        # A rule may ask because of who sells: where it asks nobody any more, nothing is waited for.
        approve_on_the_spot(deal, now=now)


def _forget_own_yes(deal: Deal, to: Member, now: datetime) -> None:
    """Nobody decides on their own deal: what the new seller has agreed to is asked of others."""
    if not deal.is_open:
        return
    for own in [decision for decision in deal.proposal.agreements if to.id in decision.people]:
        own.taken_back_at = now
    for step in [step for step in deal.proposal.steps if to.id in step.kept_people]:
        step.kept_version, step.kept_people = None, []
    deal.session.flush()
    ask_approvers(deal, check_deal(deal, now=now), now=now)


def hand_over_all(former: Member, to: Member, *, by: Member, now: datetime, why: str = "") -> Sequence[Deal]:
    """All deals that a person sells, and the turns that wait for them as a planner, go to somebody else."""
    if by.id != former.id and not by.has(Role.LEADERSHIP) and not by.leads_now(Side.SALES):
        raise NotYours(_("Your own deals you hand over yourself; those of others, the lead of sales or leadership."))
    if to.id == former.id:
        raise Refused(_("Choose somebody else."), field="to")
    deals = list(former.session.scalars(_sold_by(former)))
    planned = list(former.session.scalars(_planned_by(former)))
    if not deals and not planned:
        raise Refused(_("Nothing waits on {name}.", name=former.name), field="from")
    for deal in deals:
        hand_over(deal, to, by=by, now=now, why=why)
    for turn in planned if to.has(Role.OPERATIONS) else ():
        turn.member = to
    return deals


def _check_can_sell(to: Member) -> None:
    if not to.has(Role.SALES):
        raise Refused(_("{name} does not sell. An admin gives roles with `/belay roles`.", name=to.name), field="to")


def _sold_by(member: Member) -> Select[Deal]:
    sold = select(Deal).where(Deal.workspace_id == member.workspace_id, Deal.seller_id == member.id)
    return sold.where(Deal.state.in_(LIVE)).order_by(Deal.id)


def _planned_by(member: Member) -> Select[Turn]:
    turns = select(Turn).where(Turn.workspace_id == member.workspace_id, Turn.ended_at.is_(None))
    return turns.where(Turn.side == Side.OPERATIONS, Turn.member_id == member.id).order_by(Turn.id)


def _turns(deal: Deal, side: Side) -> Sequence[Turn]:
    turns = select(Turn).where(Turn.deal_id == deal.id, Turn.side == side, Turn.ended_at.is_(None))
    return deal.session.scalars(turns).all()
