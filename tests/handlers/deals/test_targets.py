"""What buttons of deals carry is a hint: the deal is loaded again, and what is no way to yes is none."""

import json
from typing import Any

import pytest
from slack_sdk import WebClient
from sqlalchemy.orm import Session

from handlers.deals.targets import AnswerTarget, DealTarget, StandardTarget, WayTarget, deal, taken
from handlers.slack.ids import Target
from handlers.slack.request import Request, wanted
from handlers.slack.slack_checks import SlackChecks
from models.base.errors import NotFound
from models.workspace.agendas import agenda_of
from models.workspace.members import Member
from models.workspace.workspaces import Workspace, find_workspace, meet_workspace
from tests.world import NOW, World

WAY = [[1, 116, 43_200, "2027-01-18"], [1, 84, 43_200, "2027-01-25"]]


def pressed(value: str, *, metadata: str = "", by: Member | None = None) -> Request:
    """A button with a value, in a form with metadata."""
    action = {"type": "button", "action_id": "counter.7", "value": value}
    return request({"type": "block_actions", "actions": [action], "view": {"private_metadata": metadata}}, by)


def request(body: dict[str, Any], by: Member | None = None) -> Request:
    by = by or Member(workspace=Workspace(name="Ridgeline"))
    return Request(Session(), by.workspace, by, NOW, frozenset(), body, SlackChecks(WebClient()))


@pytest.mark.parametrize(
    ("lines", "way"),
    [
        (WAY, WAY),
        ([], []),
        *(([line], []) for line in ([], [1], ["1", 116, 43_200, "2027-01-18"], [1, 116, 43_200, 7])),
        *(([line], []) for line in ([True, 116, 43_200, "x"], [1, 116.0, 43_200, "x"], [1, None, 1, "x"], "abcd")),
        # One that is wrong spoils the way.
        ([*WAY, [1, 2, 3]], []),
    ],
)
def test_way_is_taken_only_where_each_line_is_one(lines: list[Any], way: list[Any]) -> None:
    assert list(taken(pressed(json.dumps({"deal": 7, "taken": lines})))) == way


def test_way_that_is_rubbish_is_none() -> None:
    for value in (
        "",
        "rubbish",
        "[]",
        '{"taken":7}',
        '{"taken":[1]}',
        '{"taken":"1"}',
        '{"taken":{}}',
        DealTarget(deal=7).encode(),
    ):
        assert list(taken(pressed(value))) == []


def test_deal_is_loaded_again_from_the_workspace_of_whoever_asks(world: World) -> None:
    ours, olga = world.propose(), world.person("Olga")
    assert deal(pressed(DealTarget(deal=ours.id).encode(), by=olga)) is ours
    assert wanted(pressed("", metadata=AnswerTarget(deal=ours.id).encode(), by=olga), "deal", None) is ours
    meet_workspace(world.session, team_id="T2", name="", bot_id="B2", bot_user_id="UBOT2")
    stranger = Member(workspace=find_workspace(world.session, "T2"), user_id="USTRANGER")
    asked = [(olga, ""), (olga, "rubbish"), (olga, '{"deal":999}'), (olga, '{"deal":"1"}')]
    for by, value in [*asked, (stranger, DealTarget(deal=ours.id).encode())]:
        with pytest.raises(NotFound) as refused:
            deal(pressed(value, by=by))
        assert refused.value.sentence == "That deal is not here."


def test_button_without_a_target_is_about_what_its_form_is() -> None:
    form = WayTarget(deal=7, version=2).encode()
    values = {"": 7, Target().encode(): 7, DealTarget(deal=8).encode(): 8, "rubbish": 0}
    assert {value: pressed(value, metadata=form).carried(DealTarget).deal for value in values} == values


def test_targets_of_several_in_a_message_have_keys_of_their_own() -> None:
    assert [target.key for target in (Target(), DealTarget(deal=7), WayTarget(deal=8))] == ["", 7, 8]
    assert [StandardTarget(offer=7, kind=kind).key for kind in ("lot", "discount")] == ["7-lot", "7-discount"]


def test_card_that_is_older_than_a_deal_is_of_another_one(world: World) -> None:
    ours, olga = world.propose(), world.person("Olga")
    agenda = agenda_of(olga)

    def asked(seconds: int) -> Request:
        action = {"type": "button", "action_id": "approve.1", "value": DealTarget(deal=ours.id).encode()}
        ts = f"{NOW.timestamp() + seconds:.6f}"
        return request({"type": "block_actions", "actions": [action], "message": {"ts": ts, "text": ""}}, olga)

    assert [deal(asked(seconds)) for seconds in (0, -59, 3600)] == [ours] * 3
    with pytest.raises(NotFound, match="This card is older than deal #1"):
        deal(asked(-61))
    # The message of what waits is older than what it lists by now.
    agenda.ts = f"{NOW.timestamp() - 61:.6f}"
    world.session.flush()
    assert deal(asked(-61)) is ours
