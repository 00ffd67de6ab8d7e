"""Roles, many at once; from user groups; and asked for by who has none."""

from datetime import timedelta
from typing import Any

from models.workspace.members import find_member, set_roles
from models.workspace.roles import Role
from models.workspace.workspaces import the_workspace
from tests.stage import OPS, Stage, shown


def opened(stage: Stage, name: str = "Lea") -> Any:
    person = stage.person(name)
    person.command(OPS, "/belay roles")
    stage.sb.settle()
    return person


def granted(stage: Stage, name: str) -> set[str]:
    return set(stage.look(lambda s: {str(r) for r in find_member(the_workspace(s), stage.people[name]).granted}))


def test_many_get_and_lose_roles_at_once_and_hear_what_they_can_do(stage: Stage) -> None:
    lea = opened(stage)
    lea.fill_by_label("Sales", [stage.people[name] for name in ("Sara", "Gus")])
    lea.fill_by_label("Planner data", [stage.people["Gus"]])
    assert lea.submit().ok
    stage.sb.settle()
    assert (granted(stage, "Gus"), granted(stage, "Pete")) == ({"sales", "planner data"}, set())
    assert granted(stage, "Sara") == {"sales"}
    (told,) = [m.as_text() for m in stage.person("Gus").dm()]
    assert "You speak for sales and planner data in Belay now." in told
    assert "/deal proposes a deal" in told
    # What stands there can be typed as it is.
    example = "/deal 20 Summit tent for Acme by Jan 18"
    assert f"For example: {example}" in told
    gus = stage.person("Gus")
    assert gus.command(OPS, example).ok
    stage.sb.settle()
    assert "Fits" in shown(gus).as_text()
    assert stage.person("Sara").dm() == stage.person("Pete").dm() == []


def test_roles_that_changed_meanwhile_are_shown_and_not_overwritten(stage: Stage) -> None:
    lea = opened(stage)
    with stage.bot.database.writing() as session:
        set_roles(find_member(the_workspace(session), stage.people["Gus"]), {Role.FINANCE}, by=None, now=stage.sb.now())
    lea.fill_by_label("Finance", [])
    lea.submit()
    stage.sb.settle()
    assert "Somebody has changed roles meanwhile." in shown(lea).as_text()
    assert granted(stage, "Gus") == {"finance"}


def test_user_groups_are_offered_where_any_can_serve(stage: Stage) -> None:
    stage.sb.add_usergroup("runners", "Runners", [stage.people["Fin"]])
    assert "Fill in from user groups" not in shown(opened(stage)).as_text()
    stage.sb.add_usergroup("emea-sales", "EMEA sales", [stage.people["Gus"]])
    assert "Fill in from user groups" in shown(opened(stage)).as_text()


def test_user_groups_named_after_a_role_fill_the_form_in(stage: Stage) -> None:
    stage.sb.add_usergroup("emea-sales", "EMEA sales", [stage.people["Gus"], stage.people["Sara"]])
    stage.sb.add_usergroup("runners", "Runners", [stage.people["Fin"]])
    lea = opened(stage)
    lea.press("Fill in from user groups")
    stage.sb.settle()
    assert "Filled in from EMEA sales → sales. Nothing is saved yet." in shown(lea).as_text()
    assert granted(stage, "Gus") == set()
    assert lea.submit().ok
    assert granted(stage, "Gus") == {"sales"}
    lea = opened(stage)
    stage.sb.fault("error", method="usergroups.list", error="missing_scope")
    lea.press("Fill in from user groups")
    stage.sb.settle()
    assert "install Belay again, with the scope usergroups:read" in shown(lea).as_text()


def test_who_has_no_role_asks_for_one_and_an_admin_gives_it(stage: Stage) -> None:
    gus, lea = stage.person("Gus"), stage.person("Lea")
    gus.command(OPS, "/deal Acme 20 Summit tent by 18 Jan")
    stage.sb.settle()
    assert shown(gus).as_text() == (
        "Deals are proposed by sales. An admin gives roles with /belay roles.\n[ Ask for a role ]"
    )
    for _ in range(2):
        gus.press("Ask for a role")
        stage.sb.settle()
        assert "Your admins know." in shown(gus).as_text()
        gus.close()
    asked = [m for m in lea.dm() if "would like a role" in m.as_text()]
    assert len(asked) == 1
    assert stage.person("Sara").dm() == []
    lea.press("Sales", in_=asked[0])
    stage.sb.settle()
    assert granted(stage, "Gus") == {"sales"}
    assert "You speak for sales in Belay now." in gus.dm()[-1].as_text()
    lea.press("Sales", in_=asked[0])
    stage.sb.settle()
    assert granted(stage, "Gus") == {"sales"}


def test_asked_again_another_day_is_heard_again(stage: Stage) -> None:
    gus = stage.person("Gus")
    for _ in range(2):
        gus.command(OPS, "/deal list")
        stage.sb.settle()
        gus.press("Ask for a role")
        stage.sb.settle()
        gus.close()
        gus.close()
        stage.sb.turn(by=timedelta(days=2))
    assert len([m for m in stage.person("Lea").dm() if "would like a role" in m.as_text()]) == 2


def test_nobody_but_admins_gives_roles(stage: Stage) -> None:
    assert "Only workspace admins" in shown(opened(stage, "Sara")).as_text()
