"""From the outbox to Slack: never lost, in the order of each channel, and looked for before it is sent again."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.orm import Session

from bot.database import Database
from bot.delivery.files import share_file
from bot.delivery.pictures import is_about_the_picture, try_without_soon, with_picture
from bot.delivery.searches import search_ways
from handlers.rendering import FILES, note_gone, note_sent, render
from handlers.slack.web_calls import Call
from models.workspace.outbox import News, Outbox, claim, next_due, postpone, settle
from models.workspace.workspaces import Workspace

log = logging.getLogger("belay.delivery")

STUCK = frozenset(
    {
        "account_inactive",
        "channel_not_found",
        "invalid_auth",
        "is_archived",
        "missing_scope",
        "not_authed",
        "not_in_channel",
        "restricted_action",
        "token_revoked",
    }
)
UNKNOWN = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
GONE = frozenset({"cant_update_message", "message_not_found"})
STUCK_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(minutes=5)
EARLIER = timedelta(seconds=5)


@dataclass
class Delivery:
    """Sends what the outbox holds; several processes may, each row is one's at a time."""

    database: Database
    client_for: Callable[[Workspace], WebClient]
    limited: dict[tuple[int, str], datetime] = field(default_factory=dict)

    def deliver_all(self, now: datetime) -> None:
        """Send everything that is due."""
        while self._deliver_one(now):
            pass

    def next_due(self) -> datetime | None:
        """When the next row may be sent."""
        with self.database.reading() as session:
            return next_due(session)

    def _deliver_one(self, now: datetime) -> bool:
        # The attempt is on record before the call: whoever comes after a crash knows that it may have arrived.
        with self.database.writing() as session:
            row = claim(session, now=now)
            if row is None:
                return False
            key = row.id
            kind = row.kind
            workspace = row.workspace
            client = self.client_for(workspace)
        if kind == News.WAYS:
            search_ways(self.database, key, now=now)
            return True
        if kind in FILES:
            share_file(self.database, key, client, now=now)
            return True
        call = self._render(key, now)
        if call is not None:
            self._send(key, call, now)
        return True

    def _render(self, key: int, now: datetime) -> Call | None:
        """The call of a row; a row that says nothing any more, or cannot be said, is settled."""
        error = None
        try:
            with self.database.reading() as session:
                call = render(session, session.get_one(Outbox, key), now=now)
        except Exception as unforeseen:
            log.exception("row %s cannot be rendered", key)
            call, error = None, f"{type(unforeseen).__name__} while rendering"
        if call is None:
            self._note(key, lambda _, row: settle(row, now=now, error=error))
        return call

    def _send(self, key: int, call: Call, now: datetime) -> None:
        with self.database.reading() as session:
            row = session.get_one(Outbox, key)
            client = self.client_for(row.workspace)
            workspace = row.workspace_id
            since = row.first_attempt_at or now
            is_sought = row.is_unknown and call.is_new_message
        until = self.limited.get((workspace, call.method))
        if until and until > now:
            self._note(key, lambda _, row: postpone(row, until=until, error="ratelimited"))
            return
        try:
            known = _find(client, call, since) if is_sought else None
            if call.is_superseded and not known:
                self._note(key, lambda _, row: settle(row, now=now))
                return
            if not known:
                call = with_picture(self.database, key, call, client)
            answer = known or client.api_call(call.method, json=dict(call.arguments)).data
        except (SlackClientError, OSError, HTTPException) as error:
            self._note_failure(key, workspace, call, error, now, has_joined=_joined(client, call, error))
            return
        # A message that was found shows the state of an earlier moment.
        shown = replace(call, shown="") if known else call
        self._note(key, lambda session, row: _sent(session, row, shown, answer, now))

    def _note(self, key: int, note: Callable[[Session, Outbox], None]) -> None:
        with self.database.writing() as session:
            note(session, session.get_one(Outbox, key))

    def _note_failure(
        self, key: int, workspace: int, call: Call, error: Exception, now: datetime, *, has_joined: bool
    ) -> None:
        name, status, wait = _what_happened(error)
        name = "joined" if has_joined else name
        log.warning("%s: %s", call.method, name)
        if name != "ratelimited" and is_about_the_picture(call, name):
            self._note(key, lambda session, row: try_without_soon(session, row, name, now))
            return
        if name == "ratelimited":
            self.limited[workspace, _limited_method(error) or call.method] = now + wait
        self._note(key, lambda session, row: _failed(session, row, call, name, status, wait, now))


