"""Block elements, and which of them may stand where."""

import re
from datetime import date, time
from zoneinfo import ZoneInfo

from sandbox.limits.checks import (
    Check,
    boolean,
    both,
    by_type,
    exactly_one,
    fields,
    items,
    matching,
    number,
    one_of,
    string,
)
from sandbox.limits.objects import (
    OPTIONS,
    confirm,
    conversation_filter,
    dispatch_config,
    initial_is_offered,
    option,
    option_group,
    options_offered,
    plain,
    slack_file,
)

ID, PLACEHOLDER, ALT_TEXT, URL = 255, 150, 2000, 3000
BUTTON_TEXT, BUTTON_VALUE, OVERFLOW_OPTIONS, CHOICES, INPUT_TEXT = 75, 2000, 5, 10, 3000
FILES, FILE_BYTES, EXTENSIONS = 10, 10_000_000, 1000
EXTENSION = re.compile(r"[A-Za-z0-9]+")

Checks = dict[str, Check]
COMMON: Checks = {"action_id": string(ID), "confirm": confirm}
FOCUS: Checks = {"focus_on_load": boolean}
PLACED: Checks = {**COMMON, **FOCUS, "placeholder": plain(PLACEHOLDER)}
TYPED: Checks = {
    "action_id": string(ID),
    "placeholder": plain(PLACEHOLDER),
    "dispatch_action_config": dispatch_config,
    **FOCUS,
}


def _element(kind: str, required: Checks, optional: Checks) -> Check:
    return fields({"type": one_of(kind), **required}, optional)


def _select(kind: str, optional: Checks) -> Check:
    many = kind.startswith("multi_")
    return _element(kind, {}, {**PLACED, **optional, **({"max_selected_items": number(1)} if many else {})})


def _choices(kind: str, initial: Checks) -> Check:
    required = {"options": items(option(marked=True), CHOICES)}
    return both(_element(kind, required, {**COMMON, **FOCUS, **initial}), initial_is_offered)


def _typed(kind: str, optional: Checks, **required: Check) -> Check:
    return _element(kind, required, {**TYPED, "initial_value": string(), **optional})


def _file_extension(value: str) -> None:
    if not EXTENSION.fullmatch(value):
        raise ValueError(value)


_button = _element(
    "button",
    {"text": plain(BUTTON_TEXT)},
    {
        **COMMON,
        "value": string(BUTTON_VALUE),
        "url": string(URL),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
    },
)
_overflow = _element("overflow", {"options": items(option(), OVERFLOW_OPTIONS)}, COMMON)
_offers: Checks = {"options": items(option(), OPTIONS), "option_groups": items(option_group, OPTIONS)}
_multi_conversations: Checks = {
    "initial_conversations": items(string(), OPTIONS),
    "default_to_current_conversation": boolean,
    "filter": conversation_filter,
}
_conversation: Checks = {
    "initial_conversation": string(),
    "default_to_current_conversation": boolean,
    "response_url_enabled": boolean,
    "filter": conversation_filter,
}
_decimal = matching(float, "a number in a string")
_bounds: Checks = {"min_value": _decimal, "max_value": _decimal, "initial_value": _decimal}
_lengths: Checks = {
    "initial_value": string(INPUT_TEXT),
    "multiline": boolean,
    "min_length": number(0, INPUT_TEXT),
    "max_length": number(1, INPUT_TEXT),
}

image = both(
    _element("image", {"alt_text": string(ALT_TEXT)}, {"image_url": string(URL), "slack_file": slack_file}),
    exactly_one("image_url", "slack_file"),
)

INTERACTIVE: Checks = {
    "button": _button,
    "overflow": _overflow,
    "static_select": both(_select("static_select", {**_offers, "initial_option": option()}), options_offered),
    "multi_static_select": both(
        _select("multi_static_select", {**_offers, "initial_options": items(option(), OPTIONS)}), options_offered
    ),
    "external_select": _select("external_select", {"initial_option": option(), "min_query_length": number(0)}),
    "multi_external_select": _select(
        "multi_external_select", {"initial_options": items(option(), OPTIONS), "min_query_length": number(0)}
    ),
    "users_select": _select("users_select", {"initial_user": string()}),
    "multi_users_select": _select("multi_users_select", {"initial_users": items(string(), OPTIONS)}),
    "conversations_select": _select("conversations_select", _conversation),
    "multi_conversations_select": _select("multi_conversations_select", _multi_conversations),
    "channels_select": _select("channels_select", {"initial_channel": string(), "response_url_enabled": boolean}),
    "multi_channels_select": _select("multi_channels_select", {"initial_channels": items(string(), OPTIONS)}),
    "datepicker": _select("datepicker", {"initial_date": matching(date.fromisoformat, "a date YYYY-MM-DD")}),
    "timepicker": _select(
        "timepicker",
        {"initial_time": matching(time.fromisoformat, "a time HH:mm"), "timezone": matching(ZoneInfo, "a time zone")},
    ),
    "checkboxes": _choices("checkboxes", {"initial_options": items(option(marked=True), CHOICES)}),
    "radio_buttons": _choices("radio_buttons", {"initial_option": option(marked=True)}),
}
DATETIME = _element(
    "datetimepicker", {}, {**COMMON, **FOCUS, "initial_date_time": number(1_000_000_000, 9_999_999_999)}
)
TYPED_INPUTS: Checks = {
    "plain_text_input": _typed("plain_text_input", _lengths),
    "number_input": _typed("number_input", _bounds, is_decimal_allowed=boolean),
    "email_text_input": _typed("email_text_input", {}),
    "url_text_input": _typed("url_text_input", {}),
}
FILE_INPUT = _element(
    "file_input",
    {},
    {
        "action_id": string(ID),
        "filetypes": items(matching(_file_extension, "a file extension without a dot"), EXTENSIONS),
        "max_files": number(1, FILES),
    },
)
_NO_INPUT = {"button", "overflow"}

accessory = by_type({**INTERACTIVE, "image": image}, "accessory")
action = by_type({**INTERACTIVE, "datetimepicker": DATETIME}, "element")
_inputs = (
    {kind: check for kind, check in INTERACTIVE.items() if kind not in _NO_INPUT}
    | {"datetimepicker": DATETIME}
    | TYPED_INPUTS
)
input_element = by_type(_inputs, "input element")
modal_input_element = by_type({**_inputs, "file_input": FILE_INPUT}, "input element")
