"""The consensus: in reconciliation the coordinator puts an agreed demand in the place of what sales believe."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from models.base.errors import NotFound, Refused
from models.base.language import _
from models.files.months import MOST_UNITS
from models.sop.cycle import fill_supply
from models.sop.identities import HORIZON
from models.sop.reviews import MOST_REASON
from models.sop.rows import Consensus, Cycle
from models.sop.steps import ASKING, Move
from models.sop.transitions import enter
from models.workspace.history import record
from models.workspace.members import Member


def agree_on(
    cycle: Cycle, family: str, units: Mapping[int, int | None], reason: str, *, by: Member, now: datetime
) -> Consensus | None:
    """Agree on the demand of a family in months, by their numbers; None there is sales' number again.

    Sales' numbers stay beside it. None is returned where nothing of the family is agreed on any more.
    """
    enter(cycle, Move.AGREE, by=by)
    if family not in cycle.families:
        raise NotFound(_("That family is not in this cycle."))
    if not all(count is None or 0 <= count <= MOST_UNITS for count in units.values()):
        raise Refused(_("Whole numbers of 0 or more."), field="units")
    if not reason.strip():
        raise Refused(_("Why? A sentence is enough: it stands on the page."), field="reason")
    row = _consensus_of(cycle, family) or Consensus(workspace=cycle.workspace, cycle=cycle, family=family)
    known = row.units or [None] * HORIZON
    row.units = [units.get(month, before) for month, before in enumerate(known)]
    row.reason, row.by, row.at = reason.strip()[:MOST_REASON], by, now
    cycle.session.add(row)
    cycle.session.flush()
    record(row, "agree", by=by, now=now, why=row.reason, details={"family": family, "units": row.units})
    is_left = any(count is not None for count in row.units)
    if not is_left:
        cycle.session.delete(row)
        cycle.session.flush()
    if cycle.step in ASKING:
        fill_supply(cycle)
    return row if is_left else None


def _consensus_of(cycle: Cycle, family: str) -> Consensus | None:
    return cycle.session.scalar(select(Consensus).where(Consensus.cycle_id == cycle.id, Consensus.family == family))
