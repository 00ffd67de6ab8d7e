"""The HTTP door: Slack's requests where there is no Socket Mode, and health."""

import re

from slack_bolt import App, BoltRequest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

TIMESTAMP = re.compile(r"\d{1,12}", re.ASCII)


def _could_be_signed(request: Request) -> bool:
    """Bolt's verification takes the headers for well-formed, and raises where they are not."""
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    return bool(TIMESTAMP.fullmatch(timestamp)) and signature.isascii()


def web_app(app: App) -> Starlette:
    """Slack posts commands, clicks and events to /slack/events; /healthz answers while the process lives."""

    async def slack(request: Request) -> Response:
        if not _could_be_signed(request):
            return PlainTextResponse("not signed\n", status_code=401)
        try:
            body = (await request.body()).decode()
        except UnicodeDecodeError:
            return PlainTextResponse("not text\n", status_code=401)
        asked = BoltRequest(body=body, query=request.url.query, headers=dict(request.headers))
        answer = await run_in_threadpool(app.dispatch, asked)
        flat = {name: values[0] for name, values in answer.headers.items()}
        return Response(answer.body, status_code=answer.status, headers=flat)

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    return Starlette(routes=[Route("/slack/events", slack, methods=["POST"]), Route("/healthz", health)])
