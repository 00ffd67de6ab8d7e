"""Files of a message: uploaded into its thread. One that Slack does not take is tried again, and then left out."""

import logging
from datetime import datetime, timedelta
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.database import Database
from handlers.rendering import file_of
from models.workspace.outbox import FileInThread, Outbox, postpone, settle

log = logging.getLogger("belay.delivery")
MOST_TRIES = 6


def share_file(database: Database, key: int, client: WebClient, *, now: datetime) -> None:
    """Upload one file into its thread; one that cannot be made is left out, so that what follows it is not kept."""
    with database.reading() as session:
        row = session.get_one(Outbox, key)
        channel, thread = row.stream, FileInThread.of(row).thread
        try:
            name, content = file_of(session, row)
        except Exception as unforeseen:
            log.exception("the file of row %s cannot be made", key)
            _note(database, key, f"{type(unforeseen).__name__} while it was made", now=now, is_final=True)
            return
    error = None
    try:
        client.files_upload_v2(content=content, filename=name, title=name, channel=channel, thread_ts=thread)
    except (SlackClientError, OSError, HTTPException) as refused:
        error = str(refused)[:200]
        log.warning("%s was not uploaded: %s", name, error)
    _note(database, key, error, now=now)


def _note(database: Database, key: int, error: str | None, *, now: datetime, is_final: bool = False) -> None:
    with database.writing() as session:
        row = session.get_one(Outbox, key)
        if error is None or is_final or row.attempts >= MOST_TRIES:
            settle(row, now=now, error=error)
        else:
            postpone(row, until=now + timedelta(seconds=2**row.attempts), error=error)
