"""Yes, if …, through the door: from the card to the checklist, and what it holds up."""

from collections.abc import Iterator

import pytest

from tests.stage import Stage, shown, staged


@pytest.fixture(params=["http", "socket"])
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    with staged(database_url, request.param) as stage:
        yield stage


def test_yes_is_bound_to_conditions_that_are_met_and_waived(stage: Stage) -> None:
    stage.propose("Acme 10 Summit tent by Feb 1 2027")
    olga, sara = stage.person("Olga"), stage.person("Sara")
    olga.press("Who agrees…", in_=stage.card())
    stage.sb.settle()
    olga.press("Yes, if…")
    stage.sb.settle()
    olga.fill_by_label("A comment", "Only with a deposit.")
    olga.press("Yes, if…")
    stage.sb.settle()
    # What nobody fills in is no condition; what is half filled in is said.
    olga.press("Another condition")
    stage.sb.settle()
    olga.fill_by_label("If", "Deposit paid")
    assert "Who sees to it?" in str(olga.submit())
    olga.fill_by_label("Who sees to it", stage.people["Sara"])
    olga.fill_by_label("By", "2026-12-04")
    assert olga.submit().ok
    stage.sb.settle()
    card = stage.card().as_text()
    assert "☐ Deposit paid: Sara, by Dec 4, before winning" in card
    assert any("If: Deposit paid." in text for text in stage.thread())
    own = stage.own_card("Sara")
    assert "[ Won ]" not in own.as_text()
    sara.press("Conditions…", in_=own)
    stage.sb.settle()
    assert "Set by Olga" in shown(sara).as_text()
    sara.press("Met")
    stage.sb.settle()
    assert "☑ Deposit paid: met, says Sara" in shown(sara).as_text()
    sara.close()
    assert "☑ Deposit paid: met, says Sara" in stage.card().as_text()
    sara.press("Won", in_=stage.own_card("Sara"))
    stage.sb.settle()
    assert stage.state() == "won"


def test_condition_is_waived_by_who_set_it(stage: Stage) -> None:
    stage.propose("Acme 10 Summit tent by Feb 1 2027")
    olga = stage.person("Olga")
    olga.press("Who agrees…", in_=stage.card())
    stage.sb.settle()
    olga.press("Yes, if…")
    stage.sb.settle()
    olga.press("Yes, if…")
    stage.sb.settle()
    olga.fill_by_label("If", "Drawing signed off")
    olga.fill_by_label("Who sees to it", stage.people["Otto"])
    olga.fill_by_label("It is needed", "Before it is delivered")
    assert olga.submit().ok
    stage.sb.settle()
    olga.press("Conditions…", in_=stage.card())
    stage.sb.settle()
    olga.press("Waive…")
    stage.sb.settle()
    olga.fill_by_label("Why is it not needed any more?", "The old one does.")
    olga.submit()
    stage.sb.settle()
    assert "☑ Drawing signed off: waived by Olga, The old one does." in stage.card().as_text()
