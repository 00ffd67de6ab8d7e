"""What counts for a whole workspace and is set in Slack."""

from collections.abc import Mapping
from datetime import datetime, time

from models.base.errors import Refused
from models.workspace.history import record
from models.workspace.leads import set_leads
from models.workspace.members import Member
from models.workspace.roles import Side
from models.workspace.workspaces import Workspace


def keep(
    workspace: Workspace,
    *,
    hours: tuple[time, time],
    answer_hours: int,
    is_reading_threads: bool,
    leads: Mapping[Side, Member | None],
    by: Member,
    now: datetime,
) -> None:
    """Set the hours of the company, the working hours to answer in, who leads, and whether threads are read."""
    opens, closes = hours
    if opens >= closes:
        raise Refused("The day should end after it has begun.", field="closes")
    workspace.lock()
    workspace.opens_at, workspace.closes_at, workspace.answer_hours = opens, closes, answer_hours
    workspace.is_reading_threads = is_reading_threads
    set_leads(workspace, leads, by=by, now=now)
    details = {"opens": opens.isoformat(), "closes": closes.isoformat(), "answer_hours": answer_hours}
    record(workspace, "set", by=by, now=now, details={**details, "threads": is_reading_threads})
