"""The large world and the sandbox that shows it, built once for all tests of views."""

import re
from collections.abc import Iterator

import pytest
from slack_sdk import WebClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.manifest import manifest
from models.base.language import ENGLISH, LANGUAGES, language, reading
from models.workspace.members import Member
from sandbox.client import Sandbox
from sandbox.server import start
from tests.handlers.large import Large, large_world
from tests.handlers.shown import Slack
from tests.stage import PATIENCE
from tests.world import NOW

ALL = "sales-and-ops"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever Slack has to take as it is, it has to take in each language."""
    if "slack" in metafunc.fixturenames and re.search("accepted|limits", metafunc.function.__name__):
        metafunc.parametrize("reader", sorted(LANGUAGES), indirect=True)


@pytest.fixture(autouse=True)
def reader(request: pytest.FixtureRequest) -> Iterator[str]:
    """The language in which a test reads: English, where it is not told."""
    with reading(getattr(request, "param", ENGLISH)):
        yield language()


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that fails takes what it began back, so that it fails alone."""
    failed = request.session.testsfailed
    yield
    if request.session.testsfailed > failed and "large" in request.fixturenames:
        request.getfixturevalue("large").world.session.rollback()


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Large]:
    with large_world(tmp_path_factory.mktemp("large")) as made:
        yield made


@pytest.fixture
def session(large: Large) -> Iterator[Session]:
    """What a test changes in the large world is taken back: the world is everybody's."""
    with large.world.session.begin_nested() as attempt:
        yield large.world.session
        attempt.rollback()


@pytest.fixture(scope="session")
def sandbox(large: Large) -> Iterator[Slack]:
    """One sandbox for all; the app is installed, but nobody listens for it."""
    box = start(now=NOW)
    sb = Sandbox(box.url)
    sb.configure(trigger_seconds=PATIENCE, ack_seconds=PATIENCE)
    me = sb.add_person("Me")
    app = sb.install(manifest())
    channel = sb.add_channel("tents-ops", [me, app.bot_user_id])
    client = WebClient(token=app.bot_token, base_url=box.api_url, retry_handlers=[])
    members = frozenset(large.world.session.scalars(select(Member.user_id)))
    yield Slack(sb, client, me, channel, members, large.world.workspace.url or "none")
    sb.close()
    box.stop()


@pytest.fixture
def slack(sandbox: Slack) -> Slack:
    """The sandbox; what was violated before is not this test's, and neither is a form that another left open."""
    sandbox.violations()
    sandbox.view_id = ""
    return sandbox
