"""chat.*: messages."""

from sandbox.api.call import Call, method
from sandbox.contents import Content, read_content, require_words
from sandbox.limits.messages import UPDATED_TEXT
from sandbox.rows import Channel, Message
from sandbox.shapes import message_shape
from sandbox.wire import Json, SlackError, Violation


@method("chat.postMessage", "chat:write")
def post_message(call: Call) -> Json:
    """Post a message to a channel, a thread or somebody's direct messages."""
    channel = _open_channel(call)
    content = read_content(call.ws, call.args, cut=True, where=call.method)
    require_words(content)
    message = call.ws.post(_message(call, channel, content))
    call.site.clock.keep_busy(call.site.events.message_posted(message))
    return {"channel": channel.id, "ts": message.ts, "message": message_shape(call.ws, message, metadata=True)}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(call: Call) -> Json:
    """Post a message that only one person in a channel sees."""
    channel = _open_channel(call)
    content = read_content(call.ws, call.args)
    require_words(content)
    if call.text("user") not in channel.members:
        raise SlackError("user_not_in_channel")
    message = _message(call, channel, content)
    message.only_for = call.text("user")
    call.ws.post(message)
    return {"message_ts": message.ts}


@method("chat.update", "chat:write")
def update(call: Call) -> Json:
    """Change a message of one's own; text without blocks removes the blocks."""
    channel = call.channel()
    message = _own_message(call, channel, "cant_update_message")
    before = message_shape(call.ws, message, metadata=True)
    content = read_content(call.ws, call.args, longest=UPDATED_TEXT)
    if content.text is None and content.blocks is None:
        require_words(content)
    if content.text is not None:
        message.text = content.text
    message.blocks = content.blocks or []
    if content.metadata is not None:
        message.metadata = content.metadata or None
    message.edited = {"user": call.app.bot_user_id, "ts": call.ws.next_ts()}
    call.site.clock.keep_busy(call.site.events.message_changed(message, before))
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": message_shape(call.ws, message, metadata=True),
    }


@method("chat.delete", "chat:write")
def delete(call: Call) -> Json:
    """Delete a message of one's own."""
    channel = call.channel()
    message = _own_message(call, channel, "cant_delete_message")
    before = message_shape(call.ws, message, metadata=True)
    call.ws.unpost(message)
    call.site.clock.keep_busy(call.site.events.message_deleted(message, before))
    return {"channel": channel.id, "ts": message.ts}


@method("chat.getPermalink")
def get_permalink(call: Call) -> Json:
    """Answer the address of a message."""
    channel = call.channel()
    ts = call.text("message_ts")
    if ts not in channel.messages:
        raise SlackError("message_not_found")
    link = f"{call.ws.url}/archives/{channel.id}/p{ts.replace('.', '')}"
    thread_ts = channel.messages[ts].thread_ts
    within = f"?thread_ts={thread_ts}&cid={channel.id}" if thread_ts else ""
    return {"channel": channel.id, "permalink": link + within}


def _open_channel(call: Call) -> Channel:
    """The channel to post to: an id, a name, or a user whose direct messages are opened by that."""
    person = call.ws.people.get(call.text("channel"))
    if person and person.id != call.app.bot_user_id:
        channel = call.ws.dm(call.app.bot_user_id, person.id)
    else:
        channel = call.channel()
    if channel.im and not call.app.shows_messages:
        raise Violation("messages_tab_disabled")
    if channel.archived:
        raise SlackError("is_archived")
    if not call.is_in(channel) and "chat:write.public" not in call.app.scopes:
        raise SlackError("not_in_channel")
    return channel


def _message(call: Call, channel: Channel, content: Content) -> Message:
    custom = {key: call.args[key] for key in ("username", "icon_emoji", "icon_url") if call.args.get(key)}
    if custom:
        call.need("chat:write.customize")
    return Message(
        ts=call.ws.next_ts(),
        channel=channel.id,
        user=call.app.bot_user_id,
        text=content.text or "",
        blocks=content.blocks or [],
        thread_ts=_thread_ts(call, channel),
        app_id=call.app.app_id,
        metadata=content.metadata or None,
        broadcast=call.flag("reply_broadcast"),
        extra=custom,
    )


def _thread_ts(call: Call, channel: Channel) -> str | None:
    ts = call.text("thread_ts")
    if not ts:
        return None
    parent = channel.messages.get(ts)
    if parent is None or parent.only_for:
        raise SlackError("thread_not_found")
    if parent.is_reply:
        call.ws.violate("thread_ts_of_a_reply", call.method, messages=["use the ts of the parent"])
        return parent.thread_ts
    return ts


def _own_message(call: Call, channel: Channel, error: str) -> Message:
    message = channel.messages.get(call.text("ts"))
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    if message.app_id != call.app.app_id:
        raise SlackError(error)
    return message
