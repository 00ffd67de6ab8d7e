"""`make chaos`: people of two workspaces work while processes die, the database restarts and Slack fails.

`python -m tests.chaos [seconds] [seed]`. What should be 0 is printed last of each run; without a safeguard it is not.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import sandbox.clock
from tests.chaos.audit import Figures, audit
from tests.chaos.people import Crowd
from tests.chaos.town import opened
from tests.postgres import fresh_database, restart

SECONDS = 150.0
# A bot dies, and now and then the database, every so many seconds.
KILLED_EVERY = 7.0
RESTARTED_EVERY = 4


@dataclass(frozen=True)
class Run:
    """Which database, how many bots, and what is switched off."""

    name: str
    bots: int
    url: Callable[[Path], str]
    restart: Callable[[], None]
    switched_off: Sequence[str] = ()


def run(chosen: Run, *, seconds: float, seed: int) -> Figures:
    """Let everything happen for a while, and look."""
    with (
        tempfile.TemporaryDirectory() as home,
        opened(
            Path(home), chosen.url(Path(home)), bots=chosen.bots, seed=seed, switched_off=chosen.switched_off
        ) as town,
    ):
        crowds = {
            team: Crowd(sandbox, tag, seed)
            for (team, sandbox), tag in zip(town.sandboxes.items(), ("North", "South"), strict=True)
        }
        for crowd in crowds.values():
            crowd.begin()
        until, number = time.monotonic() + seconds, 0
        while time.monotonic() + KILLED_EVERY < until:
            time.sleep(KILLED_EVERY)
            number += 1
            if number % RESTARTED_EVERY == 0:
                chosen.restart()
            town.kill()
        time.sleep(max(0.0, until - time.monotonic()))
        for crowd in crowds.values():
            crowd.stop()
        town.finish()
        return audit(town, crowds)


def nothing() -> None:
    """A file has no server to restart."""


POSTGRES = Run("two bots on PostgreSQL", 2, lambda _: fresh_database(), restart)
SQLITE = Run("one bot on SQLite", 1, lambda home: f"sqlite:///{home / 'belay.db'}", nothing)
WITHOUT = {
    "reconciliation": ("messages doubled", Run("without reconciliation", 2, POSTGRES.url, nothing, ["reconciliation"])),
    "locks": ("oversold", Run("without locks", 2, POSTGRES.url, nothing, ["locks"])),
}


# When the day is over, what waits takes longer to arrive than the sandbox would wait for.
PATIENCE = 280.0
MOST_TURNS = 3


def main() -> int:
    """Both databases; then once without each safeguard, which has to show."""
    sandbox.clock.TURN_TIMEOUT = PATIENCE
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    print(f"seed {seed}, {seconds:.0f} seconds each")
    is_right = True
    for chosen in (POSTGRES, SQLITE):
        figures = run(chosen, seconds=seconds, seed=seed)
        print(f"{chosen.name}:", *figures.lines(), sep="\n  ", flush=True)
        is_right = is_right and figures.is_right
    for figure, chosen in WITHOUT.values():
        shown = 0
        # It is chance that two meet: what does not show at once does so soon.
        for turn in range(MOST_TURNS):
            if not shown:
                shown = run(chosen, seconds=seconds / 2, seed=seed + turn).wrong[figure]
        print(f"{chosen.name}: {figure} {shown}", flush=True)
        is_right = is_right and shown > 0
    print("as it should be" if is_right else "NOT as it should be")
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())
