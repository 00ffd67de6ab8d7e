"""The form of a rule: what was chosen comes back, and what is wrong is said under its field."""

from typing import Any

import pytest
from babel import Locale

from handlers.policy.rule_form import LABELS, read_rule, rule_view
from handlers.policy.targets import PolicyTarget, carried
from handlers.slack.forms import Filled
from models.base.errors import Refused
from models.base.words import Coinage
from models.policy.criteria import CRITERIA
from models.policy.rules import ALL, Kind, Rule, Who
from tests.handlers.large import long
from tests.handlers.policy.test_policy_view import LONG
from tests.handlers.shown import Slack

US, GERMANY = Locale("en", "US"), Locale("de", "DE")
DOLLARS, YEN = Coinage("USD", 2), Coinage("JPY", 0)
FULL = Rule(
    Who(Kind.PEOPLE, ("UFIONA", "ULEA")),
    (
        ("beyond_standard", 1),
        ("size", 5_000_050),
        ("discount", 1_550),
        ("margin_short", 1_000),
        ("verdict", ("overtime", "short")),
        ("overtime_cost", 100_000),
        ("deviation", ("lot",)),
        ("term", ("Warranty",)),
        ("family", ("Tents",)),
        ("tier", ("key",)),
        ("weeks_ahead", 20),
        ("seller", ("USARA",)),
    ),
    ALL,
    2,
    8,
)


def form(values: dict[str, str], **many: tuple[str, ...]) -> Filled:
    return Filled({"need": "1", "order": "1", **values}, {}, many)


def shown(rule: Rule | None, locale: Locale = US) -> dict[str, Any]:
    target, groups = PolicyTarget(version=1), {"S1": "Deal desk"}
    view = rule_view(
        rule, target, DOLLARS, locale, families=["Tents", "Poles"], tiers=["key"], terms=["Warranty"], groups=groups
    )
    return {block["block_id"]: block["element"] for block in view.to_dict()["blocks"] if block["type"] == "input"}


def initial(element: dict[str, Any]) -> Any:
    options = element.get("initial_options")
    if options:
        return tuple(option["value"] for option in options)
    option = element.get("initial_option")
    return option["value"] if option else element.get("initial_value") or tuple(element.get("initial_users") or ())


@pytest.mark.parametrize("locale", [US, GERMANY])
def test_what_a_form_shows_is_read_as_the_same_rule(locale: Locale) -> None:
    fields = {name: initial(element) for name, element in shown(FULL, locale).items()}
    texts = {name: value for name, value in fields.items() if isinstance(value, str)}
    many = {name: value for name, value in fields.items() if isinstance(value, tuple)}
    assert read_rule(Filled(texts, {}, many), DOLLARS, locale) == FULL


def test_every_criterion_has_a_field() -> None:
    assert set(LABELS) == set(CRITERIA)
    assert set(CRITERIA) <= set(shown(None))


def test_longest_rule_is_shown_and_too_long_a_one_is_not_carried(slack: Slack) -> None:
    names = [long(200, str(n)) for n in range(150)]
    slack.show(rule_view(LONG, PolicyTarget(version=1), DOLLARS, US, families=names, tiers=names, terms=names))
    with pytest.raises(Refused, match="Make two of it"):
        carried(LONG)
    assert PolicyTarget(rule=carried(FULL)).given() == FULL


@pytest.mark.parametrize(
    ("values", "many", "field", "sentence"),
    [
        ({}, {}, "who", "Who is asked?"),
        (
            {"who": "finance"},
            {"people": ("ULEA",)},
            "people",
            "Either a role, or people by name, or a user group: two rules ask both.",
        ),
        ({"who": "boss"}, {}, "who", "Choose one."),
        ({"who": "finance", "hours": "0"}, {}, "hours", "From 1 to 400 working hours."),
        ({"who": "finance", "size": "much"}, {}, "size", "A number of 0 or more, such as 10."),
        ({"who": "finance", "size": "0.001"}, {}, "size", "A number of 0 or more, such as 10."),
        ({"who": "finance", "weeks_ahead": "1.5"}, {}, "weeks_ahead", "A number of 0 or more, such as 10."),
        ({"need": "2"}, {"people": ("ULEA",)}, "need", "More are needed than are asked."),
    ],
)
def test_wrong_field_is_named(values: dict[str, str], many: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_rule(form(values, **many), DOLLARS, US)
    assert (refused.value.field, refused.value.sentence) == (field, sentence)


def test_money_has_the_decimals_of_its_currency() -> None:
    assert read_rule(form({"who": "finance", "size": "1,000"}), YEN, US).when == (("size", 1_000),)
    assert read_rule(form({"who": "lead"}), YEN, US) == Rule(Who(Kind.LEAD))


@pytest.mark.parametrize("typed", ["20000", "20,000", "$20,000", "20k", "USD 20,000", "20 k"])
def test_amount_is_read_as_people_write_it(typed: str) -> None:
    rule = read_rule(form({"who": "finance", "size": typed}), DOLLARS, US)
    assert rule.when == (("size", 2_000_000),)
