"""SlackChecks to Slack outside of any transaction: may Belay post there, and a picture to be shown."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from handlers.slack.web_calls import Picture
from models.base.language import _

log = logging.getLogger("belay")


@dataclass(frozen=True)
class SlackChecks:
    """What a listener may have done after its answer."""

    client: WebClient

    def obstacle(self, channel: str) -> str:
        """Why Belay cannot post in a channel, with the remedy; nothing when it can. Public channels it joins."""
        try:
            info = self.client.conversations_info(channel=channel)["channel"]
        except SlackApiError as error:
            if error.response["error"] in {"channel_not_found", "not_in_channel"}:
                return _("Belay is not in that private channel: type `/invite @Belay` there.")
            return _("Slack does not say whether Belay can post there ({response}).", response=error.response["error"])
        except (SlackClientError, OSError, HTTPException):
            return ""
        if info.get("is_ext_shared") or info.get("is_pending_ext_shared"):
            return _("Another organisation reads that channel too: choose one of your own.")
        return _("That channel is archived: choose another one.") if info.get("is_archived") else _not_in(info)

    def groups(self) -> list[tuple[str, list[str]]]:
        """The user groups with their people."""
        answer = self.client.usergroups_list(include_users=True)
        groups: list[dict[str, Any]] = answer["usergroups"]
        return [(str(each.get("name") or each.get("handle")), list(each.get("users") or ())) for each in groups]

    def invite(self, channel: str, people: Sequence[str]) -> bool:
        """Bring people into a channel; whether Slack has done so."""
        try:
            self.client.conversations_invite(channel=channel, users=",".join(people))
        except (SlackClientError, OSError, HTTPException) as error:
            log.warning("people were not invited: %s", type(error).__name__)
            return False
        return True

    def upload(self, picture: Picture) -> str | None:
        """Give a picture to Slack; its file id, or None when Slack would not have it."""
        try:
            return upload(self.client, picture)
        except (SlackClientError, OSError, HTTPException) as error:
            log.warning("a picture was not uploaded: %s", error)
            return None


def upload(client: WebClient, picture: Picture) -> str:
    """Give a picture to Slack, shared nowhere yet; its file id."""
    answer = client.files_upload_v2(
        content=picture.png, filename=picture.name, title=picture.name, alt_txt=picture.alt[:1000]
    )
    return str(answer["files"][0]["id"])


def _not_in(info: dict[str, object]) -> str:
    if info.get("is_private") and not info.get("is_member"):
        return _("Belay is not in that private channel: type `/invite @Belay` there.")
    return ""
