"""The stage of the cycle: by both doors, with a channel for its page."""

from collections.abc import Iterator

import pytest

from tests.handlers.conftest import ALL
from tests.stage import Stage, staged


@pytest.fixture(params=["http", "socket"])
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    with staged(database_url, request.param) as stage:
        stage.sb.add_channel(ALL, list(stage.people.values()))
        yield stage
