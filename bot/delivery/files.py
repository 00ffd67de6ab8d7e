"""Files of a message: uploaded into its thread. One that Slack does not take is tried again, and then left out."""

import logging
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.delivery.attempts import Attempt
from bot.delivery.outcomes import outcome_of
from handlers.rendering import file_of
from models.workspace.outbox import FileInThread, Outbox, settle

log = logging.getLogger("belay.delivery")
MOST_TRIES = 6


def share_file(attempt: Attempt, client: WebClient) -> None:
    """Upload one file into its thread; one that cannot be made is left out, so that what follows it is not kept."""
    with attempt.database.reading() as session:
        row = session.get_one(Outbox, attempt.key)
        channel, thread = row.stream, FileInThread.of(row).thread
        try:
            name, content = file_of(session, row)
        except Exception as unforeseen:
            log.exception("the file of row %s cannot be made", attempt.key)
            error = f"{type(unforeseen).__name__} while it was made"
            attempt.note(lambda _, row: settle(row, now=attempt.now, error=error))
            return
    try:
        client.files_upload_v2(content=content, filename=name, title=name, channel=channel, thread_ts=thread)
    except (SlackClientError, OSError, HTTPException) as refused:
        outcome = outcome_of(refused, "files.completeUploadExternal")
        log.warning("a file was not uploaded: %s", outcome.error)
        attempt.again(outcome, most=MOST_TRIES)
    else:
        attempt.note(lambda _, row: settle(row, now=attempt.now))
