"""When each criterion holds, and what it looks at."""

from dataclasses import replace
from datetime import date

import pytest

from models.policy.criteria import CRITERIA, Value
from models.policy.facts import Facts
from models.policy.rules import LOOKS, Kind, Rule, Who
from models.policy.standard import OPERATIONS
from models.promise.check import Verdict

JAN_18 = date(2027, 1, 18)
FIONA, LEA = Who(Kind.PEOPLE, ("UFIONA",)), Who(Kind.PEOPLE, ("ULEA",))
# 100 tents at $432: $43,200, of which $14,200 are left; the floor is $10,800.
STANDARD = Facts(
    revenue=4_320_000,
    cost=2_900_000,
    floor=1_080_000,
    discount=1_000,
    verdict=Verdict.FITS,
    overtime=0,
    deviations=frozenset(),
    families=frozenset({"Tents"}),
    tier="Strategic",
    weeks_ahead=8,
    seller="USARA",
    work=(("Summit tent", 100, JAN_18),),
    prices=(("Summit tent", JAN_18, 43_200),),
)
# A criterion, facts for which it holds, and facts for which it just does not.
EDGES: list[tuple[str, Value, Facts, Facts]] = [
    ("beyond_standard", 1, replace(STANDARD, deviations=frozenset({"lot"})), STANDARD),
    ("beyond_standard", 1, replace(STANDARD, verdict=Verdict.OVERTIME), STANDARD),
    ("size", 4_320_000, STANDARD, replace(STANDARD, revenue=4_319_999)),
    ("discount", 1_000, replace(STANDARD, discount=1_001), STANDARD),
    ("margin_short", 0, replace(STANDARD, floor=1_420_001), replace(STANDARD, floor=1_420_000)),
    # Ten points of $43,200 are $4,320.
    ("margin_short", 1_000, replace(STANDARD, floor=1_852_001), replace(STANDARD, floor=1_852_000)),
    (
        "margin_short",
        1_000,
        replace(STANDARD, revenue=0, cost=1, floor=0),
        replace(STANDARD, revenue=0, cost=0, floor=0),
    ),
    ("verdict", ("overtime", "short"), replace(STANDARD, verdict=Verdict.SHORT), STANDARD),
    ("overtime_cost", 100_000, replace(STANDARD, overtime=100_000), replace(STANDARD, overtime=99_999)),
    ("deviation", ("lot", "discount"), replace(STANDARD, deviations=frozenset({"discount"})), STANDARD),
    ("term", ("payment terms",), replace(STANDARD, terms=(("Payment terms", "60 days"),)), STANDARD),
    ("family", ("tents ", "Domes"), STANDARD, replace(STANDARD, families=frozenset({"Poles"}))),
    ("tier", ("strategic",), STANDARD, replace(STANDARD, tier="")),
    ("weeks_ahead", 8, replace(STANDARD, weeks_ahead=9), STANDARD),
    ("seller", ("USARA",), STANDARD, replace(STANDARD, seller="UPETE")),
]


@pytest.mark.parametrize(("name", "value", "holds", "not_quite"), EDGES)
def test_criterion_holds_up_to_its_edge(name: str, value: Value, holds: Facts, not_quite: Facts) -> None:
    rule = Rule(OPERATIONS, ((name, value),))
    assert (rule.applies(holds), rule.applies(not_quite)) == (True, False)
    # What it looks at is enough to tell the two apart.
    looks = rule.looks - LOOKS["operations"]
    assert holds.seen(looks) != not_quite.seen(looks)


def test_every_criterion_has_an_edge() -> None:
    assert {name for name, *_ in EDGES} == set(CRITERIA)
