"""Slack at the start: what passes is waited for, and only a refused token is said to be one."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.slack import patiently
from models.base.errors import Refused


class Response(dict[str, Any]):
    """What the client says of an answer."""

    api_url = "https://slack.com/api/auth.test"

    def __init__(self, error: str, status: int = 200, **headers: str) -> None:
        super().__init__(ok=False, error=error)
        self.status_code, self.headers = status, headers


def failing(*errors: Exception) -> Callable[[], str]:
    waiting = list(errors)

    def call() -> str:
        if waiting:
            raise waiting.pop(0)
        return "met"

    return call


def refused(error: str, status: int = 200, **headers: str) -> SlackApiError:
    return SlackApiError("refused", Response(error, status, **headers))


def test_what_passes_is_waited_for() -> None:
    waits: list[float] = []
    limited = refused("ratelimited", 429, **{"Retry-After": "30"})
    cut = OSError("cut"), SlackRequestError("cut"), refused("", 503), refused("internal_error")
    assert patiently(failing(limited, *cut), "SLACK_BOT_TOKEN", waits.append) == "met"
    assert waits == [30, 4, 8, 16, 32]


@pytest.mark.parametrize("error", ["invalid_auth", "account_inactive", "token_revoked", "not_authed"])
def test_refused_token_is_said(error: str) -> None:
    with pytest.raises(Refused) as said:
        patiently(failing(refused(error)), "SLACK_APP_TOKEN")
    assert said.value.sentence == f"Slack does not accept SLACK_APP_TOKEN: {error}."


def test_bot_that_is_stopped_waits_for_slack_no_longer() -> None:
    stopped = Event()
    stopped.set()
    with pytest.raises(Refused, match=r"^The bot was stopped before Slack answered\.$"):
        patiently(failing(refused("", 503)), "SLACK_BOT_TOKEN", stopped.wait)
