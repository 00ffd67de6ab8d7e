"""Requests to an app: signed HTTP to its one address, or Socket Mode; each is written down with its answer."""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx

from sandbox.rows import App
from sandbox.sockets import Sockets
from sandbox.wire import Json
from sandbox.workspace import Workspace

ANSWER_SECONDS = 60.0
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
ENVELOPES = {"events": "events_api", "command": "slash_commands", "interaction": "interactive"}


@dataclass(frozen=True)
class Parcel:
    """A payload on its way to an app; `shape` is `events`, `command` or `interaction`."""

    app: App
    shape: str
    payload: Json
    retry: tuple[int, str] | None = None

    @property
    def kind(self) -> str:
        if self.shape == "events":
            return str(self.payload["event"]["type"])
        return str(self.payload["command"] if self.shape == "command" else self.payload["type"])


@dataclass(frozen=True)
class Answer:
    """What an app said: `status` 0 when nothing came back."""

    status: int
    body: Any = None
    timeout: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


def http_client() -> httpx.AsyncClient:
    """The one client for all requests to apps; an app may answer late and still be heard of."""
    return httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False)


class Courier:
    """Carries payloads to apps."""

    def __init__(self, ws: Workspace, sockets: Sockets, http: httpx.AsyncClient) -> None:
        self.ws = ws
        self.sockets = sockets
        self.http = http
        self._sending: set[asyncio.Task[Answer]] = set()

    async def deliver(self, parcel: Parcel) -> Answer:
        """Deliver and wait 3 seconds at most; where a duplicate is ordered, the same payload goes out twice."""
        duplicate = self.ws.faults.duplicate(parcel.kind)
        if duplicate and duplicate.details.get("together"):
            return (await asyncio.gather(self._deliver_once(parcel), self._deliver_once(parcel)))[0]
        answer = await self._deliver_once(parcel)
        if duplicate:
            await self._deliver_once(parcel)
        return answer

    async def _deliver_once(self, parcel: Parcel) -> Answer:
        started = time.monotonic()
        sent_at = self.ws.now()
        send = self._post if parcel.app.request_url else self._send
        sending = asyncio.ensure_future(send(parcel))
        # Slack stops waiting after 3 seconds; the app's work is not cut off by that
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)
        done, _ = await asyncio.wait({sending}, timeout=self.ws.ack_seconds)
        answer = sending.result() if done else Answer(0, timeout=True)
        self.ws.journal.request(
            {
                "kind": parcel.kind,
                "app_id": parcel.app.app_id,
                "transport": "http" if parcel.app.request_url else "socket",
                "payload": parcel.payload,
                "retry": parcel.retry,
                "status": answer.status,
                "answer": answer.body,
                "timeout": answer.timeout,
                "time": sent_at.isoformat(),
                "seconds": round(time.monotonic() - started, 4),
            }
        )
        return answer

    async def _post(self, parcel: Parcel) -> Answer:
        content, content_type = _encode(parcel)
        headers = {"content-type": content_type, **_sign(content, parcel.app.signing_secret), **_retry(parcel)}
        try:
            response = await self.http.post(str(parcel.app.request_url), content=content, headers=headers)
        except httpx.HTTPError:
            return Answer(0)
        return Answer(response.status_code, _decode(response.text), headers=dict(response.headers))

    async def _send(self, parcel: Parcel) -> Answer:
        envelope: Json = {
            "type": ENVELOPES[parcel.shape],
            "payload": parcel.payload,
            "accepts_response_payload": parcel.shape != "events",
        }
        if parcel.shape == "events":
            number, reason = parcel.retry or (0, "")
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        try:
            ack = await self.sockets.send(parcel.app.app_id, envelope, ANSWER_SECONDS)
        except ConnectionError:
            return Answer(0)
        return Answer(0, timeout=True) if ack is None else Answer(200, ack.get("payload") or "")


def signature(secret: str, timestamp: str, content: bytes) -> str:
    """Slack's v0 signature of a request."""
    base = b"v0:" + timestamp.encode() + b":" + content
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def _sign(content: bytes, secret: str) -> dict[str, str]:
    timestamp = str(int(time.time()))
    return {
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature(secret, timestamp, content),
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    }


def _retry(parcel: Parcel) -> dict[str, str]:
    if parcel.retry is None:
        return {}
    return {"x-slack-retry-num": str(parcel.retry[0]), "x-slack-retry-reason": parcel.retry[1]}


def _encode(parcel: Parcel) -> tuple[bytes, str]:
    if parcel.shape == "events":
        return json.dumps(parcel.payload).encode(), JSON
    form = parcel.payload if parcel.shape == "command" else {"payload": json.dumps(parcel.payload)}
    return urlencode(form).encode(), FORM


def _decode(text: str) -> Any:
    try:
        return json.loads(text) if text else ""
    except json.JSONDecodeError:
        return text
