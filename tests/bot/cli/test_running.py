"""`belay run`: one bot on a SQLite file, any number on PostgreSQL."""

from pathlib import Path

import pytest

from bot.cli.running import only_bot_on
from bot.database import Database
from models.base.errors import Refused


def test_second_bot_on_a_sqlite_file_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'belay.db'}"
    first, second = Database(url), Database(url)
    first.migrate()
    with only_bot_on(first), pytest.raises(Refused, match=r"^Another bot runs on .*belay\.db\. "), only_bot_on(second):
        pytest.fail("it runs")
    with only_bot_on(second):
        pass


def test_any_number_of_bots_share_postgresql(database: Database) -> None:
    if not database.is_sqlite:
        with only_bot_on(database), only_bot_on(database):
            pass


def test_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'belay.db'}")
    database.migrate()
    with database.reading() as session:
        session.connection()
        modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()}
    assert set(modes.values()) == {"0o600"}, modes
    database.close()
