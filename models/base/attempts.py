"""An attempt: work that is done to see what it would do, and taken back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session

T = TypeVar("T")


@dataclass(frozen=True)
class Changes:
    """How many rows of some kinds are new, and how many say something else."""

    new: int = 0
    changed: int = 0


def attempt(session: Session, work: Callable[[], T], kinds: Iterable[type]) -> tuple[T, Changes]:
    """Do some work, count which rows of some kinds it changes, and take all of it back."""
    session.flush()
    watched = tuple(kinds)
    new: set[Any] = set()
    changed: set[Any] = set()

    def note(flushing: Session, *_: object) -> None:
        new.update(row for row in flushing.new if isinstance(row, watched))
        changed.update(row for row in flushing.dirty if isinstance(row, watched) and flushing.is_modified(row))

    event.listen(session, "before_flush", note)
    try:
        with session.begin_nested() as nested:
            done = work()
            session.flush()
            nested.rollback()
    finally:
        event.remove(session, "before_flush", note)
    session.expire_all()
    return done, Changes(len(new), len(changed - new))
