"""Marking a month that the baseline is to leave out: a one-off order of known size, a strike."""

from datetime import date, datetime

from sqlalchemy import select

from models.base.errors import Refused
from models.base.language import _
from models.base.months import month_of
from models.sop.cycle import foresee_anew
from models.sop.rows import Actual
from models.sop.rules import check_may_import
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.workspaces import Workspace

MOST_WHY = 200


def marked_months(workspace: Workspace) -> list[Actual]:
    """The months that are left out, by family and month."""
    query = select(Actual).where(Actual.workspace_id == workspace.id, Actual.left_out.is_not(None))
    return list(workspace.session.scalars(query.order_by(Actual.family, Actual.month)))


def mark_month(workspace: Workspace, family: str, month: date, why: str, *, by: Member, now: datetime) -> Actual:
    """Leave a closed month out of the baseline, and say why; without a reason it counts again.

    What was sold then stays what was sold: accuracy and stock go by it.
    """
    check_may_import(by)
    if month >= month_of(workspace.today(now)):
        raise Refused(_("Choose a month that is over."), field="month")
    workspace.lock()
    query = select(Actual).where(Actual.workspace_id == workspace.id, Actual.family == family, Actual.month == month)
    row = workspace.session.scalar(query) or Actual(workspace=workspace, family=family, month=month)
    row.left_out = why.strip()[:MOST_WHY] or None
    workspace.session.add(row)
    workspace.session.flush()
    record(row, "mark", by=by, now=now, why=row.left_out, details={"family": family, "month": month.isoformat()})
    foresee_anew(workspace)
    return row
