"""Rules in words, read aloud."""

import pytest
from babel import Locale

from models.base.words import Coinage
from models.policy.criteria import CRITERIA
from models.policy.rules import ALL, Kind, Rule, Who
from models.policy.standard import FINANCE, LEADERSHIP, OPERATIONS
from models.policy.words import reason_words, rule_words, who_words

US = Locale("en", "US")
DOLLARS = Coinage("USD", 2)
BOTH = Who(Kind.PEOPLE, ("UFIONA", "ULEA"))


def called(name: str) -> str:
    return name.removeprefix("U").title()


def test_rule_says_for_which_deals_who_after_whom_and_by_when() -> None:
    rule = Rule(BOTH, (("size", 5_000_000), ("margin_short", 0)), ALL, 2, 8)
    assert rule_words(rule, DOLLARS, US, names=called, after=["operations"]) == (
        "Deals of $50,000 or more below the floor: Fiona and Lea, both, after operations where asked, "
        "within 8 working hours"
    )
    assert rule_words(Rule(OPERATIONS), DOLLARS, US, names=called) == "All deals: operations"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("beyond_standard", 1, "deals beyond standard terms"),
        ("size", 100, "deals of $1 or more"),
        ("discount", 1_550, "deals with more than 15.5 % off the list"),
        ("margin_short", 0, "deals below the floor"),
        ("margin_short", 1_000, "deals more than 10 points below the floor"),
        ("verdict", ("overtime", "short"), "deals that need overtime or that do not fit"),
        ("overtime_cost", 100, "deals with overtime for $1 or more"),
        ("deviation", ("discount", "lot"), "deals with a discount beyond policy or a small delivery"),
        ("term", ("Warranty", "Payment terms"), "deals with other Warranty or Payment terms"),
        ("family", ("Tents", "Domes", "Poles"), "deals with Tents, Domes or Poles"),
        ("tier", ("strategic",), "deals of strategic customers"),
        ("weeks_ahead", 20, "deals that come more than 20 weeks ahead"),
        ("seller", ("USARA",), "deals sold by Sara"),
    ],
)
def test_criterion_in_words(name: str, value: int | tuple[str, ...], words: str) -> None:
    assert reason_words(Rule(OPERATIONS, ((name, value),)), DOLLARS, US, names=called) == words


def test_every_criterion_has_words() -> None:
    from models.policy.words import PHRASES

    assert set(PHRASES) == set(CRITERIA)


@pytest.mark.parametrize(
    ("who", "need", "words"),
    [
        (FINANCE, 1, "finance"),
        (LEADERSHIP, 2, "leadership, 2 of them"),
        (LEADERSHIP, ALL, "leadership, all of them"),
        (BOTH, 1, "Fiona and Lea, any one"),
        (BOTH, 2, "Fiona and Lea, both"),
        (Who(Kind.PEOPLE, ("UFIONA", "ULEA", "UOLGA")), 2, "Fiona, Lea and Olga, 2 of them"),
        (Who(Kind.PEOPLE, ("UFIONA",)), 1, "Fiona"),
        (Who(Kind.LEAD), 1, "the lead of sales"),
    ],
)
def test_who_and_how_many(who: Who, need: int, words: str) -> None:
    assert who_words(who, need, called) == words