def _sent(session: Session, row: Outbox, call: Call, answer: Any, now: datetime) -> None:
    note_sent(session, row, call, answer, now=now)
    settle(row, now=now, ts=answer.get("ts"))


def _failed(session: Session, row: Outbox, call: Call, name: str, status: int, wait: timedelta, now: datetime) -> None:
    if name == "ratelimited":
        postpone(row, until=now + wait, error=name)
    elif name == "joined" and row.error != name:
        postpone(row, until=now, error=name)
    elif name in STUCK or name == "joined":
        postpone(row, until=now + STUCK_WAIT, error=name, is_stuck=True)
    elif name in UNKNOWN or status == 0 or status >= 500:
        postpone(row, until=now + _pause(row.attempts), error=name, is_unknown=True)
    elif name in GONE and call.method == "chat.update":
        note_gone(session, row)
        postpone(row, until=now, error=name)
    else:
        log.error("%s was refused for good: %s", call.method, name)
        settle(row, now=now, error=name)


def _pause(attempts: int) -> timedelta:
    return min(LONGEST_WAIT, timedelta(seconds=2 ** min(attempts, 10)))


def _what_happened(error: Exception) -> tuple[str, int, timedelta]:
    """The error's name, the HTTP status (0 when no answer came), and how long to wait."""
    if not isinstance(error, SlackApiError):
        return type(error).__name__, 0, timedelta()
    response: Any = error.response
    status = int(getattr(response, "status_code", 0) or 0)
    headers: Mapping[str, Any] = getattr(response, "headers", {}) or {}
    given = headers.get("Retry-After") or headers.get("retry-after") or "1"
    wait = timedelta(seconds=float(given[0] if isinstance(given, list) else given))
    if status == 429:
        return "ratelimited", status, wait
    return str(response.get("error") or f"http_{status}"), status, wait


def _limited_method(error: Exception) -> str | None:
    """The method that Slack limits: looking for a message is another one than sending it."""
    url = getattr(getattr(error, "response", None), "api_url", "")
    return str(url).rsplit("/", 1)[-1] or None


def _joined(client: WebClient, call: Call, error: Exception) -> bool:
    """A public channel can be joined; into a private one the bot must be invited."""
    if _what_happened(error)[0] != "not_in_channel":
        return False
    try:
        client.conversations_join(channel=call.arguments["channel"])
    except (SlackClientError, OSError, HTTPException):
        return False
    return True


def _find(client: WebClient, call: Call, since: datetime) -> dict[str, Any] | None:
    """A message whose answer was lost, by its key; None when it never arrived."""
    channel, thread = call.arguments["channel"], call.arguments.get("thread_ts")
    if channel.startswith(("U", "W")):
        channel = client.conversations_open(users=channel)["channel"]["id"]
    key = call.arguments["metadata"]["event_payload"]["key"]
    where = {"channel": channel, "oldest": f"{(since - EARLIER).timestamp():.6f}", "include_all_metadata": True}
    cursor = ""
    while True:
        page: dict[str, Any] = {**where, "limit": 200} | ({"cursor": cursor} if cursor else {})
        replies = {"ts": thread} if thread else {}
        look = client.conversations_replies if thread else client.conversations_history
        messages = look(**page, **replies)
        for message in messages["messages"]:
            if ((message.get("metadata") or {}).get("event_payload") or {}).get("key") == key:
                return {"channel": channel, "ts": message["ts"]}
        cursor = (messages.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return None
