"""Compare, as operations and leadership use it: side by side, changed, and sent in one click."""

from collections.abc import Iterator

import pytest

from models.company.policies import set_policy
from models.policy.rules import Kind, Rule, Who
from models.workspace.roles import Role
from models.workspace.workspaces import the_workspace
from sandbox.client import Person
from tests.stage import DOORS, OPS, Stage, lower_week, shown, staged
from tests.world import NOW

THREE = (("Sara", "Acme", 100), ("Pete", "Borealis", 90), ("Sara", "Scouts", 60))


@pytest.fixture(params=DOORS)
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    """The bot through each of Slack's doors, on each database."""
    with staged(database_url, request.param) as stage:
        yield stage


def ask(stage: Stage, week: str = "2027-01-18") -> None:
    """Three deals for 137 hours of a week that has 62."""
    for seller, customer, tents in THREE:
        stage.propose(f"{customer}, {tents} Summit tent @ 432 on {week}", by=seller)


def compare(stage: Stage, name: str = "Olga", number: int = 1) -> Person:
    person = stage.person(name)
    person.press("Compare", in_=stage.card(number))
    stage.sb.settle()
    return person


def arrows(person: Person) -> list[str]:
    return [line for line in shown(person).as_text().splitlines() if line.startswith("→")]


def choose(stage: Stage, person: Person, number: int, said: str) -> None:
    person.choose(f"compared.{number}", said)
    stage.sb.settle()


def states(stage: Stage) -> list[str]:
    return [stage.state(number) for number in (1, 2, 3)]


@pytest.mark.both_ways
def test_three_deals_that_want_one_week_are_answered_in_two_clicks(stage: Stage) -> None:
    ask(stage)
    assert "Also wanted by #2 Borealis, #3 Scouts" in stage.card(1).as_text()
    olga = compare(stage)
    assert shown(olga).as_text().splitlines() == [
        "Assembly, week of Jan 4: 3 deals ask for 137 hours, 62 can be had.",
        "[x] Likelihood counts  [ ] Nobody later than asked",
        "#1 · Acme · 100 × Summit tent",
        "$43,200 · margin fine · takes 54 hours of it · Sara sells",
        "→ 48 on Jan 18, 52 on Jan 25 · gives up $499.20",
        "Belay proposes",
        "#2 · Borealis · 90 × Summit tent",
        "$38,880 · margin fine · takes 49 hours of it · Pete sells",
        "→ 1 week later · gives up $864",
        "Belay proposes",
        "#3 · Scouts · 60 × Summit tent",
        "$25,920 · margin fine · takes 34 hours of it · Sara sells",
        "→ as asked",
        "Belay proposes",
        "Nothing goes together better.",
        "Sending approves and counters all of them at once, or none.",
    ]
    olga.submit()
    stage.sb.settle()
    assert shown(olga).as_text().splitlines() == [
        "Sent.",
        "#1 · Acme · 100 × Summit tent: countered, and held",
        "#2 · Borealis · 90 × Summit tent: countered, and held",
        "#3 · Scouts · 60 × Summit tent: approved",
    ]
    assert states(stage) == ["countered", "countered", "approved"]
    assert "Summit tent: 90 tents, week of Jan 18 → 90 tents, week of Jan 25" in stage.own_card("Pete", 2).as_text()
    assert stage.sb.violations() == []


def test_choice_of_a_person_stays_and_the_others_follow(stage: Stage) -> None:
    ask(stage)
    olga = compare(stage)
    choose(stage, olga, 1, "as asked")
    assert arrows(olga) == [
        "→ as asked · your choice",
        "→ 1 week later · gives up $864",
        "→ 1 week later · gives up $576",
    ]
    choose(stage, olga, 3, "as asked")
    assert "What you have chosen cannot be had. Leave one of them to Belay." in shown(olga).as_text()
    assert shown(olga).raw["submit"] is None
    choose(stage, olga, 1, "Belay proposes")
    assert arrows(olga)[2] == "→ as asked · your choice"
    choose(stage, olga, 2, "not now")
    olga.submit()
    stage.sb.settle()
    assert states(stage) == ["countered", "proposed", "approved"]


def test_yes_that_finance_has_to_share_is_told_before(stage: Stage) -> None:
    for customer, tents, price in (("Acme", 100, 380), ("Borealis", 90, 432)):
        stage.propose(f"{customer}, {tents} Summit tent @ {price} on 2027-01-18")
    olga = compare(stage)
    choose(stage, olga, 1, "as asked")
    said = "→ as asked · finance must agree too, and nothing is held until then · your choice"
    assert arrows(olga)[0] == said
    assert "Nothing goes better with what you chose." in shown(olga).as_text()


