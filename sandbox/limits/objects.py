"""Composition objects: texts, options, confirmations, filters."""

from collections.abc import Iterator
from typing import Any

from sandbox.limits.checks import Check, boolean, both, by_type, exactly_one, fields, items, one_of, string

CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
OPTIONS, OPTION_TEXT, OPTION_VALUE, OPTION_DESCRIPTION = 100, 75, 150, 75


def plain(most: int) -> Check:
    """Accept a plain_text object."""
    return by_type({"plain_text": _plain_fields(most)}, "text")


def text(most: int) -> Check:
    """Accept a plain_text or mrkdwn object."""
    marked = fields({"type": one_of("mrkdwn"), "text": string(most, 1)}, {"verbatim": boolean})
    return by_type({"plain_text": _plain_fields(most), "mrkdwn": marked}, "text")


def _plain_fields(most: int) -> Check:
    return fields({"type": one_of("plain_text"), "text": string(most, 1)}, {"emoji": boolean})


confirm = fields(
    {
        "title": plain(CONFIRM_TITLE),
        "text": text(CONFIRM_TEXT),
        "confirm": plain(CONFIRM_BUTTON),
        "deny": plain(CONFIRM_BUTTON),
    },
    {"style": one_of("primary", "danger")},
)


def option(*, marked: bool = False) -> Check:
    """Accept an option; only checkboxes and radio buttons take mrkdwn."""
    words = text if marked else plain
    return fields(
        {"text": words(OPTION_TEXT), "value": string(OPTION_VALUE, 1)},
        {"description": words(OPTION_DESCRIPTION), "url": string(3000)},
    )


option_group = fields({"label": plain(OPTION_TEXT), "options": items(option(), OPTIONS)})


def _offered(value: Any, _at: str) -> list[Any]:
    options = list(value.get("options") or [])
    for group in value.get("option_groups") or []:
        options += group.get("options") or [] if isinstance(group, dict) else []
    return options


def initial_is_offered(value: Any, at: str) -> Iterator[str]:
    """Refuse an initial option that is not among the options, which Slack compares whole."""
    if not isinstance(value, dict) or not (value.get("options") or value.get("option_groups")):
        return
    initial = list(value.get("initial_options") or [])
    initial += [value["initial_option"]] if value.get("initial_option") else []
    offered = _offered(value, at)
    for one in initial:
        if one not in offered:
            yield f"initial option must be among the options [json-pointer:{at}]"


options_offered = both(exactly_one("options", "option_groups"), initial_is_offered)
suggestions = both(
    exactly_one("options", "option_groups"),
    fields({}, {"options": items(option(), OPTIONS, 0), "option_groups": items(option_group, OPTIONS, 0)}),
)
slack_file = both(exactly_one("id", "url"), fields({}, {"id": string(), "url": string(3000)}))
dispatch_config = fields({}, {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)})
conversation_filter = fields(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
