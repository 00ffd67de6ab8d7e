"""Four processes that make what is due, and are killed at random.

`python -m tests.models.digests.schedule_worker URL DAYS`: business time goes on from the world's Monday by a day for
each of them that is killed; prints how many were. They are forked from one that has imported everything, so that they
live longer than they take to start; each opens the database by itself.
"""

import argparse
import os
import random
import signal
import time
from ctypes import c_int
from datetime import timedelta
from multiprocessing.sharedctypes import RawValue
from typing import Any

from sqlalchemy import func, select

from bot.database import Database
from models import tables
from models.base.errors import Busy
from models.digests import schedules
from tests.world import NOW

PROCESSES = 4
PATIENCE_SECONDS = 60.0


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("url")
    arguments.add_argument("days", type=int)
    given = arguments.parse_args()
    assert tables.METADATA.tables
    # However long all of them are dead: here each is to be posted.
    schedules.TOO_LATE = timedelta(days=1000)
    today, chance = RawValue(c_int, 0), random.Random(7)
    living, kills = [start(given.url, today) for _ in range(PROCESSES)], 0
    for day in range(1, given.days + 1):
        today.value = day
        time.sleep(chance.uniform(0, 0.1))
        victim = chance.randrange(PROCESSES)
        kill(living[victim])
        living[victim] = start(given.url, today)
        kills += 1
    wait_until_made(given.url, given.days)
    for process in living:
        kill(process)
    print(kills)


def start(url: str, today: Any) -> int:
    """A process of its own that does nothing but make what is due, as soon as it is."""
    process = os.fork()
    if process:
        return process
    database, done = Database(url), 0
    while True:
        day = today.value
        if day == done:
            time.sleep(0.001)
            continue
        try:
            with database.writing() as session:
                schedules.make_due(session, now=NOW + timedelta(days=day))
        except Busy:
            continue
        done = day


def wait_until_made(url: str, count: int) -> None:
    """Give the processes time for what they were kept from; the test sees what is missing."""
    database, ends = Database(url), time.monotonic() + PATIENCE_SECONDS
    made, is_there = select(func.count(schedules.Occurrence.id)), False
    while not is_there and time.monotonic() < ends:
        time.sleep(0.01)
        with database.reading() as session:
            is_there = (session.scalar(made) or 0) >= count
    database.close()


def kill(process: int) -> None:
    """At once, whatever it is doing."""
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


if __name__ == "__main__":
    main()
