"""From Bolt to a listener and back: the transaction around each, and an answer to everything."""

import logging
import re
import time
from contextlib import suppress
from functools import partial
from typing import Any

from slack_bolt import App, Args, BoltResponse
from slack_sdk.models.views import View
from sqlalchemy.exc import SQLAlchemyError

from handlers.slack.answering import READER, answer, failure, went_wrong
from handlers.slack.callers import Caller
from handlers.slack.commands import unknown_sentence, word_of
from handlers.slack.context import Context
from handlers.slack.listening import LISTENERS, SHOWN_AGAIN, Door, Listener, words_after
from handlers.slack.refusals import EARLIER, explanation, refusal
from handlers.slack.replies import Reply, Say, Show, Wrong
from handlers.slack.request import PREPARED, act_in, carried_by, request_of
from handlers.slack.showing import open_loading, show_after_ack, show_instead, show_later, shown_at_last
from handlers.slack.text import Sentence
from handlers.slack.view_parts import loading, notice
from models.base.errors import Busy, NotYours, Refused
from models.base.language import ENGLISH, N_, _, reading
from models.workspace.attempts import record_attempt
from models.workspace.members import locale_known
from models.workspace.requests import is_first_time
from models.workspace.workspaces import find_workspace

log = logging.getLogger("belay")
EVENT_TRIES = 4
TOO_FAST = N_("That is more than anybody types in a minute, so this was not done. Wait a little, please.")


def attach(app: App, context: Context) -> None:
    """Let Bolt bring every request here; one that nobody listens to is answered as well."""
    everything = re.compile(".*")
    app.action(everything)(partial(_serve, context, Door.ACTION))
    app.view(everything)(partial(_serve, context, Door.SUBMISSION))
    app.options(everything)(partial(_serve, context, Door.SUGGESTION))
    app.shortcut(everything)(partial(_serve, context, Door.SHORTCUT))
    for name in {key.split()[0] for door, key in LISTENERS if door is Door.COMMAND}:
        app.command(name)(partial(_serve, context, Door.COMMAND))
    for name in {key.split(".")[0] for door, key in LISTENERS if door is Door.EVENT}:
        app.event(name)(partial(_serve, context, Door.EVENT))
    app.error(failure)


def _serve(context: Context, door: Door, args: Args) -> BoltResponse | None:
    caller, begun, outcome = Caller.of(args), time.monotonic(), "broken"
    caller.context[READER] = locale = _locale(context, caller)
    try:
        with reading(locale):
            outcome = _answer(context, door, caller)
    finally:
        context.observe(door, outcome, time.monotonic() - begun)
    return None


def _locale(context: Context, caller: Caller) -> str:
    """In which locale the caller reads: also what is said before anything is known of the request is in it."""
    if caller.place not in context.locales:
        try:
            with context.database.reading() as session:
                team, user = caller.place
                workspace = find_workspace(session, team)
                known = locale_known(workspace, user) if workspace else None
                context.locales[caller.place] = known or ENGLISH
        except (SQLAlchemyError, Refused):
            return ENGLISH
    return context.locales[caller.place]


def _answer(context: Context, door: Door, caller: Caller) -> str:
    """Answer, and say what became of it."""
    listener = _find(door, caller.body)
    if listener is None:
        answer(caller, refusal(_unheard(door, caller.body)))
        return "unheard"
    if listener.concerns and not listener.concerns(caller.body["event"]):
        caller.ack()
        return "ignored"
    if (door is Door.COMMAND or listener.is_asked or listener.makes_a_file) and _is_too_fast(context, listener, caller):
        answer(caller, refusal(Refused(_(TOO_FAST))))
        return "refused"
    if listener.is_opening:
        _open(context, listener, caller)
        return "opened"
    if listener.is_slow:
        _work(context, listener, caller)
        return "worked"
    reply = _reply_in_time(context, door, listener, caller)
    answer(caller, reply, is_done=listener.is_writing)
    return "refused" if isinstance(reply, Wrong) else "answered"


def _is_too_fast(context: Context, listener: Listener, caller: Caller) -> bool:
    person = f"{caller.context.team_id} {caller.context.user_id}"
    return context.is_too_fast(person, is_for_a_file=listener.makes_a_file)


def _reply_in_time(context: Context, door: Door, listener: Listener, caller: Caller) -> Reply:
    # By most events nobody has asked anything: nobody is told "busy" or refused, and Slack knows that it arrived.
    for _try in range(EVENT_TRIES - 1 if door is Door.EVENT else 0):
        try:
            return _reply(context, listener, caller)
        except Busy:
            continue
    try:
        reply = _reply(context, listener, caller)
    except Busy as busy:
        reply = refusal(busy)
    return None if door is Door.EVENT and isinstance(reply, Say) and not listener.is_asked else reply


