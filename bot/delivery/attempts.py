"""One attempt at a row of the outbox, by one process: what comes of it counts only while the row is still its own."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.database import Database
from bot.delivery.outcomes import Outcome, pause
from models.base.errors import Busy
from models.workspace.outbox import Outbox, postpone, settle

log = logging.getLogger("belay.delivery")
# A message that was sent must be noted, however busy the database is: seconds between the tries.
PAUSES = (0.1, 0.5, 2.0, 5.0)


@dataclass(frozen=True)
class Attempt:
    """A row that was claimed, as its `number`th attempt: whoever claims it after the lease has the next number."""

    database: Database
    clock: Clock
    key: int
    number: int

    @property
    def now(self) -> datetime:
        """The present instant: a call may take long, and what is counted from its end must not begin before it."""
        return self.clock.read().now

    def note(self, note: Callable[[Session, Outbox], object]) -> None:
        """Write down what came of it, unless somebody else has the row by now."""
        for seconds in (*PAUSES, None):
            try:
                self._note(note)
            except Busy:
                if seconds is None:
                    raise
                time.sleep(seconds)
            else:
                return

    def again(self, outcome: Outcome, *, most: int) -> None:
        """Try once more later; after so many times it is given up."""

        def note(_session: Session, row: Outbox) -> None:
            if row.attempts >= most:
                settle(row, now=self.now, error=outcome.error)
            else:
                postpone(row, until=self.now + max(outcome.wait, pause(row.attempts)), error=outcome.error)

        self.note(note)

    def _note(self, note: Callable[[Session, Outbox], object]) -> None:
        with self.database.writing() as session:
            row = session.get_one(Outbox, self.key)
            row.lock()
            if row.attempts == self.number and row.settled_at is None:
                note(session, row)
            else:
                log.warning("row %s is another's: attempt %s came too late", self.key, self.number)
