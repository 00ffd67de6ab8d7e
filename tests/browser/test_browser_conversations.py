"""Conversations: writing, threads, unread marks, ephemerals, several people in several tabs."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.sandbox.stand import Stand, actions, button, field, home, modal, section, typed


def write(page: Page, text: str, where: str = "main") -> None:
    composer = page.locator(f"#composer-{where}-text")
    composer.fill(text)
    composer.press("Enter")


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold?</b> <script>alert(1)</script> & &amp; <@U123> <!channel>",
        "שלום, זה מבצע — 200 אוהלים",
        "x" * 3000,
        '"><img src=x onerror=alert(1)> {{ 7 * 7 }} ${x} \\n',
        "one\n\n  two",
    ],
)
def test_what_people_type_shows_as_typed(page: Page, text: str) -> None:
    write(page, text)
    words = page.get_by_role("article").last.locator(".text")
    expect(words).to_have_js_property("textContent", text)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_typed_names_become_mentions_and_addresses_links(stand: Stand, page: Page) -> None:
    write(page, "@sara look at #tents-ops and https://example.com/a_b?x=1&y=2. @nobody")
    words = page.get_by_role("article").last.locator(".text")
    expect(words.locator(".mention")).to_have_text(["@Sara", "#tents-ops"])
    expect(words.get_by_role("link", name="https://")).to_have_attribute("href", "https://example.com/a_b?x=1&y=2")
    assert stand.last().text.startswith(f"<@{stand.sara.id}> look at <#{stand.channel}|tents-ops> and <https://")


def test_right_to_left_text_stands_on_the_right(page: Page) -> None:
    write(page, "שלום")
    assert (
        page.get_by_role("article").last.locator(".text").evaluate("node => getComputedStyle(node).direction") == "rtl"
    )


def test_commands_are_suggested_and_sent(stand: Stand, page: Page) -> None:
    heard: list[str] = []

    @stand.bolt.command("/order")
    def order(ack: Any, command: dict[str, Any]) -> None:
        heard.append(command["text"])
        ack("Ordered *one*")

    composer = page.locator("#composer-main-text")
    composer.press_sequentially("/or")
    expect(page.get_by_role("option", name="/order")).to_contain_text("Order something · Kiosk")
    composer.press("Tab")
    expect(composer).to_have_value("/order ")
    composer.press_sequentially("tea")
    composer.press("Enter")
    message = page.get_by_role("article").last
    expect(message).to_contain_text("Only visible to you")
    expect(message.locator("strong")).to_have_text("one")
    assert heard == ["tea"]
    message.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_role("article")).to_have_count(0)


def test_an_unknown_command_is_refused_and_stays_typed(page: Page) -> None:
    write(page, "/nothing here")
    expect(page.get_by_role("alert")).to_contain_text("/nothing is not a valid command")
    expect(page.locator("#composer-main-text")).to_have_value("/nothing here")


def test_an_app_that_fails_is_named(page: Page) -> None:
    write(page, "/order tea")
    expect(page.get_by_role("alert")).to_contain_text(
        "/order: The app's answer was not what Slack expects (status 404)"
    )


def test_a_message_appears_in_another_tab_without_a_reload(stand: Stand, open_as: Open) -> None:
    olga = stand.sb.person(stand.sb.add_person("Olga"))
    stand.sb.invite(stand.channel, olga.id)
    mine, hers = open_as(stand.sara), open_as(olga)
    write(mine, "Hello Olga")
    expect(hers.get_by_role("article").last).to_contain_text("Hello Olga")
    write(hers, "Hello Sara")
    expect(mine.get_by_role("article").last).to_contain_text("Hello Sara")
    expect(mine.get_by_role("article", name="Olga")).to_be_visible()


def test_ephemerals_are_seen_by_one(stand: Stand, open_as: Open) -> None:
    olga = stand.sb.person(stand.sb.add_person("Olga"))
    stand.sb.invite(stand.channel, olga.id)
    mine, hers = open_as(stand.sara), open_as(olga)
    stand.client.chat_postEphemeral(channel=stand.channel, user=stand.sara.id, text="Psst")
    stand.post(text="Aloud")
    expect(mine.get_by_role("article").first).to_contain_text("Only visible to you")
    expect(hers.get_by_role("article")).to_have_count(1)


def test_what_is_new_is_marked_until_it_is_read(stand: Stand, page: Page) -> None:
    page.get_by_role("link", name="Home").click()
    expect(page.locator("#main").get_by_role("link", name="Home")).to_have_attribute("aria-current", "page")
    stand.post(text="News")
    channel = page.get_by_role("link", name="tents-ops")
    expect(channel).to_contain_text("1 new")
    expect(page).to_have_title("(1) Kiosk · Sara · Sandbox")
    channel.click()
    expect(page.locator(".new")).to_have_text("New")
    expect(channel).not_to_contain_text("new")
    expect(page).to_have_title("#tents-ops · Sara · Sandbox")


def test_a_thread_opens_beside_and_is_answered(stand: Stand, page: Page) -> None:
    ts = stand.post(text="Deal 42")
    stand.client.chat_postMessage(channel=stand.channel, thread_ts=ts, text="History")
    page.get_by_role("link", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread.get_by_role("article")).to_have_count(2)
    expect(page.locator("#composer-thread-text")).to_be_focused()
    write(page, "Looks good", "thread")
    expect(thread.get_by_role("article").last).to_contain_text("Looks good")
    expect(page.get_by_role("link", name="2 replies")).to_be_visible()
    page.reload()
    expect(thread.get_by_role("article")).to_have_count(3)
    thread.get_by_role("link", name="Close thread").click()
    expect(thread).to_be_hidden()
    page.go_back()
    expect(thread).to_be_visible()


def test_a_draft_and_the_keyboard_outlive_news(stand: Stand, page: Page) -> None:
    composer = page.locator("#composer-main-text")
    composer.press_sequentially("half a sen")
    stand.post(text="Meanwhile")
    expect(page.get_by_role("article")).to_contain_text("Meanwhile")
    expect(composer).to_be_focused()
    composer.press_sequentially("tence")
    expect(composer).to_have_value("half a sentence")
    page.get_by_role("link", name="Home").click()
    page.get_by_role("link", name="tents-ops").click()
    expect(composer).to_have_value("half a sentence")


def test_a_conversation_stays_at_its_end(stand: Stand, page: Page) -> None:
    for number in range(30):
        stand.post(text=f"Message {number}")
    expect(page.get_by_text("Message 29")).to_be_in_viewport()


def test_the_end_stays_in_sight_when_the_window_shrinks_or_a_thread_opens(stand: Stand, page: Page) -> None:
    for number in range(30):
        ts = stand.post(text=f"Message {number} " + "and more words " * 12)
    stand.client.chat_postMessage(channel=stand.channel, thread_ts=ts, text="History")
    page.get_by_role("link", name="1 reply").click()
    expect(page.get_by_role("complementary", name="Thread")).to_be_visible()
    expect(page.get_by_role("link", name="1 reply")).to_be_in_viewport()
    page.set_viewport_size({"width": 1000, "height": 500})
    expect(page.get_by_role("link", name="1 reply")).to_be_in_viewport()


def test_people_write_to_each_other(stand: Stand, open_as: Open) -> None:
    olga = stand.sb.person(stand.sb.add_person("Olga"))
    mine, hers = open_as(stand.sara, f"d/{olga.id}"), open_as(olga, "inspector")
    write(mine, "Between us")
    expect(mine.get_by_role("article").last).to_contain_text("Between us")
    expect(mine.locator("#composer-main-text")).to_be_focused()
    hers.get_by_role("link", name="Sara 1 new").click()
    expect(hers.get_by_role("article").last).to_contain_text("Between us")
    assert stand.sb.http.get(f"/as/{stand.app.bot_user_id}/c/{stand.sb.channels()[-1]['id']}").status_code == 404


def test_earlier_messages_are_a_click_away(stand: Stand, page: Page) -> None:
    for number in range(64):
        stand.sara.say(stand.channel, f"Message {number}.")
    page.reload()
    expect(page.get_by_role("article")).to_have_count(60)
    page.get_by_role("link", name="Show earlier messages").click()
    expect(page.get_by_role("article")).to_have_count(64)


def test_shortcuts_of_messages_and_of_the_composer_reach_the_app(stand: Stand, page: Page) -> None:
    heard: list[str] = []

    @stand.bolt.shortcut("order_this")
    def order_this(ack: Any, shortcut: dict[str, Any]) -> None:
        heard.append(shortcut["message"]["text"])
        ack()

    @stand.bolt.shortcut("order")
    def order(ack: Any, client: Any, shortcut: dict[str, Any]) -> None:
        client.views_open(trigger_id=shortcut["trigger_id"], view=modal(field("Words", typed(), "words")))
        ack()

    write(page, "Two teas")
    page.get_by_role("article").hover()
    page.get_by_role("button", name="More message shortcuts").click()
    page.get_by_role("menuitem", name="Order this · Kiosk").click()
    stand.sb.until(lambda: heard)
    assert heard == ["Two teas"]
    page.get_by_role("button", name="Shortcuts", exact=True).click()
    page.get_by_role("menuitem", name="Order").click()
    expect(page.get_by_role("dialog", name="Order")).to_be_visible()


def test_home_is_published_when_it_is_opened(stand: Stand, page: Page) -> None:
    @stand.bolt.event("app_home_opened")
    def opened(event: dict[str, Any], client: Any) -> None:
        client.views_publish(user_id=event["user"], view=home(section("Your turn"), actions(button("Go on", "go"))))

    heard = stand.hears("go")
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_text("Your turn")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    stand.sb.until(lambda: heard)
    assert heard[0]["view"]["type"] == "home"
    page.get_by_role("link", name="Messages").first.click()
    write(page, "Hi app")
    expect(page.get_by_role("article").last).to_contain_text("Hi app")


def test_a_channel_can_be_added_and_joined(stand: Stand, page: Page, open_as: Open) -> None:
    page.get_by_role("button", name="Add a channel").click()
    page.get_by_label("New channel").fill("Big deals")
    page.get_by_label("New channel").press("Enter")
    expect(page.get_by_role("heading", name="big-deals")).to_be_visible()
    page.get_by_role("button", name="1 members").click()
    page.get_by_role("button", name="Add Kiosk").click()
    expect(page.get_by_role("button", name="2 members")).to_be_visible()
    olga = stand.sb.person(stand.sb.add_person("Olga"))
    hers = open_as(olga, page.url.split("/", 5)[-1])
    hers.get_by_role("button", name="Join channel").click()
    expect(hers.locator("#composer-main-text")).to_be_visible()


def test_news_wait_while_a_button_is_pressed(stand: Stand, page: Page) -> None:
    heard = stand.hears("take")
    ts = stand.post(section("one"), actions(button("Take it", "take")))
    take = page.get_by_role("button", name="Take it")
    expect(take).to_be_visible()
    take.hover()
    page.mouse.down()
    long = section("What has just become known.\n" * 30)
    with page.expect_response("**/live"):
        stand.client.chat_update(
            channel=stand.channel, ts=ts, text="text", blocks=[long, actions(button("Take it", "take"))]
        )
    # What the page does with the answer, it has done when the next task of it runs.
    page.evaluate("() => new Promise(done => setTimeout(done, 50))")
    expect(page.get_by_role("article").last).to_contain_text("one")
    page.mouse.up()
    expect(page.get_by_role("article").last).to_contain_text("What has just become known.")
    stand.sb.until(lambda: heard)
    assert len(heard) == 1


def test_button_that_was_pressed_while_its_message_changed_is_still_pressed(stand: Stand) -> None:
    heard = stand.hears("take")
    ts = stand.post(section("one"), actions(button("Take it", "take"), block_id="before"))
    changed = [section("two"), actions(button("Take it", "take"), block_id="after")]
    stand.client.chat_update(channel=stand.channel, ts=ts, text="text", blocks=changed)
    stand.sara._do("press", what="take", where={"channel": stand.channel, "ts": ts}, block_id="before")
    assert [body["actions"][0]["block_id"] for body in heard] == ["after"]
