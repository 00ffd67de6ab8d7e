"""The policy and a trial as views, with their longest plausible data."""

from collections.abc import Iterator

import pytest
from babel import Locale

from handlers.policy.policy import MOST_TOLD
from handlers.policy.policy_view import policy_view, rule_sentences, tried_sentences, tried_view
from handlers.policy.targets import PolicyTarget
from handlers.slack.text import plain
from models.base.words import Coinage
from models.company.policies import Policy
from models.deals.policy_trial import Trial
from models.policy.criteria import CRITERIA, Shape, Value
from models.policy.rules import ALL, MOST_RULES, Kind, Rule, Who
from models.policy.standard import FINANCE, LEADERSHIP, OPERATIONS, standard_rules
from tests.handlers.large import long
from tests.handlers.shown import Slack

US = Locale("en", "US")
DOLLARS = Coinage("USD", 2)


def criteria() -> Iterator[tuple[str, Value]]:
    for name, criterion in CRITERIA.items():
        words = criterion.choices or tuple(long(100, str(n)) for n in range(8))
        yield name, words if criterion.shape is Shape.WORDS else 10**12


LONG = Rule(Who(Kind.PEOPLE, tuple(f"U{n}" for n in range(20))), tuple(criteria()), ALL, 9, 400)


def called(user_id: str) -> str:
    return long(80, user_id)


@pytest.mark.parametrize("is_changing", [True, False])
def test_as_many_of_the_longest_rules_as_there_may_be_are_shown(slack: Slack, *, is_changing: bool) -> None:
    slack.show(policy_view(Policy(10**6, (LONG,) * MOST_RULES), DOLLARS, US, called, is_changing=is_changing))


def test_trial_of_the_longest_is_shown(slack: Slack) -> None:
    names = {long(200, str(n)): n for n in range(60)}
    rules = rule_sentences([LONG] * MOST_TOLD, [], DOLLARS, US, called)
    target = PolicyTarget(version=10**6, number=MOST_RULES, rule="x" * 2_400)
    slack.show(tried_view([*rules, *tried_sentences(Trial(1_000, names, 7), Trial(1_000, {}, 0))], target))


def text(rules: tuple[Rule, ...], *, is_changing: bool = False) -> str:
    view = policy_view(Policy(3, rules), DOLLARS, US, str, is_changing=is_changing)
    return str(view.to_dict())


def test_what_asks_nobody_is_said_where_not_every_deal_is_looked_at() -> None:
    assert "approved on the spot" in text(standard_rules(2))
    assert "Every deal is looked at" in text((Rule(OPERATIONS),))
    assert "Change…" not in text((Rule(OPERATIONS),))
    assert "Change…" in text((Rule(OPERATIONS),), is_changing=True)


def test_trial_says_how_often_and_what_it_was() -> None:
    before, after = Trial(3, {"finance": 2, "Lea": 1}, 0), Trial(3, {"finance": 2, "leadership": 3}, 1)
    assert [plain(sentence) for sentence in tried_sentences(before, after)] == [
        "Of the 3 deals of the last 90 days:",
        "• leadership would have been asked 3 times, instead of never",
        "• finance would have been asked twice, as now",
        "• Lea would have been asked never, instead of once",
        "• 1 would have gone straight through, instead of 0",
        "Whether it fitted is taken from what was agreed; where nothing was, as if it had.",
    ]
    none = Trial(0, {}, 0)
    assert [plain(s) for s in tried_sentences(none, none)] == ["No deal was posted in the last 90 days to try it with."]
    assert (FINANCE.kind, LEADERSHIP.kind) == (Kind.ROLE, Kind.ROLE)
