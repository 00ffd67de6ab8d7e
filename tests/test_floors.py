"""The floors of the building: imports go down only, and what one place alone may do, no other does."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.places import ROOT

FLOORS = ("models", "handlers", "bot")
NOT_FOR_MODELS = {"slack_sdk", "slack_bolt", "apscheduler", "dotenv", "starlette", "uvicorn", "httpx", "os", "time"}
CLOCK_CALLS = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now"),
    *("datetime.datetime.utcnow", "datetime.date.today", "time.time", "time.time_ns", "time.localtime", "time.gmtime"),
}
TESTED_ABOVE = 60
DATABASE_CLOCKS = {"func.now", "func.current_timestamp", "func.localtimestamp"}
# Where a deal's state and a cycle's step are assigned, by attribute and by the row that is born with it.
ASSIGNMENTS = {
    ("state", "Deal"): {"models/deals/transitions.py": {"advance"}, "models/deals/proposing.py": {"propose_deal"}},
    ("step", "Cycle"): {"models/sop/transitions.py": {"advance"}},
}


class Module(NamedTuple):
    """A file of the project, with its syntax tree."""

    path: str
    tree: ast.Module
    lines: int

    @property
    def imports(self) -> set[str]:
        """Everything that it imports, wherever it stands in the file."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
        return found

    @property
    def packages(self) -> set[str]:
        """The top packages among its imports."""
        return {name.split(".")[0] for name in self.imports}

    @property
    def place(self) -> PurePosixPath:
        """Its path, to be taken apart."""
        return PurePosixPath(self.path)

    @property
    def words(self) -> set[str]:
        """The dotted names that it uses."""
        return words_in(self.tree)


@cache
def words_in(tree: ast.Module) -> set[str]:
    return {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def modules(*packages: str) -> list[Module]:
    paths = sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))
    assert paths
    return [module(path) for path in paths]


@cache
def module(path: Path) -> Module:
    text = path.read_text()
    return Module(path.relative_to(ROOT).as_posix(), ast.parse(text), text.count("\n"))


def test_contracts_of_the_linter_are_kept(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_imports_go_down_only() -> None:
    for height, floor in enumerate(FLOORS):
        above = {*FLOORS[height + 1 :], "tests"}
        assert {m.path: m.packages & above for m in modules(floor) if m.packages & above} == {}


def test_models_know_neither_slack_nor_scheduler_nor_environment() -> None:
    assert {m.path: m.packages & NOT_FOR_MODELS for m in modules("models") if m.packages & NOT_FOR_MODELS} == {}


def test_sandbox_knows_nothing_of_its_guests() -> None:
    guests = {*FLOORS, "tests"}
    assert {m.path: m.packages & guests for m in modules("sandbox") if m.packages & guests} == {}


def test_only_the_command_line_opens_the_sandbox() -> None:
    found = [m.path for m in modules(*FLOORS) if "sandbox" in m.packages]
    assert [path for path in found if not path.startswith("bot/cli/")] == []


def test_only_the_clock_reads_the_time() -> None:
    asked = CLOCK_CALLS | DATABASE_CLOCKS
    found = {m.path: m.words & asked for m in modules(*FLOORS) if m.words & asked}
    assert found == {"bot/clock.py": {"datetime.now"}}
    assert [m.path for m in modules(*FLOORS) if "time.time" in m.imports] == []


def test_only_the_settings_read_the_environment() -> None:
    environment = {"os.environ", "os.getenv", "os.environb"}
    assert [m.path for m in modules(*FLOORS) if (m.words | m.imports) & environment] == ["bot/config.py"]


@pytest.mark.parametrize(("attribute", "row"), ASSIGNMENTS)
def test_what_a_table_of_transitions_holds_is_assigned_where_it_is_asked(attribute: str, row: str) -> None:
    found: dict[str, set[str]] = {}
    for module in modules(*FLOORS):
        for name in _assigning(module.tree, attribute, row):
            found.setdefault(module.path, set()).add(name)
    assert found == ASSIGNMENTS[attribute, row]


def _assigning(tree: ast.Module, attribute: str, row: str) -> Iterator[str]:
    """Functions that assign an attribute, set it by name, write it with an UPDATE, or give it to a new row."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (function.name for node in ast.walk(function) if _assigns(node, attribute, row))


def _assigns(node: ast.AST, attribute: str, row: str) -> bool:
    match node:
        case ast.Attribute(attr=name, ctx=ast.Store()):
            return name == attribute
        case ast.Call(func=ast.Name(id="setattr"), args=[_, ast.Constant(value=name), *_]):
            return bool(name == attribute)
        case ast.Call(func=ast.Attribute(attr="values") | ast.Name(id=_), keywords=keywords):
            is_new = isinstance(node.func, ast.Name) and node.func.id != row
            return not is_new and any(keyword.arg == attribute for keyword in keywords)
    return False


def test_every_subject_has_tests_in_a_folder_of_its_name() -> None:
    folders = {str(m.place.parent) for m in modules(*FLOORS) if "migrations" not in m.path}
    assert [folder for folder in sorted(folders) if not list((ROOT / "tests" / folder).rglob("test_*.py"))] == []


def test_every_module_of_some_size_has_a_test_module_of_its_name() -> None:
    """Migrations are tested as a whole (what they make is what the models say), a package by its modules."""
    named = [
        module for module in modules(*FLOORS) if "migrations" not in module.path and module.place.stem != "__init__"
    ]
    large = [module.place for module in named if module.lines > TESTED_ABOVE]
    tested = {path.relative_to(ROOT / "tests").as_posix() for path in (ROOT / "tests").rglob("test_*.py")}
    assert [str(place) for place in large if str(place.parent / f"test_{place.name}") not in tested] == []
