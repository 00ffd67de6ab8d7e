"""What went over the wire, in the order in which it happened, and word to whoever wants to know at once."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass

from sandbox.wire import Json

KEPT = 20_000
TOGETHER, LOOKS = 0.015, 0.25


class News:
    """Tells everybody who listens that something changed; what changed, they look up themselves."""

    def __init__(self) -> None:
        self.number = 0
        self.closed = False
        self._told = asyncio.Event()

    def tell(self) -> None:
        self.number += 1
        self._told.set()
        self._told = asyncio.Event()

    async def listen(self) -> AsyncIterator[int]:
        """A number for each change, several changes within a moment being one; ends when the house closes."""
        seen = self.number
        while not self.closed:
            if self.number == seen:
                await self._wait()
                continue
            await asyncio.sleep(TOGETHER)
            seen = self.number
            yield seen

    async def _wait(self) -> None:
        try:
            await asyncio.wait_for(self._told.wait(), LOOKS)
        except TimeoutError:
            return


@dataclass(frozen=True)
class Entry:
    """A line of the journal: a `call` from an app, a `request` to one, or a `violation`."""

    number: int
    kind: str
    body: Json


class Journal:
    """Calls, requests and violations, each in its own list and all in one."""

    def __init__(self, news: News) -> None:
        self.news = news
        self.entries: deque[Entry] = deque(maxlen=KEPT)
        self.calls: deque[Json] = deque(maxlen=KEPT)
        self.requests: deque[Json] = deque(maxlen=KEPT)
        self.violations: deque[Json] = deque(maxlen=KEPT)
        self._written = 0

    def call(self, body: Json) -> None:
        self.calls.append(body)
        self._write("call", body)

    def request(self, body: Json) -> None:
        self.requests.append(body)
        self._write("request", body)

    def violation(self, body: Json) -> None:
        self.violations.append(body)
        self._write("violation", body)

    def entry(self, number: int) -> Entry | None:
        """The entry with that number, while it is kept."""
        first = self.entries[0].number if self.entries else 0
        place = number - first
        return self.entries[place] if 0 <= place < len(self.entries) else None

    def _write(self, kind: str, body: Json) -> None:
        self._written += 1
        self.entries.append(Entry(self._written, kind, body))
        self.news.tell()
