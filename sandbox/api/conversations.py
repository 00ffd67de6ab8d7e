"""conversations.*: channels, their members and their history."""

import re

from sandbox.api.call import Call, method
from sandbox.api.paging import page
from sandbox.rows import Channel, Message, mint
from sandbox.shapes import channel_shape, message_shape
from sandbox.wire import Json, SlackError, Violation

NAME = re.compile(r"[a-z0-9_-]{1,80}", re.ASCII)
READ_SCOPES = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}


@method("conversations.open", "im:write")
def open_dm(call: Call) -> Json:
    """Open the direct messages with one person."""
    users = [user for user in call.text("users").split(",") if user]
    if not users:
        if not call.text("channel"):
            raise Violation("users_list_not_supplied")
        channel = call.channel()
    elif len(users) > 1:
        raise SlackError("method_not_supported_for_channel_type")
    else:
        if users[0] not in call.ws.people:
            raise SlackError("user_not_found")
        channel = call.ws.dm(call.app.bot_user_id, users[0])
    full = call.flag("return_im")
    return {"channel": channel_shape(call.ws, channel, call.app.bot_user_id) if full else {"id": channel.id}}


@method("conversations.info")
def info(call: Call) -> Json:
    """Answer what a channel is."""
    channel = call.channel(scope="read")
    shape = channel_shape(call.ws, channel, call.app.bot_user_id)
    if call.flag("include_num_members"):
        shape["num_members"] = len(channel.members)
    return {"channel": shape}


@method("conversations.list")
def list_all(call: Call) -> Json:
    """List the channels that the app may know of."""
    kinds = [kind.strip() for kind in call.text("types", "public_channel").split(",")]
    if set(kinds) - set(READ_SCOPES):
        raise Violation("invalid_types")
    for kind in kinds:
        call.need(READ_SCOPES[kind])
    channels = [
        channel
        for channel in call.ws.channels.values()
        if channel.kind in kinds
        and (channel.kind == "public_channel" or call.is_in(channel))
        and not (channel.archived and call.flag("exclude_archived"))
    ]
    shown, cursor = page(call, channels, lambda channel: channel.id, most=1000)
    shapes = [channel_shape(call.ws, channel, call.app.bot_user_id) for channel in shown]
    for shape, channel in zip(shapes, shown, strict=True):
        shape["num_members"] = len(channel.members)
    return {"channels": shapes, "response_metadata": {"next_cursor": cursor}}


@method("conversations.members")
def members(call: Call) -> Json:
    """List who is in a channel."""
    channel = call.channel(scope="read")
    shown, cursor = page(call, channel.members, lambda member: member)
    return {"members": list(shown), "response_metadata": {"next_cursor": cursor}}


@method("conversations.join", "channels:join")
def join(call: Call) -> Json:
    """Join a public channel."""
    channel = call.channel()
    if channel.kind != "public_channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    extra: Json = {}
    if call.is_in(channel):
        extra = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    else:
        channel.members.append(call.app.bot_user_id)
        call.site.clock.keep_busy(call.site.events.member_joined(channel, call.app.bot_user_id))
    return {"channel": channel_shape(call.ws, channel, call.app.bot_user_id), **extra}


@method("conversations.create", "channels:manage")
def create(call: Call) -> Json:
    """Make a public channel, with the app in it."""
    name = call.text("name")
    if call.flag("is_private"):
        call.need("groups:write")
    if not NAME.fullmatch(name):
        raise SlackError("invalid_name_specials" if name else "invalid_name_required")
    if any(channel.name == name for channel in call.ws.channels.values()):
        raise SlackError("name_taken")
    made = int(call.ws.now().timestamp())
    channel = Channel(mint("C"), name, made, private=call.flag("is_private"), members=[call.app.bot_user_id])
    call.ws.channels[channel.id] = channel
    return {"channel": channel_shape(call.ws, channel, call.app.bot_user_id)}


@method("conversations.invite", "channels:manage")
def invite(call: Call) -> Json:
    """Bring people into a channel that the app is in."""
    channel = call.channel()
    users = [user for user in call.text("users").split(",") if user]
    if not users:
        raise Violation("no_user")
    if any(user not in call.ws.people for user in users):
        raise SlackError("user_not_found")
    if not call.is_in(channel):
        raise SlackError("not_in_channel")
    for user in users:
        if user not in channel.members:
            channel.members.append(user)
            call.site.clock.keep_busy(call.site.events.member_joined(channel, user))
    return {"channel": channel_shape(call.ws, channel, call.app.bot_user_id)}


@method("conversations.history")
def history(call: Call) -> Json:
    """Tell what was said in a channel, newest first, without replies in threads."""
    channel = _readable(call)
    messages = [m for m in channel.messages.values() if m.only_for is None and (m.broadcast or not m.is_reply)]
    return _told(call, [message for message in reversed(messages) if _within(call, message)])


@method("conversations.replies")
def replies(call: Call) -> Json:
    """Tell a thread, oldest first; its first message is always told."""
    channel = _readable(call)
    asked = channel.messages.get(call.text("ts"))
    parent = channel.messages.get(asked.thread_ts or asked.ts) if asked else None
    if parent is None or parent.only_for:
        raise SlackError("thread_not_found")
    messages = [reply for reply in channel.replies.get(parent.ts, []) if _within(call, reply)]
    return _told(call, [parent, *messages])


def _readable(call: Call) -> Channel:
    channel = call.channel(scope="history")
    if not call.is_in(channel):
        raise SlackError("not_in_channel")
    return channel


def _within(call: Call, message: Message) -> bool:
    oldest, latest = _moment(call, "oldest"), _moment(call, "latest")
    ts = _micros(message.ts)
    if call.flag("inclusive"):
        return (oldest is None or ts >= oldest) and (latest is None or ts <= latest)
    return (oldest is None or ts > oldest) and (latest is None or ts < latest)


def _moment(call: Call, name: str) -> int | None:
    value = call.text(name)
    if value in {"", "now"}:
        return None
    try:
        return _micros(value)
    except ValueError:
        raise Violation(f"invalid_ts_{name}") from None


def _micros(ts: str) -> int:
    return round(float(ts) * 1_000_000)


def _told(call: Call, messages: list[Message]) -> Json:
    shown, cursor = page(call, messages, lambda message: message.ts)
    metadata = call.flag("include_all_metadata")
    return {
        "messages": [message_shape(call.ws, message, metadata=metadata) for message in shown],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }
