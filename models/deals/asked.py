"""Whom a step or a side asks, as rows."""

from collections.abc import Iterable

from sqlalchemy import select

from models.deals.rows import Deal
from models.deals.steps import SIDE_OF, Step
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
    present = [member.acting for member in meant if member.acting]
    if owner is None and side is not Side.SALES:
        # Nobody decides on what they put forward, or stand in for.
        own = (deal.seller_id, deal.proposal.author_id)
        present = [one for one in present if not any(one.represents(key) for key in own)]
    return bool(meant) and not present


def _meant(deal: Deal, side: Side, step: Step | None, owner: Member | None) -> Iterable[Member]:
    if owner is not None:
        return [owner]
    if step is not None:
        answered = step.agreed | step.abstained
        return [member for member in _meant_by(step) if member.id not in answered]
    if side is Side.SALES:
        return [deal.seller]
    return [member for role, of in SIDE_OF.items() if of is side for member in members_with(deal.workspace, role)]


def _meant_by(step: Step) -> list[Member]:
    """Certain people, or all with a role; leadership where finance is empty."""
    if step.people or step.role is None:
        known = select(Member).where(Member.workspace_id == step.workspace_id, Member.id.in_(step.people))
        return list(step.session.scalars(known.order_by(Member.id)))
    people = members_with(step.workspace, step.role)
    return members_with(step.workspace, Role.LEADERSHIP) if not people and step.role is Role.FINANCE else people
