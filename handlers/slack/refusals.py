"""What is said of an act that was refused."""

from collections.abc import Callable

from handlers.slack.replies import Reply, Say, Wrong
from handlers.slack.text import as_sentence
from models.base.errors import BadForm, Refused
from models.base.language import N_

EARLIER = N_("This is from an earlier version of Belay. Open it again, please.")
Explanation = Callable[[Refused, str], Say | None]
EXPLANATIONS: list[Explanation] = []


def explains(function: Explanation) -> Explanation:
    """Let a subject say more of a refusal than its sentence: buttons of a way on, or what is worked out afterwards."""
    EXPLANATIONS.append(function)
    return function


def refusal(refused: Refused, carried: str = "") -> Reply:
    """The reply to an act that was refused: under its field, or where the person is, with the ways on that are left.

    `carried` is what the button or form carries, as Slack brings it.
    """
    if isinstance(refused, BadForm):
        return Wrong(refused.errors)
    if refused.field:
        return Wrong({refused.field: refused.sentence})
    return explanation(refused, carried)


def explanation(refused: Refused, carried: str) -> Say:
    """The sentence of a refusal, with what a subject adds to it."""
    explained = (explain(refused, carried) for explain in EXPLANATIONS)
    return next((say for say in explained if say is not None), Say(as_sentence(refused.sentence)))
