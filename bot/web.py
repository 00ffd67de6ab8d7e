"""The HTTP door: Slack's requests where there is no Socket Mode, and health."""

import logging
import re
import secrets

from slack_bolt import App, BoltRequest
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

log = logging.getLogger("belay.web")
TIMESTAMP = re.compile(r"\d{1,12}", re.ASCII)
# What Slack sends is a tenth of it at most; what nobody has signed is not kept in memory.
LARGEST = 2_000_000


def web_app(app: App, signing_secret: str) -> Starlette:
    """Slack posts commands, clicks and events to /slack/events; /healthz answers while the process lives."""
    # Without a secret nothing is Slack's.
    verifier = SignatureVerifier(signing_secret or secrets.token_hex())

    async def slack(request: Request) -> Response:
        signature, timestamp = _signature(request)
        if not signature:
            return PlainTextResponse("not signed\n", status_code=401)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large\n", status_code=413)
        # Before anything reads it: what is not Slack's is not parsed.
        if not _is_text(body) or not verifier.is_valid(body, timestamp, signature):
            return PlainTextResponse("not signed\n", status_code=401)
        asked = _read(request, body)
        if asked is None:
            return PlainTextResponse("not a request\n", status_code=400)
        answer = await run_in_threadpool(app.dispatch, asked)
        flat = {name: values[0] for name, values in answer.headers.items()}
        return Response(answer.body, status_code=answer.status, headers=flat)

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    return Starlette(routes=[Route("/slack/events", slack, methods=["POST"]), Route("/healthz", health)])


def _signature(request: Request) -> tuple[str, str]:
    """The signature and its instant; nothing where they could not be Slack's."""
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    is_possible = bool(TIMESTAMP.fullmatch(timestamp)) and signature.isascii()
    return (signature, timestamp) if is_possible else ("", "")


async def _body(request: Request) -> bytes | None:
    """The body, as far as it is no larger than Slack's ever are."""
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > LARGEST:
            return None
    return bytes(read)


def _is_text(body: bytes) -> bool:
    """Slack signs text; its verifier takes that for granted."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _read(request: Request, body: bytes) -> BoltRequest | None:
    """What Bolt makes of a signed body; None where it is nothing that Slack sends."""
    try:
        asked = BoltRequest(body=body.decode(), query=request.url.query, headers=dict(request.headers))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        log.warning("a signed request could not be read: %s", type(error).__name__)
        return None
    is_named: object = asked.body
    return asked if isinstance(is_named, dict) else None
