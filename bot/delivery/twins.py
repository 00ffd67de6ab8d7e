"""Twins: a call that outlived its lease may still arrive, after the message was sent again. They are swept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.delivery.attempts import Attempt
from bot.delivery.lookup import find_messages
from bot.delivery.outcomes import outcome_of
from models.workspace.outbox import News, Outbox, Payload, Removal, queue, settle

# Slack gives no call longer than this.
SURELY_ARRIVED = timedelta(minutes=2)
MOST_TRIES = 10


@dataclass(frozen=True)
class Sent(Payload):
    """A message that stands, by its key; others with the same key are its twins."""

    channel: str = ""
    ts: str = ""
    key: str = ""
    since: datetime | None = None
    thread: str | None = None


def sweep_later(row: Outbox, sent: Sent, *, now: datetime) -> None:
    """Look for twins once every call has surely arrived; in a stream of its own, because nothing waits for it."""
    sweep = queue(row.workspace, News.TWINS, stream=f"twins:{row.id}", payload=sent, now=now)
    sweep.not_before = now + SURELY_ARRIVED


def remove_twins(attempt: Attempt, client: WebClient) -> None:
    """Remove what stands twice, but for the one that is known."""
    with attempt.database.reading() as session:
        row = session.get_one(Outbox, attempt.key)
        sent, since = Sent.of(row), row.queued_at
    try:
        found = list(find_messages(client, sent.channel, sent.key, sent.since or since, sent.thread))
    except (SlackClientError, OSError, HTTPException) as error:
        attempt.again(outcome_of(error, "conversations.history"), most=MOST_TRIES)
        return
    twins = [message["ts"] for message in found if message["ts"] != sent.ts]
    attempt.note(lambda _, row: _remove(row, sent, twins, attempt.now))


def _remove(row: Outbox, sent: Sent, twins: list[str], now: datetime) -> None:
    for ts in twins:
        queue(row.workspace, News.REMOVE, stream=sent.channel, payload=Removal(sent.channel, ts), now=now)
    settle(row, now=now)
