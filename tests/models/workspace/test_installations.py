"""Where Belay is installed: a team's own leave goes before its organisation's, and leaving one leaves no other."""

from datetime import timedelta

from sqlalchemy import select

from models.workspace.installations import (
    Installation,
    InstallState,
    begin_installing,
    find_installation,
    is_installing,
    leave_place,
    meet_installed,
)
from models.workspace.workspaces import Workspace
from tests.world import NOW, World


def grant(world: World, place: str) -> Installation:
    row = Installation(place=place, bot_id=f"B{place}", bot_user_id=f"U{place}", token="1.x", installed_at=NOW)
    world.session.add(row)
    world.session.flush()
    return row


def found(world: World, team: str | None, organisation: str | None) -> str | None:
    row = find_installation(world.session, team=team, organisation=organisation)
    return row.place if row else None


def test_own_leave_goes_before_the_organisations(world: World) -> None:
    for place in ("E1", "T7"):
        grant(world, place)
    asked = [("T7", "E1"), ("T8", "E1"), ("T8", None), ("T8", "E2"), (None, None)]
    assert [found(world, *each) for each in asked] == ["T7", "E1", None, None, None]


def test_revoked_leave_is_none_and_its_tokens_are_forgotten(world: World) -> None:
    row = grant(world, "T7")
    row.refresh_token = row.token
    row.revoke(now=NOW)
    world.session.flush()
    assert found(world, "T7", None) is None
    assert (row.token, row.refresh_token or "", row.revoked_at) == ("", "", NOW)


def test_team_of_an_organisation_is_met_when_it_comes(world: World) -> None:
    grant(world, "E1")
    met = meet_installed(world.session, team="T7", organisation="E1")
    assert met
    assert (met.team_id, met.enterprise_id, met.bot_id, met.id == world.workspace.id) == ("T7", "E1", "BE1", False)
    assert meet_installed(world.session, team="T8", organisation="E2") is None


def test_organisation_leaves_all_its_teams_but_those_with_a_leave_of_their_own(world: World) -> None:
    grant(world, "E1")
    own = grant(world, "T9")
    teams = [meet_installed(world.session, team=team, organisation="E1") for team in ("T7", "T8", "T9")]
    assert teams[0]
    leave_place(teams[0], is_organisation=True, now=NOW)
    world.session.flush()
    left = select(Workspace.team_id).where(Workspace.uninstalled_at == NOW).order_by(Workspace.team_id)
    assert (world.session.scalars(left).all(), own.revoked_at) == (["T7", "T8"], None)


def test_team_that_leaves_leaves_alone(world: World) -> None:
    rows = [grant(world, place) for place in ("T7", "T8")]
    teams = [meet_installed(world.session, team=team, organisation=None) for team in ("T7", "T8")]
    assert teams[0]
    leave_place(teams[0], is_organisation=False, now=NOW)
    assert [row.revoked_at for row in rows] == [NOW, None]
    assert [team and team.uninstalled_at for team in teams] == [NOW, None]


def test_word_is_good_once_and_for_ten_minutes(world: World) -> None:
    begin_installing(world.session, "first", now=NOW)
    assert [is_installing(world.session, "first", now=NOW) for _ in range(2)] == [True, False]
    begin_installing(world.session, "second", now=NOW)
    late = NOW + timedelta(minutes=10)
    assert not is_installing(world.session, "second", now=late)
    begin_installing(world.session, "third", now=late)
    assert world.session.scalars(select(InstallState.word)).all() == ["third"]
