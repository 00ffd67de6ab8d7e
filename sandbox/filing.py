"""Files: their kinds and addresses, who may read them, and what fits into a field of a form."""

import re

from sandbox.limits.elements import FILE_BYTES, FILES
from sandbox.rows import App, File
from sandbox.wire import Json
from sandbox.workspace import Workspace

ODD = re.compile(r"[^a-z0-9._-]+")
TYPES = {"jpeg": "jpg", "txt": "text", "md": "markdown", "htm": "html"}
OFFICE = "application/vnd.openxmlformats-officedocument"
MIME = {
    "csv": "text/csv",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "gif": "image/gif",
    "html": "text/html",
    "jpg": "image/jpeg",
    "json": "application/json",
    "markdown": "text/plain",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "svg": "image/svg+xml",
    "text": "text/plain",
    "tsv": "text/tab-separated-values",
    "webp": "image/webp",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "zip": "application/zip",
}


def extension(name: str) -> str:
    """What stands behind the last dot, in small letters."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def filetype(name: str) -> str:
    """Slack's own name for a kind of file, mostly its extension."""
    given = extension(name)
    return TYPES.get(given, given) or "binary"


def mimetype(name: str) -> str:
    """What a file is served as."""
    return MIME.get(filetype(name), "application/octet-stream")


def slug(name: str) -> str:
    """A file's name as it stands in its addresses."""
    return ODD.sub("_", name.lower())


def addresses(ws: Workspace, file: File) -> dict[str, str]:
    """Where a file is: for apps, for apps that save it, and for people."""
    private = f"{ws.url}/files-pri/{ws.team_id}-{file.id}"
    name = slug(file.name)
    return {
        "url_private": f"{private}/{name}",
        "url_private_download": f"{private}/download/{name}",
        "permalink": f"{ws.url}/files/{file.user}/{file.id}/{name}",
    }


def named_file(ws: Workspace, named: Json) -> File | None:
    """The finished file that a `slack_file` means, by its id or one of its addresses."""
    if named.get("id"):
        known = ws.files.get(str(named["id"]))
        return known if known and known.complete else None
    finished = (file for file in ws.files.values() if file.complete)
    return next((file for file in finished if named.get("url") in addresses(ws, file).values()), None)


def may_read(ws: Workspace, app: App, file: File) -> bool:
    """An app reads what it uploaded, what its own form was given, and what is shared where it is a member."""
    if app.bot_user_id == file.user or app.app_id in file.apps:
        return True
    return any(app.bot_user_id in ws.channels[channel].members for channel in file.channels)


def files_refusal(element: Json, files: list[Json]) -> str | None:
    """What Slack's own interface says about files that do not go into this field."""
    most = element.get("max_files") or FILES
    if len(files) > most:
        return f"No more than {most} file{'' if most == 1 else 's'} can be uploaded here."
    return next((refusal for file in files if (refusal := _refusal(element.get("filetypes") or [], file))), None)


def _refusal(kinds: list[str], file: Json) -> str | None:
    name = file["name"]
    if kinds and not {extension(name), filetype(name)} & {kind.lower() for kind in kinds}:
        return f"{name} cannot be uploaded here, only {' and '.join(kinds)} files can."
    if file["size"] == 0:
        return f"{name} is empty."
    return f"{name} is larger than {FILE_BYTES // 1_000_000} MB." if file["size"] > FILE_BYTES else None
