"""What a message says: read from what an app sent, and held against Slack's limits."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.entries import number_blocks
from sandbox.filing import named_file
from sandbox.limits.messages import ALL_TEXT, METADATA_BYTES, TEXT, check_message_blocks, text_length
from sandbox.wire import Json, SlackError, Violation
from sandbox.workspace import Workspace


@dataclass(frozen=True)
class Content:
    """Text and blocks, fit to be posted; None is what was not sent."""

    text: str | None
    blocks: list[Json] | None
    metadata: Json | None = None


def read_content(ws: Workspace, args: Json, *, longest: int = TEXT, cut: bool = False, where: str = "") -> Content:
    """Read a message's content; `cut` shortens a text that is too long, as `chat.postMessage` does."""
    text = args.get("text")
    text = None if text is None else str(text)
    if args.get("attachments") not in (None, "", "[]", []):
        raise Violation("invalid_attachments", ["legacy attachments are not known here"])
    if args.get("markdown_text"):
        if text or args.get("blocks"):
            raise Violation("markdown_text_conflict")
        text = str(args["markdown_text"])
    if text is not None and len(text) > longest:
        if not cut:
            raise Violation("msg_too_long", [f"text must be less than {longest + 1} characters"])
        ws.violate("msg_too_long", where, messages=[f"text was cut at {longest} characters"])
        text = text[:longest]
    return Content(text, _read_blocks(ws, args.get("blocks")), _read_metadata(args.get("metadata")))


def require_words(content: Content) -> None:
    """Refuse a message that says nothing."""
    if not content.text and not content.blocks:
        raise Violation("no_text")


def slack_files(value: Any) -> Iterator[Json]:
    """Every `slack_file` in blocks."""
    if isinstance(value, list):
        for inner in value:
            yield from slack_files(inner)
    elif isinstance(value, dict):
        if isinstance(value.get("slack_file"), dict):
            yield value["slack_file"]
        for inner in value.values():
            yield from slack_files(inner)


def require_files(ws: Workspace, blocks: list[Json]) -> None:
    """Refuse images of files that are not there (yet)."""
    for named in slack_files(blocks):
        if named_file(ws, named) is None:
            raise SlackError("invalid_blocks", ["invalid slack file [json-pointer:/blocks]"])


def _read_blocks(ws: Workspace, sent: Any) -> list[Json] | None:
    if sent is None or sent == "":
        return None
    blocks = _decoded(sent, "invalid_blocks_format")
    if not isinstance(blocks, list):
        raise Violation("invalid_blocks_format")
    problems = list(check_message_blocks(blocks))
    if problems:
        raise Violation("invalid_blocks", problems, errors=problems)
    if text_length(blocks) > ALL_TEXT:
        raise Violation("msg_blocks_too_long", [f"all text of the blocks must be less than {ALL_TEXT + 1} characters"])
    require_files(ws, blocks)
    return number_blocks(blocks)


def _read_metadata(sent: Any) -> Json | None:
    if sent is None or sent == "":
        return None
    metadata = _decoded(sent, "invalid_metadata_format")
    if metadata == {}:
        return {}
    if not (
        isinstance(metadata, dict)
        and set(metadata) <= {"event_type", "event_payload"}
        and isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
    ):
        raise Violation("invalid_metadata_format")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise Violation("metadata_too_large")
    return metadata


def _decoded(sent: Any, error: str) -> Any:
    if not isinstance(sent, str):
        return sent
    try:
        return json.loads(sent)
    except json.JSONDecodeError:
        raise Violation(error) from None
