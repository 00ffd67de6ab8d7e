"""From the outbox to Slack, and to webhooks: never lost, in the order of each channel; a slow one holds no other up."""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import contextmanager
from functools import partial

from slack_sdk import WebClient

from bot.clock import Clock
from bot.database import Database
from bot.delivery import webhooks
from bot.delivery.attempts import Attempt
from bot.delivery.files import share_file
from bot.delivery.lane import Lane
from bot.delivery.outcomes import Kind, Outcome
from bot.delivery.searches import search_ways
from bot.delivery.sending import Sender
from bot.delivery.twins import remove_twins
from bot.installations import Place
from handlers.rendering import FILES
from handlers.slack.context import Work
from models.base.errors import Busy
from models.workspace.outbox import News, Outbox

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
        self,
        database: Database,
        clock: Clock,
        client_for: Callable[[Place], WebClient],
        work: Work | None = None,
        *,
        has_private_webhooks: bool = False,
    ) -> None:
        self._client_for = client_for
        self._work = work or Work()
        self._sender = Sender(database, clock)
        hooks = partial(_tell, may_be_private=has_private_webhooks)
        self._lanes = (
            Lane(database, clock, self._deliver, lambda _: Outbox.kind != News.WEBHOOK, size=LINES, patience=PATIENCE),
            Lane(database, clock, hooks, webhooks.not_too_many, size=LINES, patience=0),
        )

    @property
    def is_under_way(self) -> bool:
        """Whether something is being sent now."""
        return any(lane.under_way for lane in self._lanes)

    def deliver_all(self) -> None:
        """Send everything that is due, one by one; what takes long goes on beside the rest."""
        until = time.monotonic() + A_WHILE
        while time.monotonic() < until:
            self._work.let_people_go_first()
            begun = [lane.begin_next() for lane in self._lanes]
            if any(begun):
                continue
            under_way = set().union(*(lane.under_way for lane in self._lanes))
            if not under_way or not wait(under_way, PATIENCE, FIRST_COMPLETED).done:
                return

    def stop(self) -> None:
        """Let what is on its way arrive, and begin nothing more."""
        for lane in self._lanes:
            lane.stop()

    def _deliver(self, attempt: Attempt, kind: News, place: Place) -> None:
        with _not_lost(attempt):
            if kind == News.WAYS:
                search_ways(attempt)
            elif kind == News.TWINS:
                remove_twins(attempt, self._client_for(place))
            elif kind in FILES:
                share_file(attempt, self._client_for(place))
            else:
                self._sender.send(attempt, self._client_for(place))


def _tell(attempt: Attempt, _kind: News, _place: Place, *, may_be_private: bool) -> None:
    with _not_lost(attempt):
        webhooks.tell(attempt, may_be_private=may_be_private)


@contextmanager
def _not_lost(attempt: Attempt) -> Iterator[None]:
    """What breaks is tried again, and given up after a while."""
    try:
        yield
    except Busy:
        log.warning("row %s: the database was busy; its lease runs out, and it is looked for", attempt.key)
    except Exception as unforeseen:
        log.exception("row %s broke", attempt.key)
        attempt.again(Outcome(Kind.UNKNOWN, type(unforeseen).__name__), most=MOST_TRIES)
