"""Files of a message: uploaded into its thread. One that Slack does not take is tried again, and then left out."""

import logging
from datetime import datetime, timedelta
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.database import Database
from handlers.messages import file_of
from models.outbox import Outbox, postpone, settle

log = logging.getLogger("belay.delivery")
MOST_TRIES = 6


def share_file(database: Database, key: int, client: WebClient, *, now: datetime) -> None:
    """Upload one file into its thread."""
    with database.reading() as session:
        row = session.get_one(Outbox, key)
        channel, thread = row.stream, row.details["thread"]
        name, content = file_of(session, row)
    error = None
    try:
        client.files_upload_v2(content=content, filename=name, title=name, channel=channel, thread_ts=thread)
    except (SlackClientError, OSError, HTTPException) as refused:
        error = str(refused)[:200]
        log.warning("%s was not uploaded: %s", name, error)
    with database.writing() as session:
        row = session.get_one(Outbox, key)
        if error is None or row.attempts >= MOST_TRIES:
            settle(row, now=now, error=error)
        else:
            postpone(row, until=now + timedelta(seconds=2**row.attempts), error=error)
