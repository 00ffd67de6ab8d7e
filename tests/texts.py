"""Which strings of the code people read: what stands outside the catalogue is found by how it looks and where it is."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.places import ROOT

MARKS = {"_", "N_", "ngettext"}
# Two words, or one that begins as a sentence does, or ends as one.
TEXT = re.compile(r"[A-Za-z]{2,}[.…?!:,;]?( |$)| [a-z]{2,}|^[A-Z][a-z]+")
CODE = re.compile(
    r"[a-z_.\-/0-9:|#]+|[A-Z0-9_]+|.*(?:\\[bsdw]|\(\?).*|[a-z]+[.:]\{\}.*|.*\.(?:xlsx|csv|gz|im|toml)|&\w+;|.*_file"
    r"|(?:sheet|column|answer|Bearer )\{\}|\{\}ies|en-US|belay 1|MMM d|asked by |sheet —"
)
# Names, which are the same in every language.
NAMES = {"Belay", "S&OP", "{} UTC"}
# What is never shown: what a machine reads, a log, what only a programmer gets to see, and words to type.
SILENT = {
    *("get", "pop", "setdefault", "startswith", "endswith", "removeprefix", "removesuffix", "split", "partition"),
    *("rpartition", "strip", "rstrip", "lstrip", "encode", "decode", "strftime", "add", "literal", "getattr"),
    *("compile", "fullmatch", "match", "search", "sub", "format_skeleton", "Decimal", "Locale", "Code", "Call"),
    *("getLogger", "debug", "info", "warning", "error", "exception", "log"),
    *("ValueError", "TypeError", "KeyError", "RuntimeError", "AssertionError"),
    *("relationship", "mapped_column", "ForeignKey", "UniqueConstraint", "CheckConstraint", "Index", "String"),
    *("TypeVar", "cast", "block", "block_id", "action_id", "Path"),
}
SILENT_KEYWORDS = {
    *("command", "field", "event", "key", "value", "type", "mode", "style", "align", "loc", "color", "action_id"),
    *("block_id", "callback", "way_on", "order_by", "cascade", "foreign_keys", "primaryjoin", "lazy", "secondary"),
    *(
        "back_populates",
        "remote_side",
        "examples",
        "format",
        "filename",
        "media_type",
        "content_type",
        "encoding",
        "shortcut",
    ),
}
# No messages of Slack: words that are looked for in what people bring, names of columns of files that others read,
# what the API documents, and what is logged or stored.
NOT_SHOWN = {
    "handlers/api": "in English, as HTTP itself: what is said in Slack of tokens and webhooks is looked at",
    "handlers/deals/export.py": "columns of a file that other programs read",
    "handlers/deals/history_files.py": "columns of a file that other programs read",
    "handlers/sop/page_files.py": "columns of a file that other programs read",
    "handlers/deals/thread_words.py": "words that are looked for",
    "handlers/slack/ids.py": "names of buttons and forms",
    "handlers/slack/payloads.py": "what Slack sends",
    "models/base/language.py": "languages by what they are called in themselves",
    "models/migrations": "tables",
    "models/setup/company_sheets.py": "words that are looked for",
    "models/setup/company_lots.py": "words that are looked for",
    "models/sheets/heads.py": "words that are looked for",
    "models/words": "words that are looked for; what is said of them goes the way of all sentences",
}
SHOWN_ALL_THE_SAME = {"access", "drafts", "tokens", "tokens_view", "webhooks", "webhooks_view"}


@dataclass
class Source:
    """A module, and what stands around each of its strings."""

    path: Path

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.path.read_text())

    @cached_property
    def around(self) -> dict[ast.AST, ast.AST]:
        """What each node stands in."""
        return {inner: node for node in ast.walk(self.tree) for inner in ast.iter_child_nodes(node)}

    def unmarked(self) -> Iterator[str]:
        """Texts outside the catalogue, with their lines."""
        for node in ast.walk(self.tree):
            text = literal(node)
            if text is not None and is_text(text) and not self._is_silent(node):
                yield f"{self.path.relative_to(ROOT)}:{node.lineno}: {text}"  # type: ignore[attr-defined]

    def marked(self) -> Iterator[str]:
        """Texts that are said to be in the catalogue, wherever they stand."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
                text = literal(node.args[0])
                if text:
                    yield text

    def _is_silent(self, node: ast.AST) -> bool:
        inner = node
        while (outer := self.around.get(inner)) is not None:
            if isinstance(outer, ast.Expr | ast.Compare | ast.JoinedStr | ast.MatchValue):
                # A docstring, what something is compared with, a part of what is looked at as a whole.
                return isinstance(outer, ast.Expr | ast.Compare | ast.MatchValue) or isinstance(inner, ast.Constant)
            if _is_a_key(inner, outer) or _is_an_annotation(inner, outer) or _is_called_silently(inner, outer):
                return True
            if isinstance(outer, ast.stmt):
                return isinstance(outer, ast.FunctionDef | ast.ClassDef) and inner in outer.decorator_list
            inner = outer
        return False


def literal(node: ast.AST) -> str | None:
    """The text of a string, with empty holes; None of what is none."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def is_text(text: str) -> bool:
    """Whether it looks like something that a person reads."""
    words = text.replace("{}", " ")
    return (
        bool(TEXT.search(words))
        and bool(re.search(r"[A-Za-z]{2}", words))
        and not CODE.fullmatch(text)
        and text not in NAMES
    )


def all_modules() -> Iterator[Source]:
    """The modules that may say something to people."""
    for path in sorted((*(ROOT / "handlers").rglob("*.py"), *(ROOT / "models").rglob("*.py"))):
        yield Source(path)


def shown_modules() -> Iterator[Source]:
    """The modules whose texts people read in Slack."""
    for source in all_modules():
        path = source.path
        name = path.relative_to(ROOT).as_posix()
        if path.name == "__init__.py":
            continue
        hidden = any(name == place or name.startswith(f"{place}/") for place in NOT_SHOWN)
        if not hidden or (path.parent.name == "api" and path.stem in SHOWN_ALL_THE_SAME):
            yield source


def _is_a_key(inner: ast.AST, outer: ast.AST) -> bool:
    if isinstance(outer, ast.Subscript):
        return inner is outer.slice
    return isinstance(outer, ast.Dict) and inner in outer.keys


def _is_an_annotation(inner: ast.AST, outer: ast.AST) -> bool:
    if isinstance(outer, ast.FunctionDef):
        return inner is outer.returns
    return isinstance(outer, ast.arg | ast.AnnAssign) and inner is outer.annotation


def _is_called_silently(inner: ast.AST, outer: ast.AST) -> bool:
    if isinstance(outer, ast.keyword):
        return outer.arg in SILENT_KEYWORDS
    if not isinstance(outer, ast.Call) or inner is outer.func:
        return False
    function = outer.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in SILENT | MARKS
