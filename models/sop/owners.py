"""Who answers for the supply of a family: its owner, or everybody in operations; naming owners, and asking them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.columns import Name
from models.base.declarative import Base
from models.base.errors import Refused
from models.base.language import _
from models.sop.rows import Cycle, Planning
from models.sop.settings import current_cycle, instant, planning_of
from models.sop.steps import ASKING, Step
from models.sop.tasks import finish, give_task
from models.workspace.history import record
from models.workspace.members import Member, members_with
from models.workspace.roles import Role
from models.workspace.workspaces import OfWorkspace, Workspace


class FamilyOwner(OfWorkspace, Base):
    """Who answers for the supply of a family; families without one are everybody's in operations."""

    __tablename__ = "family_owner"
    __table_args__ = (UniqueConstraint("workspace_id", "family"),)

    family: Mapped[Name]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    member: Mapped[Member] = relationship()


def named_owners(workspace: Workspace) -> dict[str, Member]:
    """The owner of each family that has one who is in operations."""
    rows = workspace.session.scalars(select(FamilyOwner).where(FamilyOwner.workspace_id == workspace.id))
    return {row.family: row.member for row in rows if row.member.has(Role.OPERATIONS)}


def owners_of(workspace: Workspace, families: Iterable[str]) -> dict[Member, list[str]]:
    """Who answers for the supply of which families; those of nobody are everybody's in operations."""
    named = named_owners(workspace)
    everybody = members_with(workspace, Role.OPERATIONS)
    owned: dict[Member, list[str]] = {}
    for family in families:
        for member in [named[family]] if family in named else everybody:
            owned.setdefault(member, []).append(family)
    return owned


def name_owner(workspace: Workspace, family: str, owner: Member | None, *, by: Member, now: datetime) -> None:
    """Let a person in operations answer for a family; None: everybody there does again."""
    if owner is not None and not owner.has(Role.OPERATIONS):
        raise Refused(_("{name} is not in operations. `/belay roles` makes them so.", name=owner.name), field="owner")
    session = workspace.session
    query = select(FamilyOwner).where(FamilyOwner.workspace_id == workspace.id, FamilyOwner.family == family)
    workspace.lock()
    row = session.scalar(query)
    if owner is None and row is not None:
        session.delete(row)
    elif owner is not None:
        row = row or FamilyOwner(workspace=workspace, family=family)
        row.member = owner
        session.add(row)
    session.flush()
    named = owner.user_id if owner else None
    record(workspace, "name_owner", by=by, now=now, details={"family": family, "owner": named})
    cycle = current_cycle(workspace)
    planning = planning_of(workspace)
    if cycle is not None and planning is not None and cycle.step in ASKING:
        ask_for_supply(cycle, planning, now=now)


def ask_for_supply(cycle: Cycle, planning: Planning, *, now: datetime) -> None:
    """Whoever has a family that is not answered is asked; who has none any more is not."""
    rows = cycle.supplies
    owned = owners_of(cycle.workspace, [row.family for row in rows if row.answered_at is None])
    due = instant(cycle.workspace, cycle.month, planning.days["supply_due"], is_end=True)
    asked = cycle.unanswered(Step.SUPPLY)
    for member in asked:
        if member not in owned:
            finish(cycle, Step.SUPPLY, member, now=now)
    for member in owned:
        if member not in asked:
            give_task(cycle, Step.SUPPLY, member, due=due, now=now)
