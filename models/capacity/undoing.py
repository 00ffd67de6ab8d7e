"""Undoing the last change of capacity: exactly what was before, while nobody has acted on it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.base.errors import NotFound, Refused, TooLate
from models.base.language import _, reading
from models.capacity.acts import MOVES, changes_in, parts_of, record_parts
from models.capacity.adjusting import (
    ADJUST,
    Breaking,
    check_may_adjust,
    lock_touched,
    promised_on,
    steer,
)
from models.capacity.changes import Change, Key, Values, What, rows_of
from models.capacity.moving import MOVE_WORK
from models.company.resources import Commitment, ReceiptRow, ResourceRow, WeekExceptionRow
from models.deals.mending import mend_if_kept
from models.deals.news import MEND
from models.deals.rows import Deal
from models.deals.states import Move
from models.workspace.history import History, record
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

# What happens to a deal because of capacity is no act of a person on it.
NO_ACTS = (Move.BREAK, MEND, MOVE_WORK)


@dataclass(frozen=True)
class Undone:
    """What was changed back, the deals that this breaks, and the promises that can be kept again."""

    changes: Sequence[Change]
    breaks: Breaking
    mended: Sequence[Deal]


def objection_to_undo(workspace: Workspace, act_id: int, *, by: Member, now: datetime) -> Refused | None:
    """Why a person may not undo an act now; None when they may."""
    try:
        check_can_undo(workspace, act_id, by=by, now=now)
    except Refused as refused:
        return refused
    return None


def check_can_undo(workspace: Workspace, act_id: int, *, by: Member, now: datetime) -> tuple[History, list[Change]]:
    """The act and all that it changed, where operations may undo it and nobody has acted on it since."""
    check_may_adjust(by)
    act = workspace.session.scalar(
        select(History).where(History.workspace_id == workspace.id, History.id == act_id, History.move.in_(MOVES))
    )
    if act is None:
        raise NotFound(_("That change is not there."))
    parts = parts_of(workspace, act)
    changes = [change for part in parts for change in changes_in(part)]
    if not changes:
        raise Refused(_("What was there before is not known, or it was the same."))
    if all(change.key.week < workspace.this_week(now) for change in changes):
        raise TooLate(_("What it changed is over."))
    _check_untouched(workspace, changes, after=max(part.id for part in parts))
    _check_nobody_acted(workspace, act)
    return act, changes


def lock_to_undo(workspace: Workspace, act_id: int, *, by: Member, now: datetime) -> Mapping[int, ResourceRow]:
    """The resources of an act by their ids: what is seen of them from now on stays so until the transaction ends."""
    act = check_can_undo(workspace, act_id, by=by, now=now)[0]
    resources = _resources(workspace, act)
    lock_touched(workspace, [row.name for row in resources.values()])
    return resources


def undo(workspace: Workspace, act_id: int, *, by: Member, now: datetime) -> Undone:
    """All that an act changed is as it was before; promises that can be kept again are told to both owners."""
    resources = lock_to_undo(workspace, act_id, by=by, now=now)
    act, changes = check_can_undo(workspace, act_id, by=by, now=now)
    names = [row.name for row in resources.values()]
    with reading(workspace.language):
        why = _("Undone: {why}", why=act.why) if act.why else _("An import was undone.")

    def change() -> History:
        for one in changes:
            RESTORING[one.key.what](resources[one.key.resource], one.key, one.before, now)
        workspace.session.flush()
        for row in resources.values():
            workspace.session.expire(row, ["weeks", "receipts"])
        return _record(workspace, act, [one.backwards for one in changes], why=why, by=by, now=now)

    breaks = steer(workspace, names, change, why=why, by=by, now=now)
    return Undone(changes, breaks, _mend(workspace, names, why=why, by=by, now=now))


def _check_untouched(workspace: Workspace, changes: Sequence[Change], *, after: int) -> None:
    """Neither a later change of the same weeks, nor anything else that is different now."""
    cells, ids = {change.cell for change in changes}, {change.key.resource for change in changes}
    query = select(History).where(History.workspace_id == workspace.id, History.id > after, History.move.in_(MOVES))
    query = query.where(History.subject == ResourceRow.__tablename__, History.subject_id.in_(ids))
    for later in workspace.session.scalars(query.options(joinedload(History.by)).order_by(History.id)):
        if cells & {change.cell for change in changes_in(later)}:
            raise TooLate(
                _("{name} has changed the same weeks since.", name=later.by.name if later.by else _("Somebody"))
            )
    rows = rows_of(workspace, ids)
    if any(rows.get(change.key) != change.after for change in changes):
        raise TooLate(_("The same weeks have changed since."))


def _check_nobody_acted(workspace: Workspace, act: History) -> None:
    """Whoever acted on a deal that it broke relied on what there was then."""
    broke = act.details.get("broke", [])
    query = select(History, Deal.number).join(Deal, Deal.id == History.subject_id)
    query = query.where(History.subject == Deal.__tablename__, History.subject_id.in_(broke), History.id > act.id)
    query = query.where(History.by_id.is_not(None), History.move.not_in(NO_ACTS)).order_by(History.id)
    for since, number in workspace.session.execute(query.options(joinedload(History.by)).limit(1)):
        who = since.by.name if since.by else _("Somebody")
        raise TooLate(
            _(
                "{who} has acted on deal #{number} since, which this broke. Adjust the week instead.",
                who=who,
                number=number,
            )
        )


def _resources(workspace: Workspace, act: History) -> Mapping[int, ResourceRow]:
    ids = {part.subject_id for part in parts_of(workspace, act)}
    rows = select(ResourceRow).where(ResourceRow.workspace_id == workspace.id, ResourceRow.id.in_(ids))
    return {row.id: row for row in workspace.session.scalars(rows.order_by(ResourceRow.id))}


def _record(
    workspace: Workspace, act: History, changes: Collection[Change], *, why: str, by: Member, now: datetime
) -> History:
    """An adjustment like others, which says what it undoes."""
    about = {"undoes": act.id}
    if act.subject == ResourceRow.__tablename__:
        row = workspace.session.get_one(ResourceRow, act.subject_id)
        return record(row, ADJUST, by=by, now=now, why=why, details=about | {"changes": [c.written() for c in changes]})
    undoing = record(workspace, ADJUST, by=by, now=now, why=why, details=about)
    record_parts(undoing, changes, by=by, now=now)
    return undoing


def _mend(workspace: Workspace, names: Collection[str], *, why: str, by: Member, now: datetime) -> list[Deal]:
    broken = [deal for deal in promised_on(workspace, names, now) if deal.broken_at]
    return [deal for deal in broken if mend_if_kept(deal, by=by, now=now, why=why)]


def _restore_week(resource: ResourceRow, key: Key, before: Values, _now: datetime) -> None:
    query = select(WeekExceptionRow).where(WeekExceptionRow.resource_id == key.resource)
    row = resource.session.scalar(query.where(WeekExceptionRow.week == key.week))
    if row is None:
        row = WeekExceptionRow(workspace=resource.workspace, week=key.week)
        resource.weeks.append(row)
    _restore(row, before)


def _restore_receipt(resource: ResourceRow, key: Key, before: Values, _now: datetime) -> None:
    query = select(ReceiptRow).where(ReceiptRow.resource_id == key.resource, ReceiptRow.week == key.week)
    row = resource.session.scalar(query)
    if row is None:
        row = ReceiptRow(workspace=resource.workspace, week=key.week)
        resource.receipts.append(row)
    _restore(row, before)


def _restore_load(resource: ResourceRow, key: Key, before: Values, now: datetime) -> None:
    query = select(Commitment).where(Commitment.resource_id == key.resource, Commitment.week == key.week)
    row = resource.session.scalar(query.where(Commitment.ref == key.ref))
    if row is None:
        row = Commitment(workspace=resource.workspace, resource=resource, week=key.week, ref=key.ref, committed_at=now)
        resource.session.add(row)
    _restore(row, before)


def _restore(row: WeekExceptionRow | ReceiptRow | Commitment, before: Values) -> None:
    """The row as it was; none where there was none."""
    if before is None:
        row.session.delete(row)
        return
    for name, value in before.items():
        setattr(row, name, value)


Restoring = Callable[[ResourceRow, Key, Values, datetime], None]
RESTORING: Mapping[What, Restoring] = {
    What.WEEK: _restore_week,
    What.RECEIPT: _restore_receipt,
    What.LOAD: _restore_load,
}
