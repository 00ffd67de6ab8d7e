"""Rules over deals: when each criterion holds, who is asked once, and what each step looks at."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base.errors import Refused
from models.policy.criteria import CRITERIA
from models.policy.documents import rule_document, rule_in
from models.policy.facts import EVERYTHING, Facts
from models.policy.rules import ALL, ANY, Asked, Kind, Rule, Who, asked_of, check_rules, named_otherwise
from models.policy.standard import FINANCE, LEADERSHIP, OPERATIONS, former_rules, standard_rules
from models.promise.check import Verdict
from tests.models.policy.test_criteria import EDGES, STANDARD

JAN_18 = date(2027, 1, 18)
FIONA, LEA = Who(Kind.PEOPLE, ("UFIONA",)), Who(Kind.PEOPLE, ("ULEA",))


def test_all_criteria_of_a_rule_hold_together() -> None:
    rule = Rule(FIONA, (("size", 4_000_000), ("discount", 2_000)))
    assert [rule.applies(replace(STANDARD, discount=off)) for off in (2_001, 2_000)] == [True, False]


def test_somebody_whom_several_rules_mean_is_asked_once_as_the_stricter_says() -> None:
    two = Who(Kind.PEOPLE, ("UFIONA", "ULEA"))
    first, second = Rule(two, (("size", 1),), ANY, 2, 8), Rule(two, (("discount", 1),), ALL, 1, 4)
    later = Rule(OPERATIONS, order=3)
    asked = asked_of([later, first, second], STANDARD)
    assert asked == [Asked(two, ALL, 1, 4, (first, second)), Asked(OPERATIONS, ANY, 3, None, (later,))]
    assert asked[0].looks == {"revenue", "discount"}


@pytest.mark.parametrize(
    ("rule", "looks"),
    [
        (Rule(OPERATIONS), {"work"}),
        (Rule(FINANCE, (("margin_short", 0),)), {"revenue", "cost", "floor"}),
        (Rule(LEADERSHIP, (("size", 1),)), {"revenue"}),
        (Rule(FIONA), set(EVERYTHING)),
    ],
)
def test_step_looks_at_what_its_rule_and_role_are_about(rule: Rule, looks: set[str]) -> None:
    assert rule.looks == looks


def test_standard_policy_lets_standard_deals_through_and_asks_higher_up_the_more_it_costs() -> None:
    def asked(facts: Facts, places: int = 2) -> list[str]:
        return [one.who.names[0] for one in asked_of(standard_rules(places), facts)]

    short = replace(STANDARD, deviations=frozenset({"margin"}))
    assert asked(STANDARD) == []
    assert asked(replace(STANDARD, verdict=Verdict.OVERTIME)) == ["operations"]
    assert asked(replace(short, floor=1_420_001)) == ["operations", "finance"]
    assert asked(replace(short, floor=1_852_001)) == ["operations", "finance", "leadership"]
    assert asked(replace(STANDARD, revenue=10_000_000)) == ["leadership"]
    # 100,000 of a currency with cents are 10,000,000 of one without.
    assert asked(replace(STANDARD, revenue=9_999_999), places=0) == []
    assert [one.who for one in asked_of(former_rules(), STANDARD)] == [OPERATIONS]


RULES = st.builds(
    Rule,
    who=st.sampled_from([OPERATIONS, FINANCE, FIONA, Who(Kind.LEAD)]),
    when=st.lists(st.sampled_from([(name, value) for name, value, *_ in EDGES]), unique_by=lambda one: one[0]).map(
        lambda given: tuple(sorted(given, key=lambda one: list(CRITERIA).index(one[0])))
    ),
    need=st.sampled_from([ALL, ANY]),
    order=st.integers(1, 9),
    hours=st.none() | st.integers(1, 400),
)


@given(RULES)
def test_rule_comes_back_from_its_document(rule: Rule) -> None:
    assert rule_in(rule_document(rule)) == rule


def test_document_of_a_later_version_is_a_fault() -> None:
    with pytest.raises(ValueError, match="criteria of a later version"):
        rule_in(rule_document(Rule(OPERATIONS)) | {"when": {"moon": 1}})


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ([Rule(Who(Kind.PEOPLE))], "Say who is asked."),
        ([Rule(FIONA, need=2)], "More are needed than are asked."),
        ([Rule(FIONA, order=10)], "A step is from 1 to 9."),
        ([Rule(FIONA, hours=0)], "From 1 to 400 working hours."),
        ([Rule(FIONA)] * 31, "A policy has at most 30 rules."),
    ],
)
def test_what_is_no_rule_is_refused(rules: list[Rule], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        check_rules(rules)
    assert refused.value.sentence == sentence
    check_rules([Rule(Who(Kind.LEAD)), Rule(OPERATIONS, need=3), Rule(FIONA, need=ALL)])


def test_people_are_named_otherwise_wherever_they_stand() -> None:
    rule = Rule(FIONA, (("family", ("UFIONA",)), ("seller", ("USARA",))))
    named = named_otherwise(rule, lambda ids: tuple(one.removeprefix("U").title() for one in ids))
    assert named == Rule(Who(Kind.PEOPLE, ("Fiona",)), (("family", ("UFIONA",)), ("seller", ("Sara",))))
    assert named_otherwise(Rule(OPERATIONS), lambda _: ()) == Rule(OPERATIONS)
