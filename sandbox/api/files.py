"""files.*: uploads in their three steps."""

from typing import Any

from sandbox.api.call import Call, method
from sandbox.filing import may_read
from sandbox.rows import Channel, File, Message, mint
from sandbox.shapes import file_shape
from sandbox.wire import Json, SlackError, Violation


@method("files.getUploadURLExternal", "files:write")
def get_upload_url(call: Call) -> Json:
    """Promise an upload."""
    created = int(call.ws.now().timestamp())
    length = call.number("length", 0)
    if length < 1:
        raise Violation("missing_argument", ["a file has at least one byte [json-pointer:/length]"])
    file = File(mint("F"), call.text("filename"), call.app.bot_user_id, length, created, call.text("alt_txt"))
    call.ws.files[file.id] = file
    return {"upload_url": f"{call.ws.url}/upload/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", "files:write")
def complete_upload(call: Call) -> Json:
    """Finish uploads, and share them where the call says."""
    files = [_uploaded(call, entry) for entry in call.object("files") or []]
    channels = [_shareable(call, which) for which in _targets(call)]
    for file in files:
        file.complete = True
    for channel in channels:
        _share(call, channel, files)
    return {"files": [file_shape(call.ws, file) for file in files]}


@method("files.info", "files:read")
def info(call: Call) -> Json:
    """Answer what a file is."""
    file = call.ws.files.get(call.text("file"))
    if file is None or not file.complete or not may_read(call.ws, call.app, file):
        raise SlackError("file_not_found")
    return {"file": file_shape(call.ws, file), "comments": [], "response_metadata": {"next_cursor": ""}}


def _uploaded(call: Call, entry: Any) -> File:
    if not isinstance(entry, dict) or set(entry) - {"id", "title", "highlight_type"}:
        raise Violation("invalid_arguments", ["each file has an id and may have a title [json-pointer:/files]"])
    file = call.ws.files.get(str(entry.get("id")))
    if file is None or file.content is None:
        raise SlackError("file_not_found")
    if file.user != call.app.bot_user_id:
        raise SlackError("access_denied")
    file.title = str(entry.get("title") or file.name)
    return file


def _targets(call: Call) -> list[str]:
    named = [call.text("channel_id"), *call.text("channels").split(",")]
    return [one for one in named if one]


def _shareable(call: Call, which: str) -> Channel:
    channel = call.ws.channels.get(which)
    if channel is None or (channel.kind != "public_channel" and not call.is_in(channel)):
        raise SlackError("channel_not_found")
    if not call.is_in(channel):
        raise SlackError("not_in_channel")
    return channel


def _share(call: Call, channel: Channel, files: list[File]) -> None:
    for file in files:
        file.channels.append(channel.id)
    message = Message(
        ts=call.ws.next_ts(),
        channel=channel.id,
        user=call.app.bot_user_id,
        text=call.text("initial_comment"),
        thread_ts=call.args.get("thread_ts"),
        app_id=call.app.app_id,
        files=[file.id for file in files],
    )
    call.ws.post(message)
