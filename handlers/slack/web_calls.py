"""One call of the Web API, as the outbox makes it."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.workspace.outbox import Outbox


@dataclass(frozen=True)
class Picture:
    """A PNG that a message shows, with what it says for those who do not see it."""

    png: bytes
    name: str
    alt: str


@dataclass(frozen=True)
class Call:
    """One call of the Web API; `shown` is a digest of what it shows, `listed` the deals in it.

    A `picture` is drawn and uploaded first, and then stands as the block `picture_at`.
    """

    method: str
    arguments: Mapping[str, Any]
    shown: str = ""
    is_superseded: bool = False
    listed: Sequence[int] = ()
    picture: Callable[[], Picture] | None = None
    picture_at: int = 0

    @property
    def is_new_message(self) -> bool:
        """Whether a lost answer leaves open if there is a message now."""
        return self.method == "chat.postMessage"


def message(row: Outbox, channel: str, text: str, blocks: list[Any], *, shown: str = "", **where: str) -> Call:
    """A new message; its key lets a later look tell whether it arrived when the answer was lost."""
    metadata = {"event_type": "belay_message", "event_payload": {"key": row.key}}
    common = {"channel": channel, "text": text, "blocks": blocks, "metadata": metadata}
    return Call("chat.postMessage", {**common, "unfurl_links": False, "unfurl_media": False, **where}, shown)


def digest_of(blocks: list[Any]) -> str:
    """What tells one state of a message from another."""
    return hashlib.sha256(json.dumps(blocks, sort_keys=True).encode()).hexdigest()[:40]
