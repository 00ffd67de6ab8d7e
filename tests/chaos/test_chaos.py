"""A minute of chaos on both databases; `make chaos` takes ten, and switches safeguards off."""

import pytest

from tests.chaos.__main__ import POSTGRES, SQLITE, Run, run
from tests.postgres import postgres_url

SEED = 13


@pytest.mark.parametrize(("chosen", "seconds"), [(POSTGRES, 16.0), (SQLITE, 9.0)], ids=lambda value: str(value)[:20])
def test_nothing_is_lost_doubled_or_oversold(chosen: Run, seconds: float) -> None:
    if chosen is POSTGRES:
        # Where there is none, this says so.
        postgres_url()
    figures = run(chosen, seconds=seconds, seed=SEED)
    assert figures.is_right, "\n".join(figures.lines())
