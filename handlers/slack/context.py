"""What the front desk needs of the building."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session


class Transactions(Protocol):
    """The two kinds of transaction that the edge owns."""

    def reading(self) -> AbstractContextManager[Session]:
        """One that takes no locks and keeps nothing."""

    def writing(self) -> AbstractContextManager[Session]:
        """One that decides."""


# How long, in seconds of the machine, work that nobody waits for stands back.
POLITENESS = 1.0


@dataclass
class Work:
    """How many requests are being answered: the clock waits for all of them, and other work stands back for people."""

    count: int = 0
    people: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def one_more(self, *, is_person: bool = True) -> Iterator[None]:
        """Count a request while it is answered; by default a person waits for it."""
        with self.lock:
            self.count += 1
            self.people += is_person
        try:
            yield
        finally:
            with self.lock:
                self.count -= 1
                self.people -= is_person

    def let_people_go_first(self) -> None:
        """Wait while requests are being answered, but not for ever: what is done beside them can be a moment late."""
        until = time.monotonic() + POLITENESS
        while self.people and time.monotonic() < until:
            time.sleep(0.01)


class IsTooFast(Protocol):
    """Whether a person asks more often than anybody types."""

    def __call__(self, person: str, *, is_for_a_file: bool = False) -> bool:
        """Count what is asked, and say whether it is one too many."""


def _never(person: str, *, is_for_a_file: bool = False) -> bool:  # noqa: ARG001 - as it is called
    return False


@dataclass(frozen=True)
class Context:
    """The building as the front desk sees it: its database, its clock, its settings, and the bell of delivery."""

    database: Transactions
    now: Callable[[], datetime]
    admins: frozenset[str] = frozenset()
    wake: Callable[[], None] = lambda: None
    work: Work = field(default_factory=Work)
    # By which door something was asked, what became of it, and how many seconds that took.
    observe: Callable[[str, str, float], None] = lambda *_: None
    is_too_fast: IsTooFast = _never
    # In which locale people read, by team and user: looked up once, and kept as they come.
    locales: dict[tuple[str, str], str] = field(default_factory=dict)
    # Whether webhooks may lead into networks that only the bot reaches.
    has_private_webhooks: bool = False
