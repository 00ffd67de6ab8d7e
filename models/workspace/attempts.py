"""Attempts: what somebody asked for and may not do. Kept in the history, where an admin finds them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.workspace.history import History, record
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

REFUSED = "refused"


def record_attempt(by: Member, asked: str, *, now: datetime) -> None:
    """Write down who asked for what; of what was typed only what Belay itself calls it."""
    record(by.workspace, REFUSED, by=by, now=now, details={"asked": asked})


def latest_attempts(workspace: Workspace, *, limit: int) -> Sequence[History]:
    """The latest first."""
    refused = select(History).where(History.workspace_id == workspace.id, History.move == REFUSED)
    query = refused.where(History.subject == Workspace.__tablename__, History.subject_id == workspace.id)
    latest = query.order_by(History.id.desc()).limit(limit).options(joinedload(History.by))
    return workspace.session.scalars(latest).all()
