"""A conversation as rows: days, messages, and where the new ones begin. Rendered messages are kept while nothing in
them changes, so that a long channel opens fast."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

from sandbox.browser import dates
from sandbox.browser.reader import Reader
from sandbox.browser.shown import Shown, shown_message
from sandbox.entries import carried_values
from sandbox.rows import Channel, File, Message, Values

TOGETHER_SECONDS = 300
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
Render = Callable[["Row"], str]
_KEPT: WeakKeyDictionary[Message, dict[str, tuple[Any, str]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Row:
    """A message in its place; `follows` when the same person wrote just before."""

    message: Message
    shown: Shown
    follows: bool
    day: str
    is_new: bool
    in_thread: bool
    replies: list[Message]
    files: list[File]

    @property
    def reader(self) -> Reader:
        return self.shown.reader

    @property
    def author(self) -> str:
        return str(self.message.extra.get("username") or self.reader.name(self.message.user))

    @property
    def is_app(self) -> bool:
        return bool(self.message.app_id)

    @property
    def shortcuts(self) -> list[tuple[str, str]]:
        """The message shortcuts that apps offer: callback id and what they are called."""
        apps = [app for app in self.reader.ws.apps.values() if app.installed]
        offered = [(app.name, entry) for app in apps for entry in app.shortcuts.values()]
        return [(e["callback_id"], f"{e['name']} · {name}") for name, e in offered if e["type"] == "message"]

    def is_image(self, file: File) -> bool:
        return file.name.lower().endswith(IMAGES)


def latest(channel: Channel, reader: Reader, number: int) -> tuple[list[Message], bool]:
    """The last messages that a reader sees outside threads, oldest first, and whether there are earlier ones."""
    seen = (m for m in reversed(channel.messages.values()) if _is_for(m, reader) and (m.broadcast or not m.is_reply))
    items = list(islice(seen, number + 1))
    return items[:number][::-1], len(items) > number


def in_thread(channel: Channel, reader: Reader, ts: str) -> list[Message]:
    """A thread from its first message on."""
    return [m for m in channel.messages.values() if _is_for(m, reader) and ts in {m.ts, m.thread_ts}]


def rows(messages: Iterable[Message], reader: Reader, *, new_from: str = "", thread: bool = False) -> Iterator[Row]:
    """Messages as rows."""
    before: Message | None = None
    is_new = False
    for message in messages:
        starts_new = bool(new_from) and message.ts > new_from and message.user != reader.person.id and not is_new
        is_new = is_new or starts_new
        day = _day(message, before, reader)
        yield _row(message, reader, day, thread, starts_new, follows=not day and _follows(message, before))
        before = message


def rendered(row: Row, render: Render) -> str:
    """A row as HTML, rendered again only when something in it changed."""
    kept = _KEPT.setdefault(row.message, {})
    key, state = f"{row.reader.person.id}{row.in_thread}", _state(row)
    if key in kept and kept[key][0] == state:
        return kept[key][1]
    html = render(row)
    kept[key] = (state, html)
    return html


def _row(message: Message, reader: Reader, day: str, thread: bool, is_new: bool, *, follows: bool) -> Row:
    channel = reader.ws.channels[message.channel]
    files = [reader.ws.files[one] for one in message.files if one in reader.ws.files]
    shown = shown_message(message, _values(message, reader), reader, "t" if thread else "m")
    replies = [] if thread else channel.replies.get(message.ts, [])
    return Row(message, shown, follows and not is_new, day, is_new, thread, replies, files)


def _values(message: Message, reader: Reader) -> Values:
    kept = reader.ws.message_values.get((reader.person.id, message.channel, message.ts), {})
    return carried_values(kept, message.blocks) if kept else {}


def _is_for(message: Message, reader: Reader) -> bool:
    return message.only_for in {None, reader.person.id}


def _day(message: Message, before: Message | None, reader: Reader) -> str:
    at = reader.at(message.ts)
    if before and reader.at(before.ts).date() == at.date():
        return ""
    return dates.day(at, reader.now)


def _follows(message: Message, before: Message | None) -> bool:
    if before is None or before.user != message.user or before.only_for != message.only_for:
        return False
    return float(message.ts) - float(before.ts) < TOGETHER_SECONDS and not message.extra


def _state(row: Row) -> tuple[Any, ...]:
    message = row.message
    look = (row.follows, row.day, row.is_new, row.reader.now.date(), len(row.shortcuts), len(row.reader.ws.people))
    return (*look, message.text, message.blocks, bool(message.edited), list(row.replies), row.files, row.shown.values)
