"""Whatever Slack answers once, the card and its thread come; a message that can never be taken is given up and said."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.stage import OPS, Stage, staged

LINE = "Acme 100 Summit tent by 18 Jan"
POST = "chat.postMessage"
PASSING: tuple[tuple[str, dict[str, Any]], ...] = (
    ("http", {"status": 403}),
    ("http", {"status": 200}),
    ("http", {"status": 502}),
    *(
        ("error", {"error": name})
        for name in (
            "rate_limited",
            "team_added_to_org",
            "token_expired",
            "ekm_access_denied",
            "accesslimited",
            "team_access_not_granted",
            "a_name_of_next_year",
        )
    ),
)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One stage for all answers: each deal is another one."""
    with staged(f"sqlite:///{tmp_path_factory.mktemp('sending') / 'belay.db'}", "http") as stage:
        yield stage


@pytest.mark.parametrize(("number", "kind", "details"), [(n, *each) for n, each in enumerate(PASSING, 1)])
def test_card_and_thread_come_after_any_answer_that_may_pass(
    stage: Stage, number: int, kind: str, details: dict[str, Any]
) -> None:
    stage.sb.fault(kind, method=POST, times=2, **details)
    stage.propose(f"Customer{number} 1 Summit tent by 18 Jan")
    stage.sb.turn(by=timedelta(minutes=15))
    assert len([m for m in stage.sb.channel(OPS) if m.text.startswith(f"#{number} ")]) == 1
    assert len(stage.thread(number)) == 1
    assert f"#{number} " in stage.own_card("Sara", number).text
    assert stage.sb.violations() == []


def test_what_can_never_be_taken_is_said_and_sent_again(stage: Stage) -> None:
    number = len(PASSING) + 1
    stage.sb.fault("error", method=POST, error="invalid_blocks")
    stage.propose(f"Customer{number} 1 Summit tent by 18 Jan")
    lea = stage.person("Lea")
    lea.command(OPS, "/belay")
    stage.sb.settle()
    said = next(m for m in reversed(lea.channel(OPS)) if "Try again" in m.buttons)
    assert "One message for " in said.as_text()
    assert ": invalid_blocks" in said.as_text()
    lea.press("Try again", in_=said)
    stage.sb.settle()
    assert len([m for m in stage.sb.channel(OPS) if m.text.startswith(f"#{number} ")]) == 1


def test_leadership_hears_once_that_a_channel_takes_nothing(stage: Stage) -> None:
    number = len(PASSING) + 2
    stage.sb.archive(OPS)
    stage.propose(f"Customer{number} 1 Summit tent by 18 Jan")
    stage.sb.turn(by=timedelta(minutes=11))
    told = [m.as_text() for m in stage.person("Lea").dm() if "(is_archived)" in m.as_text()]
    assert len(told) == 1
    assert ": take it out of the archive, or choose another channel." in told[0]
