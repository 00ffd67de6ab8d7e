"""A receiver of webhooks: what it was sent, in its order; it may be down, slow, or gone."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks.webhooks import Webhook

Json = dict[str, Any]


@dataclass
class Receiver:
    """Where it listens, what it answers, and what it has taken."""

    url: str = ""
    status: int = 200
    seconds: float = 0.0
    taken: list[tuple[Json, str]] = field(default_factory=list)
    tries: int = 0

    def events(self) -> list[str]:
        """What it was told, as event and deal."""
        return [f"{headers['type']} {headers['number']}" for headers in map(_about, self.taken)]

    def verified(self, secret: str) -> list[Json]:
        """The bodies, each with a signature that is good."""
        return [Webhook(secret).verify(body, headers) for headers, body in self.taken]


def _about(taken: tuple[Json, str]) -> Json:
    document = json.loads(taken[1])
    return {"type": document["type"], "number": document["data"].get("number")}


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on a port of its own."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            receiver.tries += 1
            time.sleep(receiver.seconds)
            if receiver.status == 200:
                receiver.taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(receiver.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/belay"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
