"""Every size that Slack sets: accepted at N, refused at N + 1; over the wire, with the numbers written out."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from sandbox.limits import check_message_blocks, check_view
from tests.sandbox.stand import Stand, actions, button, field, home, modal, mrkdwn, option, plain, section, typed

Build = Callable[[int], dict[str, Any]]
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}
CONFIRM = {"title": plain("t"), "text": plain("t"), "confirm": plain("y"), "deny": plain("n")}


def options(count: int, text: int = 1, **lengths: int) -> list[dict[str, Any]]:
    made = []
    for number in range(count):
        one = option("t" * text, f"{number}".rjust(lengths.get("value", 3), "v"))
        if "description" in lengths:
            one["description"] = plain("d" * lengths["description"])
        made.append(one)
    return made


def select(**more: Any) -> dict[str, Any]:
    return actions({"type": "static_select", "action_id": "s", "options": options(1), **more})


def confirm(**more: Any) -> dict[str, Any]:
    return actions(button("b", "b", confirm={**CONFIRM, **more}))


def choices(kind: str, count: int) -> dict[str, Any]:
    return actions({"type": kind, "action_id": "c", "options": options(count)})


def table(rows: int, columns: int) -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "1"}] * columns] * rows}


MESSAGE_LIMITS: dict[str, tuple[int, Build]] = {
    "section text": (3000, lambda n: section("x" * n)),
    "section fields": (10, lambda n: {"type": "section", "fields": [mrkdwn("x")] * n}),
    "section field text": (2000, lambda n: {"type": "section", "fields": [mrkdwn("x" * n)]}),
    "header text": (150, lambda n: {"type": "header", "text": plain("x" * n)}),
    "context elements": (10, lambda n: {"type": "context", "elements": [mrkdwn("x")] * n}),
    "actions elements": (25, lambda n: actions(*(button("b", f"b{i}") for i in range(n)))),
    "button text": (75, lambda n: actions(button("x" * n, "b"))),
    "button value": (2000, lambda n: actions(button("b", "b", value="x" * n))),
    "action id": (255, lambda n: actions(button("b", "x" * n))),
    "block id": (255, lambda n: section("b", block_id="x" * n)),
    "select options": (100, lambda n: select(options=options(n))),
    "option text": (75, lambda n: select(options=options(1, text=n))),
    "option value": (150, lambda n: select(options=options(1, value=n))),
    "option description": (75, lambda n: select(options=options(1, description=n))),
    "overflow options": (5, lambda n: choices("overflow", n)),
    "checkboxes": (10, lambda n: choices("checkboxes", n)),
    "radio buttons": (10, lambda n: choices("radio_buttons", n)),
    "placeholder": (150, lambda n: select(placeholder=plain("x" * n))),
    "confirm title": (100, lambda n: confirm(title=plain("x" * n))),
    "confirm text": (300, lambda n: confirm(text=plain("x" * n))),
    "confirm button": (30, lambda n: confirm(confirm=plain("x" * n))),
    "deny button": (30, lambda n: confirm(deny=plain("x" * n))),
    "image alt text": (2000, lambda n: {**IMAGE, "alt_text": "x" * n}),
    "markdown": (12_000, lambda n: {"type": "markdown", "text": "x" * n}),
    "table rows": (100, lambda n: table(n, 1)),
    "table columns": (20, lambda n: table(1, n)),
}


@pytest.mark.parametrize("name", MESSAGE_LIMITS)
def test_a_message_is_accepted_at_the_limit_and_refused_above(stand: Stand, name: str) -> None:
    most, build = MESSAGE_LIMITS[name]
    assert _posting(stand, build(most)) is None
    assert stand.sb.violations() == []
    assert _posting(stand, build(most + 1)) == "invalid_blocks"
    assert [v["where"] for v in stand.sb.violations()] == ["chat.postMessage"]


MODAL_LIMITS: dict[str, tuple[int, Callable[[int], dict[str, Any]]]] = {
    "blocks": (100, lambda n: modal(*[{"type": "divider"}] * n)),
    "title": (24, lambda n: modal(title=plain("x" * n))),
    "submit": (24, lambda n: modal(submit=plain("x" * n))),
    "close": (24, lambda n: modal(close=plain("x" * n))),
    "private metadata": (3000, lambda n: modal(private_metadata="x" * n)),
    "callback id": (255, lambda n: modal(callback_id="x" * n)),
    "external id": (255, lambda n: modal(external_id="x" * n)),
    "input label": (2000, lambda n: modal(field("x" * n, typed(), "b"))),
    "input hint": (2000, lambda n: modal(field("l", typed(), "b", hint=plain("x" * n)))),
    "input placeholder": (150, lambda n: modal(field("l", typed(placeholder=plain("x" * n)), "b"))),
    "plain text input": (3000, lambda n: modal(field("l", typed(initial_value="x" * n), "b"))),
    "plain text max length": (3000, lambda n: modal(field("l", typed(max_length=n), "b"))),
}


@pytest.mark.parametrize("name", MODAL_LIMITS)
def test_a_modal_is_accepted_at_the_limit_and_refused_above(stand: Stand, name: str) -> None:
    most, build = MODAL_LIMITS[name]
    stand.open(modal())
    form = stand.sara.modal()
    assert form is not None
    assert stand.error("views.update", view_id=form.id, view=build(most)) is None
    assert stand.error("views.update", view_id=form.id, view=build(most + 1)) == "invalid_arguments"
    assert [v["rule"] for v in stand.sb.violations()] == ["invalid_arguments"]


def test_a_home_tab_takes_a_hundred_blocks(stand: Stand) -> None:
    divider = {"type": "divider"}
    assert stand.error("views.publish", user_id=stand.sara.id, view=home(*[divider] * 100)) is None
    assert stand.error("views.publish", user_id=stand.sara.id, view=home(*[divider] * 101)) == "invalid_arguments"
    with_title = {**home(divider), "title": plain("no")}
    assert stand.error("views.publish", user_id=stand.sara.id, view=with_title) == "invalid_arguments"


def test_a_view_may_weigh_250_kilobytes(stand: Stand) -> None:
    full = [{"type": "section", "fields": [plain("x" * 2000)] * 10}] * 12

    def view(size: int) -> dict[str, Any]:
        blocks = [*full, section("x"), section("x"), section("x")]
        missing = size - len(json.dumps(home(*blocks)))
        parts = [missing // 3, missing // 3, missing - 2 * (missing // 3)]
        return home(*full, *(section("x" * (1 + part)) for part in parts))

    assert len(json.dumps(view(250_000))) == 250_000
    assert stand.error("views.publish", user_id=stand.sara.id, view=view(250_000)) is None
    assert stand.error("views.publish", user_id=stand.sara.id, view=view(250_001)) == "view_too_large"


def test_a_message_takes_fifty_blocks_and_twelve_thousand_characters(stand: Stand) -> None:
    assert _posting(stand, *[{"type": "divider"}] * 50) is None
    assert _posting(stand, *[{"type": "divider"}] * 51) == "invalid_blocks"
    assert _posting(stand, *[section("x" * 3000)] * 4) is None
    assert _posting(stand, *[section("x" * 3000)] * 4, section("x")) == "msg_blocks_too_long"


def test_a_message_takes_one_table(stand: Stand) -> None:
    assert _posting(stand, table(1, 1)) is None
    assert _posting(stand, table(1, 1), table(1, 1)) == "invalid_blocks"


def test_texts_of_messages_have_limits(stand: Stand) -> None:
    ts = stand.post(text="x" * 40_000)
    assert stand.sb.violations() == []
    stand.post(text="x" * 40_001)
    assert (stand.sb.violations()[0]["rule"], len(stand.last().text)) == ("msg_too_long", 40_000)
    assert stand.error("chat.update", channel=stand.channel, ts=ts, text="x" * 4_000) is None
    assert stand.error("chat.update", channel=stand.channel, ts=ts, text="x" * 4_001) == "msg_too_long"


def test_ids_are_unique(stand: Stand) -> None:
    assert _posting(stand, section("a", block_id="one"), section("b", block_id="one")) == "invalid_blocks"
    assert _posting(stand, actions(button("a", "same"), button("b", "same"))) == "invalid_blocks"
    two = [actions(button("a", "same"), block_id="1"), actions(button("b", "same"), block_id="2")]
    assert _posting(stand, *two) is None


WRONG = {
    "unknown block": {"type": "carousel"},
    "no type": {"text": plain("x")},
    "card": {"type": "card", "title": plain("x")},
    "input in a message": field("l", typed(), "b"),
    "alert in a message": {"type": "alert", "text": plain("x")},
    "section without words": {"type": "section"},
    "empty text": section(""),
    "header in mrkdwn": {"type": "header", "text": mrkdwn("x")},
    "button in mrkdwn": actions({"type": "button", "text": mrkdwn("x"), "action_id": "a"}),
    "actions without elements": {"type": "actions", "elements": []},
    "text input in actions": actions(typed(action_id="a")),
    "an unknown field": section("x", colour="red"),
    "a style that is none": actions(button("a", "a", style="warning")),
    "an image without alt": {"type": "image", "image_url": "https://example.com"},
    "an image of two sources": {**IMAGE, "slack_file": {"id": "F1"}},
    "a file that is not there": {"type": "image", "alt_text": "a", "slack_file": {"id": "F1"}},
    "an initial option not offered": select(initial_option=option("other")),
    "options and groups": select(option_groups=[{"label": plain("l"), "options": options(1)}]),
    "emoji in mrkdwn": {"type": "section", "text": {"type": "mrkdwn", "text": "x", "emoji": True}},
    "a date that is none": actions({"type": "datepicker", "action_id": "d", "initial_date": "18 Jan"}),
    "a time that is none": actions({"type": "timepicker", "action_id": "d", "initial_time": "noon"}),
    "a table of unequal rows": {"type": "table", "rows": [*table(1, 1)["rows"], *table(1, 2)["rows"]]},
    "not an object": "divider",
}


@pytest.mark.parametrize("name", WRONG)
def test_blocks_that_slack_does_not_know_are_refused(stand: Stand, name: str) -> None:
    assert _posting(stand, WRONG[name]) == "invalid_blocks"


def test_blocks_that_are_no_json_have_their_own_error(stand: Stand) -> None:
    for blocks in ("{not json", '{"type": "divider"}'):
        assert stand.error("chat.postMessage", channel=stand.channel, text="x", blocks=blocks) == (
            "invalid_blocks_format"
        )


RIGHT: list[dict[str, Any]] = [
    section("x", accessory=IMAGE),
    section("x", accessory={"type": "overflow", "action_id": "o", "options": options(1)}),
    {"type": "context", "elements": [IMAGE, mrkdwn("x"), plain("y")]},
    {**IMAGE, "title": plain("t")},
    table(2, 3),
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "x", "style": {"bold": True}},
                    {"type": "user", "user_id": "U1"},
                    {"type": "link", "url": "https://example.com"},
                    {"type": "date", "timestamp": 1, "format": "{date}"},
                ],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "x"}]},
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "emoji", "name": "tent"}]}],
            },
        ],
    },
    actions(
        *(
            {"type": kind, "action_id": kind}
            for kind in (
                *("external_select", "users_select", "conversations_select", "channels_select"),
                *("multi_external_select", "multi_users_select", "multi_conversations_select", "multi_channels_select"),
                *("datepicker", "timepicker", "datetimepicker"),
            )
        )
    ),
]


@pytest.mark.parametrize("block", RIGHT, ids=lambda block: str(block["type"]))
def test_blocks_that_slack_knows_are_accepted(block: dict[str, Any]) -> None:
    assert list(check_message_blocks([block])) == []


def test_a_modal_with_inputs_needs_a_submit_button() -> None:
    view = modal(field("l", typed(), "b"))
    assert list(check_view(view, "modal")) == []
    del view["submit"]
    assert list(check_view(view, "modal")) == [
        "missing required field: submit, when a modal has input blocks [json-pointer:/view]"
    ]


def test_only_one_element_has_the_focus() -> None:
    one = field("l", typed(focus_on_load=True), "a")
    two = field("l", typed(focus_on_load=True), "b")
    assert list(check_view(modal(one), "modal")) == []
    assert list(check_view(modal(one, two), "modal")) == [
        "only one element may have focus_on_load [json-pointer:/view/blocks]"
    ]


def test_an_alert_stands_in_modals_alone() -> None:
    alert = {"type": "alert", "level": "warning", "text": plain("Below the floor")}
    assert list(check_view(modal(alert), "modal")) == []
    assert list(check_view(home(alert), "home")) == ["unsupported block type: alert [json-pointer:/view/blocks/0]"]


def test_tables_and_markdown_stand_in_messages_alone() -> None:
    for block in (table(1, 1), {"type": "markdown", "text": "x"}):
        assert list(check_view(home(block), "home")) != []


def _posting(stand: Stand, *blocks: Any) -> str | None:
    return stand.error("chat.postMessage", channel=stand.channel, text="x", blocks=list(blocks))
