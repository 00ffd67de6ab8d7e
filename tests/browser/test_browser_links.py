"""Links to messages: wherever they stand, they open the message, as the same person."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.browser.test_browser_conversations import write
from tests.sandbox.stand import Stand, actions, button, home, modal, plain, section


@pytest.fixture
def deals(stand: Stand) -> str:
    """Another channel, in which Sara and the app are."""
    return stand.sb.add_channel("deals", [stand.sara.id, stand.app.bot_user_id])


def link_to(stand: Stand, channel: str, ts: str) -> str:
    return str(stand.client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])


def crowd(stand: Stand, channel: str, number: int = 30) -> None:
    for count in range(number):
        stand.client.chat_postMessage(channel=channel, text=f"Message {count}")


def card(stand: Stand, channel: str, text: str = "Deal 42", **more: Any) -> str:
    return str(stand.client.chat_postMessage(channel=channel, text=text, **more)["ts"])


def marked(page: Page) -> Locator:
    return page.locator(".message[data-marked]")


def arrived(page: Page, stand: Stand, channel: str, words: str = "Deal 42") -> None:
    """Sara is in the channel, and the message stands in sight, marked; the tab is the same."""
    expect(page.get_by_role("heading", level=1, name="deals")).to_be_visible()
    expect(marked(page)).to_contain_text(words)
    expect(marked(page)).to_be_in_viewport()
    assert page.url.startswith(f"{stand.sb.url}/as/{stand.sara.id}/archives/{channel}/p")
    assert len(page.context.pages) == 1


def test_a_link_opens_the_message_in_its_channel(stand: Stand, page: Page, deals: str) -> None:
    ts = card(stand, deals)
    crowd(stand, deals)
    stand.post(section(f"See <{link_to(stand, deals, ts)}|the deal>"))
    page.get_by_role("link", name="the deal").click()
    arrived(page, stand, deals)
    stand.client.chat_postMessage(channel=deals, text="Meanwhile")
    expect(page.get_by_text("Meanwhile")).to_be_attached()
    expect(marked(page)).to_be_in_viewport()
    expect(marked(page)).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="tents-ops")).to_be_visible()
    page.go_forward()
    arrived(page, stand, deals)
    page.reload()
    arrived(page, stand, deals)


def rich(url: str) -> dict[str, Any]:
    run = {"type": "rich_text_section", "elements": [{"type": "link", "url": url, "text": "the deal"}]}
    return {"type": "rich_text", "elements": [run]}


@pytest.mark.parametrize(
    "made",
    [
        rich,
        lambda url: {"type": "markdown", "text": f"See [the deal]({url})"},
        lambda url: {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [{"type": "date", "timestamp": 1, "format": "the deal", "url": url}],
                }
            ],
        },
        lambda url: section(f"<!date^1^the deal^{url}|x>"),
    ],
    ids=["rich text", "markdown", "date", "date in mrkdwn"],
)
def test_a_link_may_be_written_in_any_way(stand: Stand, page: Page, deals: str, made: Any) -> None:
    ts = card(stand, deals)
    stand.post(made(link_to(stand, deals, ts)))
    page.get_by_role("link", name="the deal").click()
    arrived(page, stand, deals)


def test_a_link_that_somebody_types_works_too(stand: Stand, page: Page, deals: str) -> None:
    write(page, link_to(stand, deals, card(stand, deals)))
    page.get_by_role("article").last.get_by_role("link").first.click()
    arrived(page, stand, deals)


def test_a_button_with_a_link_tells_the_app_and_opens_the_message(stand: Stand, page: Page, deals: str) -> None:
    heard = stand.hears("see")
    stand.post(actions(button("See the deal", "see", url=link_to(stand, deals, card(stand, deals)))))
    page.get_by_role("link", name="See the deal").click()
    arrived(page, stand, deals)
    stand.sb.until(lambda: heard)
    assert len(heard) == 1


def test_a_link_to_a_reply_opens_its_thread(stand: Stand, page: Page, deals: str) -> None:
    root = card(stand, deals)
    crowd(stand, deals)
    for count in range(20):
        card(stand, deals, f"Step {count}", thread_ts=root)
    middle = card(stand, deals, "Round one", thread_ts=root)
    for count in range(20):
        card(stand, deals, f"Later step {count}", thread_ts=root)
    stand.post(section(f"<{link_to(stand, deals, middle)}|the deal>"))
    page.get_by_role("link", name="the deal").click()
    arrived(page, stand, deals, "Round one")
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread.locator(".message[data-marked]")).to_have_count(1)
    expect(page.get_by_role("log", name="Conversation").get_by_text("Deal 42")).to_be_in_viewport()
    # without the thread's ts in it the link finds the thread as well
    page.goto(f"{stand.sb.url}/as/{stand.sara.id}/archives/{deals}/p{middle.replace('.', '')}")
    expect(thread.locator(".message[data-marked]")).to_contain_text("Round one")


def test_a_link_reaches_far_back(stand: Stand, page: Page, deals: str) -> None:
    ts = card(stand, deals)
    crowd(stand, deals, 75)
    stand.post(section(f"<{link_to(stand, deals, ts)}|the deal>"))
    page.get_by_role("link", name="the deal").click()
    arrived(page, stand, deals)


def test_a_link_in_a_form_opens_the_message_behind_it(stand: Stand, page: Page, deals: str) -> None:
    url = link_to(stand, deals, card(stand, deals))
    stand.open(modal(section(f"<{url}|the deal>"), title=plain("Busy")))
    page.get_by_role("dialog").get_by_role("link", name="the deal").click()
    arrived(page, stand, deals)
    expect(page.get_by_role("dialog", name="Busy")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(marked(page)).to_contain_text("Deal 42")
    expect(marked(page)).to_have_count(0)


def test_a_link_at_home_opens_the_message(stand: Stand, page: Page, deals: str) -> None:
    url = link_to(stand, deals, card(stand, deals))
    stand.client.views_publish(user_id=stand.sara.id, view=home(section(f"<{url}|the deal>")))
    page.get_by_role("link", name="Home").click()
    page.get_by_role("link", name="the deal").click()
    arrived(page, stand, deals)


def test_a_link_to_direct_messages_opens_them(stand: Stand, page: Page) -> None:
    sent = stand.client.chat_postMessage(channel=stand.sara.id, text="For you")
    stand.post(section(f"<{link_to(stand, sent['channel'], sent['ts'])}|the word>"))
    page.get_by_role("link", name="the word").click()
    expect(marked(page)).to_contain_text("For you")
    expect(page.get_by_role("heading", level=1, name="Kiosk")).to_be_visible()


def test_a_link_to_what_one_does_not_see_says_so(stand: Stand, page: Page, deals: str) -> None:
    ts = card(stand, deals)
    stand.post(section(f"<{link_to(stand, deals, ts)}|the deal>"))
    stand.client.chat_delete(channel=deals, ts=ts)
    page.get_by_role("link", name="the deal").click()
    expect(page.get_by_role("alert")).to_contain_text("This message is not there.")
    expect(page.get_by_role("heading", level=1, name="tents-ops")).to_be_visible()
    write(page, "Still here")
    expect(page.get_by_role("article").last).to_contain_text("Still here")


def test_a_link_in_a_new_tab_asks_who_one_is(stand: Stand, open_as: Open, deals: str) -> None:
    olga = stand.sb.add_person("Olga")
    stand.sb.invite(deals, olga)
    ts = card(stand, deals)
    page = open_as(stand.sara)
    page.goto(link_to(stand, deals, ts))
    expect(page.get_by_role("heading", name="Sign in to Sandbox")).to_be_visible()
    page.get_by_role("link", name="Olga").click()
    expect(marked(page)).to_contain_text("Deal 42")
    assert page.url.startswith(f"{stand.sb.url}/as/{olga}/archives/{deals}/p")
    expect(page.get_by_role("link", name="Olga").first).to_have_attribute("aria-current", "true")
