"""Four processes that make what is due, and are killed at random.

`python -m tests.schedule_worker URL DAYS SECONDS_A_DAY`: business time runs fast from the world's Monday on; prints how
many were killed. They are forked from one that has imported everything, so that they live longer than they take to
start; each opens the database by itself.
"""

import argparse
import os
import random
import signal
import time
from datetime import timedelta

from bot.database import Database
from models import tables
from models.base.errors import Busy
from models.digests import schedules
from tests.world import NOW

PROCESSES = 4


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("url")
    arguments.add_argument("days", type=int)
    arguments.add_argument("seconds_a_day", type=float)
    given = arguments.parse_args()
    assert tables.METADATA.tables
    # However long all of them are dead: here each is to be posted.
    schedules.TOO_LATE = timedelta(days=1000)
    began, chance = time.time(), random.Random(7)
    ends = began + (given.days + 1) * given.seconds_a_day
    living, kills = [start(given.url, began, given.seconds_a_day) for _ in range(PROCESSES)], 0
    while time.time() < ends:
        time.sleep(chance.uniform(0.02, 0.3))
        victim = chance.randrange(PROCESSES)
        kill(living[victim])
        living[victim] = start(given.url, began, given.seconds_a_day)
        kills += 1
    time.sleep(1)
    for process in living:
        kill(process)
    print(kills)


def start(url: str, began: float, seconds_a_day: float) -> int:
    """A process of its own that does nothing but make what is due."""
    process = os.fork()
    if process:
        return process
    database = Database(url)
    while True:
        now = NOW + timedelta(days=(time.time() - began) / seconds_a_day)
        try:
            with database.writing() as session:
                schedules.make_due(session, now=now)
        except Busy:
            continue
        time.sleep(0.002)


def kill(process: int) -> None:
    """At once, whatever it is doing."""
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


if __name__ == "__main__":
    main()
