"""A minute of chaos on both databases; `make chaos` takes ten, and switches safeguards off."""

import pytest

from tests.chaos.__main__ import POSTGRES, SQLITE, Run, run
from tests.postgres import postgres_url

# A bot that is slow beside other tests is not one that was killed.
SEED, GONE_AFTER = 13, 15.0


@pytest.mark.parametrize(("chosen", "seconds"), [(POSTGRES, 16.0), (SQLITE, 9.0)], ids=lambda value: str(value)[:20])
def test_nothing_is_lost_doubled_or_oversold(chosen: Run, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    # Other tests never give up a bot that is slow; here the clock waits for none that was killed.
    monkeypatch.setattr("sandbox.clock.FORGOTTEN_AFTER", GONE_AFTER)
    if chosen is POSTGRES:
        # Where there is none, this says so.
        postgres_url()
    figures = run(chosen, seconds=seconds, seed=SEED)
    assert figures.is_right, "\n".join(figures.lines())
