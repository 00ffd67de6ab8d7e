"""What the clock does to deals: the news that a hold has expired. The expiry itself is a comparison when reading."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.company.resources import Hold
from models.deals.rows import Deal
from models.deals.rules import is_possible
from models.deals.states import Move
from models.deals.transitions import advance


def tell_lapsed_holds(session: Session, *, now: datetime) -> None:
    """Tell both sides of holds that have expired; the deal stays countered, and Accept checks afresh."""
    lapsed = select(Hold.deal_id).where(Hold.released_at.is_(None), Hold.expires_at <= now).distinct()
    deals = select(Deal).where(Deal.id.in_(lapsed)).order_by(Deal.id)
    for deal in session.scalars(deals.with_for_update(key_share=True)):
        holds = update(Hold).where(Hold.deal_id == deal.id, Hold.released_at.is_(None), Hold.expires_at <= now)
        ended = session.scalars(holds.values(released_at=Hold.expires_at).returning(Hold.id)).all()
        # Whoever waited for the lock finds that the other process has told it.
        if ended and is_possible(deal, Move.LAPSE):
            advance(deal, Move.LAPSE, by=None, now=now)


def next_lapse(session: Session) -> datetime | None:
    """When the next hold expires."""
    return session.scalar(select(func.min(Hold.expires_at)).where(Hold.released_at.is_(None)))
