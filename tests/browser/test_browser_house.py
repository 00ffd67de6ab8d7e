"""The house around the conversations: people, the clock, the inspector, faults, the greeting, and who can use it."""

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from sandbox.client import Sandbox
from tests.browser.conftest import Open
from tests.browser.test_browser_conversations import write
from tests.sandbox.stand import Stand, actions, button, field, home, modal, mrkdwn, option, plain, section, typed


def test_the_door_leads_to_the_first_person(stand: Stand, open_as: Open) -> None:
    page = open_as(stand.sara)
    page.goto(stand.sb.url)
    expect(page.get_by_role("heading", name="tents-ops")).to_be_visible()
    expect(page.get_by_role("link", name="Where things are")).to_have_attribute("href", "/about")
    assert "Web API" in stand.sb.http.get("/about").text


def test_an_empty_house_says_so(sb: Sandbox) -> None:
    answer = sb.http.get("/", follow_redirects=True)
    assert (answer.status_code, "Nobody is here yet" in answer.text) == (200, True)


def test_one_click_makes_somebody_else_of_one(stand: Stand, page: Page) -> None:
    olga = stand.sb.add_person("Olga")
    stand.sb.invite(stand.channel, olga)
    page.get_by_role("group", name="Act as").get_by_role("link", name="Olga").click()
    expect(page).to_have_url(f"{stand.sb.url}/as/{olga}/c/{stand.channel}")
    expect(page.get_by_role("link", name="Olga").first).to_have_attribute("aria-current", "true")


def test_the_clock_is_turned(stand: Stand, page: Page) -> None:
    clock = page.get_by_role("group", name="Clock")
    expect(clock).to_contain_text("Mon 23 Nov 2026 · 9:00 AM")
    clock.get_by_role("button", name="+1 hour").click()
    expect(clock).to_contain_text("10:00 AM")
    clock.get_by_role("button", name="+1 day").click()
    expect(clock).to_contain_text("Tue 24 Nov 2026 · 10:00 AM")
    clock.get_by_role("button", name="next Monday 9:00").click()
    expect(clock).to_contain_text("Mon 30 Nov 2026 · 9:00 AM")
    clock.get_by_label("Turn the clock to").fill("2026-12-24T18:30")
    clock.get_by_role("button", name="Go").click()
    expect(clock).to_contain_text("Thu 24 Dec 2026 · 6:30 PM")
    clock.get_by_label("Turn the clock to").evaluate(
        "field => { field.removeAttribute('min'); field.value = '2026-12-01T08:00' }"
    )
    clock.get_by_role("button", name="Go").click()
    expect(page.get_by_role("alert")).to_contain_text("The clock cannot be turned back")


def test_language_of_slack_is_chosen(stand: Stand, page: Page) -> None:
    page.get_by_role("button", name="Language of Slack").click()
    page.get_by_role("combobox", name="Language of Slack").select_option("Deutsch")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Language of Slack")).to_have_text("DE")
    assert [one["locale"] for one in stand.sb.do("people") if one["id"] == stand.sara.id] == ["de-DE"]


def test_the_inspector_shows_both_ways_and_violations(stand: Stand, page: Page) -> None:
    page.get_by_role("link", name="Inspector").click()
    stand.post(section("secret words"))
    stand.error("chat.postMessage", channel=stand.channel, blocks=[{"type": "nonsense"}])
    lines = page.locator("details")
    expect(lines.filter(has_text="chat.postMessage")).to_have_count(3)
    expect(lines.filter(has_text="violation")).to_contain_text("invalid_blocks")
    page.get_by_role("link", name="Limits violated (1)").click()
    expect(lines).to_have_count(1)
    page.get_by_role("link", name="From the app").click()
    posted = lines.filter(has_text="chat.postMessage").filter(has_text="ok")
    posted.locator("summary").click()
    expect(posted.locator("pre").first).to_contain_text('"text": "secret words"')
    stand.post(text="once more")
    expect(posted).to_have_count(2)
    expect(page.locator("details[open] pre").first).to_contain_text("secret words")


