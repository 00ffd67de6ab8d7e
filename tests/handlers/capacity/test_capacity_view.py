"""The views of capacity with their longest plausible data: the weeks, a week to adjust, what breaks, a CSV."""

from datetime import timedelta
from typing import Literal

import pytest

from bot.manifest import manifest
from handlers.capacity import capacity
from handlers.capacity.capacity_view import MOST_BROKEN, MOST_LOADS, Broken, Overview, capacity_view, saved_view
from handlers.capacity.targets import WeekTarget
from handlers.deals.ways_view import MOST_ON_CARD
from handlers.slack.refusals import refusal
from handlers.slack.replies import Say, Show, Suggest
from handlers.slack.view_parts import notice
from models.base.errors import Refused
from models.base.language import _
from models.base.words import locale_of
from models.capacity.loads import loads_of
from models.capacity.overview import coming_weeks
from models.deals.terms import check_deal
from models.files.sheet import MOST_TOLD, BadRows
from sandbox.limits.objects import suggestions
from tests.handlers.capacity.test_adjusting_view import filled, words_of
from tests.handlers.large import LOADED, ODD, REFS, STOCK, Large, long, resource_name
from tests.handlers.looking import save_adjustment, take_over
from tests.handlers.shown import Slack, inside, ways_taken
from tests.world import NOW

US = locale_of("en-US")


def closed(large: Large, name: str) -> Show:
    """What operations see when they have closed a week of a resource."""
    form = filled(large, name, available="0", overtime="0")
    shown = save_adjustment(large.world.workspace, large.person("Olga"), NOW, form)
    assert isinstance(shown, Show)
    return shown


@pytest.mark.parametrize("name", ["Olga", "Sara", "Lea"])
def test_coming_weeks_of_the_fullest_are_accepted(large: Large, slack: Slack, name: str) -> None:
    world = large.world
    view = capacity.open_capacity(world.workspace, large.person(name), NOW, "")
    slack.show(view)
    told = str(view.to_dict())
    assert told.count("rich_text_preformatted") == 5
    assert (_("Adjust a week…") in told) == (name == "Olga")


@pytest.mark.parametrize("kind", ["fits", "overtime"])
def test_loads_of_a_week_are_accepted(large: Large, slack: Slack, kind: str) -> None:
    world, olga, row = large.world, large.person("Olga"), large.resource(resource_name(kind, 0))
    loads = loads_of(world.workspace, row, LOADED, now=NOW)
    assert len(loads) > REFS
    shown = capacity.choose_week(world.workspace, olga, NOW, LOADED.isoformat(), WeekTarget(resource=row.id))
    (view,) = slack.show(shown)
    links = [part["url"] for part in inside(view.to_dict()) if part.get("type") == "link"]
    assert links
    assert links == [loading.link for loading in loads[:MOST_LOADS] if loading.link]
    assert _("And {count} more.", count=len(loads) - MOST_LOADS) in words_of(shown)


def test_loads_that_are_held_say_until_when(large: Large, slack: Slack) -> None:
    world, row = large.world, large.resource(resource_name("overtime", 0))
    loads = [loading for loading in loads_of(world.workspace, row, LOADED, now=NOW) if loading.until]
    resources = coming_weeks(world.workspace, now=NOW, only=row.id)
    view = capacity_view(Overview(resources, 1, may_adjust=True, locale=US, is_one=True, week=LOADED, loads=loads * 9))
    slack.show(view)
    assert len([part for part in inside(view.to_dict()) if part.get("type") == "date"]) == MOST_LOADS


def test_stock_and_a_week_without_load_are_accepted(large: Large, slack: Slack) -> None:
    world, olga, row = large.world, large.person("Olga"), large.resource(long(200, STOCK))
    slack.show(capacity.choose_resource(world.workspace, olga, NOW, str(row.id), WeekTarget()))
    later = (LOADED + timedelta(weeks=500)).isoformat()
    shown = capacity.choose_week(world.workspace, olga, NOW, later, WeekTarget(resource=row.id))
    slack.show(shown)
    assert _("Nothing loads that week.") in words_of(shown)


@pytest.mark.parametrize("text", ["fits resource", long(200, STOCK), "resource"])
def test_weeks_of_a_named_resource_are_accepted(large: Large, slack: Slack, text: str) -> None:
    world = large.world
    slack.show(capacity.open_capacity(world.workspace, large.person("Sara"), NOW, text))


def test_resource_that_nobody_knows_is_refused_in_a_notice(large: Large, slack: Slack) -> None:
    world = large.world
    with pytest.raises(Refused) as refused:
        capacity.open_capacity(world.workspace, large.person("Sara"), NOW, long(3900))
    said = refusal(refused.value)
    assert isinstance(said, Say)
    slack.show(notice(said.sentence))


