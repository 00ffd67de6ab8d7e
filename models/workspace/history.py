"""History: who did what, when, from which state to which, and why. Rows are only added."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from models.base.columns import Details, Document, Word
from models.base.declarative import Base
from models.workspace.workspaces import OfWorkspace

if TYPE_CHECKING:
    from models.workspace.members import Member


# The ids of what a transaction has recorded, until it is chained at its end.
RECORDED = "recorded"


class History(OfWorkspace, Base):
    """One act upon one subject; `by` is None when Belay itself acted. `history_chain` binds it to the one before."""

    __tablename__ = "history"
    __table_args__ = (
        Index(None, "workspace_id", "subject", "subject_id"),
        Index(None, "workspace_id", "number"),
    )

    subject: Mapped[Word]
    subject_id: Mapped[int]
    move: Mapped[Word]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    from_state: Mapped[Word | None] = mapped_column(String(40))
    to_state: Mapped[Word | None] = mapped_column(String(40))
    why: Mapped[str | None] = mapped_column(Text)
    details: Mapped[Details] = mapped_column(Document, default=dict)
    number: Mapped[int | None]
    chain: Mapped[str | None] = mapped_column(String(64))
    by: Mapped["Member | None"] = relationship("Member")


def record(
    subject: Base,
    move: str,
    *,
    by: "Member | None",
    now: datetime,
    states: tuple[str | None, str | None] = (None, None),
    why: str | None = None,
    details: dict[str, Any] | None = None,
) -> History:
    """Write down an act upon a row of a workspace (or the workspace itself)."""
    row = History(
        workspace_id=getattr(subject, "workspace_id", subject.id),
        subject=subject.__tablename__,
        subject_id=subject.id,
        move=move,
        by=by,
        at=now,
        from_state=states[0],
        to_state=states[1],
        why=why,
        details=details or {},
    )
    subject.session.add(row)
    subject.session.flush()
    return row


@event.listens_for(History, "after_insert")
def _remember(_mapper: Any, _connection: Any, row: History) -> None:
    session = object_session(row)
    if session is not None:
        session.info.setdefault(RECORDED, []).append(row.id)
