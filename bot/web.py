"""The HTTP door: Slack's requests where there is no Socket Mode, and health."""

import logging
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from anyio import CapacityLimiter, to_thread
from prometheus_client import CONTENT_TYPE_LATEST
from slack_bolt import App, BoltRequest
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.clock import Clock
from bot.database import Database
from bot.metrics import page, seconds_behind
from models.workspace.outbox import Outbox
from models.workspace.undelivered import TOKEN

log = logging.getLogger("belay.web")
# A bot that is further behind than this with its messages should get no more work.
MOST_BEHIND = 120.0
# What reading something of another shape raises.
MALFORMED = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
TIMESTAMP = re.compile(r"\d{1,12}", re.ASCII)
# What Slack sends is a tenth of it at most; what nobody has signed is not kept in memory.
LARGEST = 2_000_000
# Longer than proxies keep a connection that nobody uses, most of them a minute: what they send on one that is just
# being closed is lost.
KEEP_ALIVE = 75
# As many requests at a time as starlette takes by itself.
LINES = 40


@dataclass
class State:
    """What the bot can say of itself.

    Where each workspace has its own token, one that is refused stops no other, nor Belay from being installed again.
    """

    database: Database
    clock: Clock
    has_one_token: bool = True
    is_stopping: bool = False

    def obstacles(self) -> list[str]:
        """Why it should get no more work; nothing where it can do it."""
        if self.is_stopping:
            return ["stopping"]
        try:
            with self.database.reading() as session:
                behind = seconds_behind(session, self.clock.read().now)
                refused = select(Outbox.error).where(_is_refused()).limit(1)
                wrong = session.scalar(refused) if self.has_one_token else None
        except SQLAlchemyError as error:
            return [f"database: {type(error).__name__}"]
        late = [f"delivery: {behind:.0f} seconds behind"] if behind > MOST_BEHIND else []
        return late + ([f"slack: {wrong}"] if wrong else [])

    def figures(self) -> bytes:
        """As Prometheus reads them."""
        return page(self.database, self.clock.read().now)


def _is_refused() -> ColumnElement[bool]:
    """A message that waits because Slack does not accept the token."""
    return Outbox.settled_at.is_(None) & Outbox.is_stuck & Outbox.error.in_(TOKEN)


@dataclass(frozen=True)
class _SlackDoor:
    """Where Slack posts commands, clicks and events: what is not signed by Slack is neither read nor kept."""

    app: App
    verifier: SignatureVerifier
    lines: CapacityLimiter

    async def answer(self, request: Request) -> Response:
        """What Bolt answers, or why nothing of it is heard."""
        signature, timestamp = _signature(request)
        if not signature:
            return PlainTextResponse("not signed\n", status_code=401)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large\n", status_code=413)
        # Before anything reads it: what is not Slack's is not parsed.
        if not _is_text(body) or not self.verifier.is_valid(body, timestamp, signature):
            return PlainTextResponse("not signed\n", status_code=401)
        asked = _read(request, body)
        if asked is None:
            return PlainTextResponse("not a request\n", status_code=400)
        try:
            answer = await to_thread.run_sync(self.app.dispatch, asked, limiter=self.lines)
        except MALFORMED as error:
            # Before any listener of ours: Bolt takes for granted what it reads to find one.
            log.warning("a signed request could not be heard: %s", type(error).__name__)
            return PlainTextResponse("not a request\n", status_code=400)
        flat = {name: values[0] for name, values in answer.headers.items()}
        return Response(answer.body, status_code=answer.status, headers=flat)


def web_app(app: App, signing_secret: str, state: State | None = None, pages: Sequence[BaseRoute] = ()) -> Starlette:
    """Slack posts commands, clicks and events to /slack/events; /healthz answers while the process lives.

    With its state the bot also says at /readyz whether it can do its work, and has its figures at /metrics; `pages` are
    what else it shows. Those run on starlette's own threads: however long they take, Slack is answered.
    """
    lines = CapacityLimiter(LINES)
    # Without a secret nothing is Slack's.
    door = _SlackDoor(app, SignatureVerifier(signing_secret or secrets.token_hex()), lines)

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def ready(_request: Request) -> Response:
        obstacles = await to_thread.run_sync(state.obstacles, limiter=lines) if state else []
        return PlainTextResponse("\n".join([*(obstacles or ["ok"]), ""]), status_code=503 if obstacles else 200)

    async def metrics(_request: Request) -> Response:
        figures = await to_thread.run_sync(state.figures, limiter=lines) if state else b""
        return Response(figures, media_type=CONTENT_TYPE_LATEST)

    paths = [Route("/healthz", health), Route("/readyz", ready), Route("/metrics", metrics)]
    return Starlette(routes=[Route("/slack/events", door.answer, methods=["POST"]), *paths, *pages])


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
    except MALFORMED as error:
        log.warning("a signed request could not be read: %s", type(error).__name__)
        return None
    is_named: object = asked.body
    return asked if isinstance(is_named, dict) else None
