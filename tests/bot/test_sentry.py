"""Sentry is told what broke and where, and nothing that is somebody's: the bytes on their way are looked at."""

import gzip
import json
import logging
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

import pytest
import sentry_sdk
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot import config
from bot.config import Config, missing_to_run
from bot.database import Database
from bot.sentry import KEPT, report_errors
from handlers.deals import proposing
from tests.places import ROOT
from tests.stage import OPS, shown, staged

TYPED = "Zwiesel"
TOKEN = "xoxb-1-2-abc"  # noqa: S105 - of nobody  # pragma: allowlist secret


@dataclass
class Receiver:
    """What stands at the other end of a DSN."""

    dsn: str
    posted: list[bytes] = field(default_factory=list)

    def events(self) -> list[dict[str, Any]]:
        """The events that came, when all that was under way has come; of nothing else was anything said."""
        sentry_sdk.flush(timeout=10)
        lines = [line for body in self.posted for line in body.splitlines()[1:]]
        assert {json.loads(head)["type"] for head in lines[::2]} <= {"event"}
        return [json.loads(event) for event in lines[1::2]]

    def everything(self) -> str:
        """All that came, as text."""
        return b"\n".join(self.posted).decode()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Encoding"] == "gzip"
            kept.posted.append(gzip.decompress(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing: the test's output is its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Takes)
    kept = Receiver(f"http://key@127.0.0.1:{server.server_port}/1")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield kept
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def sentry(receiver: Receiver) -> Iterator[Receiver]:
    """A process that reports, until the test is over."""
    report_errors(receiver.dsn)
    assert not sentry_sdk.get_client().should_send_default_pii()
    yield receiver
    sentry_sdk.get_client().close()
    sentry_sdk.get_global_scope().set_client(None)


def test_reference_that_a_person_is_told_leads_to_the_error(
    sentry: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*given: object, **_: object) -> NoReturn:
        typed = f"{TYPED} {TOKEN} {given}"
        raise ValueError(typed)

    monkeypatch.setattr(proposing, "live_form", breaks)
    with staged(f"sqlite:///{tmp_path / 'belay.db'}", "http") as stage:
        sara = stage.person("Sara")
        assert sara.command(OPS, f"/deal {TYPED} 100 Summit tent by 18 Jan").ok
        stage.sb.settle()
        told = re.findall(r"Reference ([0-9a-f]{8})\.", shown(sara).as_text())
    [event] = sentry.events()
    assert [event["tags"]] == [{"reference": reference} for reference in told]
    [error] = event["exception"]["values"]
    assert (error["module"], error["type"], error["value"]) == (None, "ValueError", "ValueError")
    assert (error["stacktrace"]["frames"][-1]["function"], event["logger"]) == ("breaks", "belay")
    assert [word for word in (TYPED, TOKEN) if word in sentry.everything()] == []


def test_error_leaves_as_its_types_and_places(sentry: Receiver, database: Database) -> None:
    try:
        with database.reading() as session:
            session.execute(text(f'INSERT INTO "{TYPED}" VALUES (:typed)'), {"typed": TYPED})  # noqa: S608 - ours
    except DBAPIError as error:
        error.add_note(TYPED)
        failed = ExceptionGroup(TYPED, [KeyError(TYPED), error])
        logging.getLogger("belay").error("row %s broke", TYPED, exc_info=failed, extra={"typed": TYPED})
    [event] = sentry.events()
    assert {"ExceptionGroup", "KeyError"} < {error["type"] for error in event["exception"]["values"]}
    assert all(error["type"] == error["value"] for error in event["exception"]["values"])
    frames = [frame for error in event["exception"]["values"] for frame in error["stacktrace"]["frames"]]
    assert {tuple(frame) for frame in frames} == {("filename", "module", "function", "lineno", "in_app")}
    assert "test_error_leaves_as_its_types_and_places" in {frame["function"] for frame in frames}
    assert TYPED not in sentry.everything()


def test_record_without_an_error_leaves_as_its_place(sentry: Receiver) -> None:
    logging.getLogger("belay").warning("on the way: %s", TYPED)
    sentry_sdk.add_breadcrumb(message=TYPED)
    sentry_sdk.set_user({"username": TYPED})
    sentry_sdk.set_extra("typed", TYPED)
    logging.getLogger("slack_bolt").error(f"Failed with {TYPED}")  # noqa: G004 - as libraries do
    [event] = sentry.events()
    assert event["message"].startswith("test_sentry.test_record_without_an_error_leaves_as_its_place, line ")
    assert set(event) <= {*KEPT, "message"}
    assert (event["logger"], event["level"], event["release"]) == ("slack_bolt", "error", f"belay@{version('belay')}")
    assert TYPED not in sentry.everything()


def test_run_reports_what_ends_it(receiver: Receiver, tmp_path: Path) -> None:
    settings = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": TYPED, "SENTRY_DSN": receiver.dsn}
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
    environment["DATABASE_URL"] = f"sqlite:////nowhere/{TYPED}.db"
    command = [sys.executable, "-m", "bot", "run"]
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert ended.returncode == 1
    [event] = receiver.events()
    assert [error["type"] for error in event["exception"]["values"]] == ["OperationalError", "OperationalError"]
    assert [word for word in (TYPED, TOKEN) if word in receiver.everything()] == []


def test_bot_does_not_start_where_it_could_not_report(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Config(slack_bot_token=TOKEN, slack_signing_secret="secret", sentry_dsn="https://key@host/1")
    assert missing_to_run(settings) == []
    monkeypatch.setattr(config, "find_spec", lambda _name: None)
    assert missing_to_run(settings) == ["SENTRY_DSN needs sentry-sdk, which is not installed: install `belay[sentry]`."]
