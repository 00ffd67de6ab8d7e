"""Pages of lists, with Slack's cursors."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from sandbox.api.call import Call
from sandbox.wire import SlackError, Violation

T = TypeVar("T")


def page(
    call: Call, items: Sequence[T], key: Callable[[T], str], *, default: int = 100, most: int = 999
) -> tuple[Sequence[T], str]:
    """The page that a call asks for, and the cursor of the one after it."""
    limit = call.number("limit", default)
    if not 0 < limit <= most:
        raise Violation("invalid_limit", [f"must be between 1 and {most} [json-pointer:/limit]"])
    start = _start(call.text("cursor"), [key(item) for item in items])
    rest = items[start + limit :]
    return items[start : start + limit], _cursor(key(rest[0])) if rest else ""


def _cursor(key: str) -> str:
    return base64.b64encode(f"next:{key}".encode()).decode()


def _start(cursor: str, keys: list[str]) -> int:
    if not cursor:
        return 0
    try:
        return keys.index(base64.b64decode(cursor).decode().removeprefix("next:"))
    except (ValueError, binascii.Error):
        raise SlackError("invalid_cursor") from None
