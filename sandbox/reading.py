"""Reading what a person, or the one who runs the sandbox, can see."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sandbox.acts import Acts
from sandbox.lookup import visible
from sandbox.rows import Message, View
from sandbox.shapes import file_shape, message_shape, view_shape
from sandbox.site import Site
from sandbox.wire import Json
from sandbox.workspace import Workspace


def shape_messages(ws: Workspace, messages: Iterable[Message]) -> list[Json]:
    """Messages with the channel they are in and their metadata."""
    return [{**message_shape(ws, message, metadata=True), "channel": message.channel} for message in messages]


def shape_view(ws: Workspace, view: View | None) -> Json | None:
    """A view with the errors under its fields."""
    return {**view_shape(ws, view), "errors": view.errors} if view else None


def person_channel(acts: Acts, *, channel: str) -> list[Json]:
    """A channel as a person sees it, without the replies in threads."""
    seen = visible(acts.place(channel), acts.person)
    return shape_messages(acts.ws, [message for message in seen if message.broadcast or not message.is_reply])


def person_thread(acts: Acts, *, channel: str, ts: str) -> list[Json]:
    """A thread as a person sees it."""
    seen = visible(acts.place(channel), acts.person)
    return shape_messages(acts.ws, [message for message in seen if ts in {message.ts, message.thread_ts}])


def modals(acts: Acts) -> list[Json | None]:
    """The stack of modals in front of a person, the topmost last."""
    return [shape_view(acts.ws, view) for view in acts.ws.stacks.get(acts.person.id, [])]


def home(acts: Acts) -> Json | None:
    """The Home tab that a person sees."""
    views = [view for (_, user), view in acts.ws.homes.items() if user == acts.person.id]
    return shape_view(acts.ws, views[0] if views else None)


def channel(site: Site, *, channel: str) -> list[Json]:
    """All of a channel, without replies and ephemerals."""
    messages = site.ws.channel(channel).messages.values()
    return shape_messages(site.ws, [m for m in messages if not m.only_for and (m.broadcast or not m.is_reply)])


def thread(site: Site, *, channel: str, ts: str) -> list[Json]:
    """A thread, without ephemerals."""
    messages = site.ws.channel(channel).messages.values()
    return shape_messages(site.ws, [m for m in messages if not m.only_for and ts in {m.ts, m.thread_ts}])


def files(site: Site) -> list[Json]:
    """All files whose upload was finished."""
    return [file_shape(site.ws, file) for file in site.ws.files.values() if file.complete]


def calls(site: Site, *, method: str | None = None) -> list[Json]:
    """The Web API calls, oldest first."""
    return [call for call in site.ws.journal.calls if method in {None, call["method"]}]


def requests(site: Site, *, last: int = 0) -> list[Json]:
    """What was sent to apps, and what they answered, oldest first: the last so many, or all."""
    return list(site.ws.journal.requests)[-last:]


def violations(site: Site) -> list[Json]:
    """Every rule of Slack's that was broken."""
    return list(site.ws.journal.violations)


def followers(site: Site) -> list[dict[str, Any]]:
    """Who works by the clock, as last heard from."""
    return [
        {"name": f.name, "round": f.round, "idle": f.idle, "next_due": f.next_due.isoformat() if f.next_due else None}
        for f in site.clock.followers.values()
    ]


def faults(site: Site) -> list[dict[str, Any]]:
    """What is still to go wrong."""
    return [asdict(fault) for fault in site.ws.faults.ordered]


def executions(site: Site) -> list[dict[str, Any]]:
    """The steps of workflows that were reached, and what came of them."""
    return [asdict(one) for one in site.ws.executions.values()]


def workspace(site: Site) -> Json:
    """Which workspace this is."""
    return {"team_id": site.ws.team_id, "name": site.ws.name, "enterprise_id": site.ws.enterprise_id}


def people(site: Site) -> list[dict[str, Any]]:
    """Everybody: id, name, time zone, locale, and whether it is a bot."""
    everybody = site.ws.people.values()
    return [{"id": p.id, "name": p.name, "tz": p.tz, "locale": p.locale, "bot": bool(p.bot_app)} for p in everybody]


def channels(site: Site) -> list[dict[str, Any]]:
    """Every channel: id, name, kind and members."""
    return [
        {"id": c.id, "name": c.name, "kind": c.kind, "members": c.members, "archived": c.archived}
        for c in site.ws.channels.values()
    ]
