"""What buttons of a policy carry, and what it would be by them."""

import pytest

from handlers.policy.targets import PolicyTarget, carried
from models.base.errors import Refused
from models.policy.documents import rule_document
from models.policy.rules import Kind, Rule, Who
from models.policy.standard import OPERATIONS
from tests.handlers.policy.test_rule_form import FULL


@pytest.mark.parametrize("text", ["[]", "{}", "{", '{"who":{"kind":"moon","names":[]},"when":{}}', "null"])
def test_button_of_another_version_is_answered(text: str) -> None:
    with pytest.raises(Refused, match="earlier version of Belay"):
        PolicyTarget(rule=text).given()


def test_target_says_what_the_policy_would_be() -> None:
    before, rule = (Rule(OPERATIONS), FULL), Rule(Who(Kind.LEAD))
    assert PolicyTarget(rule=carried(rule)).rules(before, ()) == (*before, rule)
    assert PolicyTarget(number=1, rule=carried(rule)).rules(before, ()) == (rule, FULL)
    assert PolicyTarget(number=2).rules(before, ()) == (Rule(OPERATIONS),)
    assert PolicyTarget(standard=1).rules(before, (rule,)) == (rule,)
    with pytest.raises(Refused, match="not there any more"):
        PolicyTarget(number=3).rules(before, ())
    assert rule_document(rule)["who"] == {"kind": "lead", "names": []}
