"""Rules as a table: each comes back, and what is wrong is said with its row."""

from decimal import Decimal

import pytest

from models.files.reading import BadFile
from models.files.rules_table import read_rules, rule_key, rule_rows, rule_titles
from models.policy.rules import ALL, Kind, Rule, Who
from models.policy.standard import FINANCE, OPERATIONS, standard_rules
from models.sheets.cells import Cell, Grid

FULL = Rule(
    Who(Kind.PEOPLE, ("Fiona", "Lea")),
    (
        ("beyond_standard", 1),
        ("size", 5_000_000),
        ("discount", 1_500),
        ("margin_short", 1_050),
        ("verdict", ("overtime", "short")),
        ("term", ("Payment terms",)),
        ("weeks_ahead", 20),
    ),
    need=ALL,
    order=2,
    hours=4,
)
GROUP = Rule(Who(Kind.GROUP, ("deal-desk",)))


def grid(*rows: list[Cell]) -> Grid:
    width = max(map(len, rows))
    return Grid([[*row, *[""] * (width - len(row))] for row in rows])


@pytest.mark.parametrize(
    "rules", [standard_rules(2), (FULL, Rule(Who(Kind.LEAD)), GROUP), (Rule(FINANCE, (("margin_short", 0),)),)]
)
def test_rules_come_back(rules: tuple[Rule, ...]) -> None:
    rows: list[list[Cell]] = [
        [cell if isinstance(cell, str) else Decimal(cell) for cell in row] for row in rule_rows(rules, 2)
    ]
    assert tuple(read_rules(grid(list(rule_titles()), *rows), "rules.xlsx", 2)) == rules
    # As a CSV holds them: all is text.
    texts: list[list[Cell]] = [[str(cell) for cell in row] for row in rows]
    assert tuple(read_rules(grid(list(rule_titles()), *texts), "rules.csv", 2)) == rules


def test_columns_stand_in_any_order_and_empty_rows_do_not_count() -> None:
    given = grid(["ORDER", "role ", "Margin_short", ""], [], ["", "operations"], ["2", "finance", "0"])
    assert read_rules(given, "r", 2) == [Rule(OPERATIONS), Rule(FINANCE, (("margin_short", 0),), order=2)]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([[""]], "r: there is no row in it."),
        ([["Role", "Boss"]], "r: the column “Boss” is not known; there are Role, People"),
        ([["Role"], ["finance"], ["boss"]], 'r: row 3: role should be "sales" or "operations"'),
        (
            [["Role", "Lead"], ["finance", "yes"]],
            "r: row 2: role should be the one who is asked, or else people, group",
        ),
        ([["Role", "Size"], ["finance", "a lot"]], "r: row 2: size should be a number of 0 or more"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(rows: list[list[Cell]], sentence: str) -> None:
    with pytest.raises(BadFile) as error:
        read_rules(grid(*rows), "r", 2)
    assert error.value.sentence.startswith(sentence)


def test_flag_that_says_no_is_not_there() -> None:
    assert read_rules(grid(["Role", "Lead"], ["finance", "no"]), "r", 2) == [Rule(FINANCE)]


def test_amounts_are_read_as_people_write_them() -> None:
    given = grid(
        ["Role", "Size", "Discount", "Margin short"],
        ["Finance", "$20,000", "15 %", "10"],
        ["FINANCE", "25k", "0.15", "2.5"],
    )
    assert [dict(rule.when) for rule in read_rules(given, "r", 2)] == [
        {"size": 2_000_000, "discount": 1_500, "margin_short": 1_000},
        {"size": 2_500_000, "discount": 1_500, "margin_short": 250},
    ]


def test_key_explains_every_column() -> None:
    heads, *rows = rule_key()
    assert (heads[0], [row[0] for row in rows]) == ("Column", rule_titles())
    assert all(said for _, said in rows)
    assert {row[0]: row[1] for row in rows}["Verdict"] == "fits or overtime or short"
