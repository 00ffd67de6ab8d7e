"""The HTTP door: what nobody signed is neither read nor kept, and what was signed is answered whatever it is."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from urllib.parse import quote

import httpx
import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.web import LARGEST, LINES, web_app
from tests.stage import PATIENCE

SECRET = "a signing secret"  # noqa: S105 - of nobody
HEADERS = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def door() -> httpx.ASGITransport:
    """A Bolt app without listeners, behind the door."""
    app = App(signing_secret=SECRET, authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1"))
    return httpx.ASGITransport(web_app(app, SECRET), raise_app_exceptions=False)


def knock(door: httpx.ASGITransport, content: bytes | AsyncIterator[bytes], headers: dict[str, str]) -> httpx.Response:
    async def post() -> httpx.Response:
        async with httpx.AsyncClient(transport=door, base_url="http://belay") as client:
            return await client.post("/slack/events", content=content, headers=HEADERS | headers)

    return asyncio.run(post())


def signed(content: bytes, *, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=content)
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": str(signature)}


CONTENT = b"payload=null"
UNSIGNED: dict[str, dict[str, str]] = {
    "nothing": {},
    "no signature": {"x-slack-request-timestamp": str(int(time.time()))},
    "no instant": {"x-slack-signature": "v0=1"},
    "odd instant": signed(CONTENT) | {"x-slack-request-timestamp": "soon"},
    "negative instant": signed(CONTENT) | {"x-slack-request-timestamp": "-1"},
    "another secret": signed(CONTENT, secret="another"),
    "six minutes ago": signed(CONTENT, at=time.time() - 360),
    "another body": signed(b"payload={}"),
    "no text": signed(CONTENT),
}


@pytest.mark.parametrize("case", UNSIGNED)
def test_what_is_not_signed_is_refused_before_it_is_read(door: httpx.ASGITransport, case: str) -> None:
    content = b"\xff\xfe" if case == "no text" else CONTENT
    assert knock(door, content, UNSIGNED[case]).status_code == 401


def test_what_is_too_large_is_not_kept(door: httpx.ASGITransport) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100 * LARGEST:
            sent += LARGEST // 4
            yield bytes(LARGEST // 4)

    assert knock(door, endless(), signed(b"")).status_code == 413
    assert sent <= 2 * LARGEST


@pytest.mark.parametrize(
    "content",
    [
        b"payload=null",
        b"payload=[]",
        b"payload=7",
        b'payload="x"',
        b"payload={",
        b"payload=" + quote("[" * 100_000).encode(),
        b"payload=%7B%22type%22%3Anull%7D",
        b"",
    ],
    ids=lambda content: repr(content[:24]),
)
def test_signed_body_that_is_nothing_is_answered(door: httpx.ASGITransport, content: bytes) -> None:
    answered = knock(door, content, signed(content))
    assert answered.status_code in {400, 404}
    assert "Traceback" not in answered.text


def test_slow_pages_keep_nobody_from_being_answered() -> None:
    begun, over = threading.Semaphore(0), threading.Event()

    def slow(_request: Request) -> PlainTextResponse:
        begun.release()
        over.wait(PATIENCE)
        return PlainTextResponse("done")

    app = App(signing_secret=SECRET, authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1"))
    door = httpx.ASGITransport(web_app(app, SECRET, pages=[Route("/slow", slow)]))
    content = b"command=/deal&text="

    async def ask() -> tuple[int, list[int]]:
        async with httpx.AsyncClient(transport=door, base_url="http://belay", timeout=PATIENCE) as client:
            waiting = [asyncio.create_task(client.get("/slow")) for _ in range(2 * LINES)]
            for _ in range(LINES):
                await asyncio.to_thread(begun.acquire, timeout=PATIENCE)
            answer = await client.post("/slack/events", content=content, headers=HEADERS | signed(content))
            assert not any(one.done() for one in waiting)
            over.set()
            return answer.status_code, [(await one).status_code for one in waiting]

    assert asyncio.run(ask()) == (404, [200] * 2 * LINES)
