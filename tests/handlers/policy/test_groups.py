"""A user group of Slack as a step: chosen in the form, asked, and followed as its people change."""

from collections.abc import Iterator

import pytest

from tests.stage import DOORS, OPS, Stage, shown, staged


@pytest.fixture(params=DOORS)
def stage(request: pytest.FixtureRequest, database_url: str) -> Iterator[Stage]:
    with staged(database_url, request.param) as stage:
        yield stage


def test_group_is_asked_and_whoever_comes_into_it_answers_the_next_version(stage: Stage) -> None:
    people, sb = stage.people, stage.sb
    desk = sb.add_usergroup("deal-desk", "Deal desk", [people["Fin"], people["Sara"]])
    sb.settle()
    lea, sara, pete = stage.person("Lea"), stage.person("Sara"), stage.person("Pete")
    lea.command(OPS, "/belay policy")
    sb.settle()
    lea.press("Add a rule…")
    sb.settle()
    lea.fill_by_label("Or a user group", "Deal desk")
    lea.fill_by_label("When", "In step 2, after those before")
    lea.submit()
    sb.settle()
    assert "New: All deals: Deal desk" in shown(lea).as_text()
    lea.submit()
    sb.settle()
    assert "3. All deals: Deal desk, after operations and finance" in shown(lea).as_text()
    stage.propose("Acme 60 Summit tent @ 432 on 2027-01-25")
    assert "To agree: operations → Deal desk" in stage.card().as_text()
    stage.person("Olga").press("Approve", in_=stage.card())
    sb.settle()
    # Sara is in the group, and sells the deal: Fin is asked, and nobody else.
    assert "Deal desk" in stage.own_card("Fin").as_text()
    stage.person("Fin").press("Send back…", in_=stage.own_card("Fin"))
    sb.settle()
    stage.person("Fin").fill_by_label("What would have to change?", "Fewer.")
    stage.person("Fin").submit()
    sb.settle()
    sb.set_usergroup(desk, [people["Pete"]])
    sb.settle()
    sara.press("Revise…", in_=stage.own_card("Sara"))
    sb.settle()
    sara.fill_by_label("Quantity", "50")
    sb.settle()
    sara.submit()
    sb.settle()
    stage.person("Otto").press("Approve", in_=stage.card())
    sb.settle()
    pete.press("Approve…", in_=stage.own_card("Pete"))
    sb.settle()
    pete.submit()
    sb.settle()
    assert stage.state() == "approved"
    assert sb.violations() == []
