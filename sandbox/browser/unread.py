"""What somebody has not read yet."""

from sandbox.rows import Channel, Message, Person
from sandbox.workspace import Workspace

# what has been read of a channel in which there was nothing yet; every timestamp is later
NOTHING = "0"


def unread(ws: Workspace, person: Person, channel: Channel) -> list[Message]:
    """The messages of others since this person last looked, newest first; replies in threads do not count."""
    until = ws.read_until.get((person.id, channel.id), "")
    messages: list[Message] = []
    for message in reversed(channel.messages.values()):
        if message.ts <= until:
            break
        if message.user != person.id and _is_seen(message, person):
            messages.append(message)
    return messages


def read(ws: Workspace, person: Person, channel: Channel) -> None:
    """Note that somebody looks at a channel."""
    ws.read_until[person.id, channel.id] = next(reversed(channel.messages), NOTHING)


def _is_seen(message: Message, person: Person) -> bool:
    return message.only_for in {None, person.id} and (message.broadcast or not message.is_reply)
