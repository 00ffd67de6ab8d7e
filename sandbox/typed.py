"""What is typed as Slack sends it on: escaped, names as mentions."""

import re

from sandbox.workspace import Workspace

# What a client has made of a mention, a channel or an address already.
MARKUP = re.compile(r"(<(?:[@#!]|https?://|mailto:)[^<>]*>)")
NAME = re.compile(r"(?<![\w<])@([\w-]+(?:\.[\w-]+)*)")
CHANNEL = re.compile(r"(?<![\w<&])#([\w-]+)")


def as_sent(ws: Workspace, text: str) -> str:
    """A message as an app hears it."""
    parts = MARKUP.split(text)
    return "".join(part if number % 2 else _mentioned(ws, escaped(part)) for number, part in enumerate(parts))


def escaped(text: str) -> str:
    """Text without a letter that would begin markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _mentioned(ws: Workspace, text: str) -> str:
    people = {person.handle: f"<@{person.id}>" for person in ws.people.values()}
    channels = {channel.name: f"<#{channel.id}|{channel.name}>" for channel in ws.channels.values()}
    text = NAME.sub(lambda match: people.get(match[1].lower(), match[0]), text)
    return CHANNEL.sub(lambda match: channels.get(match[1], match[0]), text)
