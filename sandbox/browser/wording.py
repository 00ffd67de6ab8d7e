"""What people type, as it goes over the wire: escaped, with mentions, channels and addresses marked."""

import re

from sandbox.workspace import Workspace

EVERYBODY = {"here", "channel", "everyone"}
ADDRESS = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?)\]}'\"]")
NAMED = re.compile(r"(?<![\w&;/])([@#])([\w.\-]*[\w])")


def wire_text(ws: Workspace, typed: str) -> str:
    """A typed message as Slack stores it."""
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return NAMED.sub(lambda match: _named(ws, match), ADDRESS.sub(r"<\g<0>>", escaped))


def _named(ws: Workspace, match: re.Match[str]) -> str:
    mark, name = match.groups()
    if mark == "#":
        channel = next((c for c in ws.channels.values() if c.name == name), None)
        return f"<#{channel.id}|{name}>" if channel else match[0]
    if name in EVERYBODY:
        return f"<!{name}>"
    person = next((p for p in ws.people.values() if p.handle == name.lower()), None)
    return f"<@{person.id}>" if person else match[0]
