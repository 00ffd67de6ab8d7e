"""The database: migrations that equal the models, transactions that keep all or nothing, instants in UTC."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, make_url, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from bot.database import Database, migration_config
from models.tables import METADATA
from models.workspace.outbox import News, Outbox
from models.workspace.requests import SeenRequest
from models.workspace.workspaces import Workspace
from tests.places import ROOT
from tests.postgres import postgres_url
from tests.world import NOW

MIGRATE = "import sys; from bot.database import Database; Database(sys.argv[1]).migrate()"
DENVER = timezone(timedelta(hours=-7))
# What waited before news were typed, and what it is since; the last is sent, and read by nobody any more.
OLD_NEWS: list[tuple[News, dict[str, Any]]] = [
    (News.WAYS, {"deal": "7", "tries": "2"}),
    (News.ESCALATION, {"turns": "3,4"}),
    (News.DIGEST, {"schedule": "5", "date": "2026-12-01", "due": "2026-12-01T09:00:00+00:00"}),
    (News.SOP_FILE, {"signed": "8", "thread": "1.2", "file": "plan.csv"}),
    (News.SOP_FILE, {"sheet": "supply", "cycle": "1", "member": "2", "thread": "1.2"}),
    (News.REVIEW, {"sheet": "forecast", "cycle": "1", "member": "2"}),
    (News.SOP_PAGE, {"signed": "8"}),
]
TYPED_NEWS: list[tuple[News, dict[str, Any]]] = [
    (News.WAYS, {"deal": 7, "tries": 2}),
    (News.ESCALATION, {"turns": [3, 4]}),
    (News.DIGEST, {"schedule": 5, "day": "2026-12-01", "due": "2026-12-01T09:00:00+00:00"}),
    (News.SOP_FILE, {"signed": 8, "thread": "1.2", "name": "plan.csv"}),
    (News.REVIEW_FILE, {"kind": "supply", "cycle": 1, "member": 2, "thread": "1.2"}),
    (News.REVIEW, {"kind": "forecast", "cycle": 1, "member": 2}),
    (News.SOP_PAGE, {"signed": "8"}),
]


@pytest.fixture
def fresh_url(database_kind: str, tmp_path: Path) -> Iterator[str]:
    """A database without a table."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'fresh.db'}"
        return
    name = f"belay_fresh_{uuid4().hex}"
    server = create_engine(postgres_url(), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield server.url.set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def test_migrations_equal_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_migrate_twice_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        session.add(Workspace(name="Ridgeline"))
    before = _shape(database)
    database.migrate()
    assert _shape(database) == before
    assert _names(database) == ["Ridgeline"]


def test_migrate_from_several_replicas_at_once_builds_the_tables_once(fresh_url: str, database_url: str) -> None:
    fresh, migrated = Database(fresh_url), Database(database_url)
    if fresh.is_sqlite:
        # SQLite belongs to one process; replicas share PostgreSQL.
        fresh.migrate()
    else:
        replicas = [subprocess.Popen([sys.executable, "-c", MIGRATE, fresh_url], cwd=ROOT) for _ in range(2)]
        assert [replica.wait(timeout=120) for replica in replicas] == [0, 0]
    assert _shape(fresh) == _shape(migrated)
    fresh.close()
    migrated.close()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_writing_rolls_back_on_any_exception(database: Database, error: type[BaseException]) -> None:
    with pytest.raises(error), database.writing() as session:
        session.add(Workspace(name="Ridgeline"))
        session.flush()
        raise error
    assert _names(database) == []


def test_writing_rolls_back_when_the_commit_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add_all([Workspace(name="One", team_id="T1"), Workspace(name="Two", team_id="T1")])
    assert _names(database) == []


def test_writing_goes_on_after_a_transaction_that_failed(database: Database) -> None:
    with pytest.raises(ValueError, match="no"), database.writing() as session:
        session.add(Workspace(name="Lost"))
        raise ValueError("no")
    with database.writing() as session:
        session.add(Workspace(name="Kept"))
    assert _names(database) == ["Kept"]


def test_reading_keeps_nothing(database: Database) -> None:
    with database.reading() as session:
        session.add(Workspace(name="Ridgeline"))
        session.flush()
        assert session.scalars(select(Workspace.name)).all() == ["Ridgeline"]
    assert _names(database) == []


def test_reading_goes_on_while_somebody_writes(database: Database) -> None:
    with database.writing() as writing, database.reading() as reading:
        writing.add(Workspace(name="Ridgeline"))
        writing.flush()
        assert reading.scalars(select(Workspace.name)).all() == []


def test_all_that_is_read_is_of_one_moment(database: Database) -> None:
    with database.reading() as reading:
        assert reading.scalars(select(Workspace.name)).all() == []
        with database.writing() as writing:
            writing.add(Workspace(name="Ridgeline"))
        assert reading.scalars(select(Workspace.name)).all() == []
    assert _names(database) == ["Ridgeline"]


def test_row_of_no_workspace_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(SeenRequest(workspace_id=4711, key="1", seen_at=NOW))


def test_instant_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="an instant needs its zone"), database.writing() as session:
        _note(session, NOW.replace(tzinfo=None))
    with pytest.raises(StatementError, match="an instant needs its zone"), database.reading() as session:
        session.scalars(select(SeenRequest).where(SeenRequest.seen_at < NOW.replace(tzinfo=None))).all()


