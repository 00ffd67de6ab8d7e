"""Messages: how many blocks, and how much text in all."""

from collections.abc import Iterator
from typing import Any

from sandbox.limits.blocks import IN_MESSAGES, MARKDOWN, check_ids
from sandbox.limits.checks import by_type, items

BLOCKS, ALL_TEXT, TEXT, UPDATED_TEXT, TABLES, METADATA_BYTES = 50, 12_000, 40_000, 4_000, 1, 8_000

_blocks = items(by_type(IN_MESSAGES, "block"), BLOCKS, 0)


def check_message_blocks(blocks: Any) -> Iterator[str]:
    """Say what is wrong with the blocks of a message."""
    yield from _blocks(blocks, "/blocks")
    if isinstance(blocks, list):
        yield from check_ids(blocks, "/blocks")
        if sum(isinstance(b, dict) and b.get("type") == "table" for b in blocks) > TABLES:
            yield "only_one_table_allowed [json-pointer:/blocks]"
        if sum(len(str(b.get("text"))) for b in blocks if _is_markdown(b)) > MARKDOWN:
            yield f"markdown blocks must be less than {MARKDOWN + 1} characters together [json-pointer:/blocks]"


def text_length(value: Any) -> int:
    """How many characters of text a person would read in these blocks."""
    if isinstance(value, list):
        return sum(text_length(inner) for inner in value)
    if not isinstance(value, dict):
        return 0
    return sum(
        len(inner) if key == "text" and isinstance(inner, str) else text_length(inner) for key, inner in value.items()
    )


def _is_markdown(block: Any) -> bool:
    return isinstance(block, dict) and block.get("type") == "markdown"
