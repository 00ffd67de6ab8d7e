"""Rules in a company's file: read, written, and refused with their place."""

from typing import Any

import pytest

from models.files.reading import BadFile, Table
from models.files.rules import read_rule, write_rule
from models.policy.rules import ALL, Kind, Rule, Who
from models.policy.standard import FINANCE, OPERATIONS, standard_rules

FULL = Rule(
    Who(Kind.PEOPLE, ("Fiona", "Lea")),
    (
        ("beyond_standard", 1),
        ("size", 5_000_000),
        ("discount", 1_500),
        ("margin_short", 1_050),
        ("verdict", ("overtime",)),
        ("family", ("Tents",)),
        ("weeks_ahead", 20),
    ),
    need=ALL,
    order=2,
    hours=4,
)


def read(**keys: Any) -> Rule:
    return read_rule(Table("c.toml", "rules 1", keys, plain_strings=True), 2)


def test_rule_with_all_kinds_of_values_is_read_as_it_is_written() -> None:
    written = write_rule(FULL, 2)
    assert {key: str(value) for key, value in written.items()} == {
        "people": "['Fiona', 'Lea']",
        "beyond_standard": "True",
        "size": "50000.00",
        "discount": "0.1500",
        "margin_short": "10.50",
        "verdict": "['overtime']",
        "family": "['Tents']",
        "weeks_ahead": "20",
        "need": "all",
        "order": "2",
        "answer_hours": "4",
    }
    assert read(**written) == FULL


@pytest.mark.parametrize(
    "rule",
    [*standard_rules(2), Rule(Who(Kind.LEAD)), Rule(FINANCE), Rule(Who(Kind.GROUP, ("deal-desk",)))],
)
def test_rule_comes_back(rule: Rule) -> None:
    assert read(**write_rule(rule, 2)) == rule


def test_what_goes_without_saying_is_not_written() -> None:
    assert write_rule(Rule(OPERATIONS), 2) == {"role": "operations"}
    assert write_rule(Rule(Who(Kind.LEAD)), 2) == {"lead": True}


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({}, 'role should be the one who is asked, or else people, group or lead, not "nothing".'),
        (
            {"role": "finance", "lead": True},
            'role should be the one who is asked, or else people, group or lead, not "role, lead".',
        ),
        ({"role": "boss"}, 'role should be "sales" or "operations" or "finance" or "leadership", not "boss".'),
        ({"people": []}, "people should be a list of names, not []."),
        ({"lead": False}, "lead should be true, not False."),
        ({"role": "finance", "need": "most"}, 'need should be a whole number from 1 to 100, not "most".'),
        ({"role": "finance", "verdict": ["perhaps"]}, "verdict should be fits or overtime or short, not ['perhaps']."),
        ({"role": "finance", "beyond_standard": False}, "beyond_standard should be true, or not there, not False."),
        ({"role": "finance", "family": []}, "family should be a list of words, not []."),
    ],
)
def test_bad_rule_is_refused_with_its_place(keys: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadFile) as refused:
        read(**keys)
    assert refused.value.sentence == f"c.toml: rules 1: {sentence}"


def test_unknown_key_is_refused() -> None:
    with pytest.raises(BadFile, match="“moon” is not known here"):
        read(role="finance", moon=1)
