"""The command, as an admin types it."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.cli import main
from bot.database import Database
from models.company.offers import OfferRow
from models.workspace.history import History
from tests.world import COMPANY, World


@pytest.fixture(autouse=True)
def _own_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.delenv(name, raising=False)


def offers(url: str) -> int:
    with Database(url).reading() as session:
        return session.scalar(select(func.count(OfferRow.id))) or 0


def test_import_loads_a_company(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    assert [main(["import", str(COMPANY)]) for _ in range(2)] == [0, 0]
    assert capsys.readouterr().out == "Ridgeline: 3 resources, 5 offers, 1 commitments.\n" * 2
    assert offers(database_url) == 5


def test_import_of_a_wrong_file_changes_nothing(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(COMPANY.read_text().replace("unit_cost = 12.00", "unit_cost = -12.00"))
    assert main(["import", str(wrong)]) == 2
    assert capsys.readouterr().err == (
        "belay: wrong.toml: offers 3 (Pole set): unit_cost should be a number of 0 or more with at most 2 decimals, "
        "not -12.00.\n"
    )
    assert offers(database_url) == 0


def test_run_without_settings_says_which(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    assert main(["run"]) == 2
    assert "SLACK_BOT_TOKEN is missing" in capsys.readouterr().err


def test_manifest_is_json_for_both_doors(capsys: pytest.CaptureFixture[str]) -> None:
    main(["manifest"])
    assert json.loads(capsys.readouterr().out)["settings"]["socket_mode_enabled"] is True
    main(["manifest", "--agent"])
    assert "agent_view" in json.loads(capsys.readouterr().out)["features"]
    main(["manifest", "--http", "https://belay.acme.com/slack/events"])
    told = json.loads(capsys.readouterr().out)
    assert told["settings"]["interactivity"]["request_url"] == "https://belay.acme.com/slack/events"


def test_archive_is_its_owners_alone_and_goes_back_where_its_workspace_is_known(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    with World.build(migrated(database_url)):
        pass
    assert [main(["export", "--everything", "all.gz"]) for _ in range(2)] == [0, 2]
    assert oct(Path("all.gz").stat().st_mode & 0o777) == "0o600"
    assert capsys.readouterr().err == "belay: all.gz is there already: choose another name.\n"
    assert main(["import", "all.gz"]) == 0
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    assert main(["import", "all.gz"]) == 2
    sentence = "No workspace is known here yet: let `belay run` start once, then import the archive."
    assert capsys.readouterr().err == f"belay: {sentence}\n"


def migrated(url: str) -> Database:
    database = Database(url)
    database.migrate()
    return database


def test_import_writes_history(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    main(["import", str(COMPANY)])
    with Database(database_url).reading() as session:
        assert [(act.subject, act.move) for act in session.scalars(select(History))] == [
            ("workspace", "set_policy"),
            ("workspace", "import"),
        ]
