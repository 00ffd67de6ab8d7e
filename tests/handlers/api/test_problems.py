"""Whatever goes wrong is a problem as RFC 9457 has it, with the sentence that a person would read."""

import pytest

import bot.database
from models.workspace.workspaces import the_workspace
from tests.handlers.api.conftest import Asking
from tests.handlers.api.test_deals import DEAL
from tests.stage import Stage


@pytest.mark.parametrize(
    ("method", "path", "content", "status"),
    [
        ("GET", "/nowhere", b"", 404),
        ("DELETE", "/deals/1", b"", 405),
        ("GET", "/deals/0", b"", 422),
        ("GET", "/deals/99999999999", b"", 422),
        ("GET", "/deals/7", b"", 404),
        ("POST", "/deals", b"{", 400),
        ("POST", "/deals", b"[]", 422),
        ("POST", "/deals", b'{"customer": "' + b"a" * 6_000_000 + b'"}', 413),
    ],
)
def test_what_is_not_there_or_not_of_the_shape_is_a_problem(
    asking: Asking, method: str, path: str, content: bytes, status: int
) -> None:
    answer = asking("Sara").request(method, path, content=content, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


def test_busy_database_says_so_and_when_to_come_again(
    stage: Stage, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    sara = asking("Sara")
    monkeypatch.setattr(bot.database, "LOCK_WAIT_SECONDS", 0.2)
    with stage.bot.database.writing() as session:
        the_workspace(session).lock()
        answer = sara.post("/deals", json=DEAL)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json()["detail"] == "Busy just now: nothing was changed. Once more, please."


def test_what_is_unforeseen_has_a_reference_and_nothing_else(
    stage: Stage, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    sara = asking("Sara")
    monkeypatch.setattr(stage.bot.database, "reading", None)
    answer = sara.get("/offers")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["reference"] in answer.json()["detail"]
    assert "reading" not in answer.text
