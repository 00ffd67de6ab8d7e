"""The small forms of a deal at their longest."""

from collections.abc import Callable
from inspect import signature

import pytest
from slack_sdk.models.views import View

from handlers.deals import delivering, negotiation
from handlers.deals.targets import AnswerTarget
from tests.handlers.large import Large, long
from tests.handlers.shown import Slack
from tests.world import NOW


@pytest.mark.parametrize(
    ("act", "stage", "name"),
    [
        (negotiation.open_decline, "countered", "Lea"),
        (negotiation.open_decline, "changing", "Lea"),
        (negotiation.open_lose, "approved", "Sara"),
        (negotiation.open_cancel, "won", "Sara"),
        (delivering.open_deliver, "won", "Olga"),
        (delivering.open_object, "around", "Sara"),
        (delivering.open_hand_over, "won", "Sara"),
        (delivering.open_edit, "short", "Sara"),
        (delivering.open_attach, "short", "Olga"),
        (negotiation.open_ask, "short", "Olga"),
        (negotiation.open_ask, "short", "Sara"),
        (negotiation.open_win_by, "approved", "Sara"),
        (negotiation.open_set_call, "short", "Sara"),
        *((negotiation.show_numbers, stage, "Fin") for stage in ("fits", "overtime", "short", "delivered")),
    ],
)
def test_small_form_is_accepted(large: Large, slack: Slack, act: Callable[..., View], stage: str, name: str) -> None:
    wanted = {"deal": large.deal(stage), "by": large.person(name), "now": NOW}
    slack.show(act(**{name: wanted[name] for name in signature(act).parameters}))


@pytest.mark.parametrize("name", ["Olga", "Sara"])
def test_answer_with_the_words_of_a_thread_is_accepted(large: Large, slack: Slack, name: str) -> None:
    target = AnswerTarget(deal=large.ids["short"], begun=long(1000))
    slack.show(negotiation.open_answer(large.deal("short"), large.person(name), target))
