"""Blocks, one check each, and the surfaces that take them."""

from collections.abc import Iterator
from typing import Any

from sandbox.limits import elements
from sandbox.limits.checks import (
    Check,
    at_least_one,
    boolean,
    both,
    by_type,
    exactly_one,
    fields,
    items,
    one_of,
    string,
)
from sandbox.limits.objects import plain, slack_file, text
from sandbox.limits.rich_text import column_settings, rich_text_elements, table_rows

SECTION_TEXT, SECTION_FIELDS, FIELD_TEXT, HEADER_TEXT = 3000, 10, 2000, 150
CONTEXT_ELEMENTS, ACTIONS, LABEL, IMAGE_TITLE, MARKDOWN = 10, 25, 2000, 2000, 12_000


def _block(kind: str, required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    own = {"block_id": string(elements.ID), **(optional or {})}
    return fields({"type": one_of(kind), **required}, own)


_section = both(
    _block(
        "section",
        {},
        {
            "text": text(SECTION_TEXT),
            "fields": items(text(FIELD_TEXT), SECTION_FIELDS),
            "accessory": elements.accessory,
            "expand": boolean,
        },
    ),
    at_least_one("text", "fields"),
)
_context_element = by_type(
    {"image": elements.image, "plain_text": text(SECTION_TEXT), "mrkdwn": text(SECTION_TEXT)}, "context element"
)
_image = both(
    _block(
        "image",
        {"alt_text": string(elements.ALT_TEXT)},
        {"image_url": string(elements.URL), "slack_file": slack_file, "title": plain(IMAGE_TITLE)},
    ),
    exactly_one("image_url", "slack_file"),
)


def _no_dispatch_of_files(value: Any, at: str) -> Iterator[str]:
    """Refuse a field of files that would tell the app at once, which Slack does not know."""
    element = value.get("element") if isinstance(value, dict) else None
    if isinstance(element, dict) and element.get("type") == "file_input" and value.get("dispatch_action"):
        yield f"unsupported type: file_input with dispatch_action [json-pointer:{at}/element]"


def _input(element: Check) -> Check:
    optional: dict[str, Check] = {"hint": plain(LABEL), "optional": boolean, "dispatch_action": boolean}
    return both(_block("input", {"label": plain(LABEL), "element": element}, optional), _no_dispatch_of_files)


EVERYWHERE: dict[str, Check] = {
    "section": _section,
    "actions": _block("actions", {"elements": items(elements.action, ACTIONS)}),
    "context": _block("context", {"elements": items(_context_element, CONTEXT_ELEMENTS)}),
    "divider": _block("divider", {}),
    "header": _block("header", {"text": plain(HEADER_TEXT)}),
    "image": _image,
    "rich_text": _block("rich_text", {"elements": rich_text_elements}),
}
IN_MESSAGES = {
    **EVERYWHERE,
    "table": _block("table", {"rows": table_rows}, {"column_settings": column_settings}),
    "markdown": _block("markdown", {"text": string(MARKDOWN, 1)}),
}
IN_HOME = {**EVERYWHERE, "input": _input(elements.input_element)}
IN_MODALS = {
    **EVERYWHERE,
    "input": _input(elements.modal_input_element),
    "alert": _block(
        "alert",
        {"text": text(SECTION_TEXT)},
        {"level": one_of("default", "info", "warning", "error", "success")},
    ),
}


def interactive_elements(block: Any) -> list[Any]:
    """The elements of a block that carry an action id."""
    if not isinstance(block, dict):
        return []
    if block.get("type") == "actions":
        return list(block.get("elements") or [])
    return [element for element in (block.get("accessory"), block.get("element")) if element]


def check_ids(blocks: list[Any], at: str) -> Iterator[str]:
    """Refuse block ids that occur twice, and action ids that occur twice in one block."""
    yield from _twice([block.get("block_id") for block in blocks if isinstance(block, dict)], "block_id", at)
    for index, block in enumerate(blocks):
        ids = [e.get("action_id") for e in interactive_elements(block) if isinstance(e, dict)]
        yield from _twice(ids, "action_id", f"{at}/{index}")


def _twice(ids: list[Any], what: str, at: str) -> Iterator[str]:
    given = [one for one in ids if isinstance(one, str)]
    for one in sorted({one for one in given if given.count(one) > 1}):
        yield f'{what} "{one}" already exists [json-pointer:{at}]'
