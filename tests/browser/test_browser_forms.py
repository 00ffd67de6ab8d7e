"""Modals: every input, errors under their fields, stacks, suggestions, and fields that keep what was typed."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.sandbox.stand import Stand, actions, button, field, modal, option, plain, section, typed

FRUIT = [option("Apple", "a"), option("Pear", "p"), option("Plum", "u")]


def chooses(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "options": FRUIT, **more}


def shown(stand: Stand, page: Page, *blocks: dict[str, Any], **more: Any) -> None:
    """The form, open in front of Sara."""
    stand.open(modal(*blocks, **more))
    expect(page.get_by_role("dialog", name="Order")).to_be_visible()


def state(seen: list[dict[str, Any]]) -> dict[str, Any]:
    return {block: entry["v"] for block, entry in seen[-1]["view"]["state"]["values"].items()}


def test_every_typed_input_reaches_the_app(stand: Stand, page: Page) -> None:
    seen = stand.submits()
    shown(
        stand,
        page,
        field("Words", typed(placeholder=plain("Say it")), "words", hint=plain("In short")),
        field("Story", typed(multiline=True), "story", optional=True),
        field("Number", {"type": "number_input", "is_decimal_allowed": True}, "number"),
        field("Mail", {"type": "email_text_input"}, "mail"),
        field("Page", {"type": "url_text_input"}, "page"),
    )
    expect(page.get_by_text("In short")).to_be_visible()
    expect(page.get_by_placeholder("Say it")).to_be_focused()
    values = {
        "Words": 'a <b>"&',
        "Story": "one\ntwo",
        "Number": "1.5",
        "Mail": "a@b.example",
        "Page": "https://b.example",
    }
    for label, value in values.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert [entry["value"] for entry in state(seen).values()] == list(values.values())


def test_every_choice_reaches_the_app(stand: Stand, page: Page) -> None:
    seen = stand.submits()
    shown(
        stand,
        page,
        field("One", chooses("static_select"), "one"),
        field("Many", chooses("multi_static_select"), "many"),
        field("Ticks", chooses("checkboxes"), "ticks"),
        field("Dots", chooses("radio_buttons", initial_option=FRUIT[0]), "dots"),
        field("Person", {"type": "users_select"}, "person"),
        field("People", {"type": "multi_users_select"}, "people"),
        field("Channel", {"type": "channels_select"}, "channel"),
        field("Talk", {"type": "conversations_select"}, "talk"),
    )
    page.get_by_label("One").select_option("p")
    for fruit in ("Apple", "Plum"):
        page.get_by_label("Many").click()
        page.locator(".list").get_by_role("option", name=fruit).click()
        expect(page.locator(".chip", has_text=fruit)).to_be_visible()
    page.get_by_role("button", name="Remove Apple").click()
    expect(page.locator(".chip")).to_have_text(["Plum"])
    page.get_by_label("Pear").first.check()
    page.get_by_role("radio", name="Plum").check()
    for label, name in (("Person", "Sara"), ("People", "Sara"), ("Channel", "#tents-ops"), ("Talk", "#tents-ops")):
        page.get_by_label(label, exact=True).fill(name[:3])
        page.locator(".list").get_by_role("option", name=name).click()
    expect(page.locator(".chip")).to_have_text(["Plum", "Sara"])
    expect(page.get_by_label("Talk")).to_have_value("#tents-ops")
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    got = state(seen)
    assert (got["one"]["selected_option"]["value"], got["dots"]["selected_option"]["value"]) == ("p", "u")
    assert [[o["value"] for o in got[name]["selected_options"]] for name in ("many", "ticks")] == [["u"], ["p"]]
    assert (got["person"]["selected_user"], got["people"]["selected_users"]) == (stand.sara.id, [stand.sara.id])
    assert (got["channel"]["selected_channel"], got["talk"]["selected_conversation"]) == (stand.channel, stand.channel)


def test_dates_are_picked_in_the_readers_zone(stand: Stand, page: Page) -> None:
    seen = stand.submits()
    shown(
        stand,
        page,
        field("Day", {"type": "datepicker"}, "day"),
        field("Time", {"type": "timepicker"}, "time"),
        field("Moment", {"type": "datetimepicker", "initial_date_time": 1_795_449_600}, "moment"),
    )
    expect(page.get_by_label("Moment")).to_have_value("2026-11-23T09:00")
    for label, value in (("Day", "2027-01-18"), ("Time", "14:30"), ("Moment", "2026-11-24T09:00")):
        with page.expect_response("**/do/choose"):
            page.get_by_label(label).fill(value)
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    got = state(seen)
    assert (got["day"]["selected_date"], got["time"]["selected_time"]) == ("2027-01-18", "14:30")
    assert got["moment"]["selected_date_time"] == 1_795_449_600 + 86_400


def test_what_is_missing_is_said_under_its_field(stand: Stand, page: Page) -> None:
    seen = stand.submits({"response_action": "errors", "errors": {"words": "Not this word"}})
    shown(stand, page, field("Words", typed(), "words"))
    send = page.get_by_role("dialog").get_by_role("button", name="Send")
    send.click()
    words = page.get_by_label("Words")
    expect(words).to_have_accessible_description("Please complete this required field.")
    expect(words).to_be_focused()
    assert seen == []
    words.fill("no")
    send.click()
    expect(words).to_have_accessible_description("Not this word")
    expect(words).to_have_attribute("aria-invalid", "true")
    expect(words).to_have_value("no")


def test_modals_stack_and_go_back(stand: Stand, page: Page) -> None:
    second = modal(section("deeper"), title=plain("Second"))
    stand.submits({"response_action": "push", "view": second})
    shown(stand, page, field("Words", typed(), "words"))
    page.get_by_label("Words").fill("kept")
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog", name="Second")).to_contain_text("deeper")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("dialog", name="Order")).to_be_visible()
    expect(page.get_by_label("Words")).to_have_value("kept")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert stand.sara.modals() == []


def test_an_answer_may_show_another_view(stand: Stand, page: Page) -> None:
    thanks = {
        "type": "modal",
        "title": plain("Thanks"),
        "blocks": [{"type": "alert", "text": plain("Done"), "level": "success"}],
    }
    stand.submits({"response_action": "update", "view": thanks})
    shown(stand, page, field("Words", typed(), "words"))
    page.get_by_label("Words").fill("x")
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog", name="Thanks").get_by_role("note")).to_have_text("Done")


def test_an_external_select_suggests_while_one_types(stand: Stand, page: Page) -> None:
    @stand.bolt.options("v")
    def offer(ack: Any, payload: dict[str, Any]) -> None:
        ack(options=[fruit for fruit in FRUIT if payload["value"].lower() in fruit["text"]["text"].lower()])

    seen = stand.submits()
    external = {"type": "external_select", "min_query_length": 1, "placeholder": plain("Type")}
    shown(stand, page, field("Fruit", external, "fruit"))
    fruit = page.get_by_label("Fruit")
    fruit.click()
    expect(page.get_by_role("listbox", name="Options")).to_have_text("Type 1 more character")
    fruit.press_sequentially("p")
    expect(page.get_by_role("option")).to_have_text(["Apple", "Pear", "Plum"])
    fruit.press_sequentially("l")
    expect(page.get_by_role("option")).to_have_text(["Apple", "Plum"])
    fruit.press("ArrowDown")
    fruit.press("Enter")
    expect(fruit).to_have_value("Plum")
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert state(seen)["fruit"]["selected_option"]["value"] == "u"


def test_enter_asks_the_app_and_a_new_line_keeps_what_was_typed(stand: Stand, page: Page) -> None:
    def form(lines: int, verdict: str) -> dict[str, Any]:
        fields = [
            field(
                f"Quantity {n}", typed(), f"quantity.{n}.r{lines}" if n == 1 else f"quantity.{n}", dispatch_action=True
            )
            for n in range(1, lines + 1)
        ]
        note = field("Note", typed(), "note", optional=True)
        return modal(section(verdict), *fields, actions(button("Add a line", "add")), note)

    @stand.bolt.action("v")
    def check(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        client.views_update(view_id=body["view"]["id"], view=form(1, f"Fits {body['actions'][0]['value']}"))

    @stand.bolt.action("add")
    def add(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        typed_so_far = body["view"]["state"]["values"]["note"]["v"]["value"]
        client.views_update(view_id=body["view"]["id"], view=form(2, f"Two, {typed_so_far}"))

    stand.open(form(1, "Nothing yet"))
    page.get_by_label("Note").fill("by hand")
    page.get_by_label("Quantity 1").fill("116")
    page.get_by_label("Quantity 1").press("Enter")
    expect(page.get_by_text("Fits 116")).to_be_visible()
    expect(page.get_by_label("Quantity 1")).to_be_focused()
    expect(page.get_by_label("Note")).to_have_value("by hand")
    page.get_by_role("button", name="Add a line").click()
    expect(page.get_by_text("Two, by hand")).to_be_visible()
    expect(page.get_by_label("Quantity 2")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("by hand")
    expect(page.get_by_role("button", name="Add a line")).to_be_focused()
