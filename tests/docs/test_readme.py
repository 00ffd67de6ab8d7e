"""The commands that the README lists: each is run as it is listed, and none is there that is not listed."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.templates import begun
from tests.world import COMPANY

README = (ROOT / "README.md").read_text()
HISTORY = "family,month,units\n" + "".join(f"Tents,{2023 + n // 12}-{n % 12 + 1:02},{100 + n}\n" for n in range(36))
DEAL = {"customer": "Acme", "today": "2026-11-23"}
LINE = {"offer": "Summit tent", "quantity": 60, "unit_price": 480, "week": "2027-01-25"}
# What needs Slack, a page or an assistant has tests of its own; here it says what it is.
ASKED = ("run", "demo", "mcp")
RUN = {
    "check": ["check", str(COMPANY), "deal.json", "--json"],
    "read": ["read", str(COMPANY), "60 Summit tent for Acme by 20 January", "--today", "2026-11-23"],
    "preview": ["preview", "actuals", "history.csv", str(COMPANY), "--json"],
    "forecast": ["forecast", "history.csv", "--months", "6", "--json"],
    "import": ["import", str(COMPANY)],
    "export": ["export"],
    "backup": ["backup", "kept.db"],
    "restore": ["restore", "copy.db"],
    "migrate": ["migrate"],
    "manifest": ["manifest"],
    "keys new": ["keys", "new"],
    "keys rotate": ["keys", "rotate", "--help"],
    # Without a token it says what is missing, and ends with 1.
    "doctor": ["doctor"],
    **{command: [command, "--help"] for command in ASKED},
}


def listed() -> list[str]:
    """The commands of the table, in its order."""
    table = README.split("## The commands")[1].split("##")[0]
    found = re.findall(r"`belay (\w+(?: (?:new|rotate))?)", table)
    return list(dict.fromkeys(found))


def test_every_command_is_listed() -> None:
    parser = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    there = set(re.findall(r"^    (\w+) ", parser.stdout, re.MULTILINE))
    assert {command.split()[0] for command in listed()} == there
    assert set(listed()) == set(RUN)


def test_first_lines_are_demo_and_test() -> None:
    assert re.findall(r"^    make (\w+)", README, re.MULTILINE)[:2] == ["demo", "test"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands are typed."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "deal.json").write_text(json.dumps(DEAL | {"lines": [LINE]}))
    (folder / "history.csv").write_text(HISTORY)
    begun(f"sqlite:///{folder / 'belay.db'}")
    return folder


@pytest.mark.parametrize("command", RUN)
def test_command_is_run(folder: Path, command: str) -> None:
    if command == "restore":
        assert run(folder, "backup", "copy.db").returncode == 0
    ran = run(folder, *RUN[command])
    assert ran.returncode == (1 if command == "doctor" else 0), ran.stderr + ran.stdout
    assert ran.stdout or command in {"migrate", "restore"}


def run(folder: Path, *given: str) -> subprocess.CompletedProcess[str]:
    """A command as it is typed there."""
    path = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = path | {"PYTHONPATH": str(ROOT), "DATABASE_URL": f"sqlite:///{folder / 'belay.db'}"}
    command = [sys.executable, "-m", "bot", *given]
    return subprocess.run(command, check=False, cwd=folder, env=environment, capture_output=True, text=True)
