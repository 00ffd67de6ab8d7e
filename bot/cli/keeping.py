"""`belay backup` and `belay restore`: the whole database in a file, and back."""

import argparse
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL

from bot.cli.running import only_bot_on
from bot.config import environment, read_config
from bot.database import Database, database_of, known_revisions
from models.base.errors import Refused

EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
NO_TOOL = "PostgreSQL is backed up by its own {tool}, which is not on this machine: install PostgreSQL's client."


def backup(arguments: argparse.Namespace) -> None:
    """Write the database into a new file; the bot may run meanwhile."""
    to: Path = arguments.file
    if to.exists():
        raise Refused(f"{to} is there already: choose another name.")
    database = database_of(read_config())
    if database.is_sqlite:
        _copy(_file_of(database), to)
    else:
        _dump(database, to)
    print(f"The database is in {to}.")


def restore(arguments: argparse.Namespace) -> None:
    """Put a backup in the place of the database; a bot on SQLite must be stopped before."""
    source: Path = arguments.file
    if not source.is_file():
        raise Refused(f"{source} is not there.")
    database = database_of(read_config())
    if not database.is_sqlite:
        _replace(database, source)
        print(f"The database is as it was in {source}.")
        return
    revision = _revision_in(source)
    if revision not in known_revisions():
        raise Refused(f"{source} is of a newer Belay ({revision}): install that one.")
    file = _file_of(database)
    with only_bot_on(database):
        database.close()
        kept = _put_aside(file)
        _copy(source, file)
    print(f"The database is as it was in {source}." + (f" What was there is in {kept}." if kept else ""))


def _dump(database: Database, to: Path) -> None:
    """Nobody else may read it, and one that failed is none."""
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={to}", url=database.url)
    except Refused:
        to.unlink()
        raise


def _replace(database: Database, source: Path) -> None:
    """In one transaction, and with nothing left of what was there: a newer Belay may have had more tables."""
    with TemporaryDirectory() as folder:
        rows, script = Path(folder) / "rows.sql", Path(folder) / "all.sql"
        _run("pg_restore", "--no-owner", f"--file={rows}", str(source))
        script.write_text(f"{EMPTY}\n\\i {rows}\n")
        _run("psql", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={script}", url=database.url)


def _copy(source: Path, to: Path) -> None:
    """SQLite's own online copy: whole, also while somebody writes; nobody else may read it."""
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(to)) as new:
        old.backup(new)


def _put_aside(file: Path) -> Path | None:
    """What is replaced stays beside it; its log belongs to it."""
    if not file.exists():
        return None
    kept = file.with_name(f"{file.name}.before-restore")
    if kept.exists():
        raise Refused(f"{kept} is there already, from a restore before: move it away first.")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.rename(kept)
    for rest in ("-wal", "-shm"):
        file.with_name(f"{file.name}{rest}").unlink(missing_ok=True)
    return kept


def _revision_in(source: Path) -> str:
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as connection:
            (state,) = connection.execute("PRAGMA integrity_check").fetchone()
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.DatabaseError, TypeError):
        raise Refused(f"{source} is no backup of Belay on SQLite.") from None
    if state != "ok":
        raise Refused(f"{source} is damaged: SQLite says {str(state)[:80]}.")
    return str(revision)


def _file_of(database: Database) -> Path:
    return Path(str(database.url.database))


def _run(tool: str, *arguments: str, url: URL | None = None) -> None:
    """A tool of PostgreSQL; the password goes by the environment, where no list of processes shows it."""
    path = shutil.which(tool)
    if path is None:
        raise Refused(NO_TOOL.format(tool=tool))
    where = url and url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    password = url.password if url else ""
    done = subprocess.run(  # noqa: S603 - the tool that was looked up, with our own arguments
        [path, *arguments, *([f"--dbname={where}"] if where else [])],
        env=environment(PGPASSWORD=password or ""),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason"])[-1]
        raise Refused(f"{tool} says: {last}")
