"""What it means that Slack did not take a message: wait, try again, somebody must act, or it can never be taken."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Any

from slack_sdk.errors import SlackApiError

STUCK = frozenset(
    {
        "account_inactive",
        "channel_not_found",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "invalid_auth",
        "is_archived",
        "messages_tab_disabled",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
# The call itself is wrong, or for somebody who can never read it: no time and no person makes it right.
NEVER = frozenset(
    {
        "cannot_dm_bot",
        "cannot_reply_to_message",
        "cant_delete_message",
        "execution_not_in_running_state",
        "function_execution_not_found",
        "invalid_arg_name",
        "invalid_arguments",
        "invalid_array_arg",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "message_not_found",
        "metadata_must_be_sent_from_app",
        "metadata_too_large",
        "method_deprecated",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "parameter_validation_failed",
        "too_many_attachments",
        "unknown_method",
        "user_disabled",
        "user_not_found",
        "view_too_large",
    }
)
GONE = frozenset({"cant_update_message", "edit_window_closed", "message_not_found"})
LIMITED = frozenset({"message_limit_exceeded", "rate_limited", "ratelimited"})
NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
# Slack says for how long; where it does not, a minute is its own unit.
USUAL_WAIT = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=5)


class Kind(Enum):
    """What comes next."""

    LIMITED = auto()
    STUCK = auto()
    GONE = auto()
    NEVER = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class Outcome:
    """Why a message was not taken, by the name that Slack gives it, and how long to wait before it is tried again."""

    kind: Kind
    error: str
    method: str = ""
    wait: timedelta = timedelta()


def outcome_of(error: Exception, method: str) -> Outcome:
    """What an error of a call means; whatever is not known to be final is tried again, after a look if it arrived."""
    if not isinstance(error, SlackApiError):
        return Outcome(Kind.UNKNOWN, type(error).__name__, method)
    response: Any = error.response
    status = int(getattr(response, "status_code", 0) or 0)
    # The look for a message is another method than its sending, and has limits of its own.
    asked = str(getattr(response, "api_url", "")).rsplit("/", 1)[-1] or method
    # Where the answer is no answer of the Web API, the client quotes what it got: that is nothing for a log.
    given = str(_given(response, "error"))
    name = given if NAME.fullmatch(given) else f"http_{status}"
    if status == 429 or name in LIMITED:
        return Outcome(Kind.LIMITED, "ratelimited", asked, _retry_after(response))
    if name in GONE and asked == "chat.update":
        return Outcome(Kind.GONE, name, asked)
    if name in NEVER:
        return Outcome(Kind.NEVER, name, asked)
    return Outcome(Kind.STUCK if name in STUCK else Kind.UNKNOWN, name, asked)


def pause(attempts: int) -> timedelta:
    """How long to wait before the next attempt: twice as long each time, up to five minutes."""
    return min(LONGEST_PAUSE, timedelta(seconds=2 ** min(attempts, 10)))


def _given(response: Any, name: str) -> Any:
    data = getattr(response, "data", response)
    return data.get(name) if isinstance(data, Mapping) else None


def _retry_after(response: Any) -> timedelta:
    headers = {str(name).lower(): value for name, value in (getattr(response, "headers", None) or {}).items()}
    given = headers.get("retry-after")
    text = str(given[0] if isinstance(given, list) else given)
    return timedelta(seconds=int(text)) if text.isascii() and text.isdigit() else USUAL_WAIT
