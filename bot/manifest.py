"""The app's manifest: what Slack must know of Belay, with the scopes that are used and no others."""

from typing import Any
from urllib.parse import urljoin

SCOPES = {
    "app_mentions:read": "to answer whoever mentions Belay in a channel",
    "channels:join": "to post cards in a public channel without an invitation",
    "channels:history": "to find a message whose answer was lost, and words in the threads of deals",
    "chat:write": "cards, threads and direct messages",
    "commands": "/deal, /capacity, /sop, /belay and the shortcuts",
    "channels:read": "to say at once whether a digest can be posted in a channel",
    "files:write": "the pictures in digests",
    "files:read": "the tables that somebody hands in",
    "groups:read": "the same look at private channels",
    "groups:history": "the same in private channels",
    "im:history": "the same look in direct messages, and to answer what is asked there",
    "im:write": "to know the direct message of a person for that look",
    "usergroups:read": "who is in the user groups that a policy asks, or that roles are filled in from",
    "channels:manage": "to make the channel for deals, when an admin asks for it",
    "users:read": "names, time zones, and who is a guest or an admin",
}
EVENTS = (
    *("app_home_opened", "team_join", "user_change", "subteam_created", "subteam_updated"),
    *("app_mention", "message.channels", "message.groups", "message.im"),
    *("app_uninstalled", "tokens_revoked"),
)
AGENT_SCOPE = "assistant:write"
AGENT_VIEW = {
    "agent_description": "Checks deals, says how they stand and what waits for you. It reads by rules.",
    "suggested_prompts": [
        {"title": "What can you do?", "message": "What can you do?"},
        {"title": "What waits for me?", "message": "What waits for me?"},
        {"title": "Which deals are open?", "message": "Which deals are open?"},
        {"title": "My deals", "message": "My deals"},
    ],
}


def _parameter(title: str, description: str, kind: str = "string") -> dict[str, str]:
    return {"type": kind, "title": title, "description": description}


def _parameters(**parameters: dict[str, str]) -> dict[str, Any]:
    return {"properties": parameters, "required": list(parameters)}


# Steps of workflows: each names a person, who may do what it does, or who sees the draft before anything is posted.
PERSON = _parameter("Who sells it", "Gets the draft and posts it, or may see whether it fits", "slack#/types/user_id")
DEAL = _parameter("Deal", "As one would type it: 60 Summit tent for Acme by 20 January at 5 % off")
STEPS = {
    "propose_deal_step": {
        "title": "Propose a deal",
        "description": "Puts a deal before its seller; goes on when operations have decided",
        "input_parameters": _parameters(person=PERSON, deal=DEAL),
        "output_parameters": _parameters(
            number=_parameter("Number", "The deal's number", "integer"),
            decision=_parameter("Decision", "approved, declined or withdrawn"),
            sentence=_parameter("In words", "Who decided, and how"),
            link=_parameter("Link", "To the deal's card"),
        ),
    },
    "check_deal_step": {
        "title": "Check a deal",
        "description": "Whether it fits operations' capacity; posts nothing",
        "input_parameters": _parameters(person=PERSON, deal=DEAL),
        "output_parameters": _parameters(
            fits=_parameter("Fits", "Whether there is capacity, overtime included", "boolean"),
            sentence=_parameter("In words", "The verdict"),
        ),
    },
}
ADDRESS = "https://belay.example.com/slack/events"
# Where Slack comes back to when somebody has installed it.
REDIRECT = "/slack/oauth_redirect"


def manifest(
    *,
    is_socket_mode: bool = True,
    address: str = ADDRESS,
    has_agent_view: bool = False,
    has_steps: bool = False,
    is_for_several: bool = False,
) -> dict[str, Any]:
    """The manifest, version 2; over HTTP, Slack posts everything to one address.

    Slack's agent view shows prompts above the messages tab; not every plan has it, so it is only there when asked for.
    Steps for Workflow Builder take a paid plan, and an app that may be deployed in an organisation.
    For several workspaces it says where Slack comes back from an installation, and lets organisations install it.
    """
    back = {"redirect_urls": [urljoin(address, REDIRECT)]} if is_for_several else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Belay",
            "description": "Sales and operations on one rope: propose a deal, see whether it fits, find the yes.",
            "background_color": "#1f4e46",
        },
        "features": _features({} if is_socket_mode else {"url": address})
        | ({"agent_view": AGENT_VIEW} if has_agent_view else {}),
        "oauth_config": back | {"scopes": {"bot": sorted([*SCOPES, AGENT_SCOPE] if has_agent_view else SCOPES)}},
        "settings": _settings(None if is_socket_mode else address)
        | {"org_deploy_enabled": is_for_several or has_steps, "token_rotation_enabled": is_for_several}
        | ({"function_runtime": "remote"} if has_steps else {}),
    } | ({"functions": STEPS} if has_steps else {})


def _features(where: dict[str, str]) -> dict[str, Any]:
    line = "Acme 200 Summit tent by 18 Jan | 42 | list | help"
    setting = "schedules | scoreboard | standards | hours | data | help"
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Belay", "always_online": True},
        "shortcuts": [
            _shortcut("Propose a deal", "global", "propose_deal", "Open the form of a new deal"),
            _shortcut("Propose as a deal", "message", "propose_message", "Turn a customer's words into a deal"),
        ],
        "slash_commands": [
            _command("/deal", "Propose a deal and see at once whether it fits", line, where),
            _command("/capacity", "The coming weeks, and what loads them", "Assembly | import | help", where),
            _command("/sop", "The monthly S&OP cycle", "forecast | supply | page | decide | help", where),
            _command("/belay", "Set-up, schedules, scoreboard", setting, where),
        ],
    }


def _settings(address: str | None) -> dict[str, Any]:
    requests = {"request_url": address} if address else {}
    options = {"message_menu_options_url": address} if address else {}
    return {
        "event_subscriptions": {"bot_events": list(EVENTS), **requests},
        "interactivity": {"is_enabled": True, **requests, **options},
        "socket_mode_enabled": address is None,
    }


def _shortcut(name: str, kind: str, callback: str, description: str) -> dict[str, str]:
    return {"name": name, "type": kind, "callback_id": callback, "description": description}


def _command(command: str, description: str, hint: str, where: dict[str, str]) -> dict[str, Any]:
    return {"command": command, "description": description, "usage_hint": hint, "should_escape": False, **where}
