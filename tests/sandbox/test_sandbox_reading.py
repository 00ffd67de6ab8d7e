"""What people entered, and how blocks read as plain text."""

from typing import Any

import pytest

from sandbox.entries import carried_values, entry_of, initial_values, number_blocks
from sandbox.render import buttons_in, render_blocks
from sandbox.rows import Values
from sandbox.wire import Impossible
from tests.sandbox.stand import actions, button, field, mrkdwn, option, plain, section, typed

TWO = [option("Summit tent", "summit"), option("Base tent", "base")]


def element(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "action_id": "v", **more}


@pytest.mark.parametrize(
    ("made", "value", "entry"),
    [
        (element("plain_text_input"), "a", {"value": "a"}),
        (element("plain_text_input"), "", {"value": None}),
        (element("number_input", is_decimal_allowed=False), 200, {"value": "200"}),
        (element("static_select", options=TWO), "Summit tent", {"selected_option": TWO[0]}),
        (element("static_select", options=TWO), "base", {"selected_option": TWO[1]}),
        (element("static_select", options=TWO), None, {"selected_option": None}),
        (
            element("static_select", option_groups=[{"label": plain("l"), "options": TWO}]),
            "base",
            {"selected_option": TWO[1]},
        ),
        (element("multi_static_select", options=TWO), ["summit", "Base tent"], {"selected_options": TWO}),
        (element("checkboxes", options=TWO), ["base"], {"selected_options": [TWO[1]]}),
        (element("checkboxes", options=TWO), [], {"selected_options": []}),
        (element("radio_buttons", options=TWO), "summit", {"selected_option": TWO[0]}),
        (element("datepicker"), "2027-01-18", {"selected_date": "2027-01-18"}),
        (element("timepicker"), "09:30", {"selected_time": "09:30"}),
        (
            element("timepicker", timezone="America/Denver"),
            "09:30",
            {"timezone": "America/Denver", "selected_time": "09:30"},
        ),
        (element("datetimepicker"), 1795449600, {"selected_date_time": 1795449600}),
        (element("users_select"), "U1", {"selected_user": "U1"}),
        (element("multi_users_select"), ["U1"], {"selected_users": ["U1"]}),
        (element("conversations_select"), "C1", {"selected_conversation": "C1"}),
        (element("multi_conversations_select"), ["C1"], {"selected_conversations": ["C1"]}),
        (element("channels_select"), "C1", {"selected_channel": "C1"}),
        (element("external_select"), TWO[0], {"selected_option": TWO[0]}),
    ],
    ids=lambda case: str(case.get("type", "")) if isinstance(case, dict) else str(case)[:12],
)
def test_a_value_becomes_the_entry_of_its_element(made: dict[str, Any], value: Any, entry: dict[str, Any]) -> None:
    assert entry_of(made, value) == {"type": made["type"], **entry}


@pytest.mark.parametrize(
    ("made", "value"),
    [
        (element("static_select", options=TWO), "Lodge tent"),
        (element("static_select", options=TWO), option("Lodge tent")),
        (element("multi_static_select", options=TWO, max_selected_items=1), ["summit", "base"]),
        (element("plain_text_input", max_length=3), "four"),
    ],
)
def test_what_cannot_be_entered_is_refused(made: dict[str, Any], value: Any) -> None:
    with pytest.raises(Impossible):
        entry_of(made, value)


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="Invalid isoformat"):
        entry_of(element("datepicker"), "18 Jan")


def test_blocks_without_ids_get_new_ones() -> None:
    sent: list[dict[str, Any]] = [
        {"type": "divider"},
        {"type": "actions", "elements": [{"type": "button", "text": plain("a")}]},
        section("x", accessory={"type": "datepicker"}),
    ]
    first, second = number_blocks(sent), number_blocks(sent)
    assert all(block["block_id"] for block in first)
    assert first[1]["elements"][0]["action_id"]
    assert first[2]["accessory"]["action_id"]
    assert first[0]["block_id"] != second[0]["block_id"]
    assert "block_id" not in sent[0]


