"""The threads that answer requests: what was handed over to them counts as work at once."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from typing import Any

from handlers.slack.context import Work


class Listeners(ThreadPoolExecutor):
    """Bolt acknowledges an event before a thread looks at it: by then it is counted, and the clock waits for it.

    When a request is done, `wake` lets what it has queued be sent.
    """

    def __init__(self, threads: int, work: Work, wake: Callable[[], None]) -> None:
        super().__init__(threads, thread_name_prefix="listener")
        self._work, self._wake = work, wake

    def submit(self, answer: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        """Answer a request when a thread is free."""
        with ExitStack() as done:
            done.callback(self._wake)
            done.enter_context(self._work.one_more())
            future = super().submit(answer, *args, **named)
            future.add_done_callback(partial(_close, done.pop_all()))
        return future


def _close(done: ExitStack, _: Future[Any]) -> None:
    done.close()
