"""`belay preview`: how a table would be read."""

import json
from pathlib import Path

import pytest

from bot.cli import main
from tests.places import DATA, ROOT

COMPANY = ROOT / "bot" / "cli" / "ridgeline.toml"
TABLES = DATA / "tables"


def test_table_is_told_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Report,,\nfamily,month,qty\nTents,2026-08,5\nTotal,,5\nTent,2026-09,3\n")
    arguments = [
        "preview",
        "actuals",
        str(file),
        str(COMPANY),
        "--today",
        "2026-11-23",
        "--measure",
        "bookings",
        "--json",
    ]
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out) == {
        "rows": [
            {"family": "Tents", "month": "2026-08", "bookings": "5"},
            {"family": "Tents", "month": "2026-09", "bookings": "3"},
        ],
        "columns": {"family": "family", "month": "month", "qty": "bookings"},
        "left_out": [{"row": 1, "why": "above the table"}, {"row": 4, "why": "a total"}],
        "questions": ["Row 5: there is no family “Tent”: is it Tents?"],
    }


def test_table_is_told_to_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.csv"
    file.write_text("machine;KW;Stunden;Kommentar\nAssembly;1/2027;320,5;\nAsembly;2/2027;300;\n")
    assert main(["preview", "weeks", str(file), str(COMPANY), "--today", "2026-11-23", "--locale", "de-DE"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "machine: resource",
        "KW: week",
        "Stunden: available",
        "Kommentar: reason",
        "Assembly · 2027-01-04 · 320.5",
        "Assembly · 2027-01-11 · 300",
        "? Row 3: there is no resource “Asembly”: is it Assembly? (Assembly)",
    ]


@pytest.mark.parametrize(
    ("kind", "name", "data", "sentence"),
    [
        ("actuals", "gone.csv", None, "gone.csv: cannot be read (No such file or directory)."),
        ("actuals", "a.xls", b"\xd0\xcf\x11\xe0 old", "An old (.xls) or protected workbook cannot be read"),
        ("actuals", "a.csv", b"", "The file is empty."),
        ("substitutes", "a.csv", b"a,b\n", "Of substitutes, what is measured is nothing."),
    ],
)
def test_what_cannot_be_read_is_said(
    kind: str, name: str, data: bytes | None, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    measure = ["--measure", "bookings"] if kind == "substitutes" else []
    assert main(["preview", kind, str(file), str(COMPANY), *measure]) == 2
    assert capsys.readouterr().err.startswith(f"belay: {sentence}")


EXPECTED = json.loads((TABLES / "expected.json").read_text()) if TABLES.is_dir() else {}


@pytest.mark.skipif(not EXPECTED, reason="the shared data is not beside this repository")
@pytest.mark.parametrize("name", EXPECTED)
def test_given_table_is_read(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    given = EXPECTED[name]
    options = [f"--{option}={given[option]}" for option in ("locale", "measure") if option in given]
    file, company = TABLES / name, TABLES / "company.toml"
    main(["preview", given["kind"], str(file), str(company), "--today=2026-11-23", "--json", *options])
    read = json.loads(capsys.readouterr().out)
    asked = " ".join(read["questions"])
    assert read["rows"] == given["rows"]
    assert [word for word in given.get("asks", []) if word not in asked] == []
    assert not asked or "asks" in given or "asks_or_rows" in given
