"""Who agrees, told as stories through the door: what each person sees at each step."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from models.company.policies import set_policy
from models.policy.rules import Kind, Rule, Who
from models.policy.standard import LEADERSHIP, OPERATIONS, standard_rules
from models.workspace.workspaces import the_workspace
from tests.stage import DOORS, Stage, staged
from tests.world import NOW


@pytest.fixture(params=DOORS)
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    with staged(database_url, request.param) as stage:
        yield stage


def asking(stage: Stage, *rules: Rule) -> None:
    with stage.bot.database.writing() as session:
        set_policy(the_workspace(session), rules, by=None, now=NOW)


def named(stage: Stage, *names: str) -> Who:
    return Who(Kind.PEOPLE, tuple(stage.people[name] for name in names))


def agrees(stage: Stage, name: str, number: int = 1) -> None:
    """A yes from a person's own card; where it opens a form, without a comment."""
    person, card = stage.person(name), stage.own_card(name, number)
    person.press("Approve…", in_=card)
    stage.sb.settle()
    assert person.submit().ok
    stage.sb.settle()


def line(stage: Stage, number: int = 1) -> str:
    text = stage.card(number).as_text()
    return next((one for one in text.splitlines() if one.startswith("To agree: ")), "")


def test_two_of_three_beside_operations_and_leadership_after_them(stage: Stage) -> None:
    two = Rule(named(stage, "Fin", "Gus", "Pete"), need=2)
    asking(stage, Rule(OPERATIONS), two, Rule(LEADERSHIP, order=2))
    stage.propose("Acme 20 Summit tent @ 432 on 2027-01-25")
    assert line(stage).startswith("To agree: operations, ")
    assert line(stage).endswith("(0 of 2) → leadership")
    # Leadership are not asked before the others have answered.
    assert stage.person("Lea").dm() == []
    agrees(stage, "Gus")
    assert "(1 of 2)" in line(stage)
    stage.person("Fin").press("Who agrees…", in_=stage.own_card("Fin"))
    stage.sb.settle()
    stage.person("Fin").press("Abstain…")
    stage.sb.settle()
    stage.person("Fin").fill_by_label("Why?", "My brother’s firm.")
    stage.person("Fin").submit()
    stage.sb.settle()
    assert "Fin abstains: “My brother’s firm.”" in stage.thread()[-1]
    agrees(stage, "Pete")
    stage.person("Otto").press("Approve", in_=stage.card())
    stage.sb.settle()
    assert "Lea" not in line(stage)
    assert "Leadership’s turn" in stage.own_card("Sara").as_text()
    agrees(stage, "Lea")
    assert stage.state() == "approved"
    assert "Lea agreed, and the capacity is committed." in stage.thread()[-1]
    assert stage.sb.violations() == []


def test_yes_is_kept_where_nothing_that_it_looks_at_changes_and_the_card_says_so(stage: Stage) -> None:
    asking(stage, Rule(OPERATIONS), Rule(named(stage, "Gus"), order=2))
    stage.propose("Acme 20 Summit tent @ 432 on 2027-01-25")
    sara, gus = stage.person("Sara"), stage.person("Gus")
    stage.person("Olga").press("Approve", in_=stage.card())
    stage.sb.settle()
    for label, value, kept in (("Price or discount", "440", True), ("Quantity", "21", False)):
        gus.press("Send back…", in_=stage.own_card("Gus"))
        stage.sb.settle()
        gus.fill_by_label("What would have to change?", "Not like this.")
        gus.submit()
        stage.sb.settle()
        # The seller reads who wants what, on their own card.
        assert "Gus sent it back: “Not like this.”" in stage.own_card("Sara").as_text()
        sara.press("Revise…", in_=stage.own_card("Sara"))
        stage.sb.settle()
        sara.fill_by_label(label, value)
        stage.sb.settle()
        sara.submit()
        stage.sb.settle()
        assert ("✓ operations (agreed to version 1; for them nothing has changed)" in line(stage)) is kept
    assert "Operations’ turn" in stage.own_card("Sara").as_text()


def test_undo_is_told_to_the_seller_with_its_reason(stage: Stage) -> None:
    asking(stage, *standard_rules(2))
    stage.propose("Acme 100 Summit tent on 2027-01-18")
    assert stage.state(1) == "approved"
    stage.propose("Borealis 110 Summit tent on 2027-01-18")
    # The next deal does not fit beside the first: operations look at both again.
    olga = stage.person("Olga")
    assert "Does not fit." in stage.card(2).as_text()
    olga.press("Undo…", in_=stage.card(1))
    stage.sb.settle()
    olga.fill_by_label("Why? The seller tells the customer.", "Borealis comes first.")
    olga.submit()
    stage.sb.settle()
    assert stage.state(1) == "proposed"
    assert "Olga undid the approval: “Borealis comes first.”" in stage.own_card("Sara", 1).as_text()
    assert "Operations’ turn" in stage.own_card("Sara", 1).as_text()
    assert stage.sb.violations() == []


def test_condition_that_is_overdue_is_told_to_who_set_it(stage: Stage) -> None:
    stage.propose("Acme 20 Summit tent @ 432 on 2027-01-25")
    olga = stage.person("Olga")
    olga.press("Who agrees…", in_=stage.card())
    stage.sb.settle()
    for _ in range(2):
        olga.press("Yes, if…")
        stage.sb.settle()
    olga.fill_by_label("If", "Deposit paid")
    olga.fill_by_label("Who sees to it", stage.people["Sara"])
    olga.fill_by_label("By", "2026-11-25")
    olga.submit()
    stage.sb.settle()
    assert "☐ Deposit paid: Sara, by Nov 25, before winning" in stage.card().as_text()
    # While it is open, the deal cannot be won.
    assert "Won" not in stage.own_card("Sara").buttons
    stage.sb.turn(by=timedelta(days=2))
    stage.sb.settle()
    assert "Met? “Deposit paid”" in stage.agenda("Sara")
    stage.sb.turn(by=timedelta(days=5))
    stage.sb.settle()
    assert any("Met? “Deposit paid”" in message.as_text() for message in olga.dm())
    assert stage.sb.violations() == []
