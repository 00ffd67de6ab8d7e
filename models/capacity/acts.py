"""Who changed what of a resource, when and why: what history says of adjustments and imports."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.base.language import _
from models.capacity.adjusting import ADJUST
from models.capacity.changes import Change, Key, What
from models.company.resources import ResourceRow
from models.promise import Kind
from models.workspace.history import History
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

IMPORT = "import_capacity"
MOVES = (ADJUST, IMPORT)


@dataclass(frozen=True)
class Act:
    """A change of a resource: an adjusted week, or its part of an import.

    `id` is that of the whole; what was changed before history kept it has `is_complete` False, and says only what it
    was changed to.
    """

    id: int
    by: str
    at: datetime
    why: str
    is_import: bool
    changes: tuple[Change, ...]
    is_complete: bool = True


def acts_on(resource: ResourceRow, *, limit: int = 10) -> list[Act]:
    """The last changes of a resource, the newest first."""
    query = select(History).where(History.workspace_id == resource.workspace_id, History.subject_id == resource.id)
    query = query.where(History.subject == ResourceRow.__tablename__, History.move.in_(MOVES))
    rows = resource.session.scalars(query.options(joinedload(History.by)).order_by(History.id.desc()).limit(limit))
    return [_act(resource, row) for row in rows]


def changes_in(row: History) -> tuple[Change, ...]:
    """What an act upon a resource has changed, as far as history kept it."""
    return tuple(Change.read(row.subject_id, written) for written in row.details.get("changes", ()))


def record_parts(act: History, changes: Iterable[Change], *, by: Member, now: datetime) -> None:
    """Write down upon each resource what an act upon several has changed of it."""
    by_resource: defaultdict[int, list[Change]] = defaultdict(list)
    for change in changes:
        by_resource[change.key.resource].append(change)
    for resource, parts in by_resource.items():
        details = {"of": act.id, "changes": [part.written() for part in parts]}
        part = History(workspace_id=act.workspace_id, subject=ResourceRow.__tablename__, subject_id=resource)
        part.move, part.by, part.at, part.why, part.details = act.move, by, now, act.why, details
        act.session.add(part)
    act.session.flush()


def parts_of(workspace: Workspace, act: History) -> Sequence[History]:
    """What an act did to each resource: itself, or its parts."""
    if act.subject == ResourceRow.__tablename__:
        return [act]
    query = select(History).where(History.workspace_id == workspace.id, History.id > act.id, History.at == act.at)
    query = query.where(History.subject == ResourceRow.__tablename__, History.move == act.move)
    rows = workspace.session.scalars(query.order_by(History.id))
    return [row for row in rows if row.details.get("of") == act.id]


def _act(resource: ResourceRow, row: History) -> Act:
    is_complete = "changes" in row.details
    changes = changes_in(row) if is_complete else _changed_to(resource, row)
    by = row.by.name if row.by else _("Belay")
    key = int(row.details.get("of", row.id))
    return Act(key, by, row.at, row.why or "", row.move == IMPORT, changes, is_complete)


def _changed_to(resource: ResourceRow, row: History) -> tuple[Change, ...]:
    """An adjustment from before history kept what was there."""
    week, details = date.fromisoformat(row.details["week"]), row.details
    if resource.kind is Kind.STOCK:
        return (Change(Key(What.RECEIPT, resource.id, week), None, {"quantity": details["receipt"] or 0}),)
    after = {"available": details["available"], "overtime": details["overtime"], "reason": row.why}
    return (Change(Key(What.WEEK, resource.id, week), None, after),)
