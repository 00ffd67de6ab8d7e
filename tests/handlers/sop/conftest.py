"""The stage of the cycle: by both doors, with a channel for its page."""

from collections.abc import Iterator

import pytest

from tests.handlers.conftest import ALL
from tests.handlers.desk import opened
from tests.handlers.sop.cycle_desk import PEOPLE, CycleDesk
from tests.stage import Stage, staged


@pytest.fixture(params=["http", "socket"])
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    with staged(database_url, request.param) as stage:
        stage.sb.add_channel(ALL, list(stage.people.values()))
        yield stage


@pytest.fixture
def desk(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[CycleDesk]:
    with opened(CycleDesk, database_url, PEOPLE, monkeypatch) as desk:
        yield desk
