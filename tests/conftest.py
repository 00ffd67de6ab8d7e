"""What every test shares: both databases, and a small named world."""

import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import product
from pathlib import Path
from typing import Any
from uuid import uuid4
from zlib import crc32

import pytest
from _pytest.nodeid import coerce_node_id
from sqlalchemy import Engine, create_engine, make_url, text

from bot.database import Database
from tests.locks import ORDERS, cycles, watch
from tests.postgres import COPYING, postgres_url
from tests.stage import DOORS, Stage, staged
from tests.templates import begun
from tests.untouched import forget, untouched
from tests.warm import keep_what_is_loaded, warm_up
from tests.world import World

warm_up()
watch()

KINDS = ("sqlite", "postgresql")
TESTS = Path(__file__).parent
THROUGH_THE_DOOR = {"handlers", "docs"}
TEMPLATES: dict[tuple[str, bool], str] = {}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever uses a database runs on both."""
    if "database_kind" in metafunc.fixturenames:
        metafunc.parametrize("database_kind", KINDS, indirect=True, scope="session")


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database_url(
    request: pytest.FixtureRequest, database_kind: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A migrated database of its own for each test, with the company in it where the test asks for the world."""
    url, remove = copied(database_kind, tmp_path_factory, has_world="world" in request.fixturenames)
    yield url
    remove()


def copied(kind: str, folders: pytest.TempPathFactory, *, has_world: bool) -> tuple[str, Callable[[], None]]:
    """A copy of the template, and how it goes away."""
    template = _template(kind, folders, has_world=has_world)
    if kind == "sqlite":
        copy = folders.mktemp("database") / "belay.db"
        shutil.copy(template.removeprefix("sqlite:///"), copy)
        return f"sqlite:///{copy}", partial(shutil.rmtree, copy.parent, ignore_errors=True)
    name = f"belay_{uuid4().hex}"
    # Files that are copied in memory cost a third of pages that are written to the log.
    url = _on_server(f"CREATE DATABASE {name} TEMPLATE {make_url(template).database} {COPYING}", name)
    return url, partial(_drop, name)


def _template(kind: str, folders: pytest.TempPathFactory, *, has_world: bool) -> str:
    """A database to be copied; made once, although tests go from one kind to the other and back."""
    if (kind, has_world) not in TEMPLATES:
        name = f"belay_template_{uuid4().hex}"
        if kind == "sqlite":
            url = begun(f"sqlite:///{folders.mktemp('template') / 'belay.db'}")
        else:
            url = _on_server(f"CREATE DATABASE {name}", name)
        database = Database(url)
        database.migrate()
        if has_world:
            World.furnish(database)
        database.close()
        TEMPLATES[kind, has_world] = url
    return TEMPLATES[kind, has_world]


@pytest.fixture
def database(
    request: pytest.FixtureRequest, database_kind: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A migrated database; the one of the test before where that has left the world as it was."""
    if "world" in request.fixturenames and "database_url" not in request.fixturenames:
        with untouched(database_kind, partial(copied, database_kind, tmp_path_factory, has_world=True)) as database:
            yield database
        return
    database = Database(request.getfixturevalue("database_url"))
    yield database
    database.close()


def _drop(name: str) -> None:
    _on_server(f"DROP DATABASE {name} WITH (FORCE)", name)


@cache
def _server() -> Engine:
    return create_engine(postgres_url(), isolation_level="AUTOCOMMIT")


def _on_server(statement: str, name: str) -> str:
    server = _server()
    with server.connect() as connection:
        connection.execute(text(statement))
    return server.url.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    """The small company that every test shares, and a session to look at it; what a test does is taken back."""
    with World.attempt(database) as world:
        yield world


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Function]) -> None:
    """What is made once for several tests is made in one process: for a file that plays a story, for the large world.

    All other tests go to whichever process is free. What goes through the bot's listeners runs through one of the doors
    and on one of the databases, by turns: rows and locks are tested on both, where they are written.
    """
    if config.getoption("pairs") == "by turns":
        items[:] = [item for item in items if _has_its_turn(item)]
    for item in items if getattr(config.option, "loadgroup", False) else []:
        fixtures = item._fixtureinfo.name2fixturedefs
        is_shared = any(made[-1].scope in {"module", "class"} for made in fixtures.values())
        group = "large" if "large" in fixtures else item.path.name if is_shared else ""
        if group:
            # As xdist 3.8 says it for its marks, on an attribute that pytest 9.2 no longer reads.
            item._id = coerce_node_id(f"{item.nodeid}@{group}")
            assert item.nodeid.endswith(group)


def _has_its_turn(item: pytest.Function) -> bool:
    chosen = item.callspec.params if hasattr(item, "callspec") else {}
    if "database_kind" not in chosen or item.path.parts[len(TESTS.parts)] not in THROUGH_THE_DOOR:
        return True
    ways = list(product(DOORS if "stage" in chosen else ("",), KINDS))
    name = re.sub("|".join((*DOORS, *KINDS)), "", item.nodeid)
    turn = crc32(name.encode()) % len(ways)
    of_turn = ways[turn], ways[-1 - turn] if item.get_closest_marker("both_ways") else ways[turn]
    return (chosen.get("stage", ""), chosen["database_kind"]) in of_turn


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--pairs=all`: every test through both doors and on both databases, which takes half as long again."""
    parser.addoption("--pairs", choices=("by turns", "all"), default="by turns")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process of tests hands on in which orders it saw tables locked; where they disagree, the tests have failed."""
    forget()
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["orders"] = {table: sorted(after) for table, after in ORDERS.items()}
    elif cycles(ORDERS):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What a process has handed on."""
    for table, after in getattr(node, "workeroutput", {}).get("orders", {}).items():
        ORDERS[table].update(after)


def pytest_collection_finish() -> None:
    """Before the first test of a process."""
    keep_what_is_loaded()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests ran on each database."""
    passed = [report.nodeid for report in terminalreporter.stats.get("passed", [])]
    counts = ", ".join(
        f"{sum(f'[{kind}' in name or f'-{kind}' in name for name in passed)} on {kind}" for kind in KINDS
    )
    terminalreporter.write_line(f"database tests passed: {counts}")
    for cycle in cycles(ORDERS):
        terminalreporter.write_line(f"FAILED: tables are locked in more than one order: {' → '.join(cycle)}", red=True)


@pytest.fixture(params=DOORS)
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    """The whole bot on the sandbox, through each of Slack's doors, on each database."""
    with staged(database_url, request.param) as stage:
        yield stage
