"""The sandbox as a server: one uvicorn in a thread of its own, all state on its one event loop."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox import control
from sandbox import file_store as depot
from sandbox.api import answer_call
from sandbox.browser import doors
from sandbox.browser.about import where_things_are
from sandbox.journal import News
from sandbox.outcome import Outcome, under_faults
from sandbox.site import Site

# Longer than clients keep a connection that nobody uses: whoever asks on one that is just being closed gets no answer.
KEEP_ALIVE = 75
CONNECTIONS: dict[tuple[object, object], asyncio.Transport] = {}
Door = Callable[[Site, Request], Awaitable[Response]]


class Droppable(H11Protocol):
    """HTTP whose connections can be cut, for replies that get lost."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as H11Protocol has it
        super().connection_made(transport)
        self._ends = (transport.get_extra_info("peername"), transport.get_extra_info("sockname"))
        CONNECTIONS[self._ends] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        CONNECTIONS.pop(self._ends, None)
        super().connection_lost(exc)


async def api(site: Site, request: Request) -> Response:
    """Answer the Web API."""
    return await _send(request, await answer_call(site, request.path_params["method"], request))


async def respond(site: Site, request: Request) -> Response:
    """Take what an app says through a response URL."""
    body = await request.body()

    async def answer() -> Outcome:
        return site.hooks.answer(request.path_params["key"], body)

    return await _send(request, await under_faults(site.ws.faults, "response_url", answer))


async def upload(site: Site, request: Request) -> Response:
    """Take the bytes of a file."""
    return await _send(request, await depot.take(site, request))


async def download(site: Site, request: Request) -> Response:
    """Hand the bytes of a file to an app."""
    return await _send(request, await depot.hand_out(site, request))


async def read_clock(site: Site, _request: Request) -> Response:
    """Tell the time."""
    return JSONResponse(site.clock.reading())


async def follow_clock(site: Site, request: Request) -> Response:
    """Hear from somebody who works by the clock; with `wait`, answer when the round changes or that many seconds on."""
    content = await request.json()
    name, round_ = request.path_params["name"], int(content["round"])
    due = datetime.fromisoformat(content["next_due"]) if content.get("next_due") else None
    site.clock.report(name, round_=round_, idle=bool(content["idle"]), next_due=due)
    if content.get("wait"):
        await site.clock.changed(round_, float(content["wait"]), name)
    return JSONResponse(site.clock.reading())


async def leave_clock(site: Site, request: Request) -> Response:
    """Let somebody go who worked by the clock."""
    site.clock.leave(request.path_params["name"])
    return JSONResponse(site.clock.reading())


async def index(site: Site, _request: Request) -> Response:
    """Say where things are."""
    return PlainTextResponse(where_things_are(site))


DOORS: list[tuple[str, list[str], Door]] = [
    ("/about", ["GET"], index),
    ("/api/{method}", ["GET", "POST"], api),
    ("/response/{key}", ["POST"], respond),
    ("/upload/{file}", ["POST"], upload),
    ("/files-pri/{which}/{name:path}", ["GET"], download),
    ("/files/{file}", ["GET"], depot.picture),
    ("/clock", ["GET"], read_clock),
    ("/clock/followers/{name}", ["POST"], follow_clock),
    ("/clock/followers/{name}", ["DELETE"], leave_clock),
    ("/control/people/{who}/{act}", ["POST", "GET"], control.act),
    ("/control/{verb}", ["POST", "GET"], control.control),
    *doors.DOORS,
]

# whoever works by the clock reports many times a second, which nobody sees
QUIET = {follow_clock, leave_clock, *doors.QUIET}


def build(site: Site) -> Starlette:
    """The sandbox as an ASGI app."""

    def enter(door: Door) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            answer = await door(site, request)
            if request.method != "GET" and door not in QUIET:
                site.news.tell()
            return answer

        return endpoint

    routes: list[BaseRoute] = [Route(path, enter(door), methods=methods) for path, methods, door in DOORS]
    return Starlette(routes=[*routes, WebSocketRoute("/link/", site.sockets.serve)])


@dataclass
class RunningSandbox:
    """A sandbox that is up."""

    url: str
    server: uvicorn.Server
    thread: threading.Thread
    news: News

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def clock_url(self) -> str:
        return f"{self.url}/clock"

    def stop(self) -> None:
        self.news.closed = True
        self.server.should_exit = True
        self.thread.join()


def start(port: int = 0, now: datetime | None = None, running: bool = False) -> RunningSandbox:
    """Start a sandbox on that port (0: any); its business clock stands at `now`, or runs on from there."""
    door = listen(port)
    url = f"http://127.0.0.1:{door.getsockname()[1]}"
    started = threading.Event()
    site = Site(url, now, running=running)
    config = uvicorn.Config(
        build(site),
        http=Droppable,
        log_level="warning",
        access_log=False,
        lifespan="off",
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(_serve(site, server, door, started)), daemon=True)
    thread.start()
    started.wait()
    return RunningSandbox(url, server, thread, site.news)


def listen(port: int) -> socket.socket:
    """A listening socket that names its protocol, without which asyncio leaves Nagle's 40 ms on every answer."""
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("127.0.0.1", port))
    door.listen(128)
    return door


async def _serve(site: Site, server: uvicorn.Server, door: socket.socket, started: threading.Event) -> None:
    ticking = asyncio.create_task(site.clock.run())
    serving = asyncio.create_task(server.serve(sockets=[door]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.002)
    started.set()
    await serving
    ticking.cancel()
    with suppress(asyncio.CancelledError):
        await ticking


async def _send(request: Request, outcome: Outcome) -> Response:
    ends = (tuple(request.scope["client"]), tuple(request.scope["server"]))
    if outcome.lost and (transport := CONNECTIONS.get(ends)):
        transport.abort()
        await asyncio.sleep(0.01)
    if isinstance(outcome.body, bytes):
        return Response(outcome.body, outcome.status, outcome.headers)
    shape = JSONResponse if isinstance(outcome.body, dict) else PlainTextResponse
    return shape(outcome.body, outcome.status, outcome.headers)
