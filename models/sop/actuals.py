"""Taking over actuals: what a file names is as it says afterwards; what it does not name stays."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from models.files.months import COLUMNS, GivenMonth, MonthsKind
from models.sop.cycle import foresee_anew
from models.sop.rows import Actual
from models.sop.rules import check_may_import
from models.workspace.history import record
from models.workspace.members import Member
from models.workspace.workspaces import Workspace


def import_actuals(workspace: Workspace, given: Sequence[GivenMonth], *, by: Member, now: datetime) -> int:
    """Take all rows over; the same file twice changes nothing the second time."""
    check_may_import(by)
    session = workspace.session
    workspace.lock()
    rows = session.scalars(select(Actual).where(Actual.workspace_id == workspace.id))
    known = {(row.family, row.month): row for row in rows}
    for entry in given:
        row = known.get((entry.family, entry.month))
        row = row or Actual(workspace=workspace, family=entry.family, month=entry.month)
        for name, amount in zip(COLUMNS[MonthsKind.ACTUALS].amounts, entry.amounts, strict=True):
            if amount is not None:
                setattr(row, name, amount)
        session.add(row)
    session.flush()
    foresee_anew(workspace)
    record(workspace, "import_actuals", by=by, now=now, details={"rows": len(given)})
    return len(given)
