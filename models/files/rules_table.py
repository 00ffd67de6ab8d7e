"""The rules of a policy as a table: a row for each, a column for each of what a rule may say."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from models.files.reading import BadFile, Table
from models.files.rules import read_rule, write_rule
from models.policy.criteria import CRITERIA, Shape
from models.policy.rules import Kind, Rule
from models.sheets.cells import Cell, Grid, fold, is_blank

LISTS = {"people", *(name for name, criterion in CRITERIA.items() if criterion.shape is Shape.WORDS)}
FLAGS = {"lead", *(name for name, criterion in CRITERIA.items() if criterion.shape is Shape.FLAG)}
KEYS = (*(str(kind) for kind in Kind), *CRITERIA, "need", "order", "answer_hours")
YES = frozenset({"yes", "y", "true", "x", "1", "ja", "wahr"})


def rule_titles() -> list[str]:
    """The titles of the columns: the keys of the company's file, as people write them."""
    return [key.replace("_", " ").capitalize() for key in KEYS]


def rule_rows(rules: Iterable[Rule], places: int) -> list[list[str | Decimal | int]]:
    """The rules, row by row, in the order of the titles; what goes without saying is empty."""
    return [[_shown(written.get(key, "")) for key in KEYS] for written in (write_rule(r, places) for r in rules)]


def read_rules(grid: Grid, name: str, places: int) -> list[Rule]:
    """The rules in a table; the first row that is wrong is the error, with its number in the file."""
    rows = [(number, row) for number, row in enumerate(grid.rows, grid.first) if not all(map(is_blank, row))]
    if not rows:
        raise BadFile(f"{name}: there is no row in it.")
    keys = _keys(rows[0][1], name)
    return [read_rule(_table(row, keys, f"{name}", f"row {number}"), places) for number, row in rows[1:]]


def _keys(titles: Sequence[Cell], name: str) -> list[str]:
    known = {fold(key): key for key in KEYS}
    keys = [known.get(fold(str(title)), "") for title in titles]
    for title, key in zip(titles, keys, strict=True):
        if not key and not is_blank(title):
            raise BadFile(f"{name}: the column “{title}” is not known; there are {', '.join(rule_titles())}.")
    return keys


def _table(row: Sequence[Cell], keys: Sequence[str], file: str, place: str) -> Table:
    given = {key: _value(key, cell) for key, cell in zip(keys, row, strict=True) if key and not is_blank(cell)}
    # A flag that says no is not there.
    return Table(file, place, {key: value for key, value in given.items() if value is not None}, plain_strings=True)


def _value(key: str, cell: Cell) -> Any:
    if key in LISTS:
        return [part.strip() for part in str(cell).replace(";", ",").split(",") if part.strip()]
    if key in FLAGS:
        return True if str(cell).strip().casefold() in YES else None
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, Decimal) else str(cell).strip()


def _shown(value: Any) -> str | Decimal | int:
    if isinstance(value, list):
        return ", ".join(value)
    if value is True:
        return "yes"
    return value if isinstance(value, Decimal | int) else str(value)
