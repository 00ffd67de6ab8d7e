"""The beat looks at broken promises when something was given back: those that can be kept again are told to both."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.capacity.adjusting import KEPT, lock_touched, needed_by
from models.deals.lists import WITH_ALL
from models.deals.mend_requests import MendRequest
from models.deals.mending import mend_if_kept
from models.deals.rows import Deal
from models.workspace.workspaces import Workspace


def next_mending(session: Session) -> datetime | None:
    """Since when something waits to be looked at."""
    return session.scalar(select(func.min(MendRequest.asked_at)))


def mend_promises(session: Session, *, now: datetime) -> None:
    """Mend what can be kept, the first promise first, under the locks of whoever decides a deal."""
    asked: defaultdict[int, list[int]] = defaultdict(list)
    for key, workspace_id in session.execute(select(MendRequest.id, MendRequest.workspace_id)):
        asked[workspace_id].append(key)
    for workspace_id, keys in asked.items():
        _mend_in(session.get_one(Workspace, workspace_id), now)
        session.execute(delete(MendRequest).where(MendRequest.id.in_(keys)))


def _mend_in(workspace: Workspace, now: datetime) -> None:
    broken = select(Deal).where(Deal.workspace_id == workspace.id, Deal.broken_at.is_not(None), Deal.state.in_(KEPT))
    broken = broken.order_by(Deal.promised_at, Deal.id).options(*WITH_ALL)
    ids = [deal.id for deal in workspace.session.scalars(broken)]
    lock_touched(workspace, set(needed_by(workspace, ids)))
    workspace.session.expire_all()
    for deal in workspace.session.scalars(broken).all():
        mend_if_kept(deal, by=None, now=now)
