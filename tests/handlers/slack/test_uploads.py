"""Files that are handed in: fetched again when their person has seen what they would change, and nothing before."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from babel import Locale
from slack_sdk import WebClient

from handlers.slack import uploads
from handlers.slack.replies import Show
from handlers.slack.text import Sentence
from handlers.slack.uploads import LARGEST, HandedIn, Import, _where, changes_sentence, fetch_file
from models.base.attempts import Changes
from models.base.errors import Refused
from models.sheets.fields import Kind
from models.sheets.names import Known
from models.sheets.preview import TableFile

FILE = HandedIn(file_url="https://files.example.com/1", file_size=12)
SENTENCE: Sentence = ("One week read: 1 new.",)


KNOWN = Known(["Tents"], {}, [], Locale("en", "US"), date(2026, 11, 23))


def importing(text: str, file: HandedIn, metadata: str = '{"cycle":7}') -> Import:
    table = TableFile.open(f"family,month,bookings\nTents,2026-10,{text}\n".encode(), "a.csv")
    return Import("import", "Import", metadata, table, file)


def unless_seen(handed: Import, sentences: list[Sentence]) -> Show | None:
    return handed.unless_seen(sentences, handed.read(Kind.ACTUALS, KNOWN))


def looked(shown: Show | None) -> dict[str, Any]:
    assert shown is not None
    return dict(json.loads(shown.view.private_metadata or ""))


def test_file_is_taken_over_when_it_does_what_was_seen() -> None:
    carried = looked(unless_seen(importing("1", FILE), [SENTENCE]))
    # What the form carried before goes on.
    assert (carried["cycle"], carried["file_url"]) == (7, FILE.file_url)
    seen = HandedIn.decode(json.dumps(carried))
    assert unless_seen(importing("1", seen), [SENTENCE]) is None
    for text, sentence in (("2", SENTENCE), ("1", ("Two weeks read.",))):
        again = unless_seen(importing(text, seen), [sentence])
        assert "It would now do something else than what you saw" in str(again.view.to_dict() if again else "")


def test_place_of_a_file_is_that_of_the_one_chosen_now() -> None:
    chosen = {"url_private_download": "https://files.example.com/2", "size": 3, "name": "a.csv"}
    view: dict[str, Any] = {"state": {"values": {"file": {"edit": {"files": [chosen]}}}}, "private_metadata": ""}
    assert _where(view) == HandedIn(file_url="https://files.example.com/2", file_name="a.csv", file_size=3)
    assert _where({"state": {"values": {}}, "private_metadata": FILE.encode()}) == FILE
    with pytest.raises(Refused, match=r"Choose a file\."):
        _where({"state": {"values": {}}, "private_metadata": ""})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (Changes(), "2 rows read: nothing would change."),
        (Changes(1, 0), "2 rows read: 1 new."),
        (Changes(1, 1), "2 rows read: 1 new and 1 changed."),
    ],
)
def test_changes_are_counted(changes: Changes, said: str) -> None:
    sentence = changes_sentence("2 rows", 2, changes)
    assert "".join(part if isinstance(part, str) else part.text for part in sentence) == said  # type: ignore[union-attr]


class Hoster(BaseHTTPRequestHandler):
    """A host of files, not all of them honest; it remembers who showed a token."""

    def do_GET(self) -> None:
        """One file by its path."""
        self.server.tokens.append((self.path, self.headers.get("authorization")))  # type: ignore[attr-defined]
        if self.path.startswith("/elsewhere/"):
            self.send_response(302)
            self.send_header("location", f"http://localhost:{self.path.removeprefix('/elsewhere/')}/stolen")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("content-type", "text/html" if self.path == "/login" else "text/csv")
        self.end_headers()
        try:
            self._send()
        except OSError:
            # Whoever asked has heard enough.
            return

    def _send(self) -> None:
        if self.path == "/endless":
            for _ in range(200):
                self.wfile.write(bytes(1_000_000))
        elif self.path == "/slow":
            for _ in range(100):
                self.wfile.write(b"1")
                time.sleep(0.05)
        else:
            self.wfile.write(b"\xff\xfe" if self.path == "/odd" else "\ufefffamily,month\n".encode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that http.server gives it
        """Nothing is logged."""


@pytest.fixture
def hoster() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hoster)
    server.tokens = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def fetched(hoster: ThreadingHTTPServer, url: str, size: int = 10) -> TableFile:
    client = WebClient(token="xoxb-1", base_url=f"http://127.0.0.1:{hoster.server_port}/api/")
    file = {"url_private_download": url, "size": size}
    return fetch_file({"state": {"values": {"file": {"edit": {"files": [file]}}}}}, client)


def address(hoster: ThreadingHTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{hoster.server_port}/{path}"


def test_file_is_fetched_with_the_token(hoster: ThreadingHTTPServer) -> None:
    assert fetched(hoster, address(hoster, "a.csv")).grids[0].rows == [["family", "month"]]
    assert hoster.tokens == [("/a.csv", "Bearer xoxb-1")]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("endless", r"^The file is too large: at most 5 MB\.$"),
        ("slow", r"^Slack did not hand out the file\. Nothing was changed; once more, please\.$"),
        ("odd", r"^The file holds no text"),
        ("login", r"Does the app have the scope `files:read`\?$"),
    ],
)
def test_what_the_payload_claims_is_not_trusted(
    hoster: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch, path: str, sentence: str
) -> None:
    monkeypatch.setattr(uploads, "SECONDS", 0.5)
    with pytest.raises(Refused, match=sentence):
        fetched(hoster, address(hoster, path))


def test_file_that_is_said_to_be_large_is_not_fetched(hoster: ThreadingHTTPServer) -> None:
    with pytest.raises(Refused, match="too large"):
        fetched(hoster, address(hoster, "a.csv"), LARGEST + 1)
    assert hoster.tokens == []  # type: ignore[attr-defined]


def test_token_goes_to_no_other_host(hoster: ThreadingHTTPServer) -> None:
    port = hoster.server_port
    for url in (
        f"http://localhost:{port}/a.csv",
        f"http://127.0.0.1:{port + 1}/a.csv",
        "https://slack.com.example.com/a.csv",
        "https://notslack.com/a.csv",
        "http://files.slack.com/a.csv",
        "file:///etc/passwd",
        "//",
        "https://[",
    ):
        with pytest.raises(Refused, match="Slack did not hand out the file"):
            fetched(hoster, url)
    assert hoster.tokens == []  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="Slack did not hand out the file"):
        fetched(hoster, address(hoster, f"elsewhere/{port}"))
    assert [path for path, _ in hoster.tokens] == [f"/elsewhere/{port}"]  # type: ignore[attr-defined]
