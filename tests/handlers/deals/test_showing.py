"""One deal, by its number."""

import pytest

from handlers.deals import showing
from models.base.errors import NotYours, Refused
from tests.handlers.large import Large
from tests.handlers.shown import Slack
from tests.stage import OPS, Stage
from tests.world import NOW, World


@pytest.mark.parametrize("name", ["Sara", "Olga", "Fin", "Pete"])
@pytest.mark.parametrize("stage", ["short", "answered", "won"])
def test_deal_that_is_shown_is_accepted(large: Large, slack: Slack, stage: str, name: str) -> None:
    world, number = large.world, large.deal(stage).number
    slack.reply(showing.show_deal(world.workspace, large.person(name), NOW, f"show #{number}"))


@pytest.mark.parametrize("text", ["show", "show x", "show ²", "show 99999999999", "show -1"])
def test_number_that_is_none_is_asked_for(world: World, text: str) -> None:
    with pytest.raises(Refused) as refused:
        showing.show_deal(world.workspace, world.person("Sara"), NOW, text)
    assert refused.value.sentence == "Which deal? `/deal 42` shows number 42."


def test_deal_is_shown_to_people_with_a_role_only(world: World) -> None:
    world.propose()
    with pytest.raises(NotYours):
        showing.show_deal(world.workspace, world.person("Gus"), NOW, "1")


@pytest.mark.parametrize("line", ["/deal 1", "/deal #1", "/deal show 1", "/deal show #1", "/deal  1 "])
@pytest.mark.parametrize("stage", ["http"], indirect=True)
def test_number_by_itself_shows_the_deal(stage: Stage, line: str) -> None:
    stage.propose("Acme 100 Summit tent by 18 Jan")
    olga = stage.person("Olga")
    olga.command(OPS, line)
    assert olga.channel(OPS)[-1].as_text().startswith("#1 · Acme · 100 × Summit tent")
    assert "Approve" in olga.channel(OPS)[-1].buttons
    olga.command(OPS, "/deal 7")
    assert "There is no deal #7." in olga.channel(OPS)[-1].as_text()
    assert olga.modals() == []
