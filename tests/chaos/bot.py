"""The command as it is; or without one of its safeguards, to see that the chaos finds what it guards against."""

import sys
import time

from sqlalchemy import Select, event
from sqlalchemy.orm import Session

from bot.cli import main
from bot.delivery import sending
from models.base.declarative import Base
from models.company.resources import Commitment, Hold

# What two people decide within this time, they decide at once.
AT_ONCE = 0.3


def without_reconciliation() -> None:
    """A message whose answer was lost is sent again without a look."""
    vars(sending).update(_found=lambda *_: None, sweep_later=lambda *_, **__: None)


def without_locks() -> None:
    """Rows that are decided upon are only read again."""
    Base.lock = lambda self: self.session.refresh(self)  # type: ignore[method-assign]
    Select.with_for_update = lambda self, **_: self  # type: ignore[method-assign]
    event.listen(Session, "before_flush", _take_time)


def _take_time(session: Session, *_: object) -> None:
    if any(isinstance(row, Commitment | Hold) for row in session.new):
        time.sleep(AT_ONCE)


SWITCHED_OFF = {"reconciliation": without_reconciliation, "locks": without_locks}

if __name__ == "__main__":
    for name in sys.argv[1:]:
        SWITCHED_OFF[name]()
    sys.exit(main(["run", "--http"]))
