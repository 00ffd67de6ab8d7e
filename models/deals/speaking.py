"""For whom a person speaks on a deal, and which step their answer would count for."""

from models.deals.rows import Deal
from models.deals.steps import SIDE_OF, SPEAKERS, Step
from models.workspace.members import Member
from models.workspace.roles import Role, Side


def speaks_for(deal: Deal, member: Member) -> tuple[Side, ...]:
    """Sides that a person may speak for on a deal: sellers for sales on their own, others for theirs.

    A seller's deputy speaks for sales, and for nobody else: nobody decides on what they stand in for.
    """
    if member.represents(deal.seller_id):
        return (Side.SALES,) if deal.seller.has(Role.SALES) else ()
    sides = {side for role, side in SIDE_OF.items() if member.may_act_as(*SPEAKERS[role])}
    if any(step.side is Side.APPROVERS and step.asks(member) for step in deal.proposal.steps):
        sides.add(Side.APPROVERS)
    return tuple(side for side in Side if side in sides)


def step_to_answer(deal: Deal, member: Member) -> Step | None:
    """The step whose missing agreement a person can give: one person speaks for one role of the same terms.

    Where several ask them, the one that is theirs by role or name goes before one that they only stand in for.
    """
    proposal = deal.proposal
    own = (deal.seller_id, proposal.author_id, proposal.principal.id)
    if not deal.is_open or any(member.represents(key) for key in own):
        return None
    said = [one for one in proposal.agreements if one.by_id == member.id]
    if any(one.side is Side.SALES for one in said):
        return None
    roles = {step.id for step in proposal.steps if not step.is_by_name}
    has_spoken = any(one.by_id == member.id and one.step_id in roles for one in proposal.agreements)
    has_spoken = has_spoken or any(member.id in step.kept_people for step in proposal.steps if not step.is_by_name)
    # Whoever leads is asked once, where they are asked themselves: they do not stand in for finance then.
    leads = any(step.role is Role.LEADERSHIP and not step.is_done and step.asks(member) for step in proposal.steps)
    waiting = [
        step
        for step in proposal.open_steps
        if step.waits_for(member)
        and not (has_spoken and step.id in roles)
        # Whoever has answered these terms stands in for nobody else about them.
        and not (said and step.principal_of(member) is not member)
        and not (leads and step.role is Role.FINANCE and not member.may_act_as(Role.FINANCE))
    ]
    return min(waiting, key=lambda step: step.role is not None and not member.has(step.role), default=None)


def may_stand_in_for_seller(deal: Deal, member: Member) -> bool:
    """Whether a person's word for sales would be a second one: the seller's own always is."""
    if member.id == deal.seller_id:
        return True
    proposal = deal.proposal
    has_spoken = any(one.by_id == member.id for one in proposal.agreements)
    return not has_spoken and member.id != proposal.author_id and not member.represents(proposal.author_id)


def principal_of(deal: Deal, side: Side, step: Step | None, by: Member) -> Member | None:
    """For whom a deputy decides; None who decides for themselves."""
    if side is Side.SALES:
        return None if by.id == deal.seller_id or not by.represents(deal.seller_id) else deal.seller
    if step is not None:
        principal = step.principal_of(by)
    else:
        role = next((role for role, of in SIDE_OF.items() if of is side), None)
        principal = next((one for one in by.principals if role and one.has(*SPEAKERS[role])), None)
    return None if principal is None or principal.id == by.id else principal
