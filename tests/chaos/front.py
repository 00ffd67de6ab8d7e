"""The proxy before the bots: each request to the next one that lives, and to another where that one has just died."""

import asyncio
import threading
import time
from itertools import count

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.server import listen

PATIENCE = 2.5
NOT_PASSED = {"host", "content-length", "transfer-encoding"}


class Front:
    """Spreads requests over ports."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self._turns = count()
        self._http = httpx.AsyncClient(timeout=30, trust_env=False)
        door = listen(0)
        self.url = f"http://127.0.0.1:{door.getsockname()[1]}"
        app = Starlette(routes=[Route("/{path:path}", self._pass_on, methods=["GET", "POST"])])
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [door]}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take no more."""
        self._server.should_exit = True
        self._thread.join()

    async def _pass_on(self, request: Request) -> Response:
        body, until = await request.body(), time.monotonic() + PATIENCE
        headers = {name: value for name, value in request.headers.items() if name not in NOT_PASSED}
        while time.monotonic() < until:
            ports = list(self.ports)
            if not ports:
                await asyncio.sleep(0.05)
                continue
            url = f"http://127.0.0.1:{ports[next(self._turns) % len(ports)]}{request.url.path}?{request.url.query}"
            try:
                answer = await self._http.request(request.method, url, content=body, headers=headers)
            except httpx.TransportError:
                await asyncio.sleep(0.05)
                continue
            response = Response(answer.content, answer.status_code)
            for name, value in answer.headers.multi_items():
                if name not in NOT_PASSED:
                    response.headers.append(name, value)
            return response
        return Response(status_code=502)