def _reply(context: Context, listener: Listener, caller: Caller) -> Reply:
    transaction = context.database.writing if listener.is_writing else context.database.reading
    try:
        with transaction() as session:
            request = request_of(session, context, caller, is_writing=listener.is_writing)
            if listener.is_writing and not is_first_time(request.workspace, request.request_key, now=request.now):
                return None
            reply: Reply = listener.call(request)
            again = SHOWN_AGAIN.get(request.callback) if caller.body.get("actions") else None
            return again.call(request) if reply is None and again else reply
    except Busy:
        raise
    except Refused as refused:
        _note(context, listener, refused, caller)
        return refusal(refused, carried_by(caller.body))


def _open(context: Context, listener: Listener, caller: Caller) -> None:
    opened = open_loading(caller)
    if opened is None:
        return
    # Whatever happens, something stands where the loading view was.
    reply = Show(notice(went_wrong(caller.context)))
    try:
        with context.database.reading() as session:
            given: View | Show = listener.call(request_of(session, context, caller))
            reply = given if isinstance(given, Show) else Show(given)
    except Refused as refused:
        _note(context, listener, refused, caller)
        explained = explanation(refused, carried_by(caller.body))
        reply = Show(notice(explained.sentence, more=explained.blocks))
    except Exception:
        # Slack has its ack: what Bolt hears of now could still turn that into an error.
        log.exception("reference %s", caller.context["reference"])
    shown_at_last(caller, reply, partial(_show_opened, caller, opened, reply), is_done=False)


def _show_opened(caller: Caller, opened: str, reply: Show) -> None:
    show_later(caller, reply, show_instead(caller, opened, reply.view.to_dict()))


def _work(context: Context, listener: Listener, caller: Caller) -> None:
    caller.ack(response_action="update", view=loading())
    reply: Reply = Say(went_wrong(caller.context))
    is_done = False
    try:
        if listener.prepare:
            caller.body[PREPARED] = listener.prepare(caller.body, caller.client)
        reply, is_done = _reply(context, listener, caller), True
    except Refused as refused:
        reply = explanation(refused, carried_by(caller.body))
    except Exception:
        log.exception("reference %s", caller.context["reference"])
    more = reply.blocks if isinstance(reply, Say) else ()
    shown = reply if isinstance(reply, Show) else Show(notice(_sentence(reply), more=more))
    shown_at_last(caller, reply, partial(show_after_ack, caller, shown, is_shown=False), is_done=is_done)


def _sentence(reply: Reply) -> Sentence:
    # The form is gone, and with it the field that a refusal would stand under.
    if isinstance(reply, Wrong):
        return (" ".join(reply.errors.values()),)
    return reply.sentence if isinstance(reply, Say) else (_("Done."),)


def _find(door: Door, body: dict[str, Any]) -> Listener | None:
    name = _name(door, body)
    if door is not Door.COMMAND:
        return LISTENERS.get((door, name))
    text = (body.get("text") or "").strip()
    known = LISTENERS.get((door, f"{name} {word_of(text)}".strip()))
    listener = known or LISTENERS[door, name]
    return listener if known or listener.reads(text, words_after(name)) else None


def _unheard(door: Door, body: dict[str, Any]) -> Refused:
    """What is said of a request that nobody listens for."""
    if door is Door.COMMAND:
        command = _name(door, body)
        return Refused(unknown_sentence(command, str(body.get("text")).strip(), words_after(command)))
    return Refused(_(EARLIER))


def _name(door: Door, body: dict[str, Any]) -> str:
    match door:
        case Door.COMMAND:
            return str(body.get("command"))
        case Door.ACTION:
            return act_in(body)
        case Door.SUBMISSION:
            return str((body.get("view") or {}).get("callback_id"))
        case Door.SUGGESTION:
            return str(body.get("action_id")).split(".")[0]
        case Door.SHORTCUT:
            return str(body.get("callback_id"))
        case Door.EVENT:
            return _event_name(body.get("event") or {})


def _event_name(event: dict[str, Any]) -> str:
    """What is written in a direct message has a name of its own, as it has where one subscribes to it."""
    name = str(event.get("type"))
    return f"{name}.im" if name == "message" and event.get("channel_type") == "im" else name


def _note(context: Context, listener: Listener, refused: Refused, caller: Caller) -> None:
    """Who was refused what, and why by its kind: the sentence may name a customer, and is nothing for a log."""
    is_attempt = isinstance(refused, NotYours)
    log.log(
        logging.WARNING if is_attempt else logging.INFO,
        "refused to %s: %s",
        caller.context.user_id,
        type(refused).__name__,
    )
    if is_attempt:
        # The person is refused whatever becomes of the note.
        with suppress(SQLAlchemyError, Refused), context.database.writing() as session:
            request = request_of(session, context, caller, is_writing=True)
            # Of nobody there is nothing to note.
            if request.by.id is not None:
                record_attempt(request.by, listener.name, now=request.now)