def test_state_comes_from_inputs_and_from_elements_that_hold_something() -> None:
    blocks = [
        field("Name", typed(initial_value="Acme"), "name"),
        actions(button("Go", "go"), element("datepicker", initial_date="2027-01-18")),
        section("x", block_id="s", accessory=element("overflow", options=TWO)),
    ]
    assert initial_values(blocks) == {
        "name": {"v": {"type": "plain_text_input", "value": "Acme"}},
        "acts": {"v": {"type": "datepicker", "selected_date": "2027-01-18"}},
    }


def test_entries_stay_while_ids_and_options_stay() -> None:
    old: Values = {
        "name": {"v": {"type": "plain_text_input", "value": "typed"}},
        "offer": {"v": {"type": "static_select", "selected_option": TWO[0]}},
        "gone": {"v": {"type": "plain_text_input", "value": "x"}},
    }
    same = [
        field("Name", typed(initial_value="new"), "name"),
        field("Offer", element("static_select", options=TWO), "offer"),
    ]
    assert carried_values(old, same) == {"name": old["name"], "offer": old["offer"]}
    other = [
        field("Name", element("number_input", is_decimal_allowed=True), "name"),
        field("Offer", element("static_select", options=TWO[1:]), "offer"),
        field("Name", typed(initial_value="new"), "name.2"),
    ]
    assert carried_values(old, other) == {
        "name": {"v": {"type": "number_input", "value": None}},
        "offer": {"v": {"type": "static_select", "selected_option": None}},
        "name.2": {"v": {"type": "plain_text_input", "value": "new"}},
    }


CARD = [
    {"type": "header", "text": plain("#42 · Acme")},
    section("*200* Summit tents", fields=[mrkdwn("list"), mrkdwn("$86,400")], accessory=button("Open", "open")),
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("6 h left"), {"type": "image", "alt_text": "a clock", "image_url": "u"}]},
    actions(button("Approve", "a"), element("overflow", options=[option("Decline"), option("Show")])),
    {"type": "image", "alt_text": "load by week", "image_url": "u", "title": plain("Load")},
    {"type": "table", "rows": [[{"type": "raw_text", "text": "wk 4"}, {"type": "raw_number", "value": 62}]]},
    {"type": "markdown", "text": "**bold**"},
    {"type": "alert", "text": plain("Below the floor")},
    {"type": "video"},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "by "},
                    {"type": "user", "user_id": "U1"},
                    {"type": "text", "text": " in "},
                    {"type": "channel", "channel_id": "C1"},
                    {"type": "text", "text": " "},
                    {"type": "link", "url": "https://example.com", "text": "here"},
                    {"type": "emoji", "name": "tent"},
                    {"type": "date", "timestamp": 1, "format": "{date}", "fallback": "18 Jan"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": word}]} for word in "ab"
                ],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "soon"}]},
        ],
    },
]


def test_blocks_read_as_a_person_reads_them() -> None:
    assert render_blocks(CARD).splitlines() == [
        "#42 · Acme",
        "*200* Summit tents",
        "list",
        "$86,400",
        "[ Open ]",
        "────",
        "6 h left  (a clock)",
        "[ Approve ]  [ Decline ]  [ Show ]",
        "Load (load by week)",
        "wk 4 | 62",
        "**bold**",
        "Below the floor",
        "(video)",
        "by <@U1> in <#C1> here:tent:18 Jan",
        "1. a",
        "2. b",
        "> soon",
    ]
    assert buttons_in(CARD) == ["Open", "Approve", "Decline", "Show"]


def test_inputs_read_with_what_was_entered() -> None:
    blocks = [
        field("Customer", typed(placeholder=plain("Acme, say")), "customer"),
        field("Offer", element("static_select", options=TWO, initial_option=TWO[0]), "offer", hint=plain("one of two")),
        field("Services", element("checkboxes", options=TWO), "services", optional=True),
        field("Side", element("radio_buttons", options=TWO), "side"),
    ]
    values = {
        "services": {"v": {"type": "checkboxes", "selected_options": [TWO[1]]}},
        "side": {"v": {"type": "radio_buttons", "selected_option": TWO[0]}},
    }
    assert render_blocks(blocks, values).splitlines() == [
        "Customer: <Acme, say>",
        "Offer: Summit tent",
        "one of two",
        "Services (optional): [ ] Summit tent  [x] Base tent",
        "Side: (x) Summit tent  ( ) Base tent",
    ]
