"""Who is asked for the supply of a cycle: whoever owns a family that is not answered."""

from datetime import datetime

from models.sop.answers import supplies_of
from models.sop.owners import owners_of
from models.sop.rows import Cycle, Planning, Step
from models.sop.settings import instant
from models.sop.tasks import finish, give_task, unanswered

ASKING = (Step.SUPPLY, Step.RECONCILIATION, Step.EXECUTIVE)


def ask_for_supply(cycle: Cycle, planning: Planning, *, now: datetime) -> None:
    """Whoever has a family that is not answered is asked; who has none any more is not."""
    rows = supplies_of(cycle)
    owned = owners_of(cycle.workspace, [row.family for row in rows if row.answered_at is None])
    due = instant(cycle.workspace, cycle.month, planning.days["supply_due"], is_end=True)
    asked = unanswered(cycle, Step.SUPPLY)
    for member in asked:
        if member not in owned:
            finish(cycle, Step.SUPPLY, member, now=now)
    for member in owned:
        if member not in asked:
            give_task(cycle, Step.SUPPLY, member, due=due, now=now)