@pytest.mark.parametrize("written", [NOW, NOW.astimezone(DENVER)], ids=["utc", "denver"])
def test_instant_comes_back_aware_and_in_utc(database: Database, written: datetime) -> None:
    with database.writing() as session:
        _note(session, written)
    assert _read(database) == ("2026-11-23T16:00:00+00:00", timedelta(0))


def test_instant_comes_back_in_utc_from_a_server_in_another_zone(database_url: str, database_kind: str) -> None:
    url = make_url(database_url)
    if database_kind == "postgresql":
        url = url.update_query_dict({"options": "-c timezone=America/Denver"})
    database = Database(url.render_as_string(hide_password=False))
    with database.writing() as session:
        _note(session, NOW)
    assert _read(database) == ("2026-11-23T16:00:00+00:00", timedelta(0))
    database.close()


def test_instants_compare_as_instants(database: Database) -> None:
    with database.writing() as session:
        _note(session, NOW)
        found = select(SeenRequest.key).where(SeenRequest.seen_at <= datetime(2026, 11, 23, 9, 0, tzinfo=DENVER))
        assert session.scalars(found).all() == ["1"]
        earlier = select(SeenRequest.key).where(SeenRequest.seen_at < datetime(2026, 11, 23, 9, 0, tzinfo=DENVER))
        assert session.scalars(earlier).all() == []


def _note(session: Session, at: datetime) -> None:
    workspace = Workspace(name="Ridgeline")
    session.add(workspace)
    session.flush()
    session.add(SeenRequest(workspace_id=workspace.id, key="1", seen_at=at))
    session.flush()


def _read(database: Database) -> tuple[str, timedelta | None]:
    with database.reading() as session:
        at = session.scalars(select(SeenRequest.seen_at)).one()
        return at.isoformat(), at.utcoffset()


def _names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Workspace.name)))


def _shape(database: Database) -> dict[str, list[str]]:
    look = inspect(database.engine)
    return {table: sorted(column["name"] for column in look.get_columns(table)) for table in look.get_table_names()}


def test_news_that_wait_are_typed_by_the_migration_and_texts_again_without_it(fresh_url: str) -> None:
    fresh = Database(fresh_url)
    fresh.migrate()
    with fresh.writing() as session:
        session.add(Workspace(id=1, name="Ridgeline"))
    _go_to(fresh, "0005", is_up=False)
    with fresh.writing() as session:
        for kind, details in OLD_NEWS:
            session.add(Outbox(workspace_id=1, kind=kind, stream="C1", details=details, queued_at=NOW, not_before=NOW))
        session.flush()
        session.execute(update(Outbox).where(Outbox.kind == News.SOP_PAGE).values(settled_at=NOW))
    _go_to(fresh, "0006")
    assert _news(fresh) == TYPED_NEWS
    _go_to(fresh, "0005", is_up=False)
    assert _news(fresh) == OLD_NEWS
    fresh.close()


def _go_to(database: Database, revision: str, *, is_up: bool = True) -> None:
    with database.engine.connect() as connection:
        (command.upgrade if is_up else command.downgrade)(migration_config(connection), revision)
        connection.commit()


def _news(database: Database) -> list[tuple[News, dict[str, Any]]]:
    with database.reading() as session:
        return [(row.kind, row.details) for row in session.scalars(select(Outbox).order_by(Outbox.id))]
