"""Views: modals and Home tabs."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.limits.blocks import IN_HOME, IN_MODALS, check_ids, interactive_elements
from sandbox.limits.checks import boolean, by_type, fields, items, one_of, string
from sandbox.limits.elements import ID
from sandbox.limits.objects import plain

BLOCKS, TITLE, PRIVATE_METADATA, VIEW_BYTES, STACK = 100, 24, 3000, 250_000, 3

_common = {"private_metadata": string(PRIVATE_METADATA), "callback_id": string(ID), "external_id": string(ID)}
_modal = fields(
    {
        "type": one_of("modal"),
        "title": plain(TITLE),
        "blocks": items(by_type(IN_MODALS, "block"), BLOCKS, 0),
    },
    {
        **_common,
        "submit": plain(TITLE),
        "close": plain(TITLE),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_home = fields({"type": one_of("home"), "blocks": items(by_type(IN_HOME, "block"), BLOCKS, 0)}, _common)


def check_view(view: Any, kind: str) -> Iterator[str]:
    """Say what is wrong with a view of that kind, `modal` or `home`."""
    yield from by_type({"modal": _modal} if kind == "modal" else {"home": _home}, "view")(view, "/view")
    blocks = view.get("blocks") if isinstance(view, dict) else None
    if isinstance(blocks, list):
        yield from check_ids(blocks, "/view/blocks")
        yield from _check_focus(blocks)
        if kind == "modal" and not view.get("submit") and any(_is_input(block) for block in blocks):
            yield "missing required field: submit, when a modal has input blocks [json-pointer:/view]"


def view_bytes(view: Any) -> int:
    """The size of a view on the wire."""
    return len(json.dumps(view, ensure_ascii=False).encode())


def _is_input(block: Any) -> bool:
    return isinstance(block, dict) and block.get("type") == "input"


def _check_focus(blocks: list[Any]) -> Iterator[str]:
    elements = [e for block in blocks for e in interactive_elements(block) if isinstance(e, dict)]
    if sum(bool(e.get("focus_on_load")) for e in elements) > 1:
        yield "only one element may have focus_on_load [json-pointer:/view/blocks]"
