"""Acting as somebody in the sandbox: thin words over the control API."""

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.seen import Message, Reply, View
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.client import Sandbox


@dataclass(frozen=True)
class Person:
    """Somebody in the sandbox, and what they can do and see."""

    sandbox: "Sandbox"
    id: str
    name: str

    def command(self, channel: str, line: str) -> Reply:
        return self._act("command", channel=channel, line=line)

    def say(self, channel: str, text: str, thread_ts: str | None = None) -> str:
        return str(self._do("say", channel=channel, text=text, thread_ts=thread_ts))

    def open_home(self) -> View | None:
        return _view(self._do("open_home"))

    def home(self) -> View | None:
        return _view(self._do("home"))

    def modals(self) -> list[View]:
        return [View(raw) for raw in self._do("modals")]

    def modal(self) -> View | None:
        stack = self.modals()
        return stack[-1] if stack else None

    def fill(self, block_id: str, value: Any) -> Reply:
        return self._act("fill", what=block_id, value=_plain(value))

    def fill_by_label(self, label: str, value: Any) -> Reply:
        return self._act("fill", what=label, value=_plain(value))

    def enter(self, block_id_or_label: str, value: Any) -> Reply:
        return self._act("fill", what=block_id_or_label, value=_plain(value), enter=True)

    def suggest(self, block_id_or_label: str, query: str) -> list[Json]:
        """What an external select offers: options, or groups with a label and options."""
        offered = self._do("suggest", what=block_id_or_label, query=query)
        return list(offered.get("options") or offered.get("option_groups") or [])

    def attach(self, block_id_or_label: str, *files: tuple[str, bytes]) -> Reply:
        """Choose files in a form, each a name and its bytes, besides those that are chosen already."""
        sent = [{"name": name, "content": b64encode(content).decode()} for name, content in files]
        return self._act("attach", what=block_id_or_label, files=sent)

    def detach(self, block_id_or_label: str, name: str) -> Reply:
        """Take back a file that was chosen."""
        return self._act("detach", what=block_id_or_label, name=name)

    def press(self, text_or_action_id: str, in_: Message | View | str | None = None, *, confirm: bool = True) -> Reply:
        return self._act("press", what=text_or_action_id, where=_where(in_), confirm=confirm)

    def choose(
        self, text_or_action_id: str, value: Any, in_: Message | View | str | None = None, *, confirm: bool = True
    ) -> Reply:
        return self._act("choose", what=text_or_action_id, value=_plain(value), where=_where(in_), confirm=confirm)

    def submit(self, shown: str = "") -> Reply:
        """Send the top modal; `shown` is the hash of what stood before the person where an update came meanwhile."""
        return self._act("submit", shown=shown)

    def close(self) -> Reply:
        return self._act("close")

    def shortcut(self, callback_id: str) -> Reply:
        return self._act("shortcut", callback_id=callback_id)

    def message_shortcut(self, callback_id: str, channel: str, ts: str) -> Reply:
        return self._act("message_shortcut", callback_id=callback_id, channel=channel, ts=ts)

    def dm(self) -> list[Message]:
        return self.channel("dm")

    def channel(self, name: str) -> list[Message]:
        return [Message(raw) for raw in self._do("channel", channel=name)]

    def thread(self, channel: str, ts: str) -> list[Message]:
        return [Message(raw) for raw in self._do("thread", channel=channel, ts=ts)]

    def _do(self, act: str, **arguments: Any) -> Any:
        return self.sandbox.do(f"people/{self.id}/{act}", **arguments)

    def _act(self, act: str, **arguments: Any) -> Reply:
        return Reply(**self._do(act, **arguments))


def _view(raw: Json | None) -> View | None:
    return View(raw) if raw else None


def _where(place: Message | View | str | None) -> Any:
    if isinstance(place, Message):
        return {"channel": place.channel, "ts": place.ts}
    return {"id": place.id} if isinstance(place, View) else place


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
