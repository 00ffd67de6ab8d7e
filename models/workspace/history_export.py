"""History as rows for files: who did what, when, from which state to which, why, and what binds each entry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.base.language import _
from models.workspace.history import History
from models.workspace.workspaces import Workspace

AT_ONCE = 500


@dataclass(frozen=True)
class Entry:
    """An act as a file says it; `number` and `chain` are None where it is from before there was a chain."""

    number: int | None
    at: datetime
    subject: str
    subject_id: int
    move: str
    by: str
    from_state: str
    to_state: str
    why: str
    details: Mapping[str, Any]
    chain: str | None


def history_of(workspace: Workspace, subject: str = "", subject_id: int | None = None) -> Iterator[Entry]:
    """All that was done in a workspace, or upon one subject, the first one first; read so many at once."""
    after = 0
    while True:
        rows = select(History).where(History.workspace_id == workspace.id, History.id > after)
        rows = rows.where(History.subject == subject) if subject else rows
        rows = rows.where(History.subject_id == subject_id) if subject_id is not None else rows
        known = workspace.session.scalars(
            rows.options(joinedload(History.by)).order_by(History.id).limit(AT_ONCE)
        ).all()
        if not known:
            return
        yield from map(_entry, known)
        after = known[-1].id


def _entry(row: History) -> Entry:
    return Entry(
        row.number,
        row.at.astimezone(UTC),
        row.subject,
        row.subject_id,
        row.move,
        row.by.name if row.by else _("Belay"),
        row.from_state or "",
        row.to_state or "",
        row.why or "",
        row.details,
        row.chain,
    )
