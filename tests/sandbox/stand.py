"""What the sandbox's tests share: a manifest, short words for blocks, and a stand to play at."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from slack_bolt import App as Bolt
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import App, Person, Sandbox

SCOPES = [
    "commands",
    "chat:write",
    "channels:read",
    "groups:read",
    "im:read",
    "im:write",
    "channels:history",
    "groups:history",
    "im:history",
    "channels:join",
    "users:read",
    "usergroups:read",
    "files:write",
    "files:read",
    "app_mentions:read",
]
EVENTS = [
    "app_home_opened",
    "app_mention",
    "message.channels",
    "message.groups",
    "message.im",
    "member_joined_channel",
    "user_change",
    "app_uninstalled",
    "tokens_revoked",
]
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Kiosk"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Kiosk"},
        "slash_commands": [
            {"command": "/order", "description": "Order something"},
            {"command": "/escaped", "description": "Mentions become ids", "should_escape": True},
        ],
        "shortcuts": [
            {"name": "Order", "type": "global", "callback_id": "order", "description": "Order"},
            {"name": "Order this", "type": "message", "callback_id": "order_this", "description": "Order"},
        ],
    },
    "oauth_config": {"scopes": {"bot": SCOPES}},
    "settings": {
        "event_subscriptions": {"bot_events": EVENTS},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


def without(scope: str) -> dict[str, Any]:
    """The manifest without a scope, and without the events that need it."""
    scopes = [one for one in SCOPES if one != scope]
    return {
        **MANIFEST,
        "oauth_config": {"scopes": {"bot": scopes}},
        "settings": {"interactivity": {"is_enabled": True}},
    }


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str | None = None) -> dict[str, Any]:
    return {"text": plain(text), "value": value or text}


def button(text: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def actions(*elements: dict[str, Any], block_id: str = "acts") -> dict[str, Any]:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(text), **more}


def field(label: str, element: dict[str, Any], block_id: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "input",
        "label": plain(label),
        "element": {"action_id": "v", **element},
        "block_id": block_id,
        **more,
    }


def typed(**more: Any) -> dict[str, Any]:
    return {"type": "plain_text_input", **more}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"type": "modal", "callback_id": "form", "title": plain("Order"), "submit": plain("Send")}
    return {**body, "blocks": list(blocks), **more}


def home(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks)}


@dataclass
class Stand:
    """A sandbox with Sara, a channel, and an app that the test gives its listeners."""

    sb: Sandbox
    app: App
    bolt: Bolt
    client: WebClient
    sara: Person
    channel: str
    api_url: str
    views: list[dict[str, Any]] = dataclasses.field(default_factory=list)

    def opens(self, view: dict[str, Any]) -> None:
        """Let `/order` open a modal."""
        if not self.views:
            self.bolt.command("/order")(self._order)
        self.views.append(view)

    def _order(self, ack: Any, body: dict[str, Any], client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=self.views[-1])
        ack()

    def open(self, view: dict[str, Any]) -> None:
        """Open a modal in front of Sara."""
        self.opens(view)
        assert self.sara.command(self.channel, "/order").ok

    def submits(self, answer: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Let the form be answered so; the payloads come into the list."""
        seen: list[dict[str, Any]] = []

        @self.bolt.view("form")
        def form(ack: Any, body: dict[str, Any]) -> None:
            seen.append(body)
            ack(**(answer or {}))

        return seen

    def hears(self, action_id: str) -> list[dict[str, Any]]:
        """Let an action be acknowledged; the payloads come into the list."""
        seen: list[dict[str, Any]] = []

        @self.bolt.action(action_id)
        def act(ack: Any, body: dict[str, Any]) -> None:
            seen.append(body)
            ack()

        return seen

    def post(self, *blocks: dict[str, Any], text: str = "text", **more: Any) -> str:
        """Let the app post to the channel."""
        return str(self.client.chat_postMessage(channel=self.channel, text=text, blocks=list(blocks), **more)["ts"])

    def error(self, method: str, **arguments: Any) -> str | None:
        """The error name that a call is answered with, None when it is fine."""
        try:
            self.client.api_call(method, json=arguments)
        except SlackApiError as refusal:
            return str(refusal.response["error"])
        return None

    def last(self) -> Any:
        return self.sara.channel(self.channel)[-1]
