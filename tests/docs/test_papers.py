"""What the papers for whoever changes the code name is there, and where they say."""

import re
from pathlib import Path

import pytest

from handlers.digests.messages import POSTINGS
from models.api.webhooks import Event
from models.digests.schedules import Digest

ROOT = Path(__file__).parents[2]
CODE = [path for folder in ("bot", "handlers", "models", "sandbox", "tests") for path in (ROOT / folder).rglob("*.py")]
PAPERS = ("CONTRIBUTING.md", "docs/architecture.md")
# "`WHO` in `models/deals/who_may.py`" and "`bot/heartbeat.py: CHORES`"
NAMED = re.compile(r"`(?P<name>\w+)` in\s+`(?P<path>[\w/]+\.py)`|`(?P<where>[\w/]+\.py): (?P<what>\w+)`")


def definitions(path: str, name: str) -> list[Path]:
    """The modules of that path, or whose path ends so, that define a name."""
    defined = re.compile(rf"^\s*(?:def|class) {name}\b|^{name}\b.*=", re.MULTILINE)
    return [
        each for each in CODE if f"/{each.relative_to(ROOT)}".endswith(f"/{path}") and defined.search(each.read_text())
    ]


@pytest.mark.parametrize("paper", PAPERS)
def test_modules_that_are_named_exist(paper: str) -> None:
    named = set(re.findall(r"`([\w/]+\.py)[`:]", (ROOT / paper).read_text()))
    assert len(named) > 5
    assert [path for path in named if not any(f"/{each.relative_to(ROOT)}".endswith(f"/{path}") for each in CODE)] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_names_are_defined_where_it_is_said(paper: str) -> None:
    found = [(m["name"] or m["what"], m["path"] or m["where"]) for m in NAMED.finditer((ROOT / paper).read_text())]
    assert len(found) > 5
    assert [(name, path) for name, path in found if not definitions(path, name)] == []


def test_events_of_webhooks_are_all_explained() -> None:
    text = (ROOT / "docs" / "api.md").read_text()
    assert [event.value for event in Event if f"`{event.value}`" not in text] == []


def test_digests_are_all_posted() -> None:
    assert set(POSTINGS) == set(Digest)
