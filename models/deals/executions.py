"""Steps of workflows in Slack that propose a deal: each waits until its deal is decided."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base.columns import SlackId
from models.base.declarative import Base
from models.deals.rows import Deal
from models.deals.states import Move
from models.workspace.history import History
from models.workspace.members import Member
from models.workspace.outbox import News, Payload, queue
from models.workspace.workspaces import OfWorkspace, Workspace

# With these a proposal is decided, and a step that waits for it is done.
DECIDED = frozenset({Move.COMMIT, Move.DECLINE, Move.WITHDRAW})


@dataclass(frozen=True)
class StepDone(Payload):
    """A step that is over: what is wrong, or whether it fits and how; else the row's act has decided its deal."""

    key: str
    error: str = ""
    sentence: str = ""
    fits: int = 0


class Execution(OfWorkspace, Base):
    """A step by Slack's id, for whom it was drafted, and the deal that came of it; `ended_at` is when Slack is told."""

    __tablename__ = "execution"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    key: Mapped[SlackId]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    deal_id: Mapped[int | None] = mapped_column(ForeignKey("deal.id"), index=True)
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    member: Mapped[Member] = relationship()
    deal: Mapped[Deal | None] = relationship()


def begin_execution(workspace: Workspace, key: str, *, member: Member, now: datetime) -> bool:
    """Remember that a step waits; False where it does already, because Slack delivers an event again."""
    if _find(workspace, key) is not None:
        return False
    workspace.session.add(Execution(workspace=workspace, key=key, member=member, begun_at=now))
    workspace.session.flush()
    return True


def come_of(deal: Deal, key: str, *, by: Member) -> None:
    """The deal is what came of a step; only of one that was drafted for its seller, and once."""
    execution = _find(deal.workspace, key) if key else None
    if execution is not None and execution.member_id == by.id and execution.deal_id is None:
        execution.deal = deal


def end_executions(deal: Deal, act: History, *, now: datetime) -> None:
    """By an act that decides the deal, the steps that waited for it are done."""
    if act.move not in DECIDED:
        return
    waiting = select(Execution).where(Execution.deal_id == deal.id, Execution.ended_at.is_(None))
    for execution in deal.session.scalars(waiting.order_by(Execution.id)):
        end_step(deal.workspace, StepDone(execution.key), act, now=now)


def end_step(workspace: Workspace, done: StepDone, act: History | None = None, *, now: datetime) -> None:
    """Slack is told what came of a step."""
    execution = _find(workspace, done.key)
    if execution is not None:
        execution.ended_at = now
    queue(workspace, News.STEP, stream=done.key, history_id=act.id if act else None, payload=done, now=now)


def _find(workspace: Workspace, key: str) -> Execution | None:
    known = select(Execution).where(Execution.workspace_id == workspace.id, Execution.key == key)
    return workspace.session.scalar(known)
