"""Capacity eight weeks at a time, and from a deal to the week that matters to it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from handlers.capacity import capacity, weeks
from handlers.capacity.targets import WeeksTarget, WeekTarget
from handlers.slack.ids import Act
from models.base.errors import NotYours, Refused
from models.capacity.adjusting import adjust
from models.company.resources import ResourceRow
from models.deals.deciding import approve, withdraw
from models.promise import Adjustment
from sandbox.client import Person
from sandbox.render import render_blocks
from tests.handlers.large import LOADED, Large, resource_name
from tests.handlers.shown import Slack, elements_of
from tests.stage import OPS, Stage, shown
from tests.world import NOW, World

NOV_23, JAN_4, JAN_18 = date(2026, 11, 23), date(2027, 1, 4), date(2027, 1, 18)


def resource(world: World, name: str = "Assembly") -> ResourceRow:
    return world.session.scalars(select(ResourceRow).where(ResourceRow.name == name)).one()


def text_of(view: Any) -> str:
    return render_blocks([block.to_dict() for block in getattr(view, "view", view).blocks])


def turns(view: Any) -> dict[str, str]:
    """Back and Next, with the weeks that they begin with."""
    elements = elements_of([block.to_dict() for block in getattr(view, "view", view).blocks])
    buttons = [element for element in elements if element["action_id"].startswith(Act.WEEKS)]
    return {button["text"]["text"]: WeeksTarget.decode(button["value"]).since for button in buttons}


def test_weeks_go_on_as_far_as_something_is_known(world: World) -> None:
    sara, row = world.person("Sara"), resource(world)
    first = weeks.weeks_of(world.workspace, sara, NOW, row.id)
    assert (first.first, first.earlier, first.later) == (NOV_23, None, None)
    deal = world.propose(("Summit tent", 10, 48000, date(2027, 3, 15)))
    approve(deal, by=world.person("Olga"), now=NOW)
    first = weeks.weeks_of(world.workspace, sara, NOW, row.id)
    assert (first.earlier, first.later) == (None, JAN_18)
    last = weeks.weeks_of(world.workspace, sara, NOW, row.id, since=JAN_18)
    assert (last.first, last.earlier, last.later) == (JAN_18, NOV_23, None)
    assert last.resources[0].weeks[0].week == JAN_18
    other = weeks.weeks_of(world.workspace, sara, NOW, resource(world, "Last ten").id)
    assert other.later is None


@pytest.mark.parametrize(
    ("since", "week", "first"),
    [
        (None, None, NOV_23),
        (None, JAN_4, NOV_23),
        (None, JAN_18, JAN_18),
        (date(2020, 1, 6), None, NOV_23),
        (date(2027, 1, 11), JAN_4, date(2027, 1, 11)),
        (date(9999, 12, 27), None, NOV_23 + timedelta(weeks=520)),
        (None, date(9999, 12, 27), NOV_23 + timedelta(weeks=520)),
    ],
)
def test_weeks_are_neither_over_nor_endless(world: World, since: date | None, week: date | None, first: date) -> None:
    shown_weeks = weeks.weeks_of(world.workspace, world.person("Sara"), NOW, 0, since=since, week=week)
    assert shown_weeks.first == first


def test_week_and_resource_stay_among_the_weeks_that_are_shown(world: World) -> None:
    sara, row = world.person("Sara"), resource(world)
    target = WeekTarget(resource=row.id, since="2027-01-18")
    chosen = capacity.choose_week(world.workspace, sara, NOW, "2027-01-25", target)
    assert "Jan 18" in text_of(chosen)
    assert text_of(chosen).splitlines()[-2:] == ["Week of Jan 25", "Nothing loads that week."]
    assert turns(chosen) == {"Back": "2026-11-23"}
    other = capacity.choose_resource(world.workspace, sara, NOW, str(resource(world, "Last ten").id), target)
    assert (turns(other), "Mar 8" in text_of(other)) == ({"Back": "2026-11-23"}, True)


def test_week_that_matters_is_where_a_deal_is_short_else_where_it_is_fullest(world: World) -> None:
    short = world.propose(("Summit tent", 400, 43200, JAN_18))
    roomy = world.propose(("Summit tent", 10, 48000, date(2027, 2, 1)))
    for deal, week in ((short, "Week of Jan 4"), (roomy, "Week of Jan 18")):
        view = weeks.open_week_of_deal(world.workspace, world.person("Olga"), NOW, deal)
        assert text_of(view).startswith("Assembly\n")
        assert week in text_of(view)
    with pytest.raises(NotYours):
        weeks.open_week_of_deal(world.workspace, world.person("Gus"), NOW, short)
    withdraw(short, by=world.person("Sara"), now=NOW)
    view = weeks.open_week_of_deal(world.workspace, world.person("Olga"), NOW, short)
    assert "Week of Jan 4" in text_of(view)


def test_deal_that_takes_no_time_to_come_says_so(world: World) -> None:
    deal = world.propose()
    later = NOW + timedelta(weeks=20)
    with pytest.raises(Refused, match="#1 takes nothing of a week that is to come"):
        weeks.open_week_of_deal(world.workspace, world.person("Olga"), later, deal)


def test_week_of_a_promise_that_broke_is_that_of_the_promise(world: World) -> None:
    deal = world.propose(("Summit tent", 100, 43200, JAN_18))
    approve(deal, by=world.person("Olga"), now=NOW)
    closing = Adjustment("Assembly", JAN_4, available=0, overtime=0, reason="Repair.")
    adjust(resource(world), closing, by=world.person("Olga"), now=NOW)
    assert "Week of Jan 4" in text_of(weeks.open_week_of_deal(world.workspace, world.person("Olga"), NOW, deal))


@pytest.mark.parametrize("stage", ["short", "overtime", "broken"])
def test_week_of_a_large_deal_is_accepted(large: Large, slack: Slack, stage: str) -> None:
    slack.show(weeks.open_week_of_deal(large.world.workspace, large.person("Olga"), NOW, large.deal(stage)))


def test_later_weeks_of_all_resources_are_accepted(large: Large, slack: Slack) -> None:
    target = WeeksTarget(since=LOADED.isoformat(), resource=large.resource(resource_name("fits", 0)).id)
    shown_weeks = weeks.turn_weeks(large.world.workspace, large.person("Olga"), NOW, target)
    slack.show(shown_weeks)
    slack.show(weeks.turn_weeks(large.world.workspace, large.person("Olga"), NOW, WeeksTarget(since="2027-01-18")))


def test_weeks_are_turned_and_reached_from_a_line_and_a_card(stage: Stage) -> None:
    stage.propose("Acme 100 Summit tent by 15 Mar")
    olga = stage.person("Olga")
    olga.press("Approve", in_=stage.card())
    stage.sb.settle()
    command(stage, olga, "/capacity Assembly")
    assert "Nov 23" in shown(olga).as_text()
    olga.press("Next", in_=shown(olga))
    stage.sb.settle()
    assert "Nov 23" not in shown(olga).as_text()
    assert " Mar 1        400         54" in shown(olga).as_text()
    assert shown(olga).buttons == ["Back", "Adjust a week…", "Reserve…", "Import a table…"]
    command(stage, olga, "/capacity assembly 15 March")
    assert "Week of Mar 15\nNothing loads that week." in shown(olga).as_text()
    command(stage, olga, "/capacity assembly in the week of 3 March")
    assert "Week of Mar 1\n54 hours  #1 Acme" in shown(olga).as_text()
    while olga.modals():
        olga.close()
    stage.propose("Borealis 200 Summit tent by 18 Jan")
    olga.press("Show the week", in_=stage.card(2))
    stage.sb.settle()
    assert "Week of Jan 4" in shown(olga).as_text()
    assert "Show the week" not in stage.own_card("Sara", 2).buttons
    assert stage.sb.violations() == []


def command(stage: Stage, person: Person, line: str) -> None:
    while person.modals():
        person.close()
    person.command(OPS, line)
    stage.sb.settle()
