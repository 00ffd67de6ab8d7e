"""People and their roles: what Slack says of them, and what an admin gave them."""

from datetime import time

import pytest
from sqlalchemy import select

from models.base.errors import NotYours, Refused
from models.base.working_time import WorkingHours
from models.workspace.history import History
from models.workspace.members import (
    Grant,
    Member,
    check_admin,
    find_member,
    learn_member,
    meet_member,
    members_with,
    set_hours,
    set_roles,
)
from models.workspace.roles import Role
from models.workspace.workspaces import Workspace
from tests.world import NOW, World, learn

COMPANY_HOURS = WorkingHours("America/Denver", "US", time(9), time(17))


def test_roles_are_exactly_those_that_were_given_last(world: World) -> None:
    gus, lea = world.person("Gus"), world.person("Lea")
    set_roles(gus, [Role.SALES, Role.FINANCE], by=lea, now=NOW)
    set_roles(gus, [Role.FINANCE, Role.OPERATIONS], by=lea, now=NOW)
    assert gus.roles == {Role.FINANCE, Role.OPERATIONS}
    assert (gus.has(Role.SALES), gus.has(Role.SALES, Role.FINANCE), gus.has()) == (False, True, False)
    # What was taken back stays written down, and what stays was given once.
    grants = world.session.scalars(select(Grant).where(Grant.member_id == gus.id).order_by(Grant.id))
    assert [(grant.role, grant.revoked_by_id) for grant in grants] == [
        (Role.FINANCE, None),
        (Role.SALES, lea.id),
        (Role.OPERATIONS, None),
    ]
    acts = world.session.scalars(select(History).where(History.subject_id == gus.id, History.by_id == lea.id))
    assert [act.details for act in acts] == [{"roles": ["finance", "sales"]}, {"roles": ["finance", "operations"]}]


def test_outsider_has_no_role_whatever_was_granted(world: World) -> None:
    sara = world.person("Sara")
    learn(world.workspace, "Sara", is_outsider=True)
    assert (sara.roles, sara.has(Role.SALES)) == (frozenset(), False)
    assert [member.name for member in members_with(world.workspace, Role.SALES)] == ["Pete"]
    with pytest.raises(Refused) as refused:
        set_roles(sara, [Role.SALES], by=None, now=NOW)
    assert (refused.value.sentence, refused.value.field) == (
        "Sara is a guest or from another organisation, and those have no roles.",
        "roles",
    )
    set_roles(sara, [], by=None, now=NOW)
    learn(world.workspace, "Sara")
    assert sara.roles == frozenset()


def test_people_with_a_role_come_in_their_order_and_from_their_workspace(world: World) -> None:
    set_roles(world.person("Gus"), [Role.OPERATIONS], by=None, now=NOW)
    assert [member.name for member in members_with(world.workspace, Role.OPERATIONS)] == ["Olga", "Otto", "Gus"]
    other = Workspace(name="Other", team_id="T2")
    world.session.add(other)
    world.session.flush()
    assert members_with(other, Role.OPERATIONS) == []


def test_unknown_person_is_noted_or_only_looked_at(world: World) -> None:
    looked_at = meet_member(world.workspace, "UNEW", is_noted=False)
    assert looked_at not in world.session
    assert looked_at.roles == frozenset()
    with pytest.raises(Refused) as refused:
        find_member(world.workspace, "UNEW")
    assert refused.value.sentence == "Slack has not told us about this person yet. Try again in a minute."
    noted = meet_member(world.workspace, "UNEW")
    assert meet_member(world.workspace, "UNEW") is noted
    learn(world.workspace, "New")
    assert find_member(world.workspace, "UNEW") is noted


@pytest.mark.parametrize(("timezone", "known"), [("Europe/Berlin", "Europe/Berlin"), ("Mars/Base", "America/Denver")])
def test_zone_that_nobody_knows_is_the_companys(world: World, timezone: str, known: str) -> None:
    workspace = world.workspace
    learn_member(
        workspace, "UGUS", name="G" * 300, timezone=timezone, locale="x" * 99, is_outsider=False, is_slack_admin=False
    )
    gus = world.person("Gus")
    assert (gus.timezone, len(gus.name), len(gus.locale)) == (known, 200, 40)


def test_hours_are_the_companys_until_a_person_says_otherwise(world: World) -> None:
    sara = world.person("Sara")
    assert sara.hours == COMPANY_HOURS
    world.workspace.opens_at = time(8)
    assert sara.hours.opens == time(8)
    set_hours(sara, WorkingHours("Asia/Tokyo", "DE", time(10), time(18)), now=NOW)
    assert sara.hours == WorkingHours("America/Denver", "DE", time(10), time(18))
    # No country is not the company's: such a person has no public holidays.
    set_hours(sara, WorkingHours("America/Denver", None, time(10), time(18)), now=NOW)
    assert (sara.country, sara.hours.country) == ("", None)


@pytest.mark.parametrize(
    ("hours", "sentence", "field"),
    [
        (WorkingHours("UTC", None, time(17), time(17)), "The day should end after it has begun.", "closes"),
        (WorkingHours("UTC", "XX", time(9), time(17)), "Choose a country from the list.", "country"),
    ],
)
def test_hours_that_make_no_day_are_refused(world: World, hours: WorkingHours, sentence: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        set_hours(world.person("Sara"), hours, now=NOW)
    assert (refused.value.sentence, refused.value.field) == (sentence, field)
    assert world.person("Sara").hours == COMPANY_HOURS


@pytest.mark.parametrize(
    ("member", "may"),
    [
        (Member(user_id="U1", is_outsider=False, is_slack_admin=True), True),
        (Member(user_id="UADMIN", is_outsider=False, is_slack_admin=False), True),
        (Member(user_id="U1", is_outsider=False, is_slack_admin=False), False),
        (Member(user_id="UADMIN", is_outsider=True, is_slack_admin=True), False),
    ],
)
def test_admins_are_slacks_and_those_whom_the_settings_name_but_no_outsiders(member: Member, may: bool) -> None:
    refused = None
    try:
        check_admin(member, frozenset({"UADMIN"}))
    except NotYours as error:
        refused = error.sentence
    sentence = "Only workspace admins, owners and those named in BELAY_ADMINS can do this. Ask one of them."
    assert refused == (None if may else sentence)
