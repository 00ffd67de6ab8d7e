"""The journal as the inspector shows it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sandbox.journal import Entry
from sandbox.wire import Json
from sandbox.workspace import Workspace

SHOWN = 100
FILTERS = {"all": "All", "request": "To the app", "call": "From the app", "violation": "Limits violated"}


@dataclass(frozen=True)
class Line:
    """An entry in a sentence, and its payloads to open."""

    number: int
    kind: str
    what: str
    outcome: str
    is_bad: bool
    at: datetime
    parts: list[tuple[str, str]]


def lines(ws: Workspace, wanted: str) -> list[Line]:
    """The newest entries of a kind, newest first."""
    entries = (entry for entry in reversed(ws.journal.entries) if wanted in {"all", entry.kind})
    return [_line(entry) for entry in islice(entries, SHOWN)]


def line(ws: Workspace, number: int) -> Line | None:
    """One entry with its payloads."""
    entry = ws.journal.entry(number)
    return _line(entry, parts=True) if entry else None


def _line(entry: Entry, *, parts: bool = False) -> Line:
    what, outcome, is_bad = SENTENCES[entry.kind](entry.body)
    shown = [(name, _pretty(value)) for name, value in _parts(entry)] if parts else []
    return Line(entry.number, entry.kind, what, outcome, is_bad, datetime.fromisoformat(entry.body["time"]), shown)


def _call(body: Json) -> tuple[str, str, bool]:
    answer = body["answer"] if isinstance(body["answer"], dict) else {}
    is_bad = body["status"] != 200 or not answer.get("ok") or bool(body["lost"])
    words = "reply lost" if body["lost"] else "ok" if not is_bad else str(answer.get("error") or body["status"])
    return body["method"], words, is_bad


def _request(body: Json) -> tuple[str, str, bool]:
    action = (body["payload"].get("actions") or [{}])[0] if isinstance(body["payload"], dict) else {}
    what = f"{body['kind']} {action.get('action_id', '')}".strip()
    if body["timeout"]:
        return what, "no answer in time", True
    is_bad = not 200 <= body["status"] < 300
    words = "no connection" if body["status"] == 0 else str(body["status"])
    return what, f"{words} · {body['seconds'] * 1000:.0f} ms", is_bad


def _violation(body: Json) -> tuple[str, str, bool]:
    return f"{body['rule']} in {body['where']}", "; ".join(body.get("messages") or []), True


SENTENCES = {"call": _call, "request": _request, "violation": _violation}


def _parts(entry: Entry) -> Iterator[tuple[str, Any]]:
    body = entry.body
    if entry.kind == "call":
        yield "Arguments", {key: _decoded(value) for key, value in body["args"].items()}
        yield "Answer", body["answer"]
    elif entry.kind == "request":
        yield "Payload", body["payload"]
        yield "Answer", body["answer"]
    else:
        yield "Details", body


def _decoded(value: Any) -> Any:
    """A JSON argument that was sent as a string, as what it is."""
    if not isinstance(value, str) or value[:1] not in {"[", "{"}:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _pretty(value: Any) -> str:
    return value or "(empty)" if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)
