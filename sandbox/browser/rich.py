"""Rich text as HTML."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from sandbox.browser.emoji import emoji
from sandbox.browser.markup import drawn, joined, tagged
from sandbox.browser.mrkdwn import link
from sandbox.wire import Json

if TYPE_CHECKING:
    from sandbox.browser.reader import Reader

STYLES = {"bold": "strong", "italic": "em", "strike": "s", "underline": "u", "highlight": "mark", "code": "code"}


def rich(block: Json, reader: "Reader") -> Markup:
    """A rich_text block."""
    return joined(_element(element, reader) for element in block["elements"])


def _element(element: Json, reader: "Reader") -> Markup:
    kind = element["type"]
    if kind == "rich_text_list":
        return _list(element, reader)
    inner = joined(_part(part, reader) for part in element["elements"])
    if kind == "rich_text_preformatted":
        return tagged("pre", drawn(inner), tabindex=0)
    return tagged("blockquote" if kind == "rich_text_quote" else "p", inner, dir="auto")


def _list(element: Json, reader: "Reader") -> Markup:
    tag = "ol" if element["style"] == "ordered" else "ul"
    start = element["offset"] + 1 if element.get("offset") else None
    items = (joined(_part(part, reader) for part in item["elements"]) for item in element["elements"])
    shown = joined(tagged("li", item, dir="auto") for item in items)
    return tagged(tag, shown, class_=f"indent-{int(element.get('indent', 0))}", start=start)


def _part(part: Json, reader: "Reader") -> Markup:
    shown = PARTS[part["type"]](part, reader)
    for style, tag in STYLES.items():
        if (part.get("style") or {}).get(style):
            shown = tagged(tag, shown)
    return shown


PARTS: dict[str, Callable[[Json, "Reader"], Markup]] = {
    "text": lambda part, _: escape(part["text"]),
    "link": lambda part, _: link(part["url"], part.get("text") or part["url"]),
    "emoji": lambda part, _: escape(emoji(part["name"], part.get("unicode", ""))),
    "user": lambda part, reader: reader.mention(part["user_id"]),
    "usergroup": lambda part, reader: reader.group(part["usergroup_id"]),
    "channel": lambda part, reader: reader.channel(part["channel_id"]),
    "broadcast": lambda part, reader: reader.reference(f"!{part['range']}"),
    "date": lambda part, reader: reader.date(part["timestamp"], part["format"], part.get("url", "")),
    "color": lambda part, _: tagged("code", part["value"]),
}
