"""All of a workspace in an admin's hands: sent, erased and put back, through the door."""

import gzip
from pathlib import Path

import pytest

from bot.cli import main
from models.setup.archive import write_archive
from models.tables import METADATA
from models.workspace.workspaces import the_workspace
from tests.models.setup.test_archive import rows
from tests.stage import OPS, Stage, shown
from tests.world import NOW

REFUSED = "Only workspace admins"


def everything(stage: Stage) -> list[str]:
    return stage.look(lambda session: list(write_archive(the_workspace(session), METADATA, now=NOW)))  # type: ignore[no-any-return]


def open_data(stage: Stage, name: str) -> str:
    stage.person(name).command(OPS, "/belay data")
    stage.sb.settle()
    return shown(stage.person(name)).as_text()


def test_admin_takes_everything_along_erases_it_and_has_it_put_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    stage.person("Olga").press("Approve", in_=stage.card())
    stage.sb.settle()
    lea = stage.person("Lea")
    assert "the names and roles of people" in open_data(stage, "Lea")
    lea.press("Send me everything")
    stage.sb.settle()
    assert "keep it safe" in lea.dm()[-1].as_text()
    (file,) = [each for each in stage.sb.files() if each["name"] == f"belay-{_team(stage)}-2026-11-23.gz"]
    sent = gzip.decompress(stage.sb.http.get(f"/files/{file['id']}").content)
    archive = tmp_path / "all.gz"
    archive.write_bytes(gzip.compress(sent))
    before = stage.look(lambda session: rows(session, the_workspace(session).id)["proposal"])

    open_data(stage, "Lea")
    lea.press("Erase everything…")
    stage.sb.settle()
    lea.fill("name", "Ridge")
    lea.submit()
    stage.sb.settle()
    assert "Nothing was erased: type Ridgeline" in shown(lea).as_text()
    assert stage.state() == "approved"

    lea.close()
    open_data(stage, "Lea")
    lea.press("Erase everything…")
    stage.sb.settle()
    lea.fill("name", "Ridgeline")
    lea.submit()
    stage.sb.settle()
    assert "Everything is erased" in shown(lea).as_text()
    # Who erased it, and the chain that begins with that.
    left = ['["workspa', '["history', '["member"', '["history']
    assert [line[:9] for line in everything(stage)[1:]] == left

    monkeypatch.setenv("DATABASE_URL", stage.bot.config.database_url)
    assert main(["import", str(archive)]) == 0
    assert "1 deals" in capsys.readouterr().out
    assert stage.look(lambda session: rows(session, the_workspace(session).id)["proposal"]) == before
    assert stage.state() == "approved"


def test_nobody_else_sees_or_erases_it(stage: Stage) -> None:
    assert REFUSED in open_data(stage, "Sara")
    assert REFUSED in open_data(stage, "Olga")


def test_admin_sees_who_asked_for_what_is_not_theirs(stage: Stage) -> None:
    assert "Refused lately" not in open_data(stage, "Lea")
    stage.person("Lea").close()
    stage.propose("Acme 100 Summit tent by 18 Jan")
    stage.person("Sara").command(OPS, "/belay roles Secret GmbH")
    stage.sb.settle()
    stage.person("Sara").close()
    stage.person("Sara").press("Approve", in_=stage.card())
    stage.sb.settle()
    seen = open_data(stage, "Lea")
    assert "Refused lately" in seen
    assert "Sara" in seen
    assert "approve" in seen
    assert "/belay roles" in seen
    assert "Secret" not in seen


def test_archive_is_written_and_read_by_commands(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    monkeypatch.setenv("DATABASE_URL", stage.bot.config.database_url)
    file = tmp_path / "all.gz"
    assert main(["export", "--everything", str(file)]) == 0
    before = stage.look(lambda session: rows(session, the_workspace(session).id)["deal"])
    assert main(["import", str(file)]) == 0
    assert stage.look(lambda session: rows(session, the_workspace(session).id)["deal"]) == before
    file.write_bytes(file.read_bytes()[:-20])
    assert main(["import", str(file)]) == 2
    assert "cannot be read" in capsys.readouterr().err
    file.write_text("no gzip")
    assert main(["import", str(file)]) == 2


def _team(stage: Stage) -> str:
    return str(stage.look(lambda session: the_workspace(session).team_id))
