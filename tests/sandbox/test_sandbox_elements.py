"""Elements one by one: what each needs, what it takes, where it may stand."""

from typing import Any

import pytest

from sandbox.limits import check_message_blocks, check_view
from tests.sandbox.stand import actions, button, field, home, modal, option, plain, section, typed

PLACES = ("accessory", "actions", "input")
OPTIONS = {"options": [option("a"), option("b")]}
# element → where it may stand, as Slack's reference says
ALLOWED: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "button": ({"text": plain("b")}, ("accessory", "actions")),
    "overflow": (OPTIONS, ("accessory", "actions")),
    "image": ({"image_url": "https://example.com/a.png", "alt_text": "a"}, ("accessory",)),
    "static_select": (OPTIONS, PLACES),
    "multi_static_select": (OPTIONS, PLACES),
    "external_select": ({}, PLACES),
    "multi_external_select": ({}, PLACES),
    "users_select": ({}, PLACES),
    "multi_users_select": ({}, PLACES),
    "conversations_select": ({}, PLACES),
    "multi_conversations_select": ({}, PLACES),
    "channels_select": ({}, PLACES),
    "multi_channels_select": ({}, PLACES),
    "datepicker": ({}, PLACES),
    "timepicker": ({}, PLACES),
    "datetimepicker": ({}, ("actions", "input")),
    "checkboxes": (OPTIONS, PLACES),
    "radio_buttons": (OPTIONS, PLACES),
    "plain_text_input": ({}, ("input",)),
    "number_input": ({"is_decimal_allowed": True}, ("input",)),
    "email_text_input": ({}, ("input",)),
    "url_text_input": ({}, ("input",)),
    "slider": ({}, ()),
}


def placed(kind: str, where: str) -> dict[str, Any]:
    element = {"type": kind, **ALLOWED[kind][0]}
    if where == "accessory":
        return section("x", accessory=element)
    return actions(element) if where == "actions" else field("l", element, "b")


def on_page(block: dict[str, Any]) -> list[str]:
    return list(check_view(home(block), "home"))


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("kind", ALLOWED)
def test_an_element_stands_where_slack_lets_it(kind: str, where: str) -> None:
    block = placed(kind, where)
    if kind == "image" and where == "input":
        del block["element"]["action_id"]
    if kind == "slider" or where not in ALLOWED[kind][1]:
        assert any("unsupported" in problem for problem in on_page(block))
    else:
        assert on_page(block) == []


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("button", "text"),
        ("overflow", "options"),
        ("checkboxes", "options"),
        ("radio_buttons", "options"),
    ],
)
def test_what_an_element_needs(kind: str, missing: str) -> None:
    element = {"type": kind, "action_id": "a", **ALLOWED[kind][0]}
    del element[missing]
    assert list(check_message_blocks([actions(element)])) == [
        f"missing required field: {missing} [json-pointer:/blocks/0/elements/0]"
    ]


def test_a_number_input_says_whether_it_takes_decimals() -> None:
    assert on_page(field("l", {"type": "number_input"}, "b")) == [
        "missing required field: is_decimal_allowed [json-pointer:/view/blocks/0/element]"
    ]


def groups(count: int, label: int = 1, options: int = 1) -> dict[str, Any]:
    group = {"label": plain("l" * label), "options": [option(str(number)) for number in range(options)]}
    return actions({"type": "static_select", "action_id": "s", "option_groups": [group] * count})


@pytest.mark.parametrize(
    ("fits", "too_much"),
    [
        (groups(100), groups(101)),
        (groups(1, label=75), groups(1, label=76)),
        (groups(1, options=100), groups(1, options=101)),
        (actions(button("b", "b", url="u" * 3000)), actions(button("b", "b", url="u" * 3001))),
        (
            actions(button("b", "b", accessibility_label="x" * 75)),
            actions(button("b", "b", accessibility_label="x" * 76)),
        ),
        (
            section("x", accessory={"type": "image", "alt_text": "a", "image_url": "u" * 3000}),
            section("x", accessory={"type": "image", "alt_text": "a", "image_url": "u" * 3001}),
        ),
        (
            {"type": "image", "alt_text": "a", "image_url": "u", "title": plain("x" * 2000)},
            {"type": "image", "alt_text": "a", "image_url": "u", "title": plain("x" * 2001)},
        ),
    ],
)
def test_further_sizes(fits: dict[str, Any], too_much: dict[str, Any]) -> None:
    assert on_page(fits) == []
    assert len(on_page(too_much)) == 1


def test_checkboxes_take_marked_texts_and_selects_do_not() -> None:
    marked = {"text": {"type": "mrkdwn", "text": "*a*"}, "value": "a"}
    assert on_page(actions({"type": "checkboxes", "options": [marked]})) == []
    assert on_page(actions({"type": "static_select", "options": [marked]})) != []


@pytest.mark.parametrize(
    "element",
    [
        {"type": "checkboxes", "options": [option("a")], "initial_options": [option("b")]},
        {"type": "radio_buttons", "options": [option("a")], "initial_option": option("a", "other")},
        {"type": "multi_static_select", "options": [option("a")], "initial_options": [option("b")]},
        {
            "type": "static_select",
            "option_groups": [{"label": plain("l"), "options": [option("a")]}],
            "initial_option": option("b"),
        },
    ],
)
def test_what_is_chosen_at_first_must_be_offered(element: dict[str, Any]) -> None:
    assert on_page(actions(element)) == [
        "initial option must be among the options [json-pointer:/view/blocks/0/elements/0]"
    ]


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        (actions(button("b", "b", confirm={"title": plain("t")})), "missing required field: text"),
        (actions({"type": "timepicker", "timezone": "Mars/Base"}), "must be a time zone"),
        (field("l", typed(max_length="10"), "b"), "must be an integer"),
        (field("l", typed(multiline="yes"), "b"), "must be a boolean"),
        (field("l", typed(), "b", optional="yes"), "must be a boolean"),
        (field("l", typed(dispatch_action_config={"trigger_actions_on": ["on_blur"]}), "b"), "must be one of"),
        (field("l", {"type": "datetimepicker", "initial_date_time": 5}, "b"), "must be between"),
        ({"type": "section", "text": "words"}, "unsupported text type"),
        ({"type": "context", "elements": {}}, "must be an array"),
        ({"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "beep"}]}]}, "beep"),
    ],
)
def test_a_refusal_says_what_is_wrong(block: dict[str, Any], problem: str) -> None:
    assert any(problem in one for one in on_page(block))


def test_a_view_of_another_kind_is_refused() -> None:
    assert list(check_view(home(), "modal")) == ["unsupported view type: home [json-pointer:/view]"]
    assert list(check_view("form", "modal")) == ["unsupported view type: None [json-pointer:/view]"]
    assert list(check_view({"type": "modal"}, "modal")) == [
        "missing required field: title [json-pointer:/view]",
        "missing required field: blocks [json-pointer:/view]",
    ]
    assert list(check_view(modal(), "modal")) == []
