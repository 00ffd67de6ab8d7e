"""What a deal's document holds, and for whom."""

from tests.handlers.api.conftest import Asking
from tests.handlers.api.test_deals import proposed
from tests.stage import Stage


def test_money_that_not_everybody_sees_is_for_those_who_may(asking: Asking) -> None:
    proposed(asking("Sara"))
    assert asking("Sara").get("/deals/1").json()["money"]["numbers"] is None
    numbers = asking("Fin").get("/deals/1").json()["money"]["numbers"]
    assert set(numbers) == {"cost", "margin", "rate", "floor", "below_floor"}


def test_question_and_ways_stand_in_the_document(stage: Stage, asking: Asking) -> None:
    sara = asking("Sara")
    proposed(sara, lines=[{"offer": "Summit tent", "quantity": 900, "by": "2027-01-20"}])
    stage.sb.settle()
    olga = stage.person("Olga")
    olga.press("Ask…", in_=stage.card())
    stage.sb.settle()
    olga.fill_by_label("Your question to Sara", "May it come in two parts?")
    olga.submit()
    stage.sb.settle()
    deal = sara.get("/deals/1").json()
    assert [(q["text"], q["by"], q["to"]) for q in deal["questions"]] == [
        ("May it come in two parts?", "Olga", "sales")
    ]
    assert deal["fit"]["verdict"] == "short"
    assert deal["fit"]["shortages"][0]["resource"] == "Assembly"
    assert deal["ways"][0]["lines"]
    assert [turn["side"] for turn in deal["turns"]] == ["sales"]
    assert "answer" in deal["may"]
