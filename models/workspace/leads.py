"""Who leads a side: they hear first when it is late."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from models.workspace.history import record
from models.workspace.members import Lead, Member
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace


def lead_of(workspace: Workspace, side: Side) -> Member | None:
    """Who leads a side; nobody who has become a guest, or has no role any more."""
    row = workspace.session.scalar(select(Lead).where(Lead.workspace_id == workspace.id, Lead.side == side))
    return row.member if row and row.member.roles else None


def set_leads(workspace: Workspace, leads: Mapping[Side, Member | None], *, by: Member, now: datetime) -> None:
    """These lead from now on; None: nobody."""
    session = workspace.session
    rows = {row.side: row for row in session.scalars(select(Lead).where(Lead.workspace_id == workspace.id))}
    for side, member in leads.items():
        row = rows.get(side)
        if member is None and row is not None:
            session.delete(row)
        elif member is not None:
            row = row or Lead(workspace=workspace, side=side)
            row.member = member
            session.add(row)
    details = {side.value: member.user_id for side, member in leads.items() if member}
    record(workspace, "set_leads", by=by, now=now, details=details)
