"""The race for the last units: from three processes, a thread for each deal, all let go at once.

`python -m tests.models.deals.race_worker DATABASE_URL [--without-lock] DEAL_ID…` prints what each thread was told: the
deal, and the kind and sentence of its refusal, if any. The processes are forked from one that has imported everything;
each opens the database by itself.
"""

import argparse
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing import get_context
from threading import Barrier
from typing import Any
from unittest.mock import patch

from sqlalchemy import create_engine

from bot.database import Database
from models.base.errors import Busy
from models.deals import deciding, terms
from models.deals.transitions import find_deal
from models.workspace.members import meet_member
from models.workspace.workspaces import the_workspace
from tests.world import NOW, user_id

LATER = NOW + timedelta(hours=1)
PROCESSES = 3
MOST_TRIES = 80
PAUSE_SECONDS = 0.05
PATIENCE_SECONDS = 60.0


class DatabaseWithoutLock(Database):
    """SQLite as its driver has it: a transaction begins with the first write, and nobody queues for it."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        if self.is_sqlite:
            # Its patience is longer than its own 5 s: on a slow computer whoever gives up would look again, and see.
            self.engine = create_engine(url, connect_args={"timeout": PATIENCE_SECONDS})

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        yield


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("url")
    arguments.add_argument("deals", nargs="+", type=int)
    arguments.add_argument("--without-lock", action="store_true")
    given = arguments.parse_args()
    pause_after_check()
    if given.without_lock:
        patch("models.deals.terms.lock_resources", lambda *_: None).start()
    opening = DatabaseWithoutLock if given.without_lock else Database
    fork = get_context("fork")
    gate, told = fork.Barrier(PROCESSES, timeout=PATIENCE_SECONDS), fork.SimpleQueue()
    shares = [given.deals[first::PROCESSES] for first in range(PROCESSES)]
    processes = [
        fork.Process(target=lambda share=share: told.put(race(opening(given.url), share, gate))) for share in shares
    ]
    for process in processes:
        process.start()
    print(json.dumps([one for _ in processes for one in told.get()]))


def race(database: Database, deal_ids: list[int], gate: Any) -> list[tuple[int, str, str]]:
    """A thread for each deal, let go when those of all processes are there."""
    together = Barrier(len(deal_ids), action=gate.wait, timeout=PATIENCE_SECONDS)
    with ThreadPoolExecutor(len(deal_ids)) as threads:
        told = {deal_id: threads.submit(approve, database, deal_id, together) for deal_id in deal_ids}
    database.close()
    refusals = {deal_id: future.exception() for deal_id, future in told.items()}
    return [(deal_id, type(e).__name__ if e else "", str(e or "")) for deal_id, e in refusals.items()]


def approve(database: Database, deal_id: int, gate: Barrier) -> None:
    """Press *Approve*, and once more when it is busy."""
    gate.wait()
    for attempt in range(MOST_TRIES):
        try:
            with database.writing() as session:
                workspace = the_workspace(session)
                deal = find_deal(workspace, deal_id)
                deciding.approve(deal, by=meet_member(workspace, user_id("Olga")), now=LATER, version=1)
        except Busy:
            if attempt == MOST_TRIES - 1:
                raise
        else:
            return


def pause_after_check() -> None:
    """Put a moment between the finding that a deal fits and its commitment, with the lock and without."""

    def check_and_pause(*deal: Any, **how: Any) -> terms.Checked:
        checked = terms.check_deal(*deal, **how)
        if checked.check.bottleneck is None:
            time.sleep(PAUSE_SECONDS)
        return checked

    patch("models.deals.deciding.check_deal", check_and_pause).start()


if __name__ == "__main__":
    main()
