"""`belay export history` and `belay doctor --history`, as a terminal sees them."""

import json

import pytest
from sqlalchemy import update

from bot.cli import main
from bot.database import Database
from models.workspace.history import History
from tests.world import World


@pytest.fixture
def database_with_a_deal(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("BELAY_HISTORY_KEY", "a key that nobody can guess")
    database = Database(database_url, history_key=b"a key that nobody can guess")
    database.migrate()
    with World.build(database) as world:
        world.propose()
        world.propose(customer="Borealis")
    return database


def test_history_is_written_and_verified(
    database_with_a_deal: Database, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["export", "history", "--format", "ndjson", "--deal", "2"]) == 0
    (line,) = capsysbinary.readouterr().out.decode().splitlines()
    assert (json.loads(line)["move"], json.loads(line)["customer"]) == ("propose", "Borealis")
    assert main(["export", "history"]) == 0
    assert capsysbinary.readouterr().out.decode("utf-8-sig").startswith("number,at,deal,customer,")
    assert main(["doctor", "--history"]) == 0
    said = capsysbinary.readouterr().out.decode().strip()
    assert said.startswith("The history is whole: ")
    published = said.rpartition(" ")[2].rstrip(".")
    assert main(["doctor", "--history", published]) == 0
    with database_with_a_deal.engine.begin() as connection:
        connection.execute(update(History).where(History.number == 2).values(why="Never."))
    capsysbinary.readouterr()
    assert main(["doctor", "--history", published]) == 1
    assert b"Entry 2 is not as it was written" in capsysbinary.readouterr().out


def test_head_that_is_none_is_refused(database_with_a_deal: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert database_with_a_deal.history_key
    assert main(["doctor", "--history", "yesterday"]) == 2
    assert "A head is like 1234:3fa9c1d2…" in capsys.readouterr().err


def test_short_key_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("BELAY_HISTORY_KEY", "short")
    assert main(["doctor"]) == 2
    assert "BELAY_HISTORY_KEY should be at least 16 characters" in capsys.readouterr().err
