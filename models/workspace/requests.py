"""Requests that were carried out: the same one again, delivered twice or replayed, does nothing."""

from datetime import datetime, timedelta

from sqlalchemy import UniqueConstraint, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session

from models.base.columns import Name
from models.base.declarative import Base
from models.workspace.workspaces import OfWorkspace, Workspace

KEPT = timedelta(days=1)


class SeenRequest(OfWorkspace, Base):
    """A request by the key that Slack gave it."""

    __tablename__ = "seen_request"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    key: Mapped[Name]
    seen_at: Mapped[datetime]


def is_first_time(workspace: Workspace, key: str, *, now: datetime) -> bool:
    """Whether a request comes for the first time; a second one waits for the first and then finds it."""
    insert = sqlite.insert if workspace.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(SeenRequest).values(workspace_id=workspace.id, key=key[:200], seen_at=now).on_conflict_do_nothing()
    return workspace.session.scalar(row.returning(SeenRequest.id)) is not None


def forget_old_requests(session: Session, *, now: datetime) -> None:
    """Slack's signatures are good for five minutes; a day is plenty."""
    session.execute(delete(SeenRequest).where(SeenRequest.seen_at < now - KEPT))
