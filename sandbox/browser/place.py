"""Where on the page somebody is; the address says all of it, so that a tab can be reloaded, kept or shared."""

from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from sandbox.rows import App, Channel, Person
from sandbox.wire import Impossible
from sandbox.workspace import Workspace

SHOWN, BEFORE = 60, 10
KINDS = {"start", "inspector", "faults", "about"}


@dataclass(frozen=True)
class Place:
    """`kind` is channel, home, start, inspector, faults or about; `message` is one that a link led to."""

    ws: Workspace
    person: Person
    kind: str
    channel: Channel | None = None
    app: App | None = None
    partner: Person | None = None
    thread: str | None = None
    shown: int = SHOWN
    filter: str = "all"
    message: str | None = None

    @property
    def key(self) -> str:
        """What tells one place from another, whatever is looked at there."""
        where = self.partner or self.channel
        return f"{self.kind}-{where.id if where else self.app.app_id if self.app else self.filter}-{self.person.id}"


def find_place(ws: Workspace, person: Person, address: str) -> Place:
    """The place at an address such as `/as/U1/c/C1?thread=1.2`."""
    split = urlsplit(address)
    query = {key: values[0] for key, values in parse_qs(split.query).items()}
    kind, _, rest = "/".join(split.path.split("/")[3:]).partition("/")
    thread = query.get("thread")
    if kind == "c":
        return _conversation(ws, person, ws.channel(rest), thread, query)
    if kind == "archives":
        return _linked(ws, person, rest, thread_ts=query.get("thread_ts"))
    if kind == "d":
        return direct(ws, person, ws.person(rest), thread=thread, shown=_shown(query))
    if kind == "app" and rest in ws.apps:
        return Place(ws, person, "home", app=ws.apps[rest])
    if kind in KINDS:
        return Place(ws, person, kind, filter=query.get("show", "all"))
    return first_place(ws, person)


def first_place(ws: Workspace, person: Person) -> Place:
    """Where somebody comes in: the greeting, a channel of theirs, or else the page about the house."""
    if ws.greeting:
        return Place(ws, person, "start")
    for channel in ws.channels.values():
        if channel.name and person.id in channel.members:
            return Place(ws, person, "channel", channel=channel)
    return Place(ws, person, "about")


def direct(ws: Workspace, person: Person, partner: Person, *, thread: str | None = None, shown: int = SHOWN) -> Place:
    """The direct messages of two people, whether or not there are any yet."""
    pair = {person.id, partner.id}
    channel = next((c for c in ws.channels.values() if c.im and set(c.members) == pair), None)
    app = ws.apps.get(partner.bot_app or "")
    return Place(ws, person, "channel", channel=channel, partner=partner, app=app, thread=thread, shown=shown)


def _conversation(ws: Workspace, person: Person, channel: Channel, thread: str | None, query: dict[str, str]) -> Place:
    if channel.kind != "public_channel" and person.id not in channel.members:
        raise Impossible(f"{person.name} is not in this conversation")
    partner = next((ws.people[one] for one in channel.members if channel.im and one != person.id), None)
    app = ws.apps.get(partner.bot_app or "") if partner else None
    return Place(ws, person, "channel", channel, app, partner, thread, _shown(query))


def _linked(ws: Workspace, person: Person, rest: str, *, thread_ts: str | None) -> Place:
    """Where a permalink leads, `C1/p1795449600000100`: its channel, its thread, and far enough back to see it."""
    which, _, point = rest.partition("/")
    place = _conversation(ws, person, ws.channel(which), None, {})
    if not point or not place.channel:
        return place
    ts = f"{point[1:-6]}.{point[-6:]}"
    message = place.channel.messages.get(ts)
    if message is None or message.only_for not in {None, person.id}:
        raise Impossible("this message is not there")
    thread = message.thread_ts if message.is_reply else thread_ts
    back = sum(one >= (thread or ts) for one in place.channel.messages)
    return replace(place, thread=thread, shown=max(SHOWN, back + BEFORE), message=ts)


def _shown(query: dict[str, str]) -> int:
    earlier = query.get("earlier", "")
    return int(earlier) if earlier.isdigit() else SHOWN


def address(place: Place) -> str:
    """Where the page of a place is."""
    base = f"/as/{place.person.id}"
    if place.partner:
        return f"{base}/d/{place.partner.id}"
    if place.channel:
        return f"{base}/c/{place.channel.id}"
    return f"{base}/app/{place.app.app_id}" if place.app else f"{base}/{place.kind}"
