"""What was handed over to be answered is work, whether a thread is free for it or not."""

import threading

import pytest

from bot.listeners import Listeners
from handlers.slack.context import Work


def test_request_counts_from_when_it_is_handed_over_until_it_is_answered() -> None:
    work, free, counts = Work(), threading.Event(), list[int]()
    listeners = Listeners(1, work, lambda: counts.append(work.count))
    answers = [listeners.submit(free.wait) for _ in range(2)]
    assert (work.count, counts) == (2, [])
    free.set()
    listeners.shutdown(wait=True)
    assert [answer.result() for answer in answers] == [True, True]
    # Whoever is woken finds it done.
    assert counts == [1, 0]


def test_request_that_breaks_or_comes_too_late_counts_no_more() -> None:
    work, woken = Work(), list[bool]()
    listeners = Listeners(1, work, lambda: woken.append(True))

    def break_() -> None:
        raise ValueError

    assert isinstance(listeners.submit(break_).exception(), ValueError)
    listeners.shutdown(wait=True)
    assert (work.count, woken) == (0, [True])
    with pytest.raises(RuntimeError):
        listeners.submit(break_)
    assert work.count == 0
