"""A draft through the API: it stands before its seller, who opens the form and posts it, or does not."""

import pytest

from tests.handlers.api.conftest import Asking
from tests.stage import Stage, shown

WORDS = "60 Summit tent for Acme by 2027-01-25"


def test_draft_waits_for_its_seller_and_posts_nothing(stage: Stage, asking: Asking) -> None:
    answer = asking("Sara").post("/drafts", json={"words": WORDS})
    assert answer.status_code == 201
    assert "Fits." in answer.json()["sentence"]
    stage.sb.settle()
    assert asking("Sara").get("/deals").json()["count"] == 0
    sara = stage.person("Sara")
    message = sara.dm()[-1]
    assert "A draft, by Sara 0. Nothing is posted yet." in message.as_text()
    assert f"“{WORDS}”" in message.as_text()
    sara.press("Propose it…", in_=message)
    stage.sb.settle()
    assert "Customer: Acme" in shown(sara).as_text()
    assert sara.submit().ok
    stage.sb.settle()
    assert stage.state() == "proposed"
    assert stage.sb.violations() == []


@pytest.mark.parametrize("words", ["hello", "x" * 1001, ""])
def test_what_names_nothing_that_is_sold_is_no_draft(stage: Stage, asking: Asking, words: str) -> None:
    assert asking("Sara").post("/drafts", json={"words": words}).status_code == 422
    stage.sb.settle()
    assert [message for message in stage.person("Sara").dm() if "draft" in message.as_text()] == []


def test_what_waits_for_a_person(stage: Stage, asking: Asking) -> None:
    sara, olga = asking("Sara"), asking("Olga")
    stage.propose(WORDS)
    assert [deal["number"] for deal in olga.get("/waiting").json()["deals"]] == [1]
    assert sara.get("/waiting").json()["deals"] == []
