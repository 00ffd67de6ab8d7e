"""Files of a message: uploaded into its thread. One that Slack does not take is tried again, and then left out.

An outage is waited for, as messages wait for it; what Slack refuses is left out sooner, because all that follows waits.
"""

import logging
from datetime import timedelta
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.delivery.attempts import Attempt
from bot.delivery.outcomes import Kind, outcome_of, pause
from handlers.rendering import file_of
from models.workspace.outbox import FileInThread, Outbox, postpone, settle

log = logging.getLogger("belay.delivery")
MOST_TRIES = 6
LONGEST_OUTAGE = timedelta(hours=12)


def share_file(attempt: Attempt, client: WebClient) -> None:
    """Upload one file into its thread; one that cannot be made is left out, so that what follows it is not kept."""
    with attempt.database.reading() as session:
        row = session.get_one(Outbox, attempt.key)
        channel, thread, began = row.stream, FileInThread.of(row).thread, row.first_attempt_at or attempt.now
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
        is_outage = outcome.kind in {Kind.UNKNOWN, Kind.LIMITED} and attempt.now - began < LONGEST_OUTAGE
        if is_outage:
            until = attempt.now + max(outcome.wait, pause(attempt.number))
            attempt.note(lambda _, row: postpone(row, until=until, error=outcome.error))
        else:
            attempt.again(outcome, most=MOST_TRIES)
    else:
        attempt.note(lambda _, row: settle(row, now=attempt.now))
