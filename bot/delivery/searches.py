"""The search for ways to yes that the outbox asks for: read, search outside of any transaction, write."""

import logging

from sqlalchemy.orm import Session

from bot.delivery.attempts import Attempt
from models.deals.known_ways import forget_ways, keep_ways, sought
from models.deals.ways import ways_of
from models.promise import Ways
from models.workspace.outbox import Outbox, settle

log = logging.getLogger("belay.searching")


def search_ways(attempt: Attempt) -> None:
    """Answer one row; a search that breaks is settled with its error, and the card goes without ways."""
    now = attempt.now
    with attempt.database.reading() as session:
        checked = sought(session, session.get_one(Outbox, attempt.key), now=now)
    error, ways = None, Ways((), is_complete=False)
    try:
        ways = ways_of(checked) if checked else ways
    except Exception as unforeseen:
        log.exception("row %s cannot be searched", attempt.key)
        error = f"{type(unforeseen).__name__} while searching"

    def note(session: Session, row: Outbox) -> None:
        if checked:
            keep_ways(session, row, checked, ways, now=now)
        else:
            forget_ways(session, row)
        settle(row, now=now, error=error)

    attempt.note(note)
