"""The search for ways to yes that the outbox asks for: read, search outside of any transaction, write."""

import logging
from datetime import datetime

from bot.database import Database
from models.deals.known_ways import forget_ways, keep_ways, sought
from models.deals.ways import ways_of
from models.promise import Ways
from models.workspace.outbox import Outbox, settle

log = logging.getLogger("belay.searching")


def search_ways(database: Database, key: int, *, now: datetime) -> None:
    """Answer one row; a search that breaks is settled with its error, and the card goes without ways."""
    with database.reading() as session:
        checked = sought(session, session.get_one(Outbox, key), now=now)
    error, ways = None, Ways((), is_complete=False)
    try:
        ways = ways_of(checked) if checked else ways
    except Exception as unforeseen:
        log.exception("row %s cannot be searched", key)
        error = f"{type(unforeseen).__name__} while searching"
    with database.writing() as session:
        row = session.get_one(Outbox, key)
        if checked:
            keep_ways(session, row, checked, ways, now=now)
        else:
            forget_ways(session, row)
        settle(row, now=now, error=error)
