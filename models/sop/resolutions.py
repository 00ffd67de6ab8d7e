"""What was decided about the plan and is not done yet, with its owner and its day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.sop.rows import Cycle, Resolution
from models.workspace.members import Member


@dataclass(frozen=True)
class Decided:
    """A decision of this cycle, or an earlier one that is still open; its owner by name and as Slack knows them."""

    id: int
    family: str
    month: date | None
    text: str
    owner: str
    user: str
    due: date
    is_closed: bool = False


def decided_in(cycle: Cycle) -> tuple[Decided, ...]:
    """Decisions of this cycle, and of those before it that are not closed, the one that is due first first."""
    own = (Resolution.cycle_id == cycle.id) | Resolution.closed_at.is_(None)
    query = select(Resolution).where(Resolution.workspace_id == cycle.workspace_id, own)
    rows = cycle.session.scalars(query.options(joinedload(Resolution.owner)).order_by(Resolution.due, Resolution.id))
    return tuple(
        Decided(r.id, r.family, r.month, r.text, r.owner.name, r.owner.user_id, r.due, r.closed_at is not None)
        for r in rows
    )


def resolutions_due(member: Member, *, now: datetime) -> list[Resolution]:
    """A person's own decisions whose day has come."""
    today = member.workspace.today(now)
    query = select(Resolution).where(Resolution.owner_id == member.id, Resolution.closed_at.is_(None))
    return list(member.session.scalars(query.where(Resolution.due <= today).order_by(Resolution.due, Resolution.id)))
