"""All of a workspace in a file and back, by commands: what cannot be read changes nothing, nothing is overwritten."""

import gzip
from pathlib import Path

import pytest

from bot.cli import main
from bot.database import Database
from tests.templates import begun
from tests.world import World


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database with a company, in a directory of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'belay.db'}")
    database = Database(begun(f"sqlite:///{tmp_path / 'belay.db'}"))
    database.migrate()
    World.furnish(database)
    database.close()


def test_what_went_out_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--everything", "all.gz"]) == 0
    assert main(["import", "all.gz"]) == 0
    assert "rows: 0 deals, 7 people." in capsys.readouterr().out


def test_file_that_is_there_is_not_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    Path("all.gz").write_text("mine")
    assert main(["export", "--everything", "all.gz"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert Path("all.gz").read_text() == "mine"


@pytest.mark.parametrize(
    "data", [b"no gzip", gzip.compress(b"\xff\xfe\xfd", mtime=0), b""], ids=["text", "no text", "nothing"]
)
def test_what_cannot_be_read_is_said(data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    Path("odd.gz").write_bytes(data)
    assert main(["import", "odd.gz"]) == 2
    assert capsys.readouterr().err
