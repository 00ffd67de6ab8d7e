"""typed news: numbers are numbers, lists are lists, and a file to fill in is a kind of its own"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OUTBOX = sa.table("outbox", sa.column("id"), sa.column("kind"), sa.column("details", sa.JSON), sa.column("settled_at"))
NUMBERS = ("deal", "schedule", "signed", "cycle", "member", "tries")
LISTS = ("turns", "tasks")


def upgrade() -> None:
    _rewrite(_typed)


def downgrade() -> None:
    _rewrite(_as_texts)


def _rewrite(change: Any) -> None:
    """Only what is still to be sent: the rest is never read again."""
    connection = op.get_bind()
    waiting = sa.select(OUTBOX.c.id, OUTBOX.c.kind, OUTBOX.c.details).where(OUTBOX.c.settled_at.is_(None))
    for key, kind, details in connection.execute(waiting).all():
        given = json.loads(details) if isinstance(details, str) else dict(details or {})
        new_kind, new = change(kind, given)
        if (new_kind, new) != (kind, given):
            connection.execute(sa.update(OUTBOX).where(OUTBOX.c.id == key).values(kind=new_kind, details=new))


def _typed(kind: str, details: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    new = dict(details)
    new |= {name: int(new[name]) for name in NUMBERS if name in new}
    new |= {name: [int(part) for part in new[name].split(",")] for name in LISTS if name in new}
    if "date" in new:
        new["day"] = new.pop("date")
    if "sheet" in new:
        new["kind"] = new.pop("sheet")
        return "sop_sheet_file" if kind == "sop_file" else kind, new
    if kind == "sop_file":
        new["name"] = new.pop("file")
    return kind, new


def _as_texts(kind: str, details: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    new = dict(details)
    new |= {name: str(new[name]) for name in NUMBERS if name in new}
    new |= {name: ",".join(map(str, new[name])) for name in LISTS if name in new}
    if "day" in new:
        new["date"] = new.pop("day")
    if kind in {"sop_sheet", "sop_sheet_file"}:
        new["sheet"] = new.pop("kind")
        return "sop_file" if kind == "sop_sheet_file" else kind, new
    if kind == "sop_file":
        new["file"] = new.pop("name")
    return kind, new
