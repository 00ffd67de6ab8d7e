"""How people, channels, messages, views and files look on the wire."""

from zoneinfo import ZoneInfo

from sandbox.filing import addresses, filetype, mimetype
from sandbox.rows import App, Channel, File, Message, Person, UserGroup, View
from sandbox.wire import Json
from sandbox.workspace import Workspace

# kind of conversation → the field that lists those where a file is shared
SHARED = {"public_channel": "channels", "private_channel": "groups", "im": "ims"}


def person_shape(ws: Workspace, person: Person, *, locale: bool = False, email: bool = False) -> Json:
    """A user as `users.info` answers it."""
    zone = ws.now().astimezone(ZoneInfo(person.tz))
    offset = zone.utcoffset()
    shape: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.handle,
        "deleted": person.deleted,
        "real_name": person.name,
        "tz": person.tz,
        "tz_label": zone.tzname(),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": _profile(person, email=email),
        "is_admin": person.admin or person.owner,
        "is_owner": person.owner,
        "is_primary_owner": False,
        "is_restricted": person.guest in {"restricted", "ultra"},
        "is_ultra_restricted": person.guest == "ultra",
        "is_bot": person.bot_app is not None,
        "is_app_user": False,
        "updated": 0,
    }
    if person.team_id != ws.team_id or person.guest == "stranger":
        shape["is_stranger"] = person.guest == "stranger"
    return shape | ({"locale": person.locale} if locale else {})


def _profile(person: Person, *, email: bool) -> Json:
    return {
        "real_name": person.name,
        "real_name_normalized": person.name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "team": person.team_id,
        **({"email": f"{person.handle}@example.com"} if email and not person.bot_app else {}),
        **({"api_app_id": person.bot_app} if person.bot_app else {}),
    }


def channel_shape(ws: Workspace, channel: Channel, viewer: str) -> Json:
    """A conversation as `conversations.info` answers it to `viewer`."""
    common: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.im,
        "is_org_shared": False,
        "context_team_id": ws.team_id,
        "updated": channel.created * 1000,
    }
    if channel.im:
        other = next((member for member in channel.members if member != viewer), viewer)
        return {**common, "user": other, "is_user_deleted": False, "priority": 0}
    return {**common, **_named_channel(channel), "is_member": viewer in channel.members}


def _named_channel(channel: Channel) -> Json:
    return {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.private,
        "is_group": channel.private,
        "is_mpim": False,
        "is_private": channel.private,
        "is_general": False,
        "is_shared": channel.shared,
        "is_ext_shared": channel.shared,
        "is_pending_ext_shared": False,
        "creator": channel.members[0] if channel.members else "",
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
    }


def message_shape(ws: Workspace, message: Message, *, metadata: bool = False) -> Json:
    """A message as the history tells it."""
    shape: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text, "team": ws.team_id}
    if message.app_id:
        app = ws.apps[message.app_id]
        shape |= {"bot_id": app.bot_id, "app_id": app.app_id, "bot_profile": _bot_profile(ws, app)}
    if message.blocks:
        shape["blocks"] = message.blocks
    if message.files:
        shape["files"] = [file_shape(ws, ws.files[file_id]) for file_id in message.files]
    if message.edited:
        shape["edited"] = message.edited
    if message.metadata and metadata:
        shape["metadata"] = message.metadata
    if message.only_for:
        shape["is_ephemeral"] = True
    return shape | message.extra | _thread_shape(ws, message)


def view_shape(ws: Workspace, view: View) -> Json:
    """A view as answers and payloads carry it."""
    body = view.body
    app = ws.apps[view.app_id]
    return {
        "id": view.id,
        "team_id": ws.team_id,
        "type": body["type"],
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata") or "",
        "callback_id": body.get("callback_id") or "",
        "state": {"values": view.values},
        "hash": view.hash,
        "title": body.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(body.get("clear_on_close")),
        "notify_on_close": bool(body.get("notify_on_close")),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": view.app_id,
        "external_id": view.external_id,
        "app_installed_team_id": ws.team_id,
        "bot_id": app.bot_id,
    }


def file_shape(ws: Workspace, file: File) -> Json:
    """A file as `files.info` answers it."""
    shared = {kind: [c for c in file.channels if ws.channels[c].kind == kind] for kind in SHARED}
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": mimetype(file.name),
        "filetype": filetype(file.name),
        "user": file.user,
        "user_team": ws.team_id,
        "editable": False,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": bool(shared["public_channel"]),
        "public_url_shared": False,
        **addresses(ws, file),
        **{name: shared[kind] for kind, name in SHARED.items()},
        "alt_txt": file.alt,
        "file_access": "visible",
    }


def group_shape(ws: Workspace, group: UserGroup, *, users: bool) -> Json:
    """A user group as `usergroups.list` answers it."""
    return {
        "id": group.id,
        "team_id": ws.team_id,
        "is_usergroup": True,
        "name": group.name,
        "handle": group.handle,
        "description": "",
        "is_external": False,
        "date_delete": 0,
        "user_count": len(group.users),
        **({"users": group.users} if users else {}),
    }


def _bot_profile(ws: Workspace, app: App) -> Json:
    return {
        "id": app.bot_id,
        "app_id": app.app_id,
        "user_id": app.bot_user_id,
        "name": app.name,
        "deleted": not app.installed,
        "team_id": ws.team_id,
    }


def _thread_shape(ws: Workspace, message: Message) -> Json:
    if message.is_reply:
        parent = ws.channels[message.channel].messages.get(message.thread_ts or "")
        shape: Json = {"thread_ts": message.thread_ts, **({"parent_user_id": parent.user} if parent else {})}
        return shape | ({"subtype": "thread_broadcast"} if message.broadcast else {})
    replies = ws.channels[message.channel].replies.get(message.ts)
    if not replies:
        return {}
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
        "reply_users_count": len({reply.user for reply in replies}),
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }
