"""Blocks in front of a reader, with what was entered in them, as the templates ask for it."""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from markupsafe import Markup

from sandbox.browser.reader import Reader
from sandbox.entries import FIELDS, initial_entry, offered_options
from sandbox.filing import named_file
from sandbox.limits.elements import FILES
from sandbox.rows import Message, Values, View
from sandbox.wire import Json

ODD = re.compile(r"[^\w-]")
OWN_OPTIONS = {"static_select", "multi_static_select", "checkboxes", "radio_buttons", "overflow"}


@dataclass(frozen=True)
class Shown:
    """Blocks of a message, a modal or a Home tab; `key` begins every id on the page."""

    key: str
    where: Json
    blocks: list[Json]
    values: Values
    reader: Reader
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def surface(self) -> str:
        return json.dumps(self.where)

    def id(self, block: Json, element: Json | None = None) -> str:
        """An id of a block or an element, which stays as long as Slack keeps what was entered."""
        parts = [self.key, block["block_id"], *([element["action_id"]] if element else [])]
        return ODD.sub("_", "-".join(parts))

    def html(self, text: Json | None) -> Markup:
        return self.reader.html(text)

    def held(self, block: Json, element: Json) -> Any:
        """What an element holds now."""
        entry = self.values.get(block["block_id"], {}).get(element["action_id"]) or initial_entry(element)
        return entry[FIELDS[element["type"]][0]]

    def chosen(self, block: Json, element: Json) -> list[Json]:
        """What is chosen in a select, as label and value."""
        held = self.held(block, element)
        many = held if isinstance(held, list) else [held] if held else []
        return [self._choice(one) for one in many]

    def holds(self, block: Json, element: Json, option: Json) -> bool:
        """Is this one of an element's options that are chosen?"""
        held = self.held(block, element)
        many = held if isinstance(held, list) else [held]
        return any(one and one["value"] == option["value"] for one in many)

    def takes(self, element: Json) -> tuple[int, str]:
        """How many files a field takes, and what kinds of them, as the browser's own picker wants to know it."""
        return element.get("max_files") or FILES, ",".join(f".{kind}" for kind in element.get("filetypes") or [])

    def local_time(self, block: Json, element: Json) -> str:
        """A date and time for the browser's own picker, in the reader's zone."""
        held = self.held(block, element)
        return f"{self.reader.at(held):%Y-%m-%dT%H:%M}" if held else ""

    def ask(self, element: Json) -> str:
        """What is asked before an element acts, for the script; empty when nothing is."""
        dialog = element.get("confirm")
        if not dialog:
            return ""
        words = {part: dialog[part]["text"] for part in ("title", "confirm", "deny")}
        return json.dumps({**words, "html": self.html(dialog["text"]), "style": dialog.get("style", "primary")})

    def image(self, element: Json) -> str:
        """Where an image is, if it is in this house; others are not fetched."""
        if element.get("slack_file"):
            file = named_file(self.reader.ws, element["slack_file"])
            return f"/files/{file.id}" if file else ""
        url = str(element.get("image_url") or "")
        return url.removeprefix(self.reader.ws.url) if url.startswith(self.reader.ws.url + "/") else ""

    def _choice(self, one: Any) -> Json:
        if isinstance(one, dict):
            return {"label": one["text"]["text"], "value": json.dumps(one)}
        channel = self.reader.ws.channels.get(one)
        label = self.reader.place(channel) if channel else self.reader.name(one)
        return {"label": label, "value": json.dumps(one)}


def shown_message(message: Message, values: Values, reader: Reader, place: str) -> Shown:
    """A message; `place` tells its copy in a thread from that in the channel."""
    where = {"channel": message.channel, "ts": message.ts}
    return Shown(f"{place}{message.ts}", where, message.blocks, values, reader)


def shown_view(view: View, reader: Reader) -> Shown:
    """A modal or a Home tab."""
    return Shown(view.id, {"id": view.id}, view.blocks, view.values, reader, view.errors)


def timestamp(local: str, reader: Reader) -> int:
    """The browser's local date and time as Slack's timestamp."""
    zone = reader.now.tzinfo
    return int(datetime.fromisoformat(local).replace(tzinfo=zone).timestamp())


def listed(element: Json, query: str) -> list[Json]:
    """The own options of a select that fit what was typed."""
    return [o for o in offered_options(element) if query.lower() in o["text"]["text"].lower()]
