"""What nobody waits for stands back while people wait, and not for ever."""

import threading
import time

import pytest

import handlers.slack.context
from handlers.slack.context import Work


def test_nothing_is_waited_for_where_nobody_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.slack.context.time.sleep", lambda _: pytest.fail("it waited"))
    Work().let_people_go_first()


def test_people_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handlers.slack.context, "POLITENESS", 60.0)
    work, done = Work(), list[int]()

    def follow() -> None:
        work.let_people_go_first()
        done.append(work.count)

    with work.one_more():
        waiting = threading.Thread(target=follow)
        waiting.start()
        time.sleep(0.05)
        assert done == []
    waiting.join()
    assert done == [0]


def test_nobody_stands_back_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handlers.slack.context, "POLITENESS", 0.02)
    work = Work()
    with work.one_more():
        work.let_people_go_first()
        assert work.count == 1
