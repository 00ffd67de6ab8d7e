"""Something was given back: broken promises are to be looked at, once nobody holds a lock for it any more."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from models.base.declarative import Base
from models.deals.rows import Deal
from models.workspace.workspaces import OfWorkspace, Workspace


class MendRequest(OfWorkspace, Base):
    """Rows are only added and taken away: nobody waits for anybody."""

    __tablename__ = "mend_request"

    asked_at: Mapped[datetime]


def request_mending(workspace: Workspace, *, now: datetime) -> None:
    """Have broken promises looked at with the next beat; where there are any."""
    broken = select(Deal.id).where(Deal.workspace_id == workspace.id, Deal.broken_at.is_not(None)).limit(1)
    if workspace.session.scalar(broken) is not None:
        workspace.session.add(MendRequest(workspace=workspace, asked_at=now))
