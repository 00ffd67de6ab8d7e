"""The doors of the page: pages as somebody, what they do there, and news of what changed."""

import mimetypes
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse

from sandbox.acts import Acts
from sandbox.browser import ledger
from sandbox.browser import page as pages
from sandbox.browser.about import where_things_are
from sandbox.browser.page_acts import DEEDS
from sandbox.browser.place import find_place
from sandbox.browser.reader import Reader
from sandbox.browser.suggesting import suggestions
from sandbox.clock import NotIdle
from sandbox.rows import Person
from sandbox.site import Site
from sandbox.wire import Impossible, Json

STATIC = Path(__file__).parent / "static"
# nothing comes from elsewhere, and nothing that people type can run
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
Door = Callable[[Site, Request], Awaitable[Response]]


async def enter(site: Site, request: Request) -> Response:
    """Come in as the first person there is; who was sent here to sign in, says who they are."""
    person = next((p for p in site.ws.people.values() if not p.bot_app), None)
    if person is None:
        return _document(pages.TEMPLATES.get_template("nobody.html").render(doors=where_things_are(site)))
    return _who(site, "start", list(_people(site))) if "redir" in request.query_params else _as(person, "")


async def linked(site: Site, request: Request) -> Response:
    """A link to a message, opened from outside: of several who may see the message, one says who they are."""
    address = f"archives/{request.path_params['where']}" + (f"?{request.url.query}" if request.url.query else "")
    seeing = [person for person in _people(site) if _sees(site, person, address)]
    if not seeing:
        return _nowhere("nobody here sees this message")
    return _who(site, address, seeing) if len(seeing) > 1 else _as(seeing[0], f"/{address}")


async def file(site: Site, request: Request) -> Response:
    """The page of a file, which is where its permalink leads."""
    stored = site.ws.files.get(request.path_params["file"])
    if stored is None or not stored.complete:
        return _nowhere("there is no such file")
    return _document(pages.TEMPLATES.get_template("file.html").render(file=stored))


async def show(site: Site, request: Request) -> Response:
    """A page as somebody."""
    try:
        person = site.ws.person(request.path_params["who"])
        place = find_place(site.ws, person, str(request.url))
    except Impossible as refusal:
        return _nowhere(str(refusal))
    return _document(pages.whole(pages.opened(site, place)))


async def live(site: Site, request: Request) -> Response:
    """The regions of a page that changed; with `visit`, the page is opened anew."""
    content = await request.json()
    try:
        return JSONResponse(_news(site, site.ws.person(request.path_params["who"]), content))
    except Impossible as refusal:
        return JSONResponse({"note": _sentence(refusal), "gone": True})


async def act(site: Site, request: Request) -> Response:
    """Do something as somebody, and show what came of it."""
    content = await request.json()
    person = site.ws.people.get(request.path_params["who"])
    if person is None:
        return JSONResponse({"note": "Nobody of that name is here.", "go": "/"}, 404)
    try:
        done = await DEEDS[request.path_params["deed"]](Acts(site, person), content["with"]) or {}
    except (Impossible, NotIdle, ValueError, KeyError) as refusal:
        done = {"note": _sentence(refusal)}
    return JSONResponse(_news(site, person, content) | done)


async def suggest(site: Site, request: Request) -> Response:
    """What a select offers."""
    try:
        person = site.ws.person(request.path_params["who"])
        return JSONResponse(await suggestions(Acts(site, person), await request.json()))
    except Impossible as refusal:
        return JSONResponse({"groups": [], "note": _sentence(refusal)})


async def entry(site: Site, request: Request) -> Response:
    """The payloads of one line of the inspector."""
    line = ledger.line(site.ws, int(request.path_params["number"]))
    return _document(pages.TEMPLATES.get_template("entry.html").render(line=line), 200 if line else 404)


async def news(site: Site, _request: Request) -> Response:
    """Server-sent events: something changed."""

    async def events() -> AsyncIterator[str]:
        yield "retry: 1000\n\n"
        async for number in site.news.listen():
            yield f"data: {number}\n\n"

    return StreamingResponse(events(), media_type="text/event-stream", headers={"cache-control": "no-store"})


async def static(_site: Site, request: Request) -> Response:
    """Styles and scripts."""
    path = STATIC / Path(request.path_params["file"]).name
    if not path.is_file():
        return Response("no such file", 404)
    kind = mimetypes.guess_type(path.name)[0]
    return Response(path.read_bytes(), media_type=kind, headers={"cache-control": "no-cache"})


DOORS: list[tuple[str, list[str], Door]] = [
    ("/", ["GET"], enter),
    ("/archives/{where:path}", ["GET"], linked),
    ("/files/{user}/{file}/{name}", ["GET"], file),
    ("/static/{file}", ["GET"], static),
    ("/news", ["GET"], news),
    ("/as/{who}", ["GET"], show),
    ("/as/{who}/live", ["POST"], live),
    ("/as/{who}/suggest", ["POST"], suggest),
    ("/as/{who}/do/{deed}", ["POST"], act),
    ("/as/{who}/entry/{number:int}", ["GET"], entry),
    ("/as/{who}/{place:path}", ["GET"], show),
]
QUIET: set[Door] = {live, suggest}


def _news(site: Site, person: Person, content: Json) -> Json:
    place = find_place(site.ws, person, content["page"])
    if content.get("visit"):
        page = pages.opened(site, place)
        return pages.news(page, content["prints"], new_from=page.new_from, url=page.address)
    page = pages.looked_at(site, place, content.get("new_from", ""), is_away=bool(content.get("away")))
    return pages.news(page, content["prints"])


def _people(site: Site) -> Iterator[Person]:
    return (person for person in site.ws.people.values() if not person.bot_app and not person.deleted)


def _sees(site: Site, person: Person, address: str) -> bool:
    try:
        find_place(site.ws, person, f"/as/{person.id}/{address}")
    except Impossible:
        return False
    return True


def _as(person: Person, address: str) -> Response:
    return RedirectResponse(f"/as/{person.id}{address}")


def _who(site: Site, address: str, people: list[Person]) -> Response:
    template = pages.TEMPLATES.get_template("who.html")
    return _document(template.render(ws=site.ws, reader=Reader(site.ws, people[0]), people=people, address=address))


def _nowhere(why: str) -> Response:
    return _document(pages.TEMPLATES.get_template("nowhere.html").render(why=why), 404)


def _document(html: str, status: int = 200) -> HTMLResponse:
    headers = {"content-security-policy": POLICY, "cache-control": "no-store", "referrer-policy": "no-referrer"}
    return HTMLResponse(html, status, headers)


def _sentence(refusal: Exception) -> str:
    words = str(refusal)
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")
