"""What Slack sends, in the shape that it documents: a part of another type is as if it were not there.

Nothing that comes from outside is taken for well formed: a signature says who sent it, not what it is.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltRequest, BoltResponse

from handlers.slack.text import unescape

# PostgreSQL takes no NUL, and neither database half a character.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
MOST_DEEP = 60
ADDRESS = re.compile(r"https?://[^\s/?#]+(?:[/?#]\S*)?", re.ASCII)
# What Bolt reads of a payload before anybody else, as texts.
CONTEXT = {
    *("enterprise_id", "team_id", "user_id", "channel_id", "thread_ts"),
    *("actor_enterprise_id", "actor_team_id", "actor_user_id"),
}


@dataclass(frozen=True)
class Text:
    """A text that is always there."""

    default: str = ""


@dataclass(frozen=True)
class Each:
    """Any names, each with a part of one shape."""

    shape: Any


OPTION = {"value": Text(), "text": {"text": Text()}}
FILE = {"name": str, "permalink": str, "url_private_download": Text(), "size": int}
ELEMENT = {
    **dict.fromkeys(("type", "value", "selected_date", "selected_time", "selected_user"), str),
    **dict.fromkeys(("selected_channel", "selected_conversation"), str),
    "selected_date_time": int,
    "selected_option": OPTION,
    "selected_options": [OPTION],
    "selected_users": [str],
    "files": [FILE],
}
VIEW = {
    **dict.fromkeys(("id", "type", "callback_id", "private_metadata"), Text()),
    "hash": str,
    "previous_view_id": str,
    "title": {"text": Text()},
    "blocks": [{"block_id": Text()}],
    "state": {"values": Each(Each(ELEMENT))},
}
ACTION = {**ELEMENT, **dict.fromkeys(("type", "action_id"), Text()), "block_id": str, "action_ts": str}
EVENT = {**dict.fromkeys(("type", "channel", "text", "ts"), Text()), "thread_ts": str, "channel_type": str}
PERSON = {"id": Text(), "team_id": str}
SHAPE: Mapping[str, Any] = {
    **dict.fromkeys(("type", "command", "text", "value", "callback_id", "action_id", "trigger_id", "event_id"), str),
    **dict.fromkeys(("channel_id", "user_id", "team_id", "response_url"), str),
    "view": VIEW,
    "actions": [ACTION],
    "user": PERSON,
    "channel": {"id": Text()},
    "message": {"text": Text(), "ts": str, "thread_ts": str},
    "event": EVENT,
    "authorizations": [{"team_id": str, "enterprise_id": str, "user_id": str, "is_enterprise_install": bool}],
    "response_urls": [{"response_url": Text()}],
    "team": {"id": Text()},
    "enterprise": {"id": Text()},
}


def well_formed(body: Mapping[str, Any]) -> dict[str, Any]:
    """A payload in the shape that its readers rely on; parts that nobody reads here stay as they are."""
    shaped: dict[str, Any] = _shaped(_storable(body), SHAPE)
    if not ADDRESS.match(shaped.get("response_url") or ""):
        shaped.pop("response_url", None)
    # Bolt takes for granted that what is there is what it should be.
    for name in ("actions", "event", "view"):
        if not shaped.get(name):
            shaped.pop(name, None)
    return shaped


def brought_into_shape(request: BoltRequest, next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002 - Bolt's name
    """Before anybody reads it: the payload, and what Bolt has read of it already."""
    shaped = well_formed(request.body)
    request.body.clear()
    request.body.update(shaped)
    context = request.context
    for name in CONTEXT & context.keys():
        value = context[name]
        if not isinstance(value, str) or UNSTORABLE.search(value):
            context[name] = None
    _unescape(request.body)
    context["team_id"] = _team(shaped, context.get("team_id"))
    context["response_url"] = shaped.get("response_url") or _first_address(shaped)
    return next()


def _unescape(body: dict[str, Any]) -> None:
    """What is written in messages and after commands comes with &, < and > escaped; what is typed in forms does not."""
    written = [body] if body.get("command") else []
    for part in (*written, body.get("message"), body.get("event")):
        if part and part.get("text"):
            part["text"] = unescape(part["text"])


def _team(shaped: Mapping[str, Any], read: str | None) -> str | None:
    """The workspace acted in. Where an organisation has installed Belay, Bolt reads none, or the organisation."""
    view, user = shaped.get("view") or {}, shaped.get("user") or {}
    named = (read, shaped.get("team_id"), view.get("team_id"), user.get("team_id"))
    return next((team for team in named if isinstance(team, str) and team.startswith("T")), read)


def _first_address(shaped: Mapping[str, Any]) -> str | None:
    """Where a form may answer that asks for a conversation."""
    return next((each["response_url"] for each in shaped.get("response_urls") or ()), None)


def _shaped(value: Any, shape: Any) -> Any:
    """The value where it has the shape; None where it is something else."""
    if isinstance(shape, Text):
        return value if isinstance(value, str) else shape.default
    if isinstance(shape, type):
        return value if type(value) is shape else None
    if isinstance(shape, list):
        parts = (_shaped(part, shape[0]) for part in value) if isinstance(value, list) else ()
        return [part for part in parts if part is not None]
    if not isinstance(value, dict):
        return None
    if isinstance(shape, Each):
        named = {name: _shaped(part, shape.shape) for name, part in value.items()}
        return {name: part for name, part in named.items() if part is not None}
    is_asked = [name for name, part in shape.items() if name in value or isinstance(part, Text)]
    return value | {name: _shaped(value.get(name), shape[name]) for name in is_asked}


def _storable(value: Any, depth: int = 0) -> Any:
    """Texts without what no database takes; what is nested deeper than any block of Slack's is left out."""
    if isinstance(value, str):
        return UNSTORABLE.sub("", value)
    if depth > MOST_DEEP:
        return None
    if isinstance(value, dict):
        return {_storable(name): _storable(part, depth + 1) for name, part in value.items()}
    return [_storable(part, depth + 1) for part in value] if isinstance(value, list) else value
