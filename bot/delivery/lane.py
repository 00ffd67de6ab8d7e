"""A lane of delivery: rows of some kinds on their way, so many at a time; what is slow in one holds up no other."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from sqlalchemy import ColumnElement

from bot.clock import Clock
from bot.database import Database
from bot.delivery.attempts import Attempt
from bot.installations import Place
from models.workspace.outbox import News, claim

Carry = Callable[[Attempt, News, Place], None]


class Lane:
    """Takes the next row `among` those that it may, and lets it be carried beside the others."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        carry: Carry,
        among: Callable[[list[str]], ColumnElement[bool]],
        *,
        size: int,
        patience: float,
    ) -> None:
        self._database, self._clock, self._carry, self._among = database, clock, carry, among
        self._size, self._patience = size, patience
        self._lines = ThreadPoolExecutor(size, thread_name_prefix="delivery")
        self._streams: dict[Future[None], str] = {}

    @property
    def under_way(self) -> set[Future[None]]:
        """What is being sent now."""
        self._streams = {line: stream for line, stream in self._streams.items() if not line.done()}
        return set(self._streams)

    def begin_next(self) -> bool:
        """Begin with the next row that is due; whether there was one. Where nothing is slow, it is waited for."""
        is_slow = bool(self.under_way)
        if len(self._streams) >= self._size:
            return False
        # The attempt is on record before the call: whoever comes after a crash knows that it may have arrived.
        with self._database.writing() as session:
            row = claim(session, now=self._clock.read().now, among=self._among(list(self._streams.values())))
            if row is None:
                return False
            kind, place, stream = row.kind, Place.of(row.workspace), row.stream
            attempt = Attempt(self._database, self._clock, row.id, row.attempts)
        line = self._lines.submit(self._carry, attempt, kind, place)
        self._streams[line] = stream
        if not is_slow and self._patience:
            wait([line], self._patience)
        return True

    def stop(self) -> None:
        """Let what is on its way arrive, and begin nothing more."""
        self._lines.shutdown(wait=True)
