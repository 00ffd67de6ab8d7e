"""Payloads of any shape are brought into the one that is relied on."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.slack.forms import Filled
from handlers.slack.latest_act import LatestActs
from handlers.slack.payloads import well_formed
from handlers.slack.request import act_in, carried_by

FORM = {
    "type": "view_submission",
    "user": {"id": "U1", "team_id": "T1"},
    "view": {
        "id": "V1",
        "callback_id": "propose",
        "private_metadata": "{}",
        "state": {"values": {"offer": {"offer": {"type": "static_select", "selected_option": {"value": "1"}}}}},
    },
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    [
        *("view", "state", "values", "actions", "user", "channel", "message", "event", "type", "id", "text", "files"),
        *("callback_id", "private_metadata", "blocks", "block_id", "action_id", "action_ts", "value"),
        "selected_option",
    ]
)


def paths(part: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a payload."""
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [way, *(deep for name, each in inner for deep in paths(each, (*way, name)))]


PRESSED = {
    "type": "block_actions",
    "user": {"id": "U1"},
    "view": {"id": "V1", "type": "modal", "state": {"values": {}}},
    "actions": [{"type": "overflow", "action_id": "more", "selected_option": {"value": "ask|{}"}, "action_ts": "1.5"}],
}


def changed(payload: Any, way: tuple[Any, ...], value: Any) -> Any:
    """The payload with something else at a place."""
    copy = json.loads(json.dumps(payload))
    if not way:
        return {"type": value}
    part = copy
    for name in way[:-1]:
        part = part[name]
    part[way[-1]] = value
    return copy


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_readers_rely_on_the_shape_whatever_was_sent(data: st.DataObject) -> None:
    payload = data.draw(st.sampled_from([FORM, PRESSED]))
    way = data.draw(st.sampled_from(paths(payload)))
    body = well_formed(changed(payload, way, data.draw(ANYTHING)))
    assert isinstance(act_in(body), str)
    assert isinstance(carried_by(body), str)
    filled = Filled.read(body.get("view") or {})
    assert all(isinstance(text, str) for text in (*filled.values.values(), *filled.labels.values()))
    LatestActs().hear(body)


@settings(max_examples=200, deadline=None)
@given(body=st.dictionaries(NAMES, ANYTHING, max_size=6))
def test_shape_once_more_changes_nothing(body: dict[str, Any]) -> None:
    once = well_formed(body)
    assert repr(well_formed(once)) == repr(once)


def test_what_slack_sends_stays_as_it_is() -> None:
    assert well_formed(FORM)["view"]["state"]["values"]["offer"]["offer"]["selected_option"]["value"] == "1"
    assert {name: well_formed(FORM)[name] for name in ("type", "user")} == {
        name: FORM[name] for name in ("type", "user")
    }
    (action,) = well_formed(PRESSED)["actions"]
    assert (action["action_id"], action["selected_option"]["value"], action["action_ts"]) == ("more", "ask|{}", "1.5")
    assert Filled.read(well_formed(FORM)["view"])["offer"] == "1"


@pytest.mark.parametrize(
    ("sent", "kept"), [("a\x00b", "ab"), ("\ud800x", "x"), ("caf\u00e9 \U0001f3d5", "caf\u00e9 \U0001f3d5")]
)
def test_texts_are_without_what_no_database_takes(sent: str, kept: str) -> None:
    assert well_formed({"text": sent})["text"] == kept


def test_nesting_without_an_end_is_cut() -> None:
    deep: Any = "x"
    for _ in range(900):
        deep = [deep]
    assert "x" not in repr(well_formed({"view": {"id": "V1"}, "odd": deep}))


def test_what_is_none_is_not_there_and_chosen_people_are_texts() -> None:
    def chosen(users: object) -> object:
        state = {"values": {"b": {"a": {"type": "multi_users_select", "selected_users": users}}}}
        return well_formed({"view": {"state": state}})["view"]["state"]["values"]["b"]["a"]["selected_users"]

    assert well_formed({"type": "event_callback", "event": None, "view": None}) == {"type": "event_callback"}
    assert (chosen([7, "U1", None]), chosen(7)) == (["U1"], [])
