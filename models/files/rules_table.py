"""The rules of a policy as a table: a row for each, a column for each of what a rule may say."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from models.base.language import N_, _
from models.files.reading import BadFile, Table
from models.files.rules import read_rule, write_rule
from models.policy.criteria import CRITERIA, Shape
from models.policy.rules import ROLES, Kind, Rule
from models.sheets.cells import Cell, Grid, fold, is_blank

SAID = {
    Shape.MONEY: N_("an amount: this or more"),
    Shape.SHARE: N_("more than this off the list, such as 15 %"),
    Shape.POINTS: N_("more than so many points below the floor; 0: below it at all"),
    Shape.WEEKS: N_("more weeks than this ahead"),
    Shape.WORDS: N_("names, with commas: any of them"),
    Shape.FLAG: "yes",
}
LISTS = {"people", *(name for name, criterion in CRITERIA.items() if criterion.shape is Shape.WORDS)}
FLAGS = {"lead", *(name for name, criterion in CRITERIA.items() if criterion.shape is Shape.FLAG)}
KEYS = (*(str(kind) for kind in Kind), *CRITERIA, "need", "order", "answer_hours")
AMOUNT = re.compile(
    r"[^\d.,\-]{0,3}\s?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(k?)\s?(%?)", re.IGNORECASE | re.ASCII
)
YES = frozenset({"yes", "y", "true", "x", "1", "ja", "wahr"})


def rule_titles() -> list[str]:
    """The titles of the columns: the keys of the company's file, as people write them."""
    return [key.replace("_", " ").capitalize() for key in KEYS]


def rule_key() -> list[list[str]]:
    """What each column says, and which words there are: for whoever fills the table in."""
    needs = {"need": _("any, all or a number"), "order": _("1 to 9: later ones are asked after earlier ones")}
    kinds = {
        "role": _(" or ").join(ROLES),
        "people": _("names, with commas"),
        "group": _("a user group"),
        "lead": "yes",
    }
    rows = [[_("Column"), _("What may stand there")]]
    for key in KEYS:
        criterion = CRITERIA.get(key)
        said = kinds.get(key) or needs.get(key) or _("working hours")
        if criterion is not None:
            said = _(" or ").join(criterion.choices) if criterion.choices else _(SAID[criterion.shape])
        rows.append([key.replace("_", " ").capitalize(), said])
    return rows


def rule_rows(rules: Iterable[Rule], places: int) -> list[list[str | Decimal | int]]:
    """The rules, row by row, in the order of the titles; what goes without saying is empty."""
    return [[_shown(written.get(key, "")) for key in KEYS] for written in (write_rule(r, places) for r in rules)]


def read_rules(grid: Grid, name: str, places: int) -> list[Rule]:
    """The rules in a table; the first row that is wrong is the error, with its number in the file."""
    rows = [(number, row) for number, row in enumerate(grid.rows, grid.first) if not all(map(is_blank, row))]
    if not rows:
        raise BadFile(_("{name}: there is no row in it.", name=name))
    keys = _keys(rows[0][1], name)
    return [
        read_rule(_table(row, keys, f"{name}", _("row {number}", number=number)), places) for number, row in rows[1:]
    ]


def _keys(titles: Sequence[Cell], name: str) -> list[str]:
    known = {fold(key): key for key in KEYS}
    keys = [known.get(fold(str(title)), "") for title in titles]
    for title, key in zip(titles, keys, strict=True):
        if not key and not is_blank(title):
            raise BadFile(
                _(
                    "{name}: the column “{title}” is not known; there are {rule_titles}.",
                    name=name,
                    title=title,
                    rule_titles=", ".join(rule_titles()),
                )
            )
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
    if isinstance(cell, date | Decimal):
        return cell.isoformat() if isinstance(cell, date) else cell
    text = cell.strip()
    return text.lower() if key in {"role", "need"} else _amount(key, text)


def _amount(key: str, text: str) -> Any:
    """A number as people write it: $20,000, 25k, 15 %; else the text."""
    number = AMOUNT.fullmatch(text) if key not in {"people", "group"} else None
    if number is None:
        return text
    value = Decimal(number[1].replace(",", "")) * (1000 if number[2] else 1)
    return value / 100 if number[3] and key == "discount" else value


def _shown(value: Any) -> str | Decimal | int:
    if isinstance(value, list):
        return ", ".join(value)
    if value is True:
        return "yes"
    return value if isinstance(value, Decimal | int) else str(value)
