"""A command starts at once: each imports what it needs, and no more."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.world import COMPANY

HEAVY = {"sandbox", "slack_bolt", "slack_sdk", "ortools", "pandas", "matplotlib", "uvicorn", "handlers", "openpyxl"}
LINE = {"offer": "Summit tent", "quantity": 1, "unit_price": "480.00", "week": "2027-01-18"}
DEAL = {
    "customer": "Acme",
    "today": "2026-11-23",
    "lines": [LINE],
}


def imported(*arguments: str, cwd: Path) -> set[str]:
    """The heavy packages that a command has imported when it ends."""
    code = "import json, sys; from bot.cli import main; main(sys.argv[1:]); print(json.dumps(sorted(sys.modules)))"
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATABASE_URL": f"sqlite:///{cwd}/belay.db"}
    command = [sys.executable, "-c", code, *arguments]
    ended = subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True, env=environment)
    modules = json.loads(ended.stdout.splitlines()[-1])
    return {name.split(".")[0] for name in modules} | {
        name for name in modules if name.startswith("holidays.countries")
    }


@pytest.mark.parametrize(
    ("arguments", "without"),
    [
        (["manifest"], {*HEAVY, "sqlalchemy", "babel", "holidays"}),
        (["doctor"], {*HEAVY, "alembic", "holidays", "numpy"}),
        (["import", str(COMPANY)], {*HEAVY, "numpy"}),
        (["check", str(COMPANY), "deal.json"], {*HEAVY, "sqlalchemy", "alembic", "holidays.countries"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_command_imports_no_more_than_it_needs(arguments: list[str], without: set[str], tmp_path: Path) -> None:
    (tmp_path / "deal.json").write_text(json.dumps(DEAL))
    assert imported(*arguments, cwd=tmp_path) & without == set()


def test_check_imports_the_solver_when_it_looks_for_ways(tmp_path: Path) -> None:
    short = {**DEAL, "lines": [{**LINE, "quantity": 200}]}
    (tmp_path / "deal.json").write_text(json.dumps(short))
    assert imported("check", str(COMPANY), "deal.json", cwd=tmp_path) & {"ortools", "slack_bolt"} == {"ortools"}
