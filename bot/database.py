"""The database: the engine, and the transactions that the edge owns."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from models.base.errors import Busy, Refused
from models.workspace.history_chain import seal

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

    from bot.config import Config

LOCK_WAIT_SECONDS = 1.5
ONE_MOMENT = "REPEATABLE READ"
BUSY_MARKS = ("locked", "lock timeout", "deadlock detected", "could not obtain lock")
MIGRATIONS = Path(__file__).parent.parent / "models" / "migrations"


def known_revisions() -> frozenset[str]:
    """The revisions of the tables that this Belay knows."""
    return frozenset(path.stem[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


NEWEST = max(known_revisions())


def database_of(config: "Config") -> "Database":
    """The database that the settings name."""
    return Database(config.database_url, history_key=config.belay_history_key.encode())


class Database:
    """SQLite by default, PostgreSQL by its URL; the same code for both."""

    def __init__(self, url: str, *, history_key: bytes = b"") -> None:
        self.url = make_url(url)
        self.history_key = history_key
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _engine(str(self.url.render_as_string(hide_password=False)), is_sqlite=self.is_sqlite)
        # SQLite reads one snapshot by itself.
        self._looking = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level=ONE_MOMENT)
        self._writing = threading.RLock()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that takes no locks and keeps nothing; all that it reads is of one moment."""
        with Session(self._looking) as session:
            yield session
            session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that decides: committed when the block ends, rolled back when it raises.

        It waits for a lock for at most 1.5 s, then it is `Busy`.
        """
        with self._one_writer(), Session(self.engine.execution_options(is_writing=True)) as session:
            try:
                self._limit_waiting(session)
                yield session
                seal(session, self.history_key)
                session.commit()
            except OperationalError as error:
                session.rollback()
                if any(mark in str(error).lower() for mark in BUSY_MARKS):
                    raise Busy from error
                raise

    def migrate(self) -> None:
        """Bring the tables to the newest revision; those of a newer Belay are left alone."""
        revision = self.revision()
        if revision == NEWEST:
            return
        if revision is not None and revision not in known_revisions():
            raise Refused(
                f"The tables are of a newer Belay ({revision}, and this one knows {NEWEST}): install that one."
            )
        # Imported where there is something to do: it takes as long as most commands.
        from alembic import command

        with self.engine.connect() as connection:
            command.upgrade(migration_config(connection), "head")
            connection.commit()

    def revision(self) -> str | None:
        """The revision of the tables; None where there are none."""
        with self.engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return str(connection.scalar(text("SELECT version_num FROM alembic_version")))

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        # SQLite's own queue for writers is unfair: with 20 of them one waits for most of a second.
        if not self.is_sqlite:
            yield
        elif self._writing.acquire(timeout=LOCK_WAIT_SECONDS):
            try:
                yield
            finally:
                self._writing.release()
        else:
            raise Busy

    def _limit_waiting(self, session: Session) -> None:
        if not self.is_sqlite:
            session.execute(text(f"SET LOCAL lock_timeout = '{int(LOCK_WAIT_SECONDS * 1000)}ms'"))


def migration_config(connection: Connection) -> "AlembicConfig":
    """Alembic's settings for a connection that is open already."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _engine(url: str, *, is_sqlite: bool) -> Engine:
    if not is_sqlite:
        return create_engine(url, pool_size=10, max_overflow=30, pool_pre_ping=True, hide_parameters=True)
    options = {"check_same_thread": False, "isolation_level": None}
    _create_for_its_owner(url)
    engine = create_engine(url, pool_size=10, max_overflow=30, connect_args=options, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _create_for_its_owner(url: str) -> None:
    """Nobody else on the machine reads the company's deals: a new file is its owner's, and what lies beside it too."""
    name = make_url(url).database
    if name and name != ":memory:":
        with suppress(OSError):
            os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={int(LOCK_WAIT_SECONDS * 1000)}",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    # SQLite's own knows the letters of ASCII alone, and finds no Öko by "öko".
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


def _begin_sqlite(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get("is_writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")
