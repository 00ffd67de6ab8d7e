"""The guide through the set-up: one message to whoever installed Belay, which keeps itself true."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base.columns import SlackId, Word
from models.base.declarative import Base
from models.workspace.outbox import News, Outbox, queue
from models.workspace.workspaces import OfWorkspace, Workspace


class Guide(OfWorkspace, Base):
    """The message, once it was begun; `ts` is None until Slack has it, `shown` a digest of what stands in it."""

    __tablename__ = "guide"
    __table_args__ = (UniqueConstraint("workspace_id"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    channel: Mapped[SlackId]
    ts: Mapped[Word | None] = mapped_column(String(40))
    shown: Mapped[Word | None] = mapped_column(String(40))


def guide_of(workspace: Workspace) -> Guide | None:
    """The guide of a workspace, where it was begun."""
    return workspace.session.scalar(select(Guide).where(Guide.workspace_id == workspace.id))


def begin_guide(workspace: Workspace, *, member_id: int, user_id: str, now: datetime) -> None:
    """Lead somebody through the set-up, unless somebody is led already."""
    if guide_of(workspace) is None:
        workspace.session.add(Guide(workspace=workspace, member_id=member_id, channel=user_id))
        workspace.session.flush()
        refresh_guide(workspace, now=now)


def refresh_guide(workspace: Workspace, *, now: datetime) -> None:
    """Bring the guide to the present state, where there is one."""
    guide = guide_of(workspace)
    if guide is None:
        return
    waiting = select(Outbox.id).where(Outbox.workspace_id == workspace.id, Outbox.kind == News.GUIDE)
    waiting = waiting.where(Outbox.settled_at.is_(None), Outbox.first_attempt_at.is_(None))
    if workspace.session.scalar(waiting.limit(1)) is None:
        queue(workspace, News.GUIDE, stream=guide.channel, member_id=guide.member_id, now=now)
