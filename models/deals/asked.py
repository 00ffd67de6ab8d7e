"""Whom a step asks, as rows."""

from sqlalchemy import select

from models.deals.steps import Step
from models.workspace.members import Member, members_with
from models.workspace.roles import Role


def asked_in(step: Step) -> list[Member]:
    """Who hears that a step waits: certain people, or all with its role; leadership where finance is empty."""
    if step.people or step.role is None:
        known = select(Member).where(Member.workspace_id == step.workspace_id, Member.id.in_(step.people))
        people = list(step.session.scalars(known.order_by(Member.id)))
    else:
        people = members_with(step.workspace, step.role)
        if not people and step.role is Role.FINANCE:
            people = members_with(step.workspace, Role.LEADERSHIP)
    return [member for member in people if step.asks(member) and member.id not in step.abstained]
