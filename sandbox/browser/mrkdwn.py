"""Slack's mrkdwn as HTML. Everything is escaped first, so that what people type can only ever be text."""

import html
import re
from collections.abc import Callable

from markupsafe import Markup, escape

from sandbox.browser.emoji import emoji
from sandbox.browser.markup import drawn, finished, joined, tagged

FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
KEPT = re.compile(r"`([^`\n]+)`|<([^<>\n]+)>")
QUOTED = re.compile(r"^(?:>|&gt;) ?", re.MULTILINE)
EMOJI = re.compile(r":([a-z0-9_+\-]+):")
STYLES = [
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), "strong"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), "em"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), "s"),
]
SAFE = ("http://", "https://", "mailto:", "tel:")
# a private character stands for what is already HTML while the text around it is worked on
HOLE = re.compile("\ue000(\\d+)\ue001")
Say = Callable[[str], Markup]


def mrkdwn(text: str, reference: Say) -> Markup:
    """Text of an app or a person; `reference` says what stands in angle brackets with `@`, `#` or `!` before it."""
    parts = FENCE.split(text.replace("\ue000", "").replace("\ue001", ""))
    shown = [_fence(part) if index % 2 else _lines(part, reference) for index, part in enumerate(parts)]
    return joined(shown)


def plain(text: str) -> Markup:
    """Plain text, in which only emoji are not what they are."""
    return finished(_pictures(str(escape(text))))


def link(url: str, text: str | Markup) -> Markup:
    """A link, if it leads where a link may lead."""
    if not url.startswith(SAFE):
        return escape(text)
    return tagged("a", text, href=url, target="_blank", rel="noopener noreferrer")


def _fence(text: str) -> Markup:
    return tagged("pre", drawn(escape(html.unescape(text))), tabindex=0)


def _lines(text: str, reference: Say) -> Markup:
    shown: list[Markup] = []
    for is_quote, lines in _grouped(text.split("\n")):
        inner = _inline("\n".join(lines), reference)
        shown.append(tagged("blockquote", inner) if is_quote else inner)
    return joined(shown)


def _grouped(lines: list[str]) -> list[tuple[bool, list[str]]]:
    groups: list[tuple[bool, list[str]]] = []
    for line in lines:
        is_quote = bool(QUOTED.match(line))
        if not groups or groups[-1][0] != is_quote:
            groups.append((is_quote, []))
        groups[-1][1].append(QUOTED.sub("", line) if is_quote else line)
    return groups


def _inline(text: str, reference: Say) -> Markup:
    kept: list[Markup] = []

    def keep(match: re.Match[str]) -> str:
        code, token = match.groups()
        kept.append(tagged("code", html.unescape(code)) if code else _token(token, reference))
        return f"\ue000{len(kept) - 1}\ue001"

    shown = str(escape(html.unescape(KEPT.sub(keep, text))))
    for style, tag in STYLES:
        shown = style.sub(rf"<{tag}>\1</{tag}>", shown)
    return finished(HOLE.sub(lambda hole: str(kept[int(hole[1])]), _pictures(shown)))


def _token(token: str, reference: Say) -> Markup:
    if token[0] in "@#!":
        return reference(token)
    url, _, words = token.partition("|")
    address = html.unescape(url)
    if not address.startswith(SAFE):
        return escape(html.unescape(f"<{token}>"))
    return link(address, html.unescape(words) or address.removeprefix("mailto:"))


def _pictures(text: str) -> str:
    return EMOJI.sub(lambda match: emoji(match[1]), text)
