"""What a person has entered: the state of blocks, and how a value becomes an entry of its element."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from sandbox.filing import files_refusal
from sandbox.limits.blocks import interactive_elements
from sandbox.rows import Values, mint
from sandbox.wire import Impossible, Json

TYPED = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}
STATELESS = {"button", "overflow", "image"}
CHOICES = {"static_select", "external_select", "radio_buttons", "overflow"}
MANY_CHOICES = {"multi_static_select", "multi_external_select", "checkboxes"}
# element type → (the field that holds what was entered, the field that holds what it starts with)
FIELDS = {
    **dict.fromkeys(TYPED, ("value", "initial_value")),
    **dict.fromkeys(CHOICES, ("selected_option", "initial_option")),
    **dict.fromkeys(MANY_CHOICES, ("selected_options", "initial_options")),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}


def number_blocks(blocks: list[Json]) -> list[Json]:
    """Give every block and element that has no id a new one, as Slack does."""
    numbered = []
    for sent in blocks:
        block = {**sent, "block_id": sent.get("block_id") or mint("b")}
        if block["type"] == "actions":
            block["elements"] = [_with_action_id(element) for element in block["elements"]]
        for slot in ("accessory", "element"):
            if block.get(slot) and block[slot]["type"] != "image":
                block[slot] = _with_action_id(block[slot])
        numbered.append(block)
    return numbered


def _with_action_id(element: Json) -> Json:
    return {**element, "action_id": element.get("action_id") or mint("a")}


def initial_values(blocks: list[Json]) -> Values:
    """The state of blocks that nobody has touched."""
    values: Values = {}
    for block in blocks:
        for element in interactive_elements(block):
            if element["type"] not in STATELESS:
                values.setdefault(block["block_id"], {})[element["action_id"]] = initial_entry(element)
    return values


def initial_entry(element: Json) -> Json:
    """What an element holds before anybody touches it."""
    held, initial = FIELDS[element["type"]]
    empty: Any = [] if held.endswith("s") else None
    entry = {"type": element["type"], held: element.get(initial) or empty}
    if element["type"] == "timepicker" and element.get("timezone"):
        entry["timezone"] = element["timezone"]
    return entry


def carried_values(old: Values, blocks: list[Json]) -> Values:
    """The state after an update: what was entered stays where block and action id stay."""
    values = initial_values(blocks)
    for block in blocks:
        for element in interactive_elements(block):
            entry = old.get(block["block_id"], {}).get(element.get("action_id", ""))
            if entry and entry["type"] == element["type"] and _still_offered(element, entry):
                values[block["block_id"]][element["action_id"]] = entry
    return values


def _still_offered(element: Json, entry: Json) -> bool:
    offered = offered_options(element)
    if not offered:
        return True
    chosen = entry.get("selected_options") or [entry.get("selected_option")]
    return all(option is None or option in offered for option in chosen)


def offered_options(element: Json) -> list[Json]:
    """The options that an element itself lists."""
    groups = element.get("option_groups") or []
    return list(element.get("options") or []) + [option for group in groups for option in group["options"]]


def entry_of(element: Json, value: Any) -> Json:
    """What an element holds once a person has entered `value`; an impossible value is refused."""
    kind = element["type"]
    entry = initial_entry(element)
    held = FIELDS[kind][0]
    if value in (None, "", []):
        return entry | {held: [] if held.endswith("s") else None}
    if kind == "file_input":
        raise Impossible("files are attached, not typed")
    if kind in CHOICES | MANY_CHOICES:
        value = _choose(element, value, many=kind in MANY_CHOICES)
    elif kind in TYPED:
        value = _typed(element, str(value))
    elif kind in PICKED:
        value = PICKED[kind](value)
    elif held.endswith("s"):
        value = value if isinstance(value, list) else [value]
    return entry | {held: value}


def _choose(element: Json, value: Any, *, many: bool) -> Any:
    if not many:
        return _option(element, value)
    chosen = [_option(element, one) for one in (value if isinstance(value, list) else [value])]
    most = element.get("max_selected_items")
    if most and len(chosen) > most:
        raise Impossible(f"no more than {most} can be chosen")
    return chosen


def _option(element: Json, value: Any) -> Json:
    if isinstance(value, dict):
        chosen = {key: value[key] for key in ("text", "value", "description") if key in value}
        if element["type"] in {"external_select", "multi_external_select"}:
            return chosen
        value = chosen
    for option in offered_options(element):
        if value in (option["value"], option["text"]["text"], option):
            return option
    names = ", ".join(option["text"]["text"] for option in offered_options(element)[:20])
    raise Impossible(f"there is no option {value!r}; there are: {names}")


def _typed(element: Json, value: str) -> str:
    most = element.get("max_length", 3000)
    if len(value) > most:
        raise Impossible(f"no more than {most} characters can be typed")
    return value


def _date(value: Any) -> str:
    return date.fromisoformat(str(value)).isoformat()


def _time(value: Any) -> str:
    return time.fromisoformat(str(value)).strftime("%H:%M")


PICKED: dict[str, Callable[[Any], Any]] = {"datepicker": _date, "timepicker": _time, "datetimepicker": int}


def refusals(blocks: list[Json], values: Values) -> dict[str, str]:
    """What Slack's own interface says under the fields before it sends a form, by block id."""
    errors = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            entry = values[block["block_id"]][element["action_id"]]
            sentence = _refusal(element, entry[FIELDS[element["type"]][0]], optional=bool(block.get("optional")))
            if sentence:
                errors[block["block_id"]] = sentence
    return errors


def _refusal(element: Json, value: Any, *, optional: bool) -> str | None:
    if value in (None, "", []):
        return None if optional else "Please complete this required field."
    if element["type"] in OWN_REFUSALS:
        return OWN_REFUSALS[element["type"]](element, value)
    if element["type"] == "email_text_input" and "@" not in value:
        return "Please enter a valid email address."
    if element["type"] == "url_text_input" and "://" not in value:
        return "Please enter a valid URL."
    if len(value if isinstance(value, str) else "") < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    return None


def _number_refusal(element: Json, value: str) -> str | None:
    try:
        number = float(value)
    except ValueError:
        return "Please enter a valid number."
    if not element["is_decimal_allowed"] and not number.is_integer():
        return "Please enter a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Please enter a number greater than or equal to {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Please enter a number less than or equal to {element['max_value']}."
    return None


OWN_REFUSALS: dict[str, Callable[[Json, Any], str | None]] = {
    "number_input": _number_refusal,
    "file_input": files_refusal,
}
