"""Rich text and tables."""

from collections.abc import Iterator
from typing import Any

from sandbox.limits.checks import Check, anything, boolean, both, by_type, fields, items, number, one_of, string

TABLE_ROWS, TABLE_COLUMNS = 100, 20

_style = fields({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight"), boolean))


def _part(kind: str, optional: dict[str, Check] | None = None, **required: Check) -> Check:
    return fields({"type": one_of(kind), **required}, {"style": _style, **(optional or {})})


_parts = by_type(
    {
        "text": _part("text", text=string(None, 1)),
        "link": _part("link", {"text": string(), "unsafe": boolean}, url=string(3000, 1)),
        "emoji": _part("emoji", {"unicode": string(), "skin_tone": number()}, name=string()),
        "user": _part("user", user_id=string()),
        "usergroup": _part("usergroup", usergroup_id=string()),
        "channel": _part("channel", channel_id=string()),
        "broadcast": _part("broadcast", range=one_of("here", "channel", "everyone")),
        "color": _part("color", value=string()),
        "date": _part("date", {"url": string(), "fallback": string()}, timestamp=number(), format=string()),
    },
    "rich text element",
)
_runs = items(_parts, 10_000, 0)
_section = fields({"type": one_of("rich_text_section"), "elements": _runs})
_list = fields(
    {
        "type": one_of("rich_text_list"),
        "elements": items(by_type({"rich_text_section": _section}, "list item"), 1_000),
        "style": one_of("bullet", "ordered"),
    },
    {"indent": number(0, 8), "offset": number(0), "border": number(0, 1)},
)
rich_text_elements = items(
    by_type(
        {
            "rich_text_section": _section,
            "rich_text_list": _list,
            "rich_text_quote": fields({"type": one_of("rich_text_quote"), "elements": _runs}, {"border": anything}),
            "rich_text_preformatted": fields(
                {"type": one_of("rich_text_preformatted"), "elements": _runs},
                {"border": anything, "language": string()},
            ),
        },
        "rich text",
    ),
    1_000,
)
_cell = by_type(
    {
        "raw_text": fields({"type": one_of("raw_text"), "text": string(None, 1)}),
        "raw_number": fields({"type": one_of("raw_number"), "value": anything}, {"text": string()}),
        "rich_text": fields({"type": one_of("rich_text"), "elements": rich_text_elements}, {"block_id": string(255)}),
    },
    "table cell",
)
column_settings = items(
    fields({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean}), TABLE_COLUMNS, 0
)


def _same_width(rows: Any, at: str) -> Iterator[str]:
    widths = {len(row) for row in rows if isinstance(row, list)} if isinstance(rows, list) else set()
    if len(widths) > 1:
        yield f"all rows must have the same number of cells [json-pointer:{at}]"


table_rows = both(items(items(_cell, TABLE_COLUMNS), TABLE_ROWS), _same_width)