def test_faults_are_ordered_seen_and_healed(stand: Stand, page: Page) -> None:
    page.get_by_role("link", name="Faults").click()
    page.get_by_role("button", name="Rate-limited").click()
    expect(page.get_by_role("listitem").filter(has_text="5 more · retry_after 5")).to_be_visible()
    assert stand.error("chat.postMessage", channel=stand.channel, text="x") == "ratelimited"
    expect(page.get_by_role("listitem").filter(has_text="4 more")).to_be_visible()
    page.get_by_role("button", name="Heal everything").click()
    expect(page.get_by_text("Everything is well.")).to_be_visible()
    page.get_by_label("What goes wrong").select_option("error")
    page.get_by_label("Method").fill("chat.update")
    page.get_by_label("Error (error)").fill("internal_error")
    page.get_by_role("button", name="Order it").click()
    expect(page.get_by_role("listitem").filter(has_text="chat.update · 1 more · error internal_error")).to_be_visible()


def test_the_greeting_starts_what_it_offers(stand: Stand, open_as: Open) -> None:
    @stand.bolt.command("/order")
    def order(ack: Any, command: dict[str, Any]) -> None:
        ack(f"Ordered {command['text']}")

    tries = [{"as": "Sara", "channel": "tents-ops", "text": "/order tea", "label": "Order tea", "note": "It is hot."}]
    stand.sb.welcome("Welcome", "All of it.", people=[{"who": "Sara", "role": "Sales"}], tries=tries, workspace="Ridge")
    page = open_as(stand.sara, "start")
    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    expect(page.get_by_role("link", name="Sara (you) Sales")).to_be_visible()
    page.get_by_role("button", name="Order tea").click()
    expect(page.get_by_role("article").last).to_contain_text("Ordered tea")
    assert page.url.endswith(f"/c/{stand.channel}")


def test_the_page_is_usable_in_400_pixels(stand: Stand, page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 760})
    write(page, "w" * 200)
    expect(page.get_by_role("article")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    page.get_by_role("button", name="Channels and people").click()
    page.get_by_role("link", name="Faults").click()
    expect(page.get_by_role("heading", name="Faults")).to_be_visible()
    expect(page.get_by_role("link", name="Faults")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_anybodys_way(stand: Stand, page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    every_block(stand)
    ts = stand.post(text="A thread")
    stand.client.chat_postMessage(channel=stand.channel, thread_ts=ts, text="<!here> a reply `code`")
    stand.client.chat_postEphemeral(channel=stand.channel, user=stand.sara.id, text="Psst")
    base = page.url.rsplit("/c/", 1)[0]
    for path in (f"c/{stand.channel}?thread={ts}", f"app/{stand.app.app_id}", "inspector", "faults", "start"):
        page.goto(f"{base}/{path}")
        assert serious(page) == [], path
    stand.open(modal(*every_input(), title=plain("Everything")))
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(page.get_by_text("Please complete this required field.").first).to_be_visible()
    assert serious(page) == []


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {[node['html'][:200] for node in one['nodes']]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


def every_block(stand: Stand) -> None:
    cells = [[{"type": "raw_text", "text": word} for word in row] for row in (["Week", "Hours"], ["4 Jan", "62"])]
    bars = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "wk ▓▓▒░"}]}
    blocks = [
        {"type": "header", "text": plain("Deal 42")},
        section("*bold* <https://example.com|link>", accessory=button("Go", "go", style="danger")),
        {"type": "context", "elements": [mrkdwn("small")]},
        {"type": "rich_text", "elements": [bars]},
        {"type": "table", "rows": cells},
        actions(
            button("Yes", "yes", style="primary"),
            {"type": "overflow", "action_id": "more", "options": [option("One")]},
            {"type": "static_select", "action_id": "week", "options": [option("wk 4")]},
            {"type": "users_select", "action_id": "who"},
            {"type": "datepicker", "action_id": "day"},
        ),
    ]
    stand.post(*blocks)
    shown = home(section("Your turn"), actions(button("Go on", "on", style="primary")), field("Name", typed(), "name"))
    stand.client.views_publish(user_id=stand.sara.id, view=shown)


def every_input() -> list[dict[str, Any]]:
    options = [option("One"), option("Two")]
    kinds = ["static_select", "multi_static_select", "checkboxes", "radio_buttons"]
    bare = ["users_select", "multi_users_select", "datepicker", "timepicker", "datetimepicker", "external_select"]
    return [
        {"type": "alert", "text": plain("Careful"), "level": "warning"},
        field("Words", typed(placeholder=plain("Say it")), "words", hint=plain("In short")),
        field("Story", typed(multiline=True), "story", optional=True),
        field("Number", {"type": "number_input", "is_decimal_allowed": True}, "number"),
        *[field(kind, {"type": kind, "options": options}, kind) for kind in kinds],
        *[field(kind, {"type": kind}, kind) for kind in bare],
    ]
