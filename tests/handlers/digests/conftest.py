"""The stage of the digests: over HTTP, with a channel for both teams."""

from collections.abc import Iterator

import pytest

from tests.handlers.conftest import ALL
from tests.stage import Stage, staged


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """The bot over HTTP, with a channel for both teams."""
    with staged(database_url, "http") as stage:
        stage.sb.add_channel(ALL, list(stage.people.values()))
        yield stage
