"""The command's door, and a shop that each test fills with what it needs; both speak only the files and the output."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main

TEXTS = {"name", "currency", "timezone", "country", "kind", "unit", "as_of", "week", "reason", "family"}
TEXTS |= {"ref", "resource", "note"}
NESTED = ("weeks", "receipts", "needs")

RIDGELINE = """\
[company]
name = "Ridgeline"
currency = "USD"
timezone = "America/Denver"
country = "US"
horizon_weeks = 26
margin_floor = 0.30
late_cost = 0.02
tight_at = 0.90
max_deliveries = 3
hold_days = 5

[[resources]]
name = "Assembly"
kind = "time"
unit = "hour"
weekly = 400
overtime = 80
overtime_cost = 55.00
[[resources.weeks]]
week = "2027-01-04"
available = 320
overtime = 0
reason = "Public holiday"

[[resources]]
name = "Poles in stock"
kind = "stock"
unit = "set"
on_hand = 120
as_of = "2026-11-23"
[[resources.receipts]]
week = "2027-01-11"
quantity = 200

[[offers]]
name = "Summit tent"
family = "Tents"
unit = "tent"
list_price = 480.00
unit_cost = 290.00
standard = true
max_discount = 0.15
lead_weeks = 2
min_lot = 10
margin_floor = 0.25
substitutes = []
[[offers.needs]]
resource = "Assembly"
offset = -2
weeks = 1
per_unit = 0.5
fixed = 4

[[commitments]]
ref = "SO-1881"
resource = "Assembly"
week = "2027-01-04"
quantity = 258
note = "Spring order"
"""

ACME = """\
{"customer": "Acme", "today": "2026-11-23",
 "lines": [{"offer": "Summit tent", "quantity": 200, "unit_price": 432.00, "week": "2027-01-18"}]}
"""


@dataclass(frozen=True)
class Said:
    """How the command ended, and what it printed."""

    status: object
    out: str
    err: str


@dataclass
class Door:
    """The command, with files in a folder of its own."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def call(self, *argv: str) -> Said:
        self.capsys.readouterr()
        try:
            status: object = main(["check", *argv])
        except SystemExit as leaving:
            status = leaving.code
        out, err = self.capsys.readouterr()
        return Said(status, out, err.replace(f"{self.folder}/", ""))  # a folder is named after its test

    def write(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def run(self, company: str | bytes, *deals: str | bytes, flags: tuple[str, ...] = ("--json",)) -> Said:
        paths = [self.write(f"deal-{number}.json", deal) for number, deal in enumerate(deals, 1)]
        return self.call(self.write("company.toml", company), *paths, *flags)

    def check(self, company: str, *deals: str) -> list[dict[str, Any]]:
        said = self.run(company, *deals)
        assert (said.status, said.err) == (0, "")
        assert said.out.endswith("\n")
        return [json.loads(line) for line in said.out.removesuffix("\n").split("\n")]

    def refuse(self, company: str | bytes, *deals: str | bytes) -> str:
        return refused(self.run(company, *deals))

    def refuse_call(self, *argv: str) -> str:
        return refused(self.call(*argv))


def refused(said: Said) -> str:
    assert (said.status, said.out) == (2, "")
    line = said.err.removesuffix("\n")
    assert line.strip()
    assert "\n" not in line
    return line


@dataclass
class Tables:
    """A company and a deal as plain tables. In text fields a value is text; elsewhere it is written as it stands."""

    today: str = "2027-01-04"
    company: dict[str, Any] = field(default_factory=lambda: {"name": "Bench", "currency": "USD"})
    resources: list[dict[str, Any]] = field(default_factory=list)
    offers: list[dict[str, Any]] = field(default_factory=list)
    commitments: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)

    def time(self, name: str, **fields: Any) -> None:
        self.resources.append({"name": name, "kind": "time", "unit": "hour", **fields})

    def stock(self, name: str, **fields: Any) -> None:
        self.resources.append({"name": name, "kind": "stock", "unit": "piece", **fields})

    def offer(self, name: str, *needs: dict[str, Any], **fields: Any) -> None:
        usual = {"family": "Things", "unit": "piece", "list_price": "100.00", "unit_cost": "60.00"}
        self.offers.append({"name": name, **usual, **fields, "needs": list(needs)})

    def commit(self, resource: str, week: str, quantity: object) -> None:
        ref = f"SO-{len(self.commitments) + 1}"
        self.commitments.append({"ref": ref, "resource": resource, "week": week, "quantity": quantity})

    def line(self, offer: str, quantity: object, week: str, price: object = "100.00") -> None:
        self.lines.append({"offer": offer, "quantity": quantity, "unit_price": price, "week": week})

    def toml(self) -> str:
        tables = [("resources", row) for row in self.resources] + [("offers", row) for row in self.offers]
        tables += [("commitments", row) for row in self.commitments]
        return table("[company]", self.company) + "".join(listed(name, row) for name, row in tables)

    def json(self) -> str:
        return json.dumps({"customer": "Acme", "today": self.today, "lines": self.lines})


@dataclass(kw_only=True)
class Shop(Tables):
    """The tables at the command's door."""

    door: Door

    def check(self) -> dict[str, Any]:
        (result,) = self.door.check(self.toml(), self.json())
        return result


def listed(name: str, row: dict[str, Any]) -> str:
    inner = [table(f"[[{name}.{key}]]", each) for key in NESTED for each in nested(row, key)]
    return table(f"[[{name}]]", {key: row[key] for key in row if not nested(row, key)}) + "".join(inner)


def nested(row: dict[str, Any], key: str) -> list[dict[str, Any]]:
    return row[key] if key in NESTED and isinstance(row.get(key), list) else []


def table(heading: str, row: dict[str, Any]) -> str:
    return heading + "\n" + "".join(f"{key} = {written(key, row[key])}\n" for key in row if row[key] != [])


def written(key: str, value: object) -> str:
    return json.dumps(value) if key in TEXTS or isinstance(value, bool | list) else str(value)


@pytest.fixture
def door(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Door:
    return Door(tmp_path, capsys)


@pytest.fixture
def shop(door: Door) -> Shop:
    return Shop(door=door)


@pytest.fixture
def ridgeline() -> str:
    return RIDGELINE


@pytest.fixture
def acme() -> str:
    return ACME
