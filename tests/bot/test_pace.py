"""Nobody asks more often than people type; by the door, too."""

from pathlib import Path

import pytest

from bot.pace import Pace
from tests.stage import OPS, staged

TOO_FAST = "more than anybody types in a minute"


def test_each_person_has_so_many_commands_and_fewer_files() -> None:
    pace = Pace(10)
    assert [pace.is_too_fast("T1 U1") for _ in range(11)] == [False] * 10 + [True]
    assert [pace.is_too_fast("T1 U1", is_for_a_file=True) for _ in range(3)] == [False, False, True]
    assert not pace.is_too_fast("T1 U2")
    assert not pace.is_too_fast("T2 U1")


def test_nought_is_no_limit() -> None:
    assert not any(Pace(0).is_too_fast("T1 U1") for _ in range(1000))


@pytest.mark.parametrize("door", ["http", "socket"])
def test_script_that_types_is_told_to_wait_and_nothing_is_done(tmp_path: Path, door: str) -> None:
    with staged(f"sqlite:///{tmp_path / 'belay.db'}", door, belay_per_minute=3) as stage:
        lea = stage.person("Lea")
        for _ in range(3):
            lea.command(OPS, "/belay help")
        assert TOO_FAST in (lea.command(OPS, "/belay roles").text or "")
        stage.sb.settle()
        assert lea.modal() is None
        # Others go on.
        assert TOO_FAST not in (stage.person("Olga").command(OPS, "/belay help").text or "")
