"""The one place through which a cycle changes its step."""

from datetime import datetime
from typing import Any

from models.sop.rows import Cycle
from models.sop.rules import check_may
from models.sop.steps import TRANSITIONS, Move
from models.workspace.history import History, record
from models.workspace.members import Member


def enter(cycle: Cycle, move: Move, *, by: Member) -> None:
    """Lock a cycle, see it as it is now, and refuse who may not."""
    cycle.session.flush()
    cycle.lock()
    check_may(cycle, move, by=by)


def advance(
    cycle: Cycle,
    move: Move,
    *,
    by: Member | None,
    now: datetime,
    step_at: datetime | None,
    details: dict[str, Any] | None = None,
) -> History:
    """Change the step by the table, and write the history. `step_at` is when the clock goes on from there."""
    before, after = cycle.step, TRANSITIONS[cycle.step, move]
    cycle.step, cycle.step_at = after, step_at
    return record(cycle, move, by=by, now=now, states=(before, after), details=details)
