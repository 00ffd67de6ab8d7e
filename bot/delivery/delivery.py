"""From the outbox to Slack: never lost, in the order of each channel; a slow channel holds no other up."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime

from slack_sdk import WebClient

from bot.clock import Clock
from bot.database import Database
from bot.delivery.attempts import Attempt
from bot.delivery.files import share_file
from bot.delivery.outcomes import Kind, Outcome
from bot.delivery.searches import search_ways
from bot.delivery.sending import Sender
from bot.delivery.twins import remove_twins
from bot.installations import Place
from handlers.rendering import FILES
from handlers.slack.context import Work
from models.base.errors import Busy
from models.workspace.outbox import News, claim, next_due

log = logging.getLogger("belay.delivery")
# How many messages may be on their way at a time, how long the next one waits for the one before it, and how long
# a beat delivers before it looks at the clock again: all in seconds of the machine.
LINES = 8
PATIENCE = 0.5
A_WHILE = 5.0
# What breaks each time is given up, and an admin sees it.
MOST_TRIES = 10


class Delivery:
    """Sends what the outbox holds; several processes may, each row is one's at a time."""

    def __init__(
        self, database: Database, clock: Clock, client_for: Callable[[Place], WebClient], work: Work | None = None
    ) -> None:
        self._database, self._clock, self._client_for = database, clock, client_for
        self._work = work or Work()
        self._sender = Sender(database, clock)
        self._lines = ThreadPoolExecutor(LINES, thread_name_prefix="delivery")
        self._under_way: set[Future[None]] = set()

    @property
    def is_under_way(self) -> bool:
        """Whether something is being sent now."""
        self._under_way = {line for line in self._under_way if not line.done()}
        return bool(self._under_way)

    def deliver_all(self) -> None:
        """Send everything that is due, one by one; what Slack takes long over goes on beside the rest."""
        until = time.monotonic() + A_WHILE
        while time.monotonic() < until:
            is_slow = self.is_under_way
            if len(self._under_way) < LINES and self._begin_next(is_waited_for=not is_slow):
                continue
            if not self._under_way or not wait(self._under_way, PATIENCE, FIRST_COMPLETED).done:
                return

    def next_due(self) -> datetime | None:
        """When the next row may be sent."""
        with self._database.reading() as session:
            return next_due(session)

    def stop(self) -> None:
        """Let what is on its way arrive, and begin nothing more."""
        self._lines.shutdown(wait=True)

    def _begin_next(self, *, is_waited_for: bool) -> bool:
        self._work.let_people_go_first()
        # The attempt is on record before the call: whoever comes after a crash knows that it may have arrived.
        with self._database.writing() as session:
            row = claim(session, now=self._clock.read().now)
            if row is None:
                return False
            kind, place = row.kind, Place.of(row.workspace)
            attempt = Attempt(self._database, self._clock, row.id, row.attempts)
        line = self._lines.submit(self._deliver, attempt, kind, place)
        self._under_way.add(line)
        if is_waited_for:
            wait([line], PATIENCE)
        return True

    def _deliver(self, attempt: Attempt, kind: News, place: Place) -> None:
        try:
            if kind == News.WAYS:
                search_ways(attempt)
            elif kind == News.TWINS:
                remove_twins(attempt, self._client_for(place))
            elif kind in FILES:
                share_file(attempt, self._client_for(place))
            else:
                self._sender.send(attempt, self._client_for(place))
        except Busy:
            log.warning("row %s: the database was busy; its lease runs out, and it is looked for", attempt.key)
        except Exception as unforeseen:
            log.exception("row %s broke", attempt.key)
            attempt.again(Outcome(Kind.UNKNOWN, type(unforeseen).__name__), most=MOST_TRIES)
