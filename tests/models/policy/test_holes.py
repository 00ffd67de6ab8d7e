"""Holes of a policy: found wherever a search over many deals finds one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from models.policy.criteria import DEVIATIONS, VERDICTS, Value
from models.policy.facts import Facts
from models.policy.holes import NOTHING, find_hole, hole_words
from models.policy.rules import Rule
from models.policy.standard import FINANCE, LEADERSHIP, OPERATIONS, former_rules, standard_rules
from models.promise.check import Verdict

FAMILIES, SELLERS, TIERS = ("Tents", "Poles"), ("USARA", "UPETE"), ("", "key")
CRITERIA: list[tuple[str, Value]] = [
    ("beyond_standard", 1),
    ("size", 1),
    ("size", 500),
    ("size", 50_000),
    ("discount", 0),
    ("margin_short", 0),
    ("margin_short", 100),
    ("margin_short", 1_000),
    ("verdict", ("overtime",)),
    ("verdict", ("short", "overtime")),
    ("overtime_cost", 0),
    ("overtime_cost", 10),
    ("deviation", ("lot", "discount")),
    ("deviation", ("lead_time", "not_standard")),
    ("family", ("tents",)),
    ("family", ("Tents", "Poles")),
    ("tier", ("key",)),
    ("weeks_ahead", 4),
    ("seller", ("USARA",)),
]


def deals() -> Iterator[Facts]:
    """Many deals beyond standard terms, small and large."""
    kinds = [frozenset({kind}) for kind in (*DEVIATIONS, "margin")] + [frozenset(), frozenset({"lot", "discount"})]
    for verdict, kind, family, tier, seller, revenue in product(
        map(Verdict, VERDICTS), kinds, FAMILIES, TIERS, SELLERS, (0, 15, 101, 400, 50_000)
    ):
        facts = replace(NOTHING, verdict=verdict, deviations=kind, families=frozenset({family}), revenue=revenue)
        # One cent below the floor, or by far.
        short = 1 if revenue < 50_000 else 10_000
        facts = replace(facts, tier=tier, seller=seller, floor=revenue + short if "margin" in kind else 0)
        if revenue == 50_000:
            facts = replace(facts, overtime=20, weeks_ahead=9, discount=500)
        if not facts.is_standard:
            yield facts


DEALS = list(deals())
RULES = st.lists(
    st.lists(st.sampled_from(CRITERIA), max_size=2, unique_by=lambda one: one[0]).map(
        lambda when: Rule(OPERATIONS, tuple(when))
    ),
    max_size=4,
)


def hole(rules: Sequence[Rule]) -> Facts | None:
    return find_hole(rules, families=FAMILIES, sellers=SELLERS)


@settings(max_examples=400)
@given(RULES)
def test_hole_is_found_wherever_any_deal_asks_nobody(rules: list[Rule]) -> None:
    found = hole(rules)
    if found is not None:
        assert not found.is_standard
        assert not any(rule.applies(found) for rule in rules)
    else:
        assert [facts for facts in DEALS if not any(rule.applies(facts) for rule in rules)] == []


def test_policies_that_come_with_belay_have_no_hole() -> None:
    assert hole(standard_rules(2)) is hole(former_rules()) is None


def test_hole_is_told_as_a_deal() -> None:
    kinds = {"lot": "with a small delivery", "short": "that does not fit"}
    found = hole([Rule(OPERATIONS, (("family", ("Tents",)),)), Rule(FINANCE, (("deviation", DEVIATIONS),))])
    assert found is not None
    assert (found.deviations, found.families) == (frozenset({"margin"}), frozenset({"Poles"}))
    facts = replace(NOTHING, deviations=frozenset({"lot"}), families=frozenset({"Poles"}), tier="key", seller="USARA")
    assert hole_words(facts, kinds, {"USARA": "Sara"}) == (
        "a deal with a small delivery, for Poles, of a key customer, sold by Sara"
    )
    assert hole_words(replace(NOTHING, verdict=Verdict.SHORT), kinds, {}) == "a deal that does not fit"
    assert LEADERSHIP.names == ("leadership",)
