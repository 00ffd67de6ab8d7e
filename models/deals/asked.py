"""Whom a step or a side asks, as rows."""

from collections.abc import Iterable

from sqlalchemy import select

from models.deals.rows import Deal
from models.deals.speaking import may_stand_in_for_seller
from models.deals.steps import SIDE_OF, Step
from models.workspace.leads import lead_of
from models.workspace.members import Member, members_with
from models.workspace.roles import Role, Side


def asked_in(step: Step) -> list[Member]:
    """Who hears that a step waits: certain people, or all with its role; deputies for who is away; never the seller.

    Where nobody answers for somebody who is away, they hear of it themselves.
    """
    people = dict.fromkeys(member.acting or member for member in _meant_by(step))
    seller = step.proposal.deal.seller_id
    able = [member for member in people if step.asks(member) and not member.represents(seller)]
    return [member for member in able if member.id not in step.abstained]


def is_nobody_there(deal: Deal, side: Side, step: Step | None, owner: Member | None = None) -> bool:
    """Whether all who could answer are away, and nobody answers for them."""
    meant = list(_meant(deal, side, step, owner))
    there = [member.acting for member in meant if member.acting]
    return bool(meant) and not any(owner is not None or _may_answer(deal, side, step, one) for one in there)


def _may_answer(deal: Deal, side: Side, step: Step | None, member: Member) -> bool:
    """Whether a person's answer would be one: nobody decides on what they put forward, stand in for, or answered."""
    if side is Side.SALES:
        return not deal.seller.has(Role.SALES) or may_stand_in_for_seller(deal, member)
    proposal = deal.proposal
    own = (deal.seller_id, proposal.author_id, proposal.principal.id)
    if any(member.represents(key) for key in own):
        return False
    return step is None or step.is_done or step.waits_for(member)


def _meant(deal: Deal, side: Side, step: Step | None, owner: Member | None) -> Iterable[Member]:
    if owner is not None:
        return [owner]
    if step is not None:
        answered = step.agreed | step.abstained
        return [member for member in _meant_by(step) if member.id not in answered]
    if side is Side.SALES and deal.seller.has(Role.SALES):
        return [deal.seller]
    if side is Side.SALES:
        lead = lead_of(deal.workspace, Side.SALES)
        return [lead] if lead else members_with(deal.workspace, Role.LEADERSHIP)
    return [member for role, of in SIDE_OF.items() if of is side for member in members_with(deal.workspace, role)]


def _meant_by(step: Step) -> list[Member]:
    """Certain people, or all with a role; leadership where finance is empty."""
    if step.people or step.role is None:
        known = select(Member).where(Member.workspace_id == step.workspace_id, Member.id.in_(step.people))
        return list(step.session.scalars(known.order_by(Member.id)))
    people = members_with(step.workspace, step.role)
    return members_with(step.workspace, Role.LEADERSHIP) if not people and step.role is Role.FINANCE else people
