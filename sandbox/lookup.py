"""Finding what a person means: a button by what it says, an input by its label, on what is in front of them."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.entries import STATELESS, carried_values
from sandbox.limits.blocks import interactive_elements
from sandbox.rows import Channel, Message, Person, Values, View
from sandbox.wire import Impossible, Json
from sandbox.workspace import Workspace


@dataclass
class Surface:
    """Blocks in front of a person: a message, a modal or a Home tab."""

    app_id: str
    blocks: list[Json]
    values: Values
    view: View | None = None
    message: Message | None = None


@dataclass(frozen=True)
class Target:
    """An element on a surface, and the entry of its menu where that is what was meant."""

    surface: Surface
    block: Json
    element: Json
    option: Json | None = field(default=None)

    @property
    def entry(self) -> Json:
        return self.surface.values[self.block["block_id"]][self.element["action_id"]]

    @property
    def words(self) -> str:
        """What a button or an entry says."""
        return str((self.option or self.element)["text"]["text"])

    @property
    def key(self) -> str:
        """What tells a button or an entry from others: its action id, or the entry's value."""
        return str(self.option["value"] if self.option else self.element["action_id"])

    def enter(self, entry: Json) -> None:
        self.surface.values.setdefault(self.block["block_id"], {})[self.element["action_id"]] = entry


def top_modal(ws: Workspace, person: Person) -> View:
    """The modal that a person sees."""
    stack = ws.stacks.get(person.id)
    if not stack:
        raise Impossible(f"{person.name} has no modal open")
    return stack[-1]


def surfaces(ws: Workspace, person: Person, where: Any) -> list[Surface]:
    """What a person may act on: the message or view they name, or the modal and the Home tabs in front of them."""
    if isinstance(where, dict) and where.get("ts"):
        return [message_surface(ws, person, ws.channel(where["channel"]), where["ts"])]
    homes = [view for (_, user), view in ws.homes.items() if user == person.id]
    modals = ws.stacks.get(person.id, [])[-1:]
    if where == "home":
        modals = []
    if isinstance(where, dict):
        modals, homes = [v for v in modals if v.id == where["id"]], [v for v in homes if v.id == where["id"]]
    return [view_surface(view) for view in [*modals, *homes]]


def view_surface(view: View) -> Surface:
    """A view as something to act on."""
    return Surface(view.app_id, view.blocks, view.values, view=view)


def message_surface(ws: Workspace, person: Person, channel: Channel, ts: str) -> Surface:
    """A message as something to act on, if that person sees it."""
    _require_sight(channel, person)
    message = channel.messages.get(ts)
    if message is None or message.only_for not in {None, person.id}:
        raise Impossible(f"{person.name} sees no message {ts} in {channel.name or 'the direct messages'}")
    key = (person.id, channel.id, ts)
    values = ws.message_values[key] = carried_values(ws.message_values.get(key, {}), message.blocks)
    return Surface(message.app_id or "", message.blocks, values, message=message)


def visible(channel: Channel, person: Person) -> list[Message]:
    """What a person sees of a channel, threads and own ephemerals included."""
    _require_sight(channel, person)
    return [message for message in channel.messages.values() if message.only_for in {None, person.id}]


def _require_sight(channel: Channel, person: Person) -> None:
    if channel.kind != "public_channel" and person.id not in channel.members:
        raise Impossible(f"{person.name} is not in {channel.name or 'these direct messages'}")


def find_pressable(shown: list[Surface], what: str, block_id: str = "") -> Target:
    """A button or an entry of an overflow menu, by its text or action id.

    An update gives blocks without an id new ones: whoever pressed meanwhile still means that button, when there is one.
    """
    offered = [target for surface in shown for target in _pressables(surface)]
    named = [target for target in offered if what in {target.words, target.key}]
    exact = [target for target in named if block_id in {"", target.block["block_id"]}]
    if exact or len(named) == 1:
        return (exact or named)[0]
    offers = ", ".join(target.words for target in offered) or "none"
    raise Impossible(f"there is no button {what!r}; there are: {offers}")


def find_field(shown: list[Surface], what: str, action_id: str = "") -> Target:
    """Something to fill in or choose from: by block id, label, action id or placeholder."""
    offered = []
    for surface in shown:
        for block in surface.blocks:
            for element in interactive_elements(block):
                if element["type"] in STATELESS - {"overflow"}:
                    continue
                names = _names(block, element)
                offered.append(names[0])
                if what in names and action_id in {"", element["action_id"]}:
                    return Target(surface, block, element)
    raise Impossible(f"there is no field {what!r}; there are: {', '.join(offered) or 'none'}")


def _pressables(surface: Surface) -> list[Target]:
    targets = []
    for block in surface.blocks:
        for element in interactive_elements(block):
            if element["type"] == "button":
                targets.append(Target(surface, block, element))
            elif element["type"] == "overflow":
                targets += [Target(surface, block, element, option) for option in element["options"]]
    return targets


def _names(block: Json, element: Json) -> list[str]:
    label = [block["label"]["text"]] if block["type"] == "input" else []
    placeholder = [element["placeholder"]["text"]] if element.get("placeholder") else []
    return [*label, *placeholder, block["block_id"], element["action_id"]]
