"""Who answers for the supply of a family: its owner, or everybody in operations."""

from collections.abc import Iterable

from sqlalchemy import select

from models.sop.rows import FamilyOwner
from models.workspace.members import Member, members_with
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace


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
