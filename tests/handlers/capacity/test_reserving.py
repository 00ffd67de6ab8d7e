"""`/capacity reserve` as operations use it, what others see of it, and its end on the turned clock."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from models.company.customers import take_customers
from models.files.company import GivenCustomer
from models.workspace.workspaces import the_workspace
from tests.stage import DOORS, OPS, Stage, shown, staged

KEPT = "40 hours reserved for strategic customers until Dec 1."


@pytest.fixture(params=DOORS)
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    """The bot through each of Slack's doors, on each database."""
    with staged(database_url, request.param) as stage:
        with stage.bot.database.writing() as session:
            take_customers(the_workspace(session), [GivenCustomer("Acme", tier="strategic")])
        yield stage


def fill(stage: Stage, **fields: str) -> None:
    olga = stage.person("Olga")
    olga.command(OPS, "/capacity reserve")
    stage.sb.settle()
    for label, value in fields.items():
        olga.fill_by_label(label.replace("_", " "), value)
    stage.sb.settle()


def reserve(stage: Stage, **other: str) -> None:
    given = {"Resource": "Assembly", "In_the_week_of": "2027-01-04", "How_much_of_each_week": "40"}
    fill(stage, **(given | {"For": "strategic customers", "Until": "2026-12-01"} | other))
    reply = stage.person("Olga").submit()
    assert reply.ok, reply
    stage.sb.settle()


@pytest.mark.both_ways
def test_reserve_is_obeyed_and_ends_on_its_date_by_the_clock(stage: Stage) -> None:
    stage.propose("Borealis, 100 Summit tent @ 432 on 2027-01-18", by="Pete")
    assert "Fits, but tightly." in stage.card().as_text()
    reserve(stage)
    assert shown(stage.person("Olga")).as_text() == (
        "Reserved. Assembly, week of Jan 4: 40 hours for strategic customers until Dec 1."
    )
    assert KEPT in stage.card().as_text()
    stage.propose("Acme, 100 Summit tent @ 432 on 2027-01-18")
    assert "Fits, but tightly." in stage.card(2).as_text()
    stage.sb.turn(by=timedelta(days=8))
    stage.sb.settle()
    assert KEPT not in stage.card().as_text()
    assert "Fits, but tightly." in stage.card().as_text()
    assert stage.sb.violations() == []


def test_reserve_is_named_where_it_makes_others_buy_overtime(stage: Stage) -> None:
    until = {"In_the_week_of": "2027-01-11", "How_much_of_each_week": "380"}
    reserve(stage, **until)
    stage.propose("Borealis, 60 Summit tent @ 432 on 2027-01-25", by="Pete")
    kept = "380 hours reserved for strategic customers until Dec 1."
    assert f"Assembly, week of Jan 11. {kept}" in stage.card().as_text()


def test_reserves_are_listed_and_given_back(stage: Stage) -> None:
    reserve(stage)
    olga = stage.person("Olga")
    olga.command(OPS, "/capacity Assembly 4 Jan")
    stage.sb.settle()
    text = shown(olga).as_text()
    assert "40 hours  reserved for strategic customers until Dec 1" in text
    assert "▓▓▓▓▓▓▓▓▒░ 93 %" in text
    assert "Jan 4: Public holiday; 40 hours reserved" in text
    fill(stage)
    assert shown(olga).as_text().startswith("Assembly, week of Jan 4: 40 hours for strategic customers until Dec 1\n")
    olga.press("Give back")
    stage.sb.settle()
    assert shown(olga).as_text().startswith("Resource:")


def test_campaign_is_offered_where_hours_are_kept_for_one(stage: Stage) -> None:
    sara = stage.person("Sara")
    sara.command(OPS, "/deal Depot, 100 Summit tent @ 432 on 2027-01-18")
    stage.sb.settle()
    assert "For the campaign" not in shown(sara).as_text()
    reserve(stage, For="", Or_for_a_campaign="Spring fair")
    sara.command(OPS, "/deal Depot, 100 Summit tent @ 432 on 2027-01-18")
    stage.sb.settle()
    assert "40 hours reserved for the campaign Spring fair until Dec 1." in shown(sara).as_text()
    sara.fill_by_label("For the campaign", "Spring fair")
    stage.sb.settle()
    assert "Fits, but tightly." in shown(sara).as_text()
    assert sara.submit().ok
    stage.sb.settle()
    assert "Sara sells · for Spring fair" in stage.card().as_text()


def test_what_is_not_free_is_refused_under_its_field(stage: Stage) -> None:
    fill(stage, Resource="Assembly", In_the_week_of="2027-01-04", How_much_of_each_week="63", Until="2026-12-01")
    olga = stage.person("Olga")
    assert list(olga.submit().errors.values()) == ["For the customers of a tier, or for a campaign: one of the two."]
    olga.fill_by_label("For", "strategic customers")
    assert list(olga.submit().errors.values()) == ["Only 62 hours are free in the week of Jan 4."]


@pytest.mark.parametrize("name", ["Sara", "Lea"])
def test_others_do_not_reserve(stage: Stage, name: str) -> None:
    person = stage.person(name)
    person.command(OPS, "/capacity reserve")
    stage.sb.settle()
    assert "Capacity is adjusted by operations." in shown(person).as_text()
