"""A workspace: its calendar, its numbers, and how it is met."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select

from bot.database import Database
from models.base.errors import Refused
from models.base.working_time import WorkingHours
from models.workspace.workspaces import Workspace, find_workspace, meet_workspace, the_workspace
from tests.world import World

DENVER = Workspace(name="", timezone="America/Denver", country="US", opens_at=time(8), closes_at=time(16))


@pytest.mark.parametrize(
    ("now", "today", "week"),
    [
        # In November, Denver is 7 hours behind Greenwich.
        (datetime(2026, 11, 23, 6, 59, tzinfo=UTC), date(2026, 11, 22), date(2026, 11, 16)),
        (datetime(2026, 11, 23, 7, 0, tzinfo=UTC), date(2026, 11, 23), date(2026, 11, 23)),
        (datetime(2027, 1, 1, 6, 0, tzinfo=UTC), date(2026, 12, 31), date(2026, 12, 28)),
    ],
)
def test_day_and_week_are_those_where_the_company_is(now: datetime, today: date, week: date) -> None:
    assert (DENVER.today(now), DENVER.this_week(now)) == (today, week)


def test_midnight_and_hours_are_local() -> None:
    assert DENVER.midnight(date(2026, 11, 23)) == datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert DENVER.midnight(date(2026, 7, 1)) == datetime(2026, 7, 1, 6, tzinfo=UTC)
    assert DENVER.hours == WorkingHours("America/Denver", "US", time(8), time(16))


def test_deals_are_numbered_from_one_in_each_workspace(world: World) -> None:
    other = Workspace(name="Other", team_id="T2")
    world.session.add(other)
    world.session.flush()
    numbers = []
    for workspace in (world.workspace, world.workspace, other):
        numbers.append(workspace.next_deal_number())
        world.session.flush()
    assert numbers == [1, 2, 1]


def test_imported_company_becomes_that_of_the_first_team_that_is_met(database: Database) -> None:
    with database.writing() as session:
        imported = the_workspace(session)
        imported.name = "Ridgeline"
        session.flush()
        assert the_workspace(session) is imported
        met = meet_workspace(session, team_id="T1", name="Slack's name", bot_id="B1", bot_user_id="U1")
        assert met is imported
        assert (met.team_id, met.name, met.url) == ("T1", "Ridgeline", None)
        session.flush()
        # The same team again is the same row; its address is kept when Slack does not say it.
        meet_workspace(session, team_id="T1", name="", bot_id="B2", bot_user_id="U2", url="https://r.slack.com/")
        meet_workspace(session, team_id="T1", name="", bot_id="B2", bot_user_id="U2")
        assert (met.bot_id, met.url) == ("B2", "https://r.slack.com/")
        second = meet_workspace(session, team_id="T2", name="Other", bot_id="B3", bot_user_id="U3")
        assert second is not met
        assert (second.name, len(session.scalars(select(Workspace)).all())) == ("Other", 2)


def test_command_means_the_only_workspace_or_the_one_that_is_named(database: Database) -> None:
    with database.writing() as session:
        only = the_workspace(session)
        only.team_id = "T1"
        session.flush()
        assert the_workspace(session, "T1") is only
        with pytest.raises(Refused) as unknown:
            the_workspace(session, "T9")
        session.add(Workspace(name="Other", team_id="T2"))
        session.flush()
        with pytest.raises(Refused) as several:
            the_workspace(session)
        assert (unknown.value.sentence, several.value.sentence) == (
            "No workspace T9 is known here.",
            "There are several workspaces; name one with --workspace T….",
        )
        assert find_workspace(session, "T9") is None
