"""Who waits for an answer, and the calls by which it reaches them."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from slack_bolt import Args, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.models.blocks import ActionsBlock
from slack_sdk.models.views import View

from handlers.slack.latest_act import LatestActs
from handlers.slack.replies import Say, Show
from handlers.slack.text import plain
from handlers.slack.view_parts import line, notice
from models.base.language import N_, _

log = logging.getLogger("belay")
TOO_SLOW = frozenset({"expired_trigger_id", "invalid_trigger_id"})
TWICE = "exchanged_trigger_id"
LATEST = LatestActs()
PICTURE_PAUSES = (1.0, 2.0)
OVERTAKEN = frozenset({"hash_conflict", "not_found"})
NOT_SHOWN = (SlackClientError, OSError, HTTPException)
Shown = dict[str, Any] | None
ONCE_MORE = N_("That took too long, and Slack would not open the window. Once more, please.")


@dataclass(frozen=True)
class Caller:
    """Who waits for an answer, and by which ways it can go."""

    body: dict[str, Any]
    context: BoltContext
    client: WebClient
    ack: Callable[..., Any]
    respond: Callable[..., Any]

    @classmethod
    def of(cls, args: Args) -> "Caller":
        """The caller of a listener."""
        return cls(dict(args.body), args.context, args.client, args.ack, args.respond)

    @property
    def place(self) -> tuple[str, str]:
        """The team and the user."""
        return self.context.team_id or "", self.context.user_id or ""


def say(caller: Caller, reply: Say) -> None:
    """Where the person is, so that nobody else sees it; in a direct message where Slack names no such place."""
    message, event = said(reply), caller.body.get("event") or {}
    user = caller.context.user_id or ""
    content = {"text": message["text"], "blocks": message["blocks"], "thread_ts": event.get("thread_ts")}
    if caller.body.get("response_url"):
        caller.respond(**message)
    elif event.get("type") == "app_mention":
        caller.client.chat_postEphemeral(channel=event["channel"], user=user, **content)
    else:
        caller.client.chat_postMessage(channel=user, **content)


def tell(caller: Caller, reply: Say) -> None:
    """A direct message; where not even that arrives, the log knows."""
    message = said(reply)
    to = caller.context.user_id or ""
    try:
        caller.client.chat_postMessage(channel=to, text=message["text"], blocks=message["blocks"])
    except NOT_SHOWN as error:
        log.warning("a person was not told: %s", name_of(error))


def update(caller: Caller, view_id: str, view: View | dict[str, Any], known: str | None) -> Shown:
    try:
        return dict(caller.client.views_update(view_id=view_id, view=view, hash=known)["view"])
    except SlackApiError as error:
        if error.response["error"] not in OVERTAKEN:
            raise
        return None


def update_unless_overtaken(caller: Caller, view: dict[str, Any], shown: View) -> Shown:
    """What follows a moment after an earlier answer may have changed the view; the person's last act wins."""
    updated = update(caller, view["id"], shown, view.get("hash"))
    if updated is None and LATEST.is_it(caller.body):
        return update(caller, view["id"], shown, None)
    return updated


def update_patiently(caller: Caller, view_id: str, view: View, known: str) -> None:
    """A picture that was uploaded just now may not be there yet; what stands without it stays."""
    for pause in (*PICTURE_PAUSES, None):
        try:
            update(caller, view_id, view, known)
        except SlackApiError as error:
            if error.response["error"] != "invalid_blocks" or pause is None:
                log.warning("a view was not updated: %s", error.response["error"])
                return
            time.sleep(pause)
        else:
            return


def open_on(caller: Caller, reply: Say | Show, *, is_stacked: bool) -> Shown:
    shown = reply.view if isinstance(reply, Show) else notice(reply.sentence, more=reply.blocks)
    open_view = caller.client.views_push if is_stacked else caller.client.views_open
    try:
        return dict(open_view(trigger_id=caller.body.get("trigger_id") or "", view=shown)["view"])
    except SlackApiError as error:
        if error.response["error"] not in TOO_SLOW | {TWICE}:
            raise
        say(caller, reply if isinstance(reply, Say) else Say((_(ONCE_MORE),)))
        return None


def said(reply: Say) -> dict[str, Any]:
    # Buttons alone stand below the sentence; other blocks say it themselves.
    is_said = any(block.type != ActionsBlock.type for block in reply.blocks)
    blocks = [block.to_dict() for block in (reply.blocks if is_said else [line(reply.sentence), *reply.blocks])]
    return {"text": plain(reply.sentence), "blocks": blocks, "response_type": "ephemeral"}


def kind_of(body: dict[str, Any]) -> str:
    return "command" if "command" in body else str(body.get("type"))


def name_of(error: Exception) -> str:
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else type(error).__name__
