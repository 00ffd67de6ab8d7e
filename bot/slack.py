"""Slack's Web API: its client, and whether it takes the tokens."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from typing import TypeVar

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.config import Config
from bot.delivery.outcomes import Kind, outcome_of, pause
from bot.manifest import SCOPES
from models.base.errors import Refused

log = logging.getLogger("belay")
SLACK_SECONDS = 10
Answer = TypeVar("Answer")


def patiently(call: Callable[[], Answer], token: str, pause_for: Callable[[float], object] = time.sleep) -> Answer:
    """Slack's answer, however long Slack takes to give one; only that a token is refused is final.

    A pause that says it was cut short ends it.
    """
    for attempt in count(1):
        try:
            return call()
        except (SlackClientError, OSError, HTTPException) as error:
            outcome = outcome_of(error, "")
            if outcome.kind in {Kind.STUCK, Kind.NEVER}:
                raise Refused(f"Slack does not accept {token}: {outcome.error}.") from error
            wait = max(outcome.wait, pause(attempt))
            log.warning("Slack does not answer (%s): once more in %d seconds", outcome.error, wait.total_seconds())
            if pause_for(wait.total_seconds()):
                raise Refused("The bot was stopped before Slack answered.") from error
    raise AssertionError  # counting never ends


@dataclass
class Examined:
    """What Slack says of the tokens: the team, None where it did not say, and what is wrong, a sentence each."""

    team: str | None = None
    wrong: list[str] = field(default_factory=list)


def slack_client(config: Config, token: str | None = None) -> WebClient:
    """The Web API; it never repeats a call by itself, because a repeated post is a second message."""
    return WebClient(token=token, base_url=config.slack_api_url, timeout=SLACK_SECONDS, retry_handlers=[])


def examine(config: Config, remedy: str = "Check SLACK_BOT_TOKEN and SLACK_APP_TOKEN.") -> Examined:
    """Try the tokens, and compare the scopes with those of the manifest."""
    client = slack_client(config, config.slack_bot_token)
    examined = Examined()
    try:
        met = client.auth_test()
        examined.team = str(met["team_id"])
        examined.wrong += _scopes(met)
        if config.slack_app_token:
            client.apps_connections_open(app_token=config.slack_app_token)
    except SlackApiError as error:
        method, name = error.response.api_url.rsplit("/", 1)[-1], error.response["error"]
        examined.wrong.append(f"Slack refuses {method}: {name}. {remedy}")
    except OSError as error:
        examined.wrong.append(f"Slack is not reached at {config.slack_api_url}: {error}.")
    return examined


def _scopes(met: SlackResponse) -> Iterator[str]:
    headers = {name.lower(): value for name, value in met.headers.items()}
    granted = {scope.strip() for scope in str(headers.get("x-oauth-scopes", "")).split(",")}
    for scope in sorted(set(SCOPES) - granted) if "x-oauth-scopes" in headers else ():
        yield f"The scope {scope} is missing ({SCOPES[scope]}): install the app again from `belay manifest`."
