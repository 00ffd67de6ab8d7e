"""A message of the outbox on its way: put into words, looked for where it may stand already, sent, and noted."""

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.database import Database
from bot.delivery.attempts import Attempt
from bot.delivery.lookup import find_messages, join
from bot.delivery.outcomes import Kind, Outcome, outcome_of, pause
from bot.delivery.pictures import is_about_the_picture, try_without_soon, with_picture
from bot.delivery.twins import Sent, sweep_later
from bot.metrics import CALLS, FOUND
from handlers.rendering import note_gone, note_sent, render
from handlers.slack.web_calls import Call
from models.workspace.outbox import Outbox, postpone, settle
from models.workspace.undelivered import tell_who_can_act

log = logging.getLogger("belay.delivery")
STUCK_WAIT = timedelta(minutes=5)
JOINED = "joined"


@dataclass(frozen=True)
class Sending:
    """What is sent, for which workspace, since when it may have arrived, and whether it must be looked for."""

    call: Call
    workspace: int
    since: datetime
    is_sought: bool


@dataclass
class Sender:
    """Makes calls, and keeps to the pauses that Slack asks for, by workspace and method."""

    database: Database
    clock: Clock
    pauses: dict[tuple[int, str], datetime] = field(default_factory=dict)

    def send(self, attempt: Attempt, client: WebClient) -> None:
        """One attempt at a message."""
        sending = self._prepared(attempt)
        if sending is None:
            return
        until = self.pauses.get((sending.workspace, sending.call.method))
        if until and until > attempt.now:
            attempt.note(lambda _, row: postpone(row, until=until, error="ratelimited"))
            return
        try:
            self._call(attempt, client, sending)
        except (SlackClientError, OSError, HTTPException) as error:
            self._note_failure(attempt, client, sending, outcome_of(error, sending.call.method))

    def _prepared(self, attempt: Attempt) -> Sending | None:
        """The call of a row; a row that says nothing any more, or cannot be said, is settled."""
        error = None
        try:
            with self.database.reading() as session:
                row = session.get_one(Outbox, attempt.key)
                call = render(session, row, now=attempt.now)
                if call is not None:
                    is_sought = row.is_unknown and call.is_new_message
                    return Sending(call, row.workspace_id, row.first_attempt_at or row.queued_at, is_sought)
        except Exception as unforeseen:
            log.exception("row %s cannot be rendered", attempt.key)
            error = f"{type(unforeseen).__name__} while rendering"
        attempt.note(lambda _, row: settle(row, now=attempt.now, error=error))
        return None

    def _call(self, attempt: Attempt, client: WebClient, sending: Sending) -> None:
        call = sending.call
        known = _found(client, sending) if sending.is_sought else None
        FOUND.inc(1 if known else 0)
        if call.is_superseded and not known:
            attempt.note(lambda _, row: settle(row, now=attempt.now))
            return
        if not known:
            call = with_picture(attempt, call, client)
        answer = known or client.api_call(call.method, json=dict(call.arguments)).data
        # A message that was found shows the state of an earlier moment.
        shown = replace(call, shown="") if known else call
        CALLS.labels("sent").inc()
        attempt.note(lambda session, row: _note_sent(session, row, shown, answer, attempt.now))

    def _note_failure(self, attempt: Attempt, client: WebClient, sending: Sending, outcome: Outcome) -> None:
        call, name = sending.call, outcome.error
        log.warning("%s: %s", outcome.method, name)
        CALLS.labels(outcome.kind.name.lower()).inc()
        if is_about_the_picture(call, name):
            attempt.note(lambda _, row: try_without_soon(row, name, attempt.now))
            return
        if outcome.kind is Kind.LIMITED:
            self.pauses[sending.workspace, outcome.method] = attempt.now + outcome.wait
        if name == "not_in_channel" and join(client, call.arguments["channel"]):
            outcome = replace(outcome, error=JOINED)
        attempt.note(lambda session, row: _note_outcome(session, row, outcome, attempt.now))


def _found(client: WebClient, sending: Sending) -> dict[str, Any] | None:
    """The message of a call that may have arrived; None when it never did."""
    given = sending.call.arguments
    key = given["metadata"]["event_payload"]["key"]
    return next(find_messages(client, given["channel"], key, sending.since, given.get("thread_ts")), None)


def _note_sent(session: Session, row: Outbox, call: Call, answer: Any, now: datetime) -> None:
    note_sent(session, row, call, answer, now=now)
    if call.is_new_message and row.is_unknown:
        given = call.arguments
        sent = Sent(answer["channel"], answer["ts"], row.key, row.first_attempt_at, given.get("thread_ts"))
        sweep_later(row, sent, now=now)
    settle(row, now=now, ts=answer.get("ts"))


def _note_outcome(session: Session, row: Outbox, outcome: Outcome, now: datetime) -> None:
    name = outcome.error
    if outcome.kind is Kind.LIMITED:
        postpone(row, until=now + outcome.wait, error=name)
    elif name == JOINED and row.error != JOINED:
        postpone(row, until=now, error=name)
    elif outcome.kind is Kind.STUCK:
        tell_who_can_act(row, name, now=now)
        postpone(row, until=now + STUCK_WAIT, error=name, is_stuck=True)
    elif outcome.kind is Kind.GONE:
        note_gone(session, row)
        postpone(row, until=now, error=name)
    elif outcome.kind is Kind.NEVER:
        log.error("%s can never be taken: %s", outcome.method, name)
        settle(row, now=now, error=name)
    else:
        postpone(row, until=now + pause(row.attempts), error=name, is_unknown=True)
