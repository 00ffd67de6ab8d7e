"""What each answer of Slack means; only what can never be taken is given up."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse

from bot.delivery.outcomes import Kind, Outcome, outcome_of, pause

MINUTE = timedelta(minutes=1)


def refused(data: dict[str, Any], status: int = 200, method: str = "chat.postMessage", **headers: str) -> Exception:
    response = SlackResponse(
        client=None,
        http_verb="POST",
        api_url=f"https://slack.com/api/{method}",
        req_args={},
        data=data,
        headers=headers,
        status_code=status,
    )
    return SlackApiError("refused", response)


def error(name: str, method: str = "chat.postMessage") -> Exception:
    return refused({"ok": False, "error": name}, method=method)


@pytest.mark.parametrize(
    ("failed", "kind"),
    [
        # What passes: answers that say nothing, faults of Slack, and names that nobody has told us of.
        (OSError("cut"), Kind.UNKNOWN),
        (SlackRequestError("cut"), Kind.UNKNOWN),
        (refused({}, 403), Kind.UNKNOWN),
        (refused({"ok": False}, 200), Kind.UNKNOWN),
        (refused({}, 503), Kind.UNKNOWN),
        (error("internal_error"), Kind.UNKNOWN),
        (error("team_added_to_org"), Kind.UNKNOWN),
        (error("a_name_of_next_year"), Kind.UNKNOWN),
        # What somebody can mend.
        (error("token_expired"), Kind.STUCK),
        (error("token_revoked"), Kind.STUCK),
        (error("ekm_access_denied"), Kind.STUCK),
        (error("is_archived"), Kind.STUCK),
        (error("restricted_action"), Kind.STUCK),
        # What asks for patience.
        (error("rate_limited"), Kind.LIMITED),
        (error("ratelimited"), Kind.LIMITED),
        (refused({}, 429), Kind.LIMITED),
        # What nobody can mend.
        (error("invalid_blocks"), Kind.NEVER),
        (error("msg_too_long"), Kind.NEVER),
        (error("message_not_found", "chat.delete"), Kind.NEVER),
        (error("message_not_found", "chat.update"), Kind.GONE),
    ],
)
def test_what_an_error_means(failed: Exception, kind: Kind) -> None:
    assert outcome_of(failed, "chat.postMessage").kind is kind


@pytest.mark.parametrize(
    ("headers", "wait"),
    [({"Retry-After": "20"}, timedelta(seconds=20)), ({"retry-after": "7"}, timedelta(seconds=7)), ({}, MINUTE)]
    + [({"Retry-After": odd}, MINUTE) for odd in ("soon", "-1", "²", "1e9")],
)
def test_wait_is_what_slack_says_of_the_method_that_it_limits(headers: dict[str, str], wait: timedelta) -> None:
    failed = refused({"ok": False, "error": "ratelimited"}, 429, "conversations.history", **headers)
    expected = Outcome(Kind.LIMITED, "ratelimited", "conversations.history", wait)
    assert outcome_of(failed, "chat.postMessage") == expected


def test_pauses_grow_up_to_five_minutes() -> None:
    assert [pause(number).seconds for number in (1, 2, 3, 8, 9, 400)] == [2, 4, 8, 256, 300, 300]
