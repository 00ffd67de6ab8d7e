"""The markdown block: the part of Markdown that apps write in messages, escaped before anything else."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from sandbox.browser.markup import finished, joined, tagged
from sandbox.browser.mrkdwn import link

CODE = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
STYLES = [
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__"), "strong"),
    (re.compile(r"(?<!\w)\*(?=\S)([^*]+?)(?<=\S)\*(?!\w)|(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)"), "em"),
    (re.compile(r"~~(?=\S)(.+?)(?<=\S)~~"), "s"),
]
KINDS = [
    ("heading", re.compile(r"(#{1,6})\s+(.*)")),
    ("ul", re.compile(r"\s*[-*+]\s+(.*)")),
    ("ol", re.compile(r"\s*\d+[.)]\s+(.*)")),
    ("blockquote", re.compile(r">\s?(.*)")),
    ("hr", re.compile(r"(?:-{3,}|\*{3,})\s*$")),
]
HOLE = re.compile("\ue000(\\d+)\ue001")


def markdown(text: str) -> Markup:
    """A text in Markdown as HTML."""
    shown: list[Markup] = []
    for index, part in enumerate(re.split(r"^```\w*\n(.*?)\n?```$", text, flags=re.DOTALL | re.MULTILINE)):
        shown += [tagged("pre", part, tabindex=0)] if index % 2 else list(_blocks(part))
    return joined(shown)


def _blocks(text: str) -> Iterator[Markup]:
    for kind, lines in _grouped(text.split("\n")):
        inner = [_inline(line) for line in lines]
        if kind in {"ul", "ol"}:
            yield tagged(kind, joined(tagged("li", line) for line in inner))
        elif kind == "hr":
            yield Markup("<hr>")
        elif kind == "heading":
            yield tagged("p", inner[0], class_="heading")
        elif lines[0]:
            yield tagged(kind, Markup("<br>").join(inner))


def _grouped(lines: list[str]) -> list[tuple[str, list[str]]]:
    groups: list[tuple[str, list[str]]] = []
    for line in lines:
        kind, words = _kind(line)
        if not groups or groups[-1][0] != kind or kind in {"heading", "empty"}:
            groups.append((kind, []))
        groups[-1][1].append(words)
    return groups


def _kind(line: str) -> tuple[str, str]:
    if not line.strip():
        return "empty", ""
    for kind, pattern in reversed(KINDS):
        if match := pattern.match(line):
            return kind, match.groups()[-1] if match.groups() else ""
    return "p", line


def _inline(text: str) -> Markup:
    kept: list[Markup] = []

    def keep(shown: Markup) -> str:
        kept.append(shown)
        return f"\ue000{len(kept) - 1}\ue001"

    text = CODE.sub(lambda match: keep(tagged("code", match[1])), HOLE.sub("", text))
    shown = str(escape(LINK.sub(lambda match: keep(link(match[2], match[1])), text)))
    for style, tag in STYLES:
        shown = _styled(shown, style, tag)
    return finished(HOLE.sub(lambda hole: str(kept[int(hole[1])]), shown))


def _styled(text: str, style: re.Pattern[str], tag: str) -> str:
    return style.sub(lambda match: f"<{tag}>{next(filter(None, match.groups()))}</{tag}>", text)
