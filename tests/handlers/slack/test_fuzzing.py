"""Whatever comes with a good signature is answered, changes nothing that its person may not, and breaks nothing.

400 requests here; `make fuzz` sends 20,000.
"""

import logging
import os
import time
import traceback
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.company.offers import FamilyChannel
from models.deals.decisions import Decision
from models.deals.questions import Question
from models.deals.rows import Deal
from models.digests.schedules import Schedule
from models.workspace.members import Grant
from tests.handlers.slack.conftest import post_to, signed
from tests.handlers.slack.fuzzing import Mutations, content_of, recorded
from tests.stage import Stage, staged

MOST = int(os.environ.get("FUZZ", "400"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
# Slack waits for three seconds; a machine that does other things besides gets some more.
SECONDS = 3.0
ROWS = (Deal, Decision, Question, Schedule, FamilyChannel, Grant)


def rows(stage: Stage) -> list[Any]:
    """All that only people with a role may change."""

    def read(session: Any) -> list[Any]:
        return [tuple(session.execute(select(row.__table__).order_by(row.id)).all()) for row in ROWS]

    return list(stage.look(read))


def test_anything_that_is_signed_is_answered(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with staged(f"sqlite:///{tmp_path / 'belay.db'}", "http") as stage:
        payloads = recorded(stage)
        assert len({str(payload.get("type") or payload.get("command")) for payload in payloads}) >= 8
        caplog.clear()
        stage.sb.configure(trigger_seconds=0)
        stranger = stage.people["Gus"]
        for number, payload in zip(range(MOST), Mutations(payloads, SEED), strict=False):
            if "trigger_id" in payload:
                payload["trigger_id"] = f"1.{SEED}.{number}"
            is_strange = number % 4 == 0 and _send_as(payload, stranger)
            before = rows(stage) if is_strange else None
            content = content_of(payload)
            begun = time.monotonic()
            answer = post_to(stage.bot, content, signed(stage, content))
            seconds = time.monotonic() - begun
            assert answer.status_code in {200, 400, 401, 404}, (number, answer.status_code, payload)
            assert "Traceback" not in answer.text
            assert seconds < SECONDS, (number, seconds, payload)
            if before is not None:
                _wait(stage)
                assert rows(stage) == before, (number, payload)
        _wait(stage)
        broken = [r for r in caplog.records if r.levelno >= logging.ERROR and r.name.startswith("belay")]
        assert sorted({_place(record) for record in broken}) == []


def _place(record: logging.LogRecord) -> str:
    """What broke, and the last lines that led to it."""
    error = record.exc_info[1] if record.exc_info else None
    frames = traceback.extract_tb(error.__traceback__)[-4:] if error else []
    where = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__} {str(error)[:80]} at {where}"


def _send_as(payload: dict[str, Any], user: str) -> bool:
    """Put somebody without a role in the place of whoever did it; whether it has such a place."""
    if "command" in payload:
        payload["user_id"] = user
        return True
    if isinstance(payload.get("user"), dict):
        payload["user"]["id"] = user
        return True
    return False


def _wait(stage: Stage) -> None:
    while stage.bot.heartbeat.work.count:
        time.sleep(0.002)
