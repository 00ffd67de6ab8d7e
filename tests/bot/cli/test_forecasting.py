"""`belay forecast`: the coming months of each family of a table."""

import json
from pathlib import Path

import pytest

from bot.cli import main
from tests.models.sop.histories import SMOOTH, noisy


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Three years of tents, the whole numbers 30 of lamps, and a weight with decimals."""
    file = tmp_path / "history.csv"
    months = [f"{year}-{month:02}" for year in (2024, 2025, 2026) for month in range(1, 13)]
    rows = [f"Tents,{month},{units}" for month, units in zip(months, noisy(SMOOTH, 36), strict=True)]
    rows += [f"Lamps,{month},30" for month in months[-3:]] + [f"Rope,{month},0.25" for month in months]
    file.write_text("\n".join(["family,month,units", *rows]))
    return file


def test_each_family_is_one_line_of_json(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forecast", str(table), "--json"]) == 0
    tents, lamps, rope = map(json.loads, capsys.readouterr().out.splitlines())
    assert list(tents) == ["family", "method", "months", "values", "low", "high"]
    assert [tents["months"][n] for n in (0, 17)] == ["2027-01", "2028-06"]
    assert {len(tents[name]) for name in ("months", "values", "low", "high")} == {18}
    assert all(isinstance(units, int) for name in ("values", "low", "high") for units in tents[name])
    assert lamps == {
        "family": "Lamps",
        "method": "mean",
        "months": tents["months"],
        "values": [30] * 18,
        "low": [30] * 18,
        "high": [30] * 18,
    }
    assert rope["values"] == [0.25] * 18


def test_person_reads_what_was_seen_and_a_range(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forecast", str(table), "--months", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[3:6] == [
        "Lamps: 3 months, too short for more than its mean",
        "  2027-01  30  (30 – 30)",
        "  2027-02  30  (30 – 30)",
    ]
    assert lines[0].startswith("Tents: 36 months, seasonal, ")
    assert lines[0].endswith(" % accurate on the last 6 months, unseen")


def test_marked_months_are_left_out_of_their_family(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    marks = ["--leave-out", "Tents=2026-11", "--leave-out", "2026-12"]
    assert main(["forecast", str(table), "--months", "1", *marks]) == 0
    first = [line for line in capsys.readouterr().out.splitlines() if ":" in line]
    assert [line.partition(", ")[0] for line in first] == ["Tents: 34 months", "Lamps: 2 months", "Rope: 35 months"]


def test_names_cannot_steer_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "history.csv"
    file.write_text("family,month,units\nTents\x1b[2J,2026-12,30\n")
    assert main(["forecast", str(file), "--months", "1"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "Tents\\x1b[2J: 1 month, too short for more than its mean"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["gone.csv"], "belay: gone.csv: cannot be read (No such file or directory).\n"),
        (["{table}", "--months", "0"], "belay: --months is from 1 to 60.\n"),
        (
            ["{table}", "--leave-out", "March"],
            "belay: --leave-out is a month such as 2026-03, or Tents=2026-03, not March.\n",
        ),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], sentence: str, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["forecast", *(each.replace("{table}", str(table)) for each in arguments)]) == 2
    assert capsys.readouterr().err == sentence
