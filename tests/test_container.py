"""The container files, as far as they show without a container: what they name exists, and nobody is root."""

import re
from typing import Any

import pytest
from dotenv import dotenv_values

from bot.cli import _parser
from bot.config import names, read_config
from tests.places import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = (ROOT / "compose.yaml").read_text()
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()


def test_image_copies_what_there_is_and_runs_as_nobody_special() -> None:
    copied = [
        name for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]
    ]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {"bot", "handlers", "models", "uv.lock"} <= set(copied)
    last = DOCKERFILE.split("\nFROM ")[-1]
    assert re.findall(r"^USER (\w+)$", last, re.MULTILINE) == ["belay"]
    assert "HEALTHCHECK" in last
    version = re.search(r"^UV_VERSION := (\S+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert version
    assert f"uv=={version[1]}" in DOCKERFILE


def test_settings_of_the_image_are_settings() -> None:
    block = re.search(r"^ENV (PATH=(?:.*\\\n)+.*)$", DOCKERFILE, re.MULTILINE)
    assert block
    given = dict(re.findall(r"^\s*(?:ENV )?(\w+)=\"?([^\"\\\n ]+)", block[1], re.MULTILINE))
    ours = {name: value for name, value in given.items() if name in names()}
    config = read_config(ours)
    assert (config.belay_host, config.belay_log, config.database_url) == ("0.0.0.0", "json", "sqlite:////data/belay.db")  # noqa: S104 - in a container


def test_command_of_the_image_is_a_command() -> None:
    command = re.search(r'^CMD \["run", "--http"\]$', DOCKERFILE, re.MULTILINE)
    assert command
    assert _parser().parse_args(["run", "--http"]).http


def test_services_have_the_settings_that_the_bot_needs() -> None:
    known = set(names()) | {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
    set_here = re.findall(r"^      ([A-Z_]+): ", COMPOSE, re.MULTILINE)
    assert set(set_here) <= known
    needed = {"SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "BELAY_KEYS", "BELAY_URL"}
    assert needed | {"SLACK_SIGNING_SECRET", "DATABASE_URL"} <= set(set_here)
    for guarded in ("read_only: true", 'cap_drop: ["ALL"]', "no-new-privileges:true", "replicas: 2"):
        assert guarded in COMPOSE


@pytest.mark.parametrize("text", [OPERATIONS, (ROOT / "SECURITY.md").read_text(), (ROOT / "README.md").read_text()])
def test_papers_name_what_exists(text: str) -> None:
    files = set(re.findall(r"`((?:tests|docs|bot|handlers|models)/[\w/]+\.(?:py|md))`", text))
    assert [name for name in files if not (ROOT / name).exists()] == []
    actions: Any = next(a for a in _parser()._actions if a.choices)
    commands = set(re.findall(r"`belay (\w+)", text))
    assert commands - set(actions.choices) == set()


def test_figures_that_are_explained_are_figures() -> None:
    source = (ROOT / "bot" / "metrics.py").read_text()
    named = {name.removesuffix("_total") for name in re.findall(r"`(belay_\w+)", OPERATIONS)}
    assert [name for name in named if f'"{name}"' not in source] == []
    assert dotenv_values(ROOT / ".env.example")["BELAY_HOST"] == "127.0.0.1"
