"""Slack's Web API: its client, and whether it takes the tokens."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.config import Config
from bot.manifest import SCOPES

SLACK_SECONDS = 10


@dataclass
class Examined:
    """What Slack says of the tokens: the team, None where it did not say, and what is wrong, a sentence each."""

    team: str | None = None
    wrong: list[str] = field(default_factory=list)


def slack_client(config: Config) -> WebClient:
    """The Web API; it never repeats a call by itself, because a repeated post is a second message."""
    url, token = config.slack_api_url, config.slack_bot_token
    return WebClient(token=token, base_url=url, timeout=SLACK_SECONDS, retry_handlers=[])


def examine(config: Config) -> Examined:
    """Try the tokens, and compare the scopes with those of the manifest."""
    client = slack_client(config)
    examined = Examined()
    try:
        met = client.auth_test()
        examined.team = str(met["team_id"])
        examined.wrong += _scopes(met)
        if config.slack_app_token:
            client.apps_connections_open(app_token=config.slack_app_token)
    except SlackApiError as error:
        method, name = error.response.api_url.rsplit("/", 1)[-1], error.response["error"]
        examined.wrong.append(f"Slack refuses {method}: {name}. Check SLACK_BOT_TOKEN and SLACK_APP_TOKEN.")
    except OSError as error:
        examined.wrong.append(f"Slack is not reached at {config.slack_api_url}: {error}.")
    return examined


def _scopes(met: SlackResponse) -> Iterator[str]:
    headers = {name.lower(): value for name, value in met.headers.items()}
    granted = {scope.strip() for scope in str(headers.get("x-oauth-scopes", "")).split(",")}
    for scope in sorted(set(SCOPES) - granted) if "x-oauth-scopes" in headers else ():
        yield f"The scope {scope} is missing ({SCOPES[scope]}): install the app again from `belay manifest`."
