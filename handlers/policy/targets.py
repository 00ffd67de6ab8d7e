"""What the buttons and forms of a policy carry."""

import json
from dataclasses import dataclass
from typing import Any

from handlers.slack.ids import Target
from models.base.errors import Refused
from models.base.language import _
from models.policy.documents import rule_document, rule_in
from models.policy.rules import Rule

# Slack carries 3,000 characters in a form.
MOST_CARRIED = 2_400


@dataclass(frozen=True)
class PolicyTarget(Target):
    """A rule by its number in a version of the policy, from 1 on; 0 is a new one.

    `rule` is what is to stand there, as a document; nothing: it goes. `standard` takes the place of all.
    """

    version: int = 0
    number: int = 0
    rule: str = ""
    standard: int = 0

    @property
    def key(self) -> int:
        """Rules stand below each other."""
        return self.number

    def given(self) -> Rule | None:
        """The rule that is carried."""
        return rule_in(_document(self.rule)) if self.rule else None

    def rules(self, before: tuple[Rule, ...], standard: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """What the policy would be."""
        if self.standard:
            return standard
        if self.number > len(before):
            raise Refused(_("That rule is not there any more. Open `/belay policy` again."))
        rule = self.given()
        given = (rule,) if rule else ()
        return (*before[: self.number - 1], *given, *before[self.number :]) if self.number else (*before, *given)


@dataclass(frozen=True)
class ClauseTarget(Target):
    """A term beyond the lines by its id; 0 is a new one."""

    clause: int = 0

    @property
    def key(self) -> int:
        """Terms stand below each other."""
        return self.clause


def carried(rule: Rule) -> str:
    """A rule for a target."""
    text = json.dumps(rule_document(rule), separators=(",", ":"))
    if len(text) > MOST_CARRIED:
        raise Refused(_("That is too much for one rule. Make two of it."))
    return text


def _document(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
        rule_in(document)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Refused(_("That form is from an earlier version of Belay. Open `/belay policy` again.")) from None
    return dict(document)
