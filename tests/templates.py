"""A database that is not there yet begins as a copy of a migrated one: a whole migration takes a second."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from bot.database import Database

SQLITE = "sqlite:///"


def begun(url: str) -> str:
    """The same address; a SQLite file that is not there yet has all tables from now on."""
    path = Path(url.removeprefix(SQLITE))
    if url.startswith(SQLITE) and not path.exists():
        shutil.copy(_migrated(), path)
    return url


@cache
def _migrated() -> Path:
    """Made once in a process."""
    folder = Path(tempfile.mkdtemp(prefix="belay-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    database = Database(f"{SQLITE}{folder / 'belay.db'}")
    database.migrate()
    database.close()
    return folder / "belay.db"
