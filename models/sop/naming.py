"""Naming who answers for the supply of a family."""

from datetime import datetime

from sqlalchemy import select

from models.base.errors import Refused
from models.sop.asking import ASKING, ask_for_supply
from models.sop.rows import FamilyOwner, Step
from models.sop.settings import current_cycle, planning_of
from models.workspace.history import record
from models.workspace.members import Member, check_admin
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace


def check_may_name_owners(workspace: Workspace, by: Member, admins: frozenset[str]) -> None:
    """Admins and the coordinator."""
    planning = planning_of(workspace)
    if planning is None or planning.coordinator_id != by.id or not by.roles:
        check_admin(by, admins)


def name_owner(workspace: Workspace, family: str, owner: Member | None, *, by: Member, now: datetime) -> None:
    """Let a person in operations answer for a family; None: everybody there does again."""
    if owner is not None and not owner.has(Role.OPERATIONS):
        raise Refused(f"{owner.name} is not in operations. `/belay roles` makes them so.", field="owner")
    session = workspace.session
    mine = select(FamilyOwner).where(FamilyOwner.workspace_id == workspace.id, FamilyOwner.family == family)
    session.refresh(workspace, with_for_update=True)
    row = session.scalar(mine)
    if owner is None and row is not None:
        session.delete(row)
    elif owner is not None:
        row = row or FamilyOwner(workspace=workspace, family=family)
        row.member = owner
        session.add(row)
    session.flush()
    named = owner.user_id if owner else None
    record(workspace, "name_owner", by=by, now=now, details={"family": family, "owner": named})
    cycle, planning = current_cycle(workspace), planning_of(workspace)
    if cycle is not None and planning is not None and Step(cycle.step) in ASKING:
        ask_for_supply(cycle, planning, now=now)
