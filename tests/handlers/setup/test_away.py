"""`/belay away` and `/belay back`, and what somebody's home says of weeks that are too much for them."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select

from handlers.setup.away import _days, _person
from models.company.resources import ResourceRow
from models.workspace.members import meet_member
from models.workspace.workspaces import the_workspace
from tests.stage import DOORS, OPS, Stage, shown, staged
from tests.world import World


@pytest.fixture(params=DOORS)
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    """The bot through each of Slack's doors, on each database; Assembly is Otto's time."""
    with staged(database_url, request.param) as stage:
        with stage.bot.database.writing() as session:
            row = session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
            row.member, row.weekly = meet_member(the_workspace(session), stage.people["Otto"]), 40_000
        yield stage


def test_who_is_away_is_not_counted_on_and_sees_what_is_too_much(stage: Stage) -> None:
    stage.propose("Acme, 60 Summit tent @ 432 on 2027-01-25")
    stage.person("Olga").press("Approve", in_=stage.card())
    stage.sb.settle()
    otto = stage.person("Otto")
    otto.command(OPS, "/belay away until 15 Jan")
    stage.sb.settle()
    assert "To, that day included: 2027-01-15" in shown(otto).as_text()
    otto.fill_by_label("From", "2027-01-11")
    otto.submit()
    stage.sb.settle()
    said = (
        "You are away from Jan 11 to Jan 15. What only you can answer goes to whoever leads your side. "
        "Promises that need you and can no longer be kept: #1. Their owners know."
    )
    assert shown(otto).as_text() == said
    assert "Why: Otto is away from Jan 11 to Jan 15." in stage.card().as_text()
    otto.open_home()
    stage.sb.settle()
    home = otto.home()
    assert home is not None
    assert "Too much for you\nWeek of Jan 11: 34 hours of your 0 hours" in home.as_text()
    otto.command(OPS, "/belay back")
    stage.sb.settle()
    otto.open_home()
    stage.sb.settle()
    home = otto.home()
    assert home is not None
    assert "Too much for you" not in home.as_text()
    assert "can no longer be kept" not in stage.card().as_text()
    assert stage.sb.violations() == []


def test_deputy_answers_in_slack_and_who_comes_back_takes_over(stage: Stage) -> None:
    """Each side reads what is going on: the deputy whose deals come, the seller and operations who agreed for whom."""
    stage.propose("Acme, 60 Summit tent @ 432 on 2027-01-25")
    olga, otto, sara, pete = (stage.person(name) for name in ("Olga", "Otto", "Sara", "Pete"))
    olga.press("Counter…", in_=stage.card())
    stage.sb.settle()
    olga.fill_by_label("Quantity", "50")
    stage.sb.settle()
    olga.submit()
    stage.sb.settle()
    sara.command(OPS, "/belay away until 4 Dec, deputy @Olga")
    stage.sb.settle()
    reply = sara.submit()
    assert "Olga cannot decide what you decide. Choose somebody in sales, or in leadership." in str(reply)
    sara.fill_by_label("Who answers for you?", stage.people["Pete"])
    sara.submit()
    stage.sb.settle()
    assert shown(sara).as_text().startswith("You are away from Nov 23 to Dec 4. Pete answers for you.")
    told = [m.as_text() for m in pete.dm()]
    assert "Sara is away from Nov 23 to Dec 4 and named you deputy. What waits for Sara then comes to you." in told
    assert "Your answer, for Sara" in stage.agenda("Pete")
    pete.press("Accept", in_=pete.dm()[-1])
    stage.sb.settle()
    assert stage.state() == "approved"
    assert "Pete for Sara agreed, and the capacity is committed." in stage.thread()[-1]
    assert stage.agenda("Pete") == "Nothing waits for you any more."
    sara.command(OPS, "/belay back")
    stage.sb.settle()
    assert "Welcome back." in [m.as_text() for m in sara.channel(OPS) if m.ephemeral][-1]
    assert [m for m in otto.dm() if "deputy" in m.as_text()] == []
    assert stage.sb.violations() == []


def test_line_names_the_deputy_as_a_mention_or_as_they_are_called(world: World) -> None:
    for said, person in {"@otto": "UOTTO", "<@UOTTO|otto>": "UOTTO", "Otto": "UOTTO", "@nobody": None}.items():
        assert (said, _person(world.workspace, said)) == (said, person)


def test_what_is_no_day_is_said(stage: Stage) -> None:
    otto = stage.person("Otto")
    otto.command(OPS, "/belay away until whenever")
    stage.sb.settle()
    assert "“whenever” is no day that is still to come." in shown(otto).as_text()


def test_who_has_no_role_but_is_needed_says_when_they_are_away(stage: Stage) -> None:
    with stage.bot.database.writing() as session:
        row = session.scalars(select(ResourceRow).where(ResourceRow.name == "Assembly")).one()
        row.member = meet_member(the_workspace(session), stage.people["Gus"])
    gus = stage.person("Gus")
    gus.command(OPS, "/belay away until 15 Jan")
    stage.sb.settle()
    assert gus.submit().ok
    stage.sb.settle()
    assert shown(gus).as_text().startswith("You are away from Nov 23 to Jan 15.")


def test_who_has_no_role_is_told(stage: Stage) -> None:
    gus = stage.person("Gus")
    gus.command(OPS, "/belay away")
    stage.sb.settle()
    assert "Deals are for people with a role." in shown(gus).as_text()


def test_days_are_read_as_people_write_them(world: World) -> None:
    today = date(2026, 11, 23)
    jan_3, jan_9, friday = date(2027, 1, 3), date(2027, 1, 9), date(2026, 11, 27)
    for text, days in {
        "": (today, None),
        "away": (today, None),
        "away until 3 Jan": (today, jan_3),
        "until 3 Jan": (today, jan_3),
        "away 3 Jan to 9 Jan": (jan_3, jan_9),
        "away from 3 Jan until 9 Jan": (jan_3, jan_9),
        "away 3 Jan - 9 Jan": (jan_3, jan_9),
        "away Friday": (friday, friday),
        "away next week": (date(2026, 11, 30), date(2026, 12, 4)),
    }.items():
        assert (text, _days(world.workspace, text, today)) == (text, days)
