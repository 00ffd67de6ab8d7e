"""A CRM of our own: records that a relay patches, and an outbound queue on a line that loses, doubles and reorders."""

import json
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

Json = dict[str, Any]
Relay = Callable[[str, dict[str, str], str, httpx.Client], None]
MOST_ROUNDS = 200


@dataclass
class Line:
    """A line to Belay: some calls get lost, some answers, some are doubled."""

    api: httpx.Client
    chance: random.Random
    lost: int = 0
    doubled: int = 0

    def post(self, path: str, body: Json) -> httpx.Response | None:
        """A call; None where nobody knows what became of it."""
        fate = self.chance.choice(["lost", "unheard", "doubled", "fine", "fine"])
        if fate == "lost":
            self.lost += 1
            return None
        answer = self.api.post(path, json=body)
        if fate == "doubled":
            self.doubled += 1
            answer = self.api.post(path, json=body)
        if fate == "unheard":
            self.lost += 1
            return None
        return answer


@dataclass
class Crm:
    """Its records by their keys; what it patches a record with comes over HTTP."""

    system: str
    path: str
    records: dict[str, Json] = field(default_factory=dict)
    patched: int = 0
    url: str = ""

    def find(self, line: Line, key: str) -> Json | None:
        """The deal of a record, as Belay has it."""
        found = line.api.get("/deals", params={"external": f"{self.system}:{key}"}).json()["deals"]
        return dict(found[0]) if found else None

    def until(self, line: Line, key: str, state: str, path: str, body: Json) -> None:
        """Post until the deal is where the record wants it: a lost call is made again, 409 says that it was made."""
        for _ in range(MOST_ROUNDS):
            deal = self.find(line, key)
            if deal and deal["state"] == state:
                return
            line.post(path.format(number=deal["number"] if deal else 0), body)
        raise AssertionError(f"never {state}")


@contextmanager
def serving(crm: Crm, chance: random.Random) -> Iterator[Crm]:
    """The CRM's own API, which sometimes takes a change and answers that it is down."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            key = self.path.removeprefix(crm.path).partition("?")[0]
            record = crm.records.get(key)
            body = json.dumps({"properties": record} | (record or {})).encode()
            self.send_response(200 if record is not None else 404)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_PATCH(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            key = self.path.removeprefix(crm.path)
            is_known = self.path.startswith(crm.path) and key in crm.records
            if is_known:
                crm.records[key] |= body.get("properties", body)
                crm.patched += 1
            self.send_response(404 if not is_known else chance.choice([200, 200, 503]))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    crm.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield crm
    finally:
        server.shutdown()
        server.server_close()