def test_yes_that_anybody_else_has_to_share_is_told_before(stage: Stage) -> None:
    with stage.bot.database.writing() as session:
        asked = [Rule(Who(Kind.ROLE, (role,))) for role in (Role.OPERATIONS, Role.LEADERSHIP, Role.FINANCE)]
        set_policy(the_workspace(session), asked, by=None, now=NOW)
    ask(stage)
    olga = compare(stage)
    choose(stage, olga, 1, "as asked")
    said = "→ as asked · leadership, finance must agree too, and nothing is held until then · your choice"
    assert arrows(olga)[0] == said


def test_what_counts_can_be_changed_in_the_view(stage: Stage) -> None:
    ask(stage)
    olga = compare(stage)
    olga.choose("weighed", ["Likelihood counts", "Nobody later than asked"])
    stage.sb.settle()
    assert arrows(olga) == ["→ 48 instead of 100 · gives up $24,960", "→ not now", "→ as asked"]
    assert "1 gets no answer yet." in shown(olga).as_text()


def test_what_changed_meanwhile_is_not_sent(stage: Stage) -> None:
    ask(stage)
    olga = compare(stage)
    otto = stage.person("Otto")
    otto.press("Approve", in_=stage.card(2))
    stage.sb.settle()
    olga.submit()
    stage.sb.settle()
    assert "Deal #2 is promised, and the promise can be kept" in shown(olga).as_text()
    assert "Nothing was sent." in shown(olga).as_text()
    assert states(stage) == ["proposed", "approved", "proposed"]
    olga.press("Compare again")
    stage.sb.settle()
    assert "Assembly, week of Jan 4: 2 deals ask for 88 hours, 13 can be had." in shown(olga).as_text()


def test_leadership_looks_and_others_are_refused(stage: Stage) -> None:
    ask(stage)
    lea = compare(stage, "Lea")
    assert shown(lea).as_text().splitlines()[-1] == "Operations send these."
    assert shown(lea).raw["submit"] is None
    for name in ("Sara", "Fin", "Gus"):
        assert "compared by operations and leadership" in shown(compare(stage, name)).as_text()


def test_deal_that_nobody_else_wants_has_no_compare(stage: Stage) -> None:
    stage.propose("Acme, 20 Summit tent @ 432 on 2027-01-18")
    assert "Compare" not in stage.card().buttons


def test_home_of_operations_and_leadership_names_the_week_that_several_want(stage: Stage) -> None:
    ask(stage)
    for name in ("Olga", "Lea"):
        person = stage.person(name)
        person.open_home()
        stage.sb.settle()
        home = person.home()
        assert home is not None
        assert "Wanted by several\nAssembly, week of Jan 4: not enough for #1, #2, #3." in home.as_text()
    person.press("compare.1-1")
    stage.sb.settle()
    assert shown(person).as_text().startswith("Assembly, week of Jan 4: 3 deals ask for 137 hours")


def test_promises_that_a_change_breaks_are_decided_together(stage: Stage) -> None:
    olga = stage.person("Olga")
    for number, (customer, tents) in enumerate((("Acme", 60), ("Borealis", 40), ("Scouts", 24)), 1):
        stage.propose(f"{customer}, {tents} Summit tent @ 432 on 2027-01-25")
        olga.press("Approve", in_=stage.card(number))
        stage.sb.settle()
    lower_week(stage.sb, olga, OPS, "Assembly 11 Jan", 20)
    olga.press("Decide them together")
    stage.sb.settle()
    text = shown(olga).as_text()
    aim = "As many as can be are kept; the others come as soon as they can."
    assert text.splitlines()[0] == f"3 promises can no longer be kept. {aim}"
    assert arrows(olga) == [
        "→ 1 week later · gives up $576",
        "→ 1 week later · gives up $384",
        "→ as promised",
    ]
    assert text.splitlines()[-1] == "Sending counters the others at once, all or none. 1 stays as promised."
    olga.submit()
    stage.sb.settle()
    assert states(stage) == ["countered", "countered", "approved"]
    assert "can no longer be kept" in stage.card(3).as_text()
    for number in (1, 2):
        stage.person("Sara").press("Accept", in_=stage.own_card("Sara", number))
        stage.sb.settle()
    assert states(stage) == ["approved"] * 3
    assert "can no longer be kept" not in stage.card(3).as_text()
    assert stage.thread(3)[-1].startswith("Somebody else needs less here now, and this promise can be kept again.")
    assert stage.sb.violations() == []
