"""How a reply reaches the person: by the ack, the response URL, or a view."""

import json
import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt import Args, BoltContext, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from handlers.slack.ids import field_of
from handlers.slack.latest_act import LatestActs
from handlers.slack.replies import Home, Reply, Say, Show, Suggest, Whisper, Wrong
from handlers.slack.text import Sentence, as_sentence, plain
from handlers.slack.view_parts import line, loading, notice
from models.base.errors import BadForm, Refused

log = logging.getLogger("belay")
TOO_SLOW = frozenset({"expired_trigger_id", "invalid_trigger_id"})
TWICE = "exchanged_trigger_id"
SURELY = 1.0
LATEST = LatestActs()
PICTURE_PAUSES = (1.0, 2.0)
OVERTAKEN = frozenset({"hash_conflict", "not_found"})
Shown = dict[str, Any] | None
Explanation = Callable[[Refused, str], Say | None]
EXPLANATIONS: list[Explanation] = []
ONCE_MORE: Sentence = ("That took too long, and Slack would not open the window. Once more, please.",)


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
        return cls(args.body, args.context, args.client, args.ack, args.respond)


def explains(function: Explanation) -> Explanation:
    """Let a subject say more of a refusal than its sentence: buttons of a way on, or what is worked out afterwards."""
    EXPLANATIONS.append(function)
    return function


def refusal(refused: Refused, carried: str = "") -> Reply:
    """The reply to an act that was refused: under its field, or where the person is, with the ways on that are left.

    `carried` is what the button or form carries, as Slack brings it.
    """
    if isinstance(refused, BadForm):
        return Wrong(refused.errors)
    if refused.field:
        return Wrong({refused.field: refused.sentence})
    return explanation(refused, carried)


def explanation(refused: Refused, carried: str) -> Say:
    """The sentence of a refusal, with what a subject adds to it."""
    explained = (explain(refused, carried) for explain in EXPLANATIONS)
    return next((say for say in explained if say is not None), Say(as_sentence(refused.sentence)))


def answer(caller: Caller, reply: Reply) -> None:
    """Answer a request: the ack first, whatever takes another call afterwards."""
    kind = _kind(caller.body)
    LATEST.hear(caller.body)
    if kind == "view_submission":
        caller.ack(**_submission(caller.body, reply))
        if isinstance(reply, Show):
            show_below(caller, reply)
            show_after_ack(caller, reply)
    elif kind == "block_suggestion":
        caller.ack(options=list(reply.options) if isinstance(reply, Suggest) else [])
    elif kind == "command" and isinstance(reply, Say):
        caller.ack(**_said(reply))
    else:
        caller.ack()
        show_later(caller, reply, _follow_up(caller, reply))


def open_loading(caller: Caller) -> str | None:
    """Put a view up at once; its id, or None when Slack did not take it in time."""
    caller.ack()
    is_stacked = (caller.body.get("view") or {}).get("type") == "modal"
    open_view = caller.client.views_push if is_stacked else caller.client.views_open
    try:
        opened = open_view(trigger_id=caller.body["trigger_id"], view=loading())
    except SlackApiError as error:
        if error.response["error"] in TOO_SLOW:
            _say(caller, Say(ONCE_MORE))
        elif error.response["error"] != TWICE:
            raise
        return None
    return str(opened["view"]["id"])


def show_instead(caller: Caller, view_id: str, view: View | dict[str, Any]) -> Shown:
    """Put the real view where the loading one stands; somebody may have closed it."""
    return _update(caller, view_id, view, None)


def show_after_ack(caller: Caller, reply: Show, *, is_shown: bool = True) -> None:
    """Change what an ack has put into the submitted form.

    Slack may get the answer to the submission after the update and show it last: so the update is said once more.
    """
    view_id = caller.body["view"]["id"]
    view = reply.view
    if reply.later is not None:
        if not is_shown:
            _update(caller, view_id, view, None)
        view = reply.later()
    elif is_shown:
        return
    _update(caller, view_id, view, None)
    time.sleep(SURELY)
    _update(caller, view_id, view, None)


def show_below(caller: Caller, reply: Show) -> None:
    """Make the view below a form true."""
    below = caller.body["view"].get("previous_view_id")
    if reply.below is not None and below:
        _update(caller, below, reply.below, None)


def show_later(caller: Caller, reply: Reply, shown: Shown) -> None:
    """What takes longer, a moment afterwards; dropped when the form has moved on meanwhile."""
    if not isinstance(reply, Show | Say) or reply.later is None:
        return
    further = reply.later()
    if isinstance(further, View):
        if shown:
            _update_patiently(caller, shown["id"], further, shown["hash"])
    elif shown and isinstance(reply, Say):
        _update(caller, shown["id"], notice(reply.sentence, more=further.blocks), shown["hash"])
    else:
        _say(caller, further)


