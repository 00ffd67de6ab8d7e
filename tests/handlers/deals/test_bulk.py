"""Several deals decided in one form, through the door: one of them has changed meanwhile, one fits no longer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.stage import DOORS, OPS, Stage, shown, staged


@pytest.fixture(params=DOORS)
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    with staged(database_url, request.param) as stage:
        yield stage


def ticked(stage: Stage, name: str, *numbers: int) -> str:
    person = stage.person(name)
    for number in numbers:
        person.fill_by_label(f"#{number}", ["Approve"])
    assert person.submit().ok
    stage.sb.settle()
    return shown(person).as_text()


def home(stage: Stage, name: str) -> str:
    stage.person(name).open_home()
    stage.sb.settle()
    view = stage.person(name).home()
    return view.as_text() if view else ""


def test_several_are_approved_at_once_and_a_stale_one_stays(stage: Stage) -> None:
    for customer in ("Acme", "Borealis", "Cirrus"):
        stage.propose(f"{customer} 20 Summit tent @ 432 on 2027-01-25")
    # Below the floor somebody says why: that one is no plain yes for finance.
    stage.propose("Dune 10 Summit tent @ 200 on 2027-02-01")
    olga, sara = stage.person("Olga"), stage.person("Sara")
    assert "Decide several…" in home(stage, "Olga")
    assert "Decide several…" not in home(stage, "Fin")
    home(stage, "Olga")
    olga.press("Decide several…")
    stage.sb.settle()
    text = shown(olga).as_text()
    assert [f"#{n} ·" in text for n in (1, 2, 3, 4)] == [True] * 4
    assert "Sara sells · version 1" in text
    # Nothing ticked is said; a deal that changed meanwhile is not what Olga saw.
    assert "Tick those that are a yes." in str(olga.submit())
    sara.press("Revise…", in_=stage.own_card("Sara", 2))
    stage.sb.settle()
    sara.fill_by_label("Quantity", "30")
    stage.sb.settle()
    sara.submit()
    stage.sb.settle()
    said = ticked(stage, "Olga", 1, 2, 3)
    assert said.startswith("Approved: #1, #3.\n#2 · Borealis")
    assert "The terms have changed: Sara proposed version 2" in said
    assert [stage.state(n) for n in (1, 2, 3, 4)] == ["approved", "proposed", "approved", "proposed"]
    assert "Olga agreed, and the capacity is committed." in stage.thread(1)[-1]
    assert "Approved by Olga" in stage.own_card("Sara", 3).as_text()
    assert stage.sb.violations() == []


def test_each_is_checked_on_its_own_and_what_the_others_took_is_named(stage: Stage) -> None:
    # Each of them fits alone, and not both.
    for customer in ("Acme", "Borealis"):
        stage.propose(f"{customer} 80 Summit tent @ 432 on 2027-01-18")
    home(stage, "Olga")
    stage.person("Olga").press("Decide several…")
    stage.sb.settle()
    said = ticked(stage, "Olga", 1, 2)
    assert said.startswith("Approved: #1.\n#2 · Borealis")
    assert ("This does not fit." in said) or ("This now needs overtime" in said)
    assert [stage.state(n) for n in (1, 2)] == ["approved", "proposed"]


def test_reminder_has_the_way_to_several(stage: Stage) -> None:
    for customer in ("Acme", "Borealis"):
        stage.propose(f"{customer} 20 Summit tent @ 432 on 2027-01-25")
    stage.sb.turn(by=timedelta(hours=4))
    stage.sb.settle()
    olga = stage.person("Olga")
    agenda = next(m for m in reversed(olga.dm()) if "2 deals wait for you" in m.as_text())
    olga.press("Decide several…", in_=agenda)
    stage.sb.settle()
    assert ticked(stage, "Olga", 1, 2) == "Approved: #1, #2."
    assert "Nothing waits for you any more." in stage.agenda("Olga")


def test_who_has_nothing_that_takes_only_a_yes_is_told(stage: Stage) -> None:
    stage.propose("Acme 20 Summit tent @ 432 on 2027-01-25")
    stage.propose("Borealis 20 Summit tent @ 432 on 2027-01-25")
    home(stage, "Olga")
    olga, otto = stage.person("Olga"), stage.person("Otto")
    for number in (1, 2):
        otto.press("Approve", in_=stage.card(number))
    # Before her home has followed.
    olga.press("Decide several…")
    stage.sb.settle()
    assert "Nothing waits for you that takes only a yes." in shown(olga).as_text()
    olga.command(OPS, "/deal list")
    stage.sb.settle()


def test_what_still_waits_for_others_is_not_said_to_be_approved(stage: Stage) -> None:
    stage.propose("Acme 20 Summit tent @ 432 on 2027-01-25")
    stage.propose("Dune 10 Summit tent @ 200 on 2027-02-01")
    home(stage, "Olga")
    stage.person("Olga").press("Decide several…")
    stage.sb.settle()
    assert "week of Jan 25" in shown(stage.person("Olga")).as_text()
    assert ticked(stage, "Olga", 1, 2) == "Approved: #1. You agreed; #2 waits for finance."
