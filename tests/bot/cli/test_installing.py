"""`belay doctor`, as an admin types it."""

from pathlib import Path

import pytest

from bot.cli import main
from tests.stage import Stage


@pytest.fixture(autouse=True)
def _own_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.delenv(name, raising=False)


def test_doctor_names_everything_that_is_missing(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert said.splitlines() == [
        "SLACK_BOT_TOKEN is missing: the bot token of the installed app (xoxb-…).",
        "SLACK_APP_TOKEN (xapp-…, for Socket Mode) or SLACK_SIGNING_SECRET (for HTTP) is missing.",
        "The catalogue is empty: `belay import company.toml` loads it.",
    ]


def test_doctor_finds_nothing_wrong_with_what_runs(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = stage.bot.config
    for name in ("slack_bot_token", "slack_app_token", "slack_signing_secret", "slack_api_url", "database_url"):
        monkeypatch.setenv(name.upper(), getattr(config, name))
    assert main(["doctor"]) == 0
    assert capsys.readouterr().out == "Nothing is missing: `belay run` starts the bot.\n"
