"""The picture of a message: uploaded before it is posted, tried again, and left out when Slack does not take it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.delivery.attempts import Attempt
from handlers.slack.slack_checks import upload
from handlers.slack.web_calls import Call, Picture
from models.workspace.outbox import Outbox, Payload, postpone

log = logging.getLogger("belay.delivery")
NONE = "-"
MOST_TRIES = 4
REFUSED = frozenset({"NoPicture", "invalid_blocks", "invalid_slack_file", "slack_file_not_found", "file_not_found"})


class NoPicture(SlackClientError):
    """A picture that did not reach Slack."""


@dataclass(frozen=True)
class Upload(Payload):
    """How far the picture of a row is: the file that Slack has, and how often it was tried."""

    file: str = ""
    tries: int = 0


def with_picture(attempt: Attempt, call: Call, client: WebClient) -> Call:
    """The call with its picture in place; a file that was uploaded before is used again."""
    if call.picture is None:
        return call
    with attempt.database.reading() as session:
        file = Upload.of(session.get_one(Outbox, attempt.key)).file
    if file == NONE:
        return replace(call, picture=None)
    picture = _drawn(call.picture)
    if not file:
        file = _uploaded(client, picture)
        attempt.note(lambda _, row: _uploaded_as(row, file))
    image = {"type": "image", "slack_file": {"id": file}, "alt_text": picture.alt[:2000]}
    blocks: list[Any] = list(call.arguments["blocks"])
    blocks.insert(call.picture_at, image)
    return replace(call, arguments={**call.arguments, "blocks": blocks})


def is_about_the_picture(call: Call, name: str) -> bool:
    """Whether a refusal may be of the picture: its upload, or a block with a file that Slack does not know yet."""
    return call.picture is not None and name in REFUSED


def try_without_soon(row: Outbox, name: str, now: datetime) -> None:
    """Again in some seconds; after a few times without the picture."""
    before = Upload.of(row)
    tries = before.tries + 1
    _note(row, Upload(NONE if tries >= MOST_TRIES else before.file, tries))
    postpone(row, until=now + timedelta(seconds=2**tries if tries < MOST_TRIES else 0), error=name)


def _drawn(draw: Callable[[], Picture]) -> Picture:
    try:
        return draw()
    except Exception as error:
        log.exception("a picture could not be drawn")
        raise NoPicture(str(error)) from error


def _uploaded(client: WebClient, picture: Picture) -> str:
    try:
        return upload(client, picture)
    except SlackApiError as error:
        if error.response.status_code == 429:
            raise
        raise NoPicture(str(error)) from error
    except (SlackClientError, OSError, HTTPException) as error:
        raise NoPicture(str(error)) from error


def _uploaded_as(row: Outbox, file: str) -> None:
    _note(row, replace(Upload.of(row), file=file))


def _note(row: Outbox, upload: Upload) -> None:
    row.details = {**row.details, **upload.written()}
