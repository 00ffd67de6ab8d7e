"""What a select offers while somebody types into it."""

import json
from typing import Any

from sandbox.acts import Acts
from sandbox.browser.reader import Reader
from sandbox.browser.shown import OWN_OPTIONS, listed
from sandbox.lookup import find_field, surfaces
from sandbox.pressing import DEFAULT_QUERY_LENGTH, EXTERNAL
from sandbox.rows import Channel
from sandbox.wire import Json

MOST = 100


async def suggestions(acts: Acts, content: Json) -> Json:
    """Groups of options as label, note and value; `least` when more has to be typed first."""
    element = find_field(surfaces(acts.ws, acts.person, content["where"]), content["block"], content["action"]).element
    query = str(content.get("query") or "")
    if element["type"] in EXTERNAL:
        return await _external(acts, content, element, query)
    if element["type"] in OWN_OPTIONS:
        return {"groups": _own(element, query)}
    return {"groups": [{"label": "", "options": _fitting(_named(acts, element), query)}]}


async def _external(acts: Acts, content: Json, element: Json, query: str) -> Json:
    least = element.get("min_query_length", DEFAULT_QUERY_LENGTH)
    if len(query) < least:
        return {"groups": [], "least": least}
    offered = await acts.suggest(content["block"], query, content["where"], action_id=content["action"])
    groups = offered.get("option_groups") or [{"options": offered.get("options") or []}]
    return {"groups": [_group(group, group["options"]) for group in groups]}


def _own(element: Json, query: str) -> list[Json]:
    groups = element.get("option_groups") or [element]
    return [_group(group, listed(group, query)) for group in groups]


def _group(group: Json, options: list[Json]) -> Json:
    label = group["label"]["text"] if group.get("label") else ""
    return {"label": label, "options": [_option(option) for option in options]}


def _option(option: Json) -> Json:
    note = (option.get("description") or {}).get("text", "")
    return {"label": option["text"]["text"], "note": note, "value": json.dumps(option)}


def _named(acts: Acts, element: Json) -> list[Json]:
    ws, kind = acts.ws, element["type"].removeprefix("multi_")
    if kind == "users_select":
        return [_choice(p.name, p.id) for p in ws.people.values() if not p.deleted]
    reader = Reader(ws, acts.person)
    wanted = _kinds(kind, element)
    channels = [c for c in ws.channels.values() if c.kind in wanted and _may_choose(c, acts)]
    return [_choice(reader.place(channel), channel.id) for channel in channels]


def _kinds(kind: str, element: Json) -> set[str]:
    if kind == "channels_select":
        return {"public_channel"}
    names = {"public": "public_channel", "private": "private_channel", "im": "im", "mpim": "mpim"}
    included = (element.get("filter") or {}).get("include") or list(names)
    return {names[one] for one in included}


def _may_choose(channel: Channel, acts: Acts) -> bool:
    return not channel.archived and (channel.kind == "public_channel" or acts.person.id in channel.members)


def _choice(label: str, value: Any) -> Json:
    return {"label": label, "note": "", "value": json.dumps(value)}


def _fitting(options: list[Json], query: str) -> list[Json]:
    wanted = query.lower().lstrip("@#")
    return [option for option in options if wanted in option["label"].lower()][:MOST]
