"""Webhooks on their way: signed as the Standard Webhooks specification has it, tried again until they arrive."""

import logging
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import httpx
from sqlalchemy import ColumnElement, Update, func, select, update
from sqlalchemy.orm import Session
from standardwebhooks.webhooks import Webhook as Signature

from bot.clock import MachineClock
from bot.delivery.attempts import Attempt
from handlers.api.announcements import Told, note_down, note_stopped, told_of
from models.api.webhooks import is_private
from models.workspace.outbox import News, Outbox, postpone, settle

log = logging.getLogger("belay.webhooks")
SECONDS = 10.0
# So many of one receiver at a time: one that is slow leaves lines for the others.
MOST_OF_ONE = 2
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=1)
# A receiver may be down over a weekend.
GIVEN_UP_AFTER = timedelta(days=4)
# Looking up a name may take as long as it likes: not on a line of delivery.
LOOKING = ThreadPoolExecutor(4, thread_name_prefix="names")
PORTS = {"http": 80, "https": 443}
USER_AGENT = "Belay-Webhooks/1"


class Unreachable(Exception):
    """An address that is not asked, and why."""


def not_too_many(streams: list[str]) -> ColumnElement[bool]:
    """Webhooks, but those of a receiver that has enough on its way."""
    hooks = [stream.split(":")[1] for stream in streams]
    waiting = Outbox.kind == News.WEBHOOK
    for hook in {hook for hook in hooks if hooks.count(hook) >= MOST_OF_ONE}:
        waiting &= ~Outbox.stream.startswith(f"hook:{hook}:", autoescape=True)
    return waiting


def tell(attempt: Attempt, *, may_be_private: bool) -> None:
    """One attempt to tell a receiver of an event."""
    with attempt.database.reading() as session:
        told = told_of(session, session.get_one(Outbox, attempt.key))
    if told is None:
        attempt.note(lambda _, row: settle(row, now=attempt.now, error="not wanted"))
        return
    try:
        status = _post(told, may_be_private=may_be_private)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, RuntimeError, Unreachable) as error:
        _again(attempt, str(error) if isinstance(error, Unreachable) else type(error).__name__)
        return
    if 200 <= status < 300:
        attempt.note(lambda session, row: _arrived(session, row, attempt.now))
    elif status == httpx.codes.GONE:
        attempt.note(lambda session, row: note_stopped(session, row, now=attempt.now))
    else:
        _again(attempt, f"HTTP {status}")


def _post(told: Told, *, may_be_private: bool) -> int:
    # Receivers compare with their own time, also where the bot's clock is turned.
    at = MachineClock().read().now
    headers = {
        "content-type": "application/json",
        "user-agent": USER_AGENT,
        "webhook-id": told.id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Signature(told.secret).sign(told.id, at, told.body),
    }
    url = httpx.URL(told.url)
    # The address that was looked at is the one that is asked, whatever the name leads to a moment later.
    asked = url.copy_with(host=_address(url, may_be_private=may_be_private))
    headers["host"] = url.netloc.decode()
    extensions = {"sni_hostname": url.host} if url.scheme == "https" else {}
    with httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
        # Each step has its time, and the whole has it, too: a receiver that drips its answer keeps no line for long.
        hurry = threading.Timer(SECONDS, client.close)
        hurry.start()
        try:
            body = told.body.encode()
            request = client.build_request("POST", asked, content=body, headers=headers, extensions=extensions)
            answer = client.send(request, stream=True)
            answer.close()
        finally:
            hurry.cancel()
    return answer.status_code


def _address(url: httpx.URL, *, may_be_private: bool) -> str:
    looking = LOOKING.submit(socket.getaddrinfo, url.host, url.port or PORTS[url.scheme], type=socket.SOCK_STREAM)
    try:
        found = looking.result(timeout=SECONDS)
    except (OSError, TimeoutError):
        raise Unreachable(f"no address for {url.host}") from None
    addresses = [str(entry[4][0]) for entry in found]
    if not may_be_private and any(is_private(one) for one in addresses):
        raise Unreachable("the address is in a private network")
    return addresses[0]


def _arrived(session: Session, row: Outbox, now: datetime) -> None:
    """It is there; what waited because its receiver was down need wait no longer."""
    settle(row, now=now)
    session.execute(_others(row).where(Outbox.lease_until.is_(None), Outbox.not_before > now).values(not_before=now))


def _again(attempt: Attempt, error: str) -> None:
    """Later, with growing pauses, and nothing else of that receiver before; given up after some days."""
    log.info("row %s: %s", attempt.key, error)

    def note(session: Session, row: Outbox) -> None:
        if attempt.now - row.queued_at > GIVEN_UP_AFTER:
            settle(row, now=attempt.now, error=error)
            return
        note_down(session, row, error, now=attempt.now)
        tried = select(func.max(Outbox.attempts)).where(_of_receiver(row))
        until = attempt.now + pause(session.scalar(tried) or row.attempts)
        postpone(row, until=until, error=error)
        session.execute(_others(row).where(Outbox.not_before < until).values(not_before=until))

    attempt.note(note)


def _others(row: Outbox) -> Update:
    return update(Outbox).where(_of_receiver(row), Outbox.id != row.id).execution_options(synchronize_session=False)


def _of_receiver(row: Outbox) -> ColumnElement[bool]:
    """All that the receiver of a row still has to be told."""
    receiver = row.stream.rsplit(":", row.stream.count(":") - 1)[0] + ":"
    told = (Outbox.kind == News.WEBHOOK) & Outbox.stream.startswith(receiver, autoescape=True)
    return told & (Outbox.workspace_id == row.workspace_id) & Outbox.settled_at.is_(None)


def pause(attempts: int) -> timedelta:
    """How long a receiver is left alone after so many attempts."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(attempts - 1, 20)
    return min(doubled, LONGEST_PAUSE)