def went_wrong(context: BoltContext) -> Sentence:
    """What a person reads when something unforeseen happened: one reference for each request."""
    reference = context.setdefault("reference", uuid.uuid4().hex[:8])
    return (f"Something went wrong on our side, and nothing was changed. Reference {reference}.",)


def failure(
    error: Exception,
    body: dict[str, Any],
    context: BoltContext,
    client: WebClient,
    ack: Callable[..., Any],
    respond: Callable[..., Any],
) -> BoltResponse:
    """Anything unforeseen: a reference number to the person, the traceback to the log."""
    sentence = went_wrong(context)
    reference = context["reference"]
    log.error("reference %s", reference, exc_info=error)
    if _kind(body) == "view_submission":
        return _json({"response_action": "push", "view": notice(sentence).to_dict()})
    if _kind(body) == "command":
        return _json(_said(Say(sentence)))
    try:
        _follow_up(Caller(body, context, client, ack, respond), Say(sentence))
    except SlackApiError as unanswered:
        log.warning("reference %s was not told: %s", reference, unanswered.response["error"])
    return BoltResponse(status=200)


def _follow_up(caller: Caller, reply: Reply) -> Shown:
    """Answer by a call; what is shown now, where that is a view."""
    view = caller.body.get("view") or {}
    if isinstance(reply, Home):
        caller.client.views_publish(user_id=caller.context.user_id or "", view=reply.view)
    elif isinstance(reply, Whisper):
        message = _said(Say(reply.sentence, reply.blocks))
        caller.client.chat_postEphemeral(
            channel=reply.channel,
            thread_ts=reply.thread,
            user=caller.context.user_id or "",
            text=message["text"],
            blocks=message["blocks"],
        )
    elif isinstance(reply, Show) and view.get("type") == "modal" and not reply.is_on_top:
        return _update_unless_overtaken(caller, view, reply.view)
    elif isinstance(reply, Wrong):
        return _follow_up(caller, Say(as_sentence(" ".join(reply.errors.values()))))
    elif isinstance(reply, Say) and not view and ("response_url" in caller.body or "trigger_id" not in caller.body):
        _say(caller, reply)
    elif isinstance(reply, Say | Show):
        return _open_on(caller, reply, is_stacked=view.get("type") == "modal")
    return None


def _open_on(caller: Caller, reply: Say | Show, *, is_stacked: bool) -> Shown:
    shown = reply.view if isinstance(reply, Show) else notice(reply.sentence, more=reply.blocks)
    open_view = caller.client.views_push if is_stacked else caller.client.views_open
    try:
        return dict(open_view(trigger_id=caller.body["trigger_id"], view=shown)["view"])
    except SlackApiError as error:
        if error.response["error"] not in TOO_SLOW | {TWICE}:
            raise
        _say(caller, reply if isinstance(reply, Say) else Say(ONCE_MORE))
        return None


def _say(caller: Caller, reply: Say) -> None:
    """Where the person is; in a direct message where Slack names no such place."""
    message = _said(reply)
    if caller.body.get("response_url"):
        caller.respond(**message)
    else:
        caller.client.chat_postMessage(
            channel=caller.context.user_id or "", text=message["text"], blocks=message["blocks"]
        )


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


def _update(caller: Caller, view_id: str, view: View | dict[str, Any], known: str | None) -> Shown:
    try:
        return dict(caller.client.views_update(view_id=view_id, view=view, hash=known)["view"])
    except SlackApiError as error:
        if error.response["error"] not in OVERTAKEN:
            raise
        return None


def _update_unless_overtaken(caller: Caller, view: dict[str, Any], shown: View) -> Shown:
    """What follows a moment after an earlier answer may have changed the view; the person's last act wins."""
    updated = _update(caller, view["id"], shown, view.get("hash"))
    if updated is None and LATEST.is_it(caller.body):
        return _update(caller, view["id"], shown, None)
    return updated


def _update_patiently(caller: Caller, view_id: str, view: View, known: str) -> None:
    """A picture that was uploaded just now may not be there yet; what stands without it stays."""
    for pause in (*PICTURE_PAUSES, None):
        try:
            _update(caller, view_id, view, known)
        except SlackApiError as error:
            if error.response["error"] != "invalid_blocks" or pause is None:
                log.warning("a view was not updated: %s", error.response["error"])
                return
            time.sleep(pause)
        else:
            return


def _said(reply: Say) -> dict[str, Any]:
    blocks = [block.to_dict() for block in reply.blocks or [line(reply.sentence)]]
    return {"text": plain(reply.sentence), "blocks": blocks, "response_type": "ephemeral"}


def _kind(body: dict[str, Any]) -> str:
    return "command" if "command" in body else str(body.get("type"))


def _json(data: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(data), headers={"content-type": "application/json"})
