"""`belay keys`: a key that the setting takes, and tokens that need only the newest."""

from argparse import Namespace
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.keys import new, rotate
from bot.database import Database
from bot.keys import Keys
from models.base.errors import Refused
from models.workspace.installations import Installation
from tests.world import NOW

FIRST = Keys.read(Keys().next_key())


def test_new_key_goes_before_the_others(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("BELAY_KEYS", "")
    assert main(["keys", "new"]) == 0
    key = capsys.readouterr().out.strip()
    assert key.startswith("1:")
    monkeypatch.setenv("BELAY_KEYS", key)
    new(Namespace())
    assert [number for number, _ in Keys.read(f"{capsys.readouterr().out.strip()},{key}").by_number] == ["2", "1"]


def test_rotating_needs_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BELAY_KEYS", "")
    with pytest.raises(Refused, match="BELAY_KEYS is missing"):
        rotate(Namespace())


def test_rotating_before_the_first_bot_finds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    monkeypatch.setenv("BELAY_KEYS", _written(FIRST))
    rotate(Namespace())
    assert capsys.readouterr().out == "0 encrypted anew; key 1 alone is needed from now on.\n"


def test_rotated_tokens_need_only_the_newest_key(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    second = FIRST.next_key()
    only = Keys.read(second)
    with database.writing() as session:
        token = FIRST.seal("xoxb-1", place="T1", field="token")
        session.add(Installation(place="T1", bot_id="B1", bot_user_id="U1", token=token, installed_at=NOW))
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("BELAY_KEYS", f"{second},{_written(FIRST)}")
    for count in (1, 0):
        rotate(Namespace())
        assert capsys.readouterr().out == f"{count} encrypted anew; key 2 alone is needed from now on.\n"
    with database.reading() as session:
        row = session.query(Installation).one()
        assert only.open(row.token, place="T1", field="token") == "xoxb-1"


def _written(keys: Keys) -> str:
    return ",".join(keys.written())
