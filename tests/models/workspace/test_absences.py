"""Absences and deputies as they are kept: who may be one, and when an absence begins and ends."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models.base.errors import Refused
from models.workspace.absences import (
    Absence,
    Deputised,
    appoint_deputy,
    begin_and_end,
    come_back,
    go_away,
    next_absence,
    workspaces_with_due,
)
from models.workspace.members import set_roles
from models.workspace.outbox import News, Outbox
from models.workspace.roles import Role
from tests.world import NOW, World

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def see_to(world: World, now: datetime) -> None:
    for workspace in workspaces_with_due(world.session, now=now):
        for member in begin_and_end(workspace, now=now):
            appoint_deputy(member)


@pytest.mark.parametrize(
    ("name", "deputy", "refused"),
    [
        ("Fin", "Olga", "Olga cannot decide what you decide. Choose somebody in finance, or in leadership."),
        ("Sara", "Gus", "Gus cannot decide what you decide. Choose somebody in sales, or in leadership."),
        ("Olga", "Olga", "Choose somebody else: you are away."),
        ("Olga", "Otto", "Otto is away then, too. Choose somebody else."),
    ],
)
def test_who_cannot_be_deputy_is_refused_and_nothing_changes(
    world: World, name: str, deputy: str, refused: str
) -> None:
    go_away(world.person("Otto"), TODAY + 3 * DAY, TODAY + 9 * DAY, now=NOW)
    with pytest.raises(Refused) as error:
        go_away(world.person(name), TODAY, TODAY + 3 * DAY, now=NOW, deputy=world.person(deputy))
    assert (error.value.sentence, error.value.field) == (refused, "deputy")
    assert len(world.session.scalars(select(Absence)).all()) == 1


def test_deputy_is_told_when_they_are_named(world: World) -> None:
    row = go_away(world.person("Olga"), TODAY + DAY, TODAY + 3 * DAY, now=NOW, deputy=world.person("Otto"))
    (told,) = world.session.scalars(select(Outbox).where(Outbox.kind == News.DEPUTY))
    assert (told.member_id, Deputised.of(told).absence) == (world.person("Otto").id, row.id)
    assert not world.person("Olga").is_away


def test_absence_begins_and_ends_with_the_days_of_who_is_away(world: World) -> None:
    world.person("Olga").timezone = "Asia/Tokyo"
    go_away(world.person("Olga"), date(2026, 11, 25), date(2026, 11, 26), now=NOW, deputy=world.person("Otto"))
    begins = datetime(2026, 11, 25, tzinfo=ZoneInfo("Asia/Tokyo"))
    ends = datetime(2026, 11, 27, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert next_absence(world.session) == begins
    for now, is_away, due in (
        (begins - timedelta(seconds=1), False, begins),
        (begins, True, ends),
        (ends - timedelta(seconds=1), True, ends),
        (ends, False, None),
    ):
        see_to(world, now)
        assert (world.person("Olga").is_away, next_absence(world.session)) == (is_away, due)


def test_who_does_not_go_after_all_was_never_away(world: World) -> None:
    go_away(world.person("Olga"), TODAY + DAY, TODAY + 3 * DAY, now=NOW, deputy=world.person("Otto"))
    come_back(world.person("Olga"), now=NOW)
    assert next_absence(world.session) is None


def test_of_two_absences_the_later_word_on_the_deputy_counts(world: World) -> None:
    set_roles(world.person("Pete"), [Role.OPERATIONS], by=None, now=NOW)
    olga, later = world.person("Olga"), NOW + timedelta(hours=4)
    go_away(olga, TODAY, TODAY + 3 * DAY, now=NOW, deputy=world.person("Otto"))
    see_to(world, NOW)
    go_away(olga, TODAY, TODAY + DAY, now=later, deputy=world.person("Pete"))
    see_to(world, later)
    assert olga.deputy is world.person("Pete")
    see_to(world, NOW + 2 * DAY)
    assert (olga.is_away, olga.deputy) == (True, world.person("Otto"))
