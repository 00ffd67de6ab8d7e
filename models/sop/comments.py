"""Comments on the plan: what people say of a gap or a family; each stands on the page and in the page's thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey, Text, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from models.base.columns import Name
from models.base.declarative import Base
from models.base.errors import NotFound, Refused, TooLate
from models.base.language import _
from models.sop.rows import Cycle
from models.sop.settings import planning_of
from models.sop.steps import Move
from models.sop.transitions import enter
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.outbox import News, Payload, queue
from models.workspace.workspaces import OfWorkspace

MOST_TEXT = 1000


class Comment(OfWorkspace, Base):
    """What somebody says of a family, or of the gap of a family in which a month lies."""

    __tablename__ = "plan_comment"

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    family: Mapped[Name]
    month: Mapped[date | None]
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    cycle: Mapped[Cycle] = relationship()
    by: Mapped[Member] = relationship()


@dataclass(frozen=True)
class PostedComment(Payload):
    """A comment to be posted in the thread of the page."""

    comment: int


def comments_of(cycle: Cycle) -> list[Comment]:
    """The comments of a cycle, the first one first."""
    query = select(Comment).where(Comment.cycle_id == cycle.id).order_by(Comment.id)
    return list(cycle.session.scalars(query.options(joinedload(Comment.by))))


def comment_on(cycle: Cycle, text: str, *, family: str, month: date | None, by: Member, now: datetime) -> Comment:
    """Say something of a family, or of its gap in a month; before the page has a thread it waits for it."""
    enter(cycle, Move.COMMENT, by=by)
    if family not in cycle.families:
        raise NotFound(_("That family is not in this cycle."))
    said = text.strip()[:MOST_TEXT]
    if not said:
        raise Refused(_("What do you want to say?"), field="text")
    known = ((row.family, row.month, row.text, row.by_id) for row in comments_of(cycle))
    if (family, month, said, by.id) in known:
        raise TooLate(_("You have said that already."), field="text")
    row = Comment(workspace=cycle.workspace, cycle=cycle, family=family, month=month, text=said, by=by, at=now)
    cycle.session.add(row)
    cycle.session.flush()
    record(row, "comment", by=by, now=now, why=said, details={"family": family})
    if cycle.thread:
        _post([row], now)
    return row


def begin_thread(cycle: Cycle, ts: str, *, now: datetime) -> None:
    """The page stands in the channel: comments go into its thread, first those that were made before."""
    cycle.lock()
    waiting = [] if cycle.thread else comments_of(cycle)
    cycle.thread = ts
    _post(waiting, now)


def _post(comments: Iterable[Comment], now: datetime) -> None:
    for row in comments:
        planning = planning_of(row.workspace)
        if planning is not None:
            queue(row.workspace, News.SOP_COMMENT, stream=planning.channel, payload=PostedComment(row.id), now=now)
