"""A database with the world in it, for test after test: a test that commits nothing leaves it to the next one.

A copy of its own is dear on PostgreSQL: not the copying, but a server process that knows nothing of the tables yet.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from bot.database import Database

KEPT: dict[str, tuple[Database, Callable[[], None]]] = {}


@contextmanager
def untouched(kind: str, copied: Callable[[], tuple[str, Callable[[], None]]]) -> Iterator[Database]:
    """The database of a kind that nobody has changed, else a new copy; `copied` makes one, and how it goes away."""
    if kind not in KEPT:
        url, remove = copied()
        KEPT[kind] = Database(url), remove
    database, remove = KEPT.pop(kind)
    commits: list[object] = []

    def note(connection: Any) -> None:
        commits.append(connection)

    event.listen(database.engine, "commit", note)
    try:
        yield database
    finally:
        event.remove(database.engine, "commit", note)
        if commits:
            database.close()
            remove()
        else:
            KEPT[kind] = database, remove


def forget() -> None:
    """The last ones go away with their process."""
    for database, remove in KEPT.values():
        database.close()
        remove()
    KEPT.clear()
