"""Installing from Slack: /slack/install sends to Slack, which comes back to /slack/oauth_redirect."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk.oauth import OAuthStateStore
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.config import Config
from bot.database import Database
from bot.installations import Installations, Place
from bot.manifest import REDIRECT, SCOPES
from bot.slack import slack_client
from models.workspace.installations import begin_installing, is_installing

INSTALL = "/slack/install"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Belay</title>
<meta name="viewport" content="width=device-width">
<body style="font: 1.1rem/1.5 system-ui; margin: 4rem auto; max-width: 32rem">
<h1>{title}</h1><p>{text}</p></body></html>"""
AGAIN = f'<a href="{INSTALL}">Install Belay</a>'
HEADERS: dict[str, str | Sequence[str]] = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}
WHY = {
    "access_denied": "Nothing was installed: it was cancelled in Slack.",
    "invalid_browser": "Begin and end in the same browser, with its cookies.",
    "invalid_state": "This took longer than ten minutes, or was done already.",
}


@dataclass(frozen=True)
class States(OAuthStateStore):
    """The words that Slack brings back; each is good once, whichever process it comes to."""

    database: Database
    now: Callable[[], datetime]

    def issue(self, *_args: object, **_named: object) -> str:
        """A new word."""
        word = secrets.token_urlsafe(24)
        with self.database.writing() as session:
            begin_installing(session, word, now=self.now())
        return word

    def consume(self, state: str) -> bool:
        """Whether it is one of ours, unused and in time."""
        with self.database.writing() as session:
            return is_installing(session, state or "", now=self.now())


def oauth_routes(
    config: Config, installations: Installations, states: States, installed: Callable[[Place], None]
) -> list[Route]:
    """The two pages; whoever has installed it is told by `installed`, and reads a sentence."""

    def succeed(done: SuccessArgs) -> BoltResponse:
        granted = done.installation
        if granted.team_id:
            installed(Place(granted.team_id, granted.enterprise_id))
        return _page(200, "Belay is installed", "Go back to Slack and type <b>/belay</b>: it shows what is next.")

    settings = OAuthSettings(
        client_id=config.slack_client_id,
        client_secret=config.slack_client_secret,
        scopes=sorted(SCOPES),
        redirect_uri=f"{config.belay_url}{REDIRECT}" if config.belay_url else None,
        authorization_url=config.slack_api_url.replace("/api/", "/oauth/v2/authorize"),
        install_page_rendering_enabled=False,
        installation_store=installations,
        state_store=states,
        callback_options=CallbackOptions(success=succeed, failure=_fail),
    )
    flow = OAuthFlow(client=slack_client(config), settings=settings)
    return [
        Route(path, _endpoint(handle))
        for path, handle in ((INSTALL, flow.handle_installation), (REDIRECT, flow.handle_callback))
    ]


def _fail(failed: FailureArgs) -> BoltResponse:
    return _page(
        failed.suggested_status_code,
        "Belay is not installed",
        f"{WHY.get(failed.reason, 'Slack did not agree.')} {AGAIN}",
    )


def _page(status: int, title: str, text: str) -> BoltResponse:
    return BoltResponse(status=status, body=PAGE.format(title=title, text=text), headers=HEADERS)


def _endpoint(handle: Callable[[BoltRequest], BoltResponse]) -> Callable[[Request], object]:
    async def page(request: Request) -> Response:
        asked = BoltRequest(body="", query=request.url.query, headers=dict(request.headers))
        answer = await run_in_threadpool(handle, asked)
        response = Response(answer.body, status_code=answer.status)
        for name, values in answer.headers.items():
            for value in values:
                response.headers.append(name, value)
        return response

    return page
