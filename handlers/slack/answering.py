"""How a reply reaches the person: by the ack, the response URL, or a view."""

import json
import logging
import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt import BoltContext, BoltResponse
from slack_sdk import WebClient

from handlers.slack.callers import (
    LATEST,
    Caller,
    Shown,
    kind_of,
    name_of,
    open_on,
    said,
    say,
    update_unless_overtaken,
)
from handlers.slack.ids import field_of
from handlers.slack.payloads import well_formed
from handlers.slack.replies import Home, Reply, Say, Show, Suggest, Whisper, Wrong
from handlers.slack.showing import show_after_ack, show_below, show_later, shown_at_last
from handlers.slack.text import Sentence, as_sentence
from handlers.slack.view_parts import notice
from models.base.language import ENGLISH, _, reading

log = logging.getLogger("belay")
# Where a request keeps the locale of its caller.
READER = "belay_reader"


def answer(caller: Caller, reply: Reply, *, is_done: bool = False) -> None:
    """Answer a request: the ack first, whatever takes another call afterwards.

    What `is_done` stays done, and is said to be, also where Slack does not show what came of it.
    """
    kind = kind_of(caller.body)
    LATEST.hear(caller.body)
    if kind == "view_submission":
        caller.ack(**_submission(caller.body, reply))
        if isinstance(reply, Show):
            shown_at_last(caller, reply, partial(_show_around, caller, reply), is_done=is_done)
    elif kind == "block_suggestion":
        caller.ack(options=list(reply.options) if isinstance(reply, Suggest) else [])
    elif kind == "command" and isinstance(reply, Say):
        caller.ack(**said(reply))
    else:
        caller.ack()
        shown_at_last(caller, reply, partial(_show_and_more, caller, reply), is_done=is_done)


def _show_around(caller: Caller, reply: Show) -> None:
    show_below(caller, reply)
    show_after_ack(caller, reply)


def _show_and_more(caller: Caller, reply: Reply) -> None:
    show_later(caller, reply, _follow_up(caller, reply))


def went_wrong(context: BoltContext) -> Sentence:
    """What a person reads when something unforeseen happened: one reference for each request."""
    reference = context.setdefault("reference", uuid.uuid4().hex[:8])
    return (
        _("Something went wrong on our side, and nothing was changed. Reference {reference}.", reference=reference),
    )


def failure(
    error: Exception,
    body: dict[str, Any],
    context: BoltContext,
    client: WebClient,
    ack: Callable[..., Any],
    respond: Callable[..., Any],
) -> BoltResponse:
    """Anything unforeseen: a reference number to the person, the traceback to the log."""
    with reading(context.get(READER, ENGLISH)):
        return _failed(error, Caller(body, context, client, ack, respond))


def _failed(error: Exception, caller: Caller) -> BoltResponse:
    body, sentence = caller.body, went_wrong(caller.context)
    log.error("reference %s", caller.context["reference"], exc_info=error)
    if kind_of(body) == "view_submission":
        return _json({"response_action": "push", "view": notice(sentence).to_dict()})
    if kind_of(body) == "command":
        return _json(said(Say(sentence)))
    try:
        _follow_up(replace(caller, body=well_formed(body)), Say(sentence))
    except Exception as unanswered:  # noqa: BLE001 - whatever it is, nobody is left to hear of it
        log.warning("reference %s was not told: %s", caller.context["reference"], name_of(unanswered))
    return BoltResponse(status=200)


def _follow_up(caller: Caller, reply: Reply) -> Shown:
    """Answer by a call; what is shown now, where that is a view."""
    view = caller.body.get("view") or {}
    if isinstance(reply, Home):
        caller.client.views_publish(user_id=caller.context.user_id or "", view=reply.view)
    elif isinstance(reply, Whisper):
        message = said(Say(reply.sentence, reply.blocks))
        caller.client.chat_postEphemeral(
            channel=reply.channel,
            thread_ts=reply.thread,
            user=caller.context.user_id or "",
            text=message["text"],
            blocks=message["blocks"],
        )
    elif isinstance(reply, Show) and view.get("type") == "modal" and not reply.is_on_top:
        return update_unless_overtaken(caller, view, reply.view)
    elif isinstance(reply, Wrong):
        return _follow_up(caller, Say(as_sentence(" ".join(reply.errors.values()))))
    elif isinstance(reply, Say) and not view and ("response_url" in caller.body or "trigger_id" not in caller.body):
        say(caller, reply)
    elif isinstance(reply, Say | Show):
        return open_on(caller, reply, is_stacked=view.get("type") == "modal")
    return None


def _submission(body: dict[str, Any], reply: Reply) -> dict[str, Any]:
    match reply:
        case Wrong(errors):
            blocks = {field_of(block["block_id"]): block["block_id"] for block in body["view"]["blocks"]}
            by_block = {blocks[field]: sentence for field, sentence in errors.items() if field in blocks}
            if by_block:
                return {"response_action": "errors", "errors": by_block}
            return _submission(body, Say(as_sentence(" ".join(errors.values()))))
        case Say(sentence):
            return {"response_action": "push", "view": notice(sentence)}
        case Show(view, is_on_top):
            return {"response_action": "push" if is_on_top else "update", "view": view}
        case _:
            return {"response_action": "clear"}


def _json(data: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(data), headers={"content-type": "application/json"})
