"""Logs: one line a record, as text or JSON; no token, nothing that people typed.

An error is its type and where it happened: its words may hold a customer's name or a statement's values.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime

TOKEN = re.compile(r"\bx(?:ox[a-z]|app)(?:\.xox[a-z])?-[\w-]+")
QUIET = ("httpx", "httpcore", "slack_bolt", "slack_sdk", "apscheduler", "uvicorn.access")


class Formatter(logging.Formatter):
    """A record as a line of text, with the frames of its error below."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = f"{at} {record.levelname} {record.name} {message_of(record)}"
        return "\n".join([line, *error_of(record)])


class JsonFormatter(logging.Formatter):
    """A record as a line of JSON, for whoever collects logs."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message_of(record),
        }
        error = list(error_of(record))
        return json.dumps(entry | ({"error": error} if error else {}), ensure_ascii=False)


def set_up(*, is_json: bool) -> None:
    """Log to the process's error output, from now on."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if is_json else Formatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def message_of(record: logging.LogRecord) -> str:
    """What is said, in one line, without tokens."""
    return TOKEN.sub("…", record.getMessage()).replace("\n", " ")


def error_of(record: logging.LogRecord) -> Iterator[str]:
    """The error of a record and what led to it: types and places."""
    error = record.exc_info[1] if record.exc_info else None
    while error is not None:
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        error = error.__cause__ or error.__context__
