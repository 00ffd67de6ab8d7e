"""Listeners: what they declare is given to them, and two for one request are noticed at the start."""

from typing import Any

import pytest

from handlers.slack import listening
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import LISTENERS, Door, TwoListeners, fetches, listens, opens, submits, words_after


@pytest.fixture(autouse=True)
def own_listeners(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "LISTENERS", {})


def known() -> dict[tuple[Door, str], Any]:
    return listening.LISTENERS


def first(by: str) -> str:
    return by


def second(by: str) -> str:
    return by


def test_two_listeners_for_one_request_are_refused_when_they_are_named() -> None:
    listens(Act.APPROVE)(first)
    listens(Act.APPROVE)(first)
    with pytest.raises(TwoListeners, match="first and second: both for approve"):
        listens(Act.APPROVE)(second)
    # The same word by another door is another request.
    submits(Callback.DECLINE)(second)
    opens(Act.DECLINE)(first)
    assert set(known()) == {(Door.ACTION, "approve"), (Door.SUBMISSION, "decline"), (Door.ACTION, "decline")}


def test_kinds_of_listener_differ_in_how_they_are_called() -> None:
    listens(Act.APPROVE, event="message")(first)
    listens(suggests=Act.OFFER)(first)
    fetches(Callback.IMPORT)(first)
    opens(Act.MORE, shortcut="propose_deal")(first)
    kinds = {key: (each.is_writing, each.is_opening, bool(each.prepare), each.is_slow) for key, each in known().items()}
    assert kinds == {
        (Door.ACTION, "approve"): (True, False, False, False),
        (Door.EVENT, "message"): (True, False, False, False),
        (Door.SUGGESTION, "offer"): (False, False, False, False),
        (Door.SUBMISSION, "import"): (True, False, True, True),
        (Door.ACTION, "more"): (False, True, False, False),
        (Door.SHORTCUT, "propose_deal"): (False, True, False, False),
    }
    assert list(known()[Door.ACTION, "approve"].wants) == ["by"]


def test_words_after_a_command_are_those_that_somebody_listens_for() -> None:
    assert known() is not LISTENERS
    listens(command="/deal list")(first)
    listens(command="/deal")(second)
    assert words_after("/deal") == ["list"]
