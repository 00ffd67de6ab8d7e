"""How tables of a shape were read: the answers of whoever took one over, for the next file with the same titles."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base.columns import Document, Word
from models.base.declarative import Base
from models.workspace.workspaces import OfWorkspace, Workspace


class TableShape(OfWorkspace, Base):
    """A table by its kind and its titles (as a digest), with what was answered about it."""

    __tablename__ = "table_shape"
    __table_args__ = (UniqueConstraint("workspace_id", "kind", "titles"),)

    kind: Mapped[Word]
    titles: Mapped[Word]
    answers: Mapped[dict[str, str]] = mapped_column(Document)
    taken_at: Mapped[datetime]


def answers_for(workspace: Workspace, kind: str, titles: str) -> Mapping[str, str]:
    """What was answered when a table of this shape was taken over last; nothing when none was."""
    row = _find(workspace, kind, titles)
    return row.answers if row else {}


def remember_answers(
    workspace: Workspace, kind: str, titles: str, answers: Mapping[str, str], *, now: datetime
) -> None:
    """The next table of this shape is read so, too."""
    row = _find(workspace, kind, titles) or TableShape(workspace=workspace, kind=kind, titles=titles)
    row.answers, row.taken_at = dict(answers), now
    workspace.session.add(row)


def _find(workspace: Workspace, kind: str, titles: str) -> TableShape | None:
    known = select(TableShape).where(TableShape.workspace_id == workspace.id)
    return workspace.session.scalar(known.where(TableShape.kind == kind, TableShape.titles == titles))
