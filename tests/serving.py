"""A small HTTP server for tests: another side that answers as a function says."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# What is asked (method, path, headers in small letters, body), and what is answered: a status and a body.
Answering = Callable[[str, str, Mapping[str, str], str], tuple[int, str]]


@contextmanager
def answering(answer: Answering) -> Iterator[str]:
    """Its address, while it is there."""

    class Handler(BaseHTTPRequestHandler):
        def do(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, given = answer(self.command, self.path, headers, body)
            self.send_response(status)
            self.send_header("content-length", str(len(given.encode())))
            self.end_headers()
            self.wfile.write(given.encode())

        do_GET = do_POST = do_PATCH = do  # noqa: N815 - as http.server calls them

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
