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