def test_company_without_resources_is_accepted(slack: Slack) -> None:
    slack.show(capacity_view(Overview((), 0, may_adjust=True, locale=US)))


@pytest.mark.parametrize("text", ["", "fits", long(200, STOCK), long(3000), "%", "🏔️"])
def test_suggestions_of_resources_are_accepted(large: Large, text: str) -> None:
    world = large.world
    found = capacity.suggest_resources(world.workspace, large.person("Sara"), text)
    assert isinstance(found, Suggest)
    assert list(suggestions({"options": [option.to_dict() for option in found.options]}, "")) == []


def test_help_is_accepted(slack: Slack) -> None:
    slack.reply(capacity.help_with_capacity())


def test_saved_week_with_the_promises_that_break_is_accepted(large: Large, slack: Slack) -> None:
    with large.world.session.begin_nested() as attempt:
        shown = closed(large, resource_name("fits", 0))
        attempt.rollback()
    said = [words_of(view) for view in slack.show(shown)]
    assert [text.count(_("Looking for ways to yes…")) for text in said] == [MOST_BROKEN, 0]
    assert [text.count(_("This promise can no longer be kept. ").strip()) for text in said] == [
        MOST_BROKEN,
        MOST_BROKEN,
    ]
    assert all(_("And {more} more: their cards show their ways.").partition("}")[2] in text for text in said)


@pytest.mark.parametrize("ways", [None, (), "longest"])
def test_broken_promises_with_their_ways_are_accepted(
    large: Large, slack: Slack, ways: tuple[()] | Literal["longest"] | None
) -> None:
    deal = large.deal("broken")
    found = large.ways() if ways == "longest" else ways
    checked = check_deal(deal, now=NOW)
    broken = [
        Broken(10**9 + n, 10**9 + n, long(200, "Customer"), long(80, "Seller"), 10**6, checked, found)
        for n in range(MOST_BROKEN + 1)
    ]
    view = saved_view((long(3000), long(3000)), broken, US, more=10**6)
    slack.show(view)
    taken = ways_taken(view.to_dict()["blocks"])
    assert len(taken) == (len(broken) * MOST_ON_CARD if ways == "longest" else 0)


def test_import_form_is_accepted_with_the_scope_for_files(large: Large, slack: Slack) -> None:
    assert "files:read" in manifest()["oauth_config"]["scopes"]["bot"]
    slack.show(capacity.open_import(large.person("Olga")))


def test_import_with_many_wrong_rows_is_refused_in_a_notice(large: Large, slack: Slack) -> None:
    world, header = large.world, "resource,week,available,overtime,receipt,reason"
    odd = f'"{ODD.replace(chr(34), "")}{"W" * 200}"'
    kinds = [
        f"{odd},2027-01-18,1,,,",
        f'"{resource_name("fits", 0)}",{odd},1,,,',
        f'"{resource_name("fits", 0)}",2027-01-18,{odd},,,',
        f'"{resource_name("fits", 0)}",2027-01-18,,,1,',
        f'"{long(200, STOCK)}",2027-01-18,1,1,,',
        f'"{resource_name("fits", 1)}",2027-01-18,1,,,{"W" * 201}',
    ]
    text = "\n".join([header, *kinds * 9])
    shown = take_over(capacity.take_import, text, workspace=world.workspace, by=large.person("Olga"), now=NOW)
    slack.show(shown)
    assert "bring it again" in words_of(shown)


def test_many_wrong_rows_are_told_as_far_as_there_is_room(slack: Slack) -> None:
    refused = BadRows([f"{'W' * 200}, week of 2027-01-04: {n}." for n in range(54)])
    said = refusal(refused)
    assert isinstance(said, Say)
    slack.show(notice(said.sentence))
    slack.reply(said)
    assert f"And {54 - MOST_TOLD} more." in words_of(notice(said.sentence))


@pytest.mark.parametrize(
    "rows",
    [
        f'resource,week,available\n"{resource_name("fragile", 1)}",{LOADED},1',
        f'ref,resource,week,quantity\n{long(200, "REF")},"{resource_name("fragile", 1)}",{LOADED},999999999',
    ],
)
def test_import_that_is_taken_is_accepted(large: Large, slack: Slack, rows: str) -> None:
    world = large.world
    with world.session.begin_nested() as attempt:
        shown = take_over(capacity.take_import, rows, workspace=world.workspace, by=large.person("Olga"), now=NOW)
        attempt.rollback()
    slack.show(shown)
    assert _("Imported {what}. ").partition("{")[0] in words_of(shown)
