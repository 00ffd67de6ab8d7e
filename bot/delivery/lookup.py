"""Messages whose answer was lost: looked for by their key, in all that was written since the first attempt."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

EARLIER = timedelta(seconds=5)


def find_messages(
    client: WebClient, channel: str, key: str, since: datetime, thread: str | None = None
) -> Iterator[dict[str, Any]]:
    """Messages with a key, in a channel, a person's direct messages or a thread; the latest first, as Slack lists."""
    if channel.startswith(("U", "W")):
        channel = client.conversations_open(users=channel)["channel"]["id"]
    where = {"channel": channel, "oldest": f"{(since - EARLIER).timestamp():.6f}", "include_all_metadata": True}
    look = client.conversations_replies if thread else client.conversations_history
    cursor = ""
    while True:
        page: dict[str, Any] = {**where, "limit": 200} | ({"cursor": cursor} if cursor else {})
        replies: dict[str, Any] = {"ts": thread} if thread else {}
        messages = look(**page, **replies)
        for message in messages["messages"]:
            if _key_of(message) == key:
                yield {"channel": channel, "ts": message["ts"]}
        cursor = (messages.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def join(client: WebClient, channel: str) -> bool:
    """A public channel can be joined; into a private one the bot must be invited."""
    try:
        client.conversations_join(channel=channel)
    except (SlackClientError, OSError, HTTPException):
        return False
    return True


def _key_of(message: Mapping[str, Any]) -> Any:
    return ((message.get("metadata") or {}).get("event_payload") or {}).get("key")
