"""Sentry: an error leaves as its type, where it happened, and the reference that the person was told; nothing else.

What is sent is put together from names of the code. An error's words, a record's, variables and breadcrumbs may hold
what people typed, and are never copied.
"""

import logging
import re
from importlib.metadata import version
from logging import LogRecord
from typing import Any

import sentry_sdk
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.types import Event, Hint

KEPT = ("event_id", "timestamp", "platform", "level", "logger", "release", "environment")
KEPT_OF_FRAMES = ("filename", "module", "function", "lineno", "in_app")
REFERENCE = re.compile(r"reference ([0-9a-f]{8})")


def report_errors(dsn: str) -> None:
    """From now on, report what is logged as an error and what ends the process."""
    sentry_sdk.init(
        dsn,
        release=f"belay@{version('belay')}",
        before_send=without_words,
        # By hand: the others look into requests, and give trace headers to Slack.
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            LoggingIntegration(level=None, event_level=logging.ERROR, sentry_logs_level=None),
            ExcepthookIntegration(),
            AtexitIntegration(callback=lambda _pending, _timeout: None),
        ],
        in_app_include=["bot", "handlers", "models"],
        # `without_words` copies none of it; what is not collected cannot be copied by mistake. (No send_default_pii:
        # it is off, and to say so is deprecated.)
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        enable_metrics=False,
        spotlight=False,
    )


def without_words(event: Event, hint: Hint) -> Event:
    """The same event, of which only types, places and the reference are kept."""
    given: dict[str, Any] = dict(event)
    kept: dict[str, Any] = {name: given[name] for name in KEPT if name in given}
    errors = (given.get("exception") or {}).get("values") or []
    record: LogRecord | None = hint.get("log_record")
    if errors:
        kept["exception"] = {"values": [_error(error) for error in errors]}
    elif record:
        kept["message"] = f"{record.module}.{record.funcName}, line {record.lineno}"
    reference = REFERENCE.fullmatch(record.getMessage()) if record else None
    if reference:
        kept["tags"] = {"reference": reference[1]}
    sent: Event = kept  # type: ignore[assignment]  # it has the fields of one
    return sent


def _error(error: dict[str, Any]) -> dict[str, Any]:
    frames = (error.get("stacktrace") or {}).get("frames") or []
    places = [{name: frame.get(name) for name in KEPT_OF_FRAMES} for frame in frames]
    return {
        "type": error["type"],
        "value": error["type"],
        "module": error.get("module"),
        "stacktrace": {"frames": places},
    }
