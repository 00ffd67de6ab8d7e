"""Where the bytes of files come in and go out."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sandbox.filing import may_read, mimetype, slug
from sandbox.outcome import Outcome, under_faults
from sandbox.rows import App, File
from sandbox.site import Site
from sandbox.wire import Json

SCOPE = "files:read"


async def take(site: Site, request: Request) -> Outcome:
    """Take the bytes of a file that was promised."""
    file = site.ws.files.get(request.path_params["file"])
    content = await request.body()

    async def answer() -> Outcome:
        if file is None or len(content) != file.length:
            return Outcome("the length is not the one that was promised", 400)
        file.content = content
        return Outcome(f"OK - {file.length}")

    return await under_faults(site.ws.faults, "upload", answer)


async def hand_out(site: Site, request: Request) -> Outcome:
    """The bytes of a file for an app that may read it; whoever else comes is sent to sign in, as Slack does."""
    app = _caller(site, request)
    file = site.ws.files.get(request.path_params["which"].rpartition("-")[2])
    why = _refusal(site, app, file)

    async def answer() -> Outcome:
        return _bytes(file, request) if file and not why else _sign_in(site, request)

    outcome = await under_faults(site.ws.faults, "download", answer)
    reply: Json = {"ok": False, "error": why} if why else {"ok": True, "bytes": file.length if file else 0}
    site.ws.journal.call(
        {
            "method": "download",
            "args": {"file": file.id if file else request.path_params["which"]},
            "status": outcome.status,
            "answer": reply,
            "lost": outcome.lost,
            "app_id": app.app_id if app else None,
            "time": site.ws.now().isoformat(),
        }
    )
    return outcome


async def picture(site: Site, request: Request) -> Response:
    """A file as the page shows it to people, who need no token."""
    file = site.ws.files.get(request.path_params["file"])
    if file is None or file.content is None:
        return PlainTextResponse("no such file", 404)
    kind = mimetype(file.name)
    return Response(
        file.content,
        media_type=kind if kind.startswith("image/") else "application/octet-stream",
        # a picture may carry a script, and then shows without it
        headers={"content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'"},
    )


def _caller(site: Site, request: Request) -> App | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    return next((app for app in site.ws.apps.values() if app.installed and app.bot_token == token.strip()), None)


def _refusal(site: Site, app: App | None, file: File | None) -> str | None:
    if app is None:
        return "invalid_auth"
    if SCOPE not in app.scopes:
        # nothing in Slack's answer says so, therefore it is written down
        site.ws.violate("missing_scope", "download", messages=[f"url_private needs the scope {SCOPE}"])
        return "missing_scope"
    if file is None or file.content is None or not may_read(site.ws, app, file):
        return "file_not_found"
    return None


def _bytes(file: File, request: Request) -> Outcome:
    headers = {"content-type": mimetype(file.name)}
    if request.path_params["name"].startswith("download/"):
        headers["content-disposition"] = f'attachment; filename="{slug(file.name)}"'
    return Outcome(file.content or b"", headers=headers)


def _sign_in(site: Site, request: Request) -> Outcome:
    return Outcome("", 302, {"location": f"{site.url}/?redir={quote(request.url.path, safe='')}"})
