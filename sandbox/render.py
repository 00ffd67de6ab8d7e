"""Blocks as plain text: what a person would read, line by line."""

from typing import Any

from sandbox.wire import Json

MENTIONS = {
    "user": ("@", "user_id"),
    "channel": ("#", "channel_id"),
    "usergroup": ("!subteam^", "usergroup_id"),
    "broadcast": ("!", "range"),
}
MARKS = {"checkboxes": ("[x]", "[ ]"), "radio_buttons": ("(x)", "( )")}


def render_blocks(blocks: list[Json], values: Json | None = None) -> str:
    """All blocks, one below the other; with a view's `values`, inputs show what was entered."""
    return "\n".join(line for block in blocks if (line := render_block(block, values or {})))


def buttons_in(blocks: list[Json]) -> list[str]:
    """What the buttons say, entries of overflow menus included."""
    return [word for block in blocks for element in _elements(block) for word in _words(element)]


def render_block(block: Json, values: Json) -> str:
    """One block."""
    return RENDERERS.get(block["type"], _unknown)(block, values)


def _elements(block: Json) -> list[Json]:
    return [e for e in [*(block.get("elements") or []), block.get("accessory"), block.get("element")] if e]


def _words(element: Json) -> list[str]:
    if element["type"] == "button":
        return [element["text"]["text"]]
    return [option["text"]["text"] for option in element["options"]] if element["type"] == "overflow" else []


def _section(block: Json, values: Json) -> str:
    parts = [block["text"]["text"]] if block.get("text") else []
    parts += [one["text"] for one in block.get("fields") or []]
    if block.get("accessory"):
        parts.append(_element(block["accessory"], values.get(block.get("block_id", ""), {})))
    return "\n".join(parts)


def _actions(block: Json, values: Json) -> str:
    entries = values.get(block.get("block_id", ""), {})
    return "  ".join(_element(element, entries) for element in block["elements"])


def _context(block: Json, _values: Json) -> str:
    return "  ".join(_image(e, {}) if e["type"] == "image" else str(e["text"]) for e in block["elements"])


def _divider(_block: Json, _values: Json) -> str:
    return "────"


def _text(block: Json, _values: Json) -> str:
    return str(block["text"]["text"])


def _image(block: Json, _values: Json) -> str:
    title = block["title"]["text"] + " " if block.get("title") else ""
    return f"{title}({block['alt_text']})"


def _input(block: Json, values: Json) -> str:
    optional = " (optional)" if block.get("optional") else ""
    entered = _element(block["element"], values.get(block.get("block_id", ""), {}))
    hint = "\n" + block["hint"]["text"] if block.get("hint") else ""
    return f"{block['label']['text']}{optional}: {entered}{hint}"


def _rich(block: Json, _values: Json) -> str:
    return "\n".join(_rich_element(element) for element in block["elements"])


def _table(block: Json, _values: Json) -> str:
    return "\n".join(" | ".join(_cell(cell) for cell in row) for row in block["rows"])


def _markdown(block: Json, _values: Json) -> str:
    return str(block["text"])


def _unknown(block: Json, _values: Json) -> str:
    return f"({block['type']})"


RENDERERS = {
    "section": _section,
    "actions": _actions,
    "context": _context,
    "divider": _divider,
    "header": _text,
    "alert": _text,
    "image": _image,
    "input": _input,
    "rich_text": _rich,
    "table": _table,
    "markdown": _markdown,
}


def _cell(cell: Json) -> str:
    return _rich(cell, {}) if cell["type"] == "rich_text" else str(cell.get("text", cell.get("value", "")))


def _rich_element(element: Json) -> str:
    if element["type"] == "rich_text_list":
        ordered = element["style"] == "ordered"
        items = [_rich_element(item) for item in element["elements"]]
        return "\n".join(f"{number}. {item}" if ordered else f"• {item}" for number, item in enumerate(items, 1))
    text = "".join(_rich_part(part) for part in element["elements"])
    return "> " + text if element["type"] == "rich_text_quote" else text


def _rich_part(part: Json) -> str:
    kind = part["type"]
    if kind in MENTIONS:
        mark, name = MENTIONS[kind]
        return f"<{mark}{part[name]}>"
    if kind == "emoji":
        return f":{part['name']}:"
    return str(part.get("text") or part.get("url") or part.get("fallback") or part.get("value") or "")


def _element(element: Json, entries: Json) -> str:
    kind = element["type"]
    if kind == "image":
        return _image(element, {})
    if kind in {"button", "overflow"}:
        return "  ".join(f"[ {word} ]" for word in _words(element))
    entry = entries.get(element.get("action_id", "")) or _initial(element)
    if kind in MARKS:
        return "  ".join(_choice(option, entry, *MARKS[kind]) for option in element["options"])
    shown = _entered(entry)
    return shown or f"<{(element.get('placeholder') or {}).get('text', '')}>"


def _initial(element: Json) -> Json:
    return {key.replace("initial", "selected"): value for key, value in element.items() if key.startswith("initial")}


def _choice(option: Json, entry: Json, on: str, off: str) -> str:
    chosen = [*(entry.get("selected_options") or []), entry.get("selected_option")]
    values = [one["value"] for one in chosen if one]
    return f"{on if option['value'] in values else off} {option['text']['text']}"


def _entered(entry: Json) -> str:
    entered: list[Any] = []
    for key, value in entry.items():
        if key in {"value", "files"} or key.startswith("selected_"):
            entered += value if isinstance(value, list) else [value]
    return ", ".join(_word(one) for one in entered if one is not None)


def _word(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    return str(value["text"]["text"] if "text" in value else value["name"])
