"""Pictures of Belay at work, of the demo's company; with BELAY_PICTURES=1 they become those of the README."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from bot.cli.demo import Demo, demonstrated
from bot.cli.greeting import greet
from tests.browser.conftest import PATIENCE
from tests.browser.test_browser_conversations import write
from tests.places import ROOT

DOCS = ROOT / "docs" / "images"
OPS, ALL = "tents-ops", "sales-and-ops"
SIZE: ViewportSize = {"width": 1280, "height": 860}
MOST_BYTES = 300_000
DECEMBER = datetime(2026, 12, 1, 17, tzinfo=UTC)
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """The demo as it greets, without the deal that it plays first; the pictures are taken in the order of this file."""
    with demonstrated(0) as running:
        running.sandbox.configure(trigger_seconds=PATIENCE / 1000, ack_seconds=PATIENCE / 1000)
        greet(running.sandbox, is_empty=False)
        running.sandbox.settle()
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the pictures go: a test run leaves the tree as it is."""
    if not os.environ.get("BELAY_PICTURES"):
        return tmp_path
    DOCS.mkdir(parents=True, exist_ok=True)
    return DOCS


@pytest.fixture
def take(folder: Path) -> Callable[[Page, str], None]:
    """Takes a picture, and sees that it is one and not too large."""

    def taken(page: Page, name: str) -> None:
        page.mouse.move(640, 859)
        page.evaluate("() => document.activeElement?.blur()")
        path = folder / f"{name}.png"
        made = page.screenshot(path=path, animations="disabled", caret="hide")
        assert made.startswith(b"\x89PNG")
        assert (int.from_bytes(made[16:20]), int.from_bytes(made[20:24])) == (SIZE["width"], SIZE["height"])
        assert path.stat().st_size < MOST_BYTES

    return taken


@pytest.fixture
def open_demo(chromium: Browser, demo: Demo) -> Iterator[Open]:
    """The page as somebody, at a link of the workspace; each in a context of its own."""
    people = {person["name"]: person["id"] for person in demo.sandbox.people()}
    contexts = []

    def opened(name: str, where: str = OPS, *, scheme: Literal["light", "dark"] = "light") -> Page:
        context = chromium.new_context(
            viewport=SIZE, device_scale_factor=1, reduced_motion="reduce", color_scheme=scheme, locale="en-US"
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{demo.box.url}/as/{people[name]}")
        page.get_by_role("navigation", name="Workspace").get_by_role("link", name=where).first.click()
        return page

    yield opened
    for context in contexts:
        context.close()


def card(page: Page, number: int) -> Locator:
    heading = page.get_by_role("heading", name=f"#{number} ·")
    return page.locator("#main article").filter(has=heading).last


def to_the_top(page: Page, what: Locator) -> None:
    """Bring the whole of something into view, below the edge."""
    what.evaluate("one => { one.style.scrollMarginTop = '64px'; one.scrollIntoView({block: 'start'}) }")


def close(page: Page) -> None:
    """Leave no form open for the next picture of the same person."""
    page.get_by_role("dialog").get_by_role("button", name="Close").first.click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def form(page: Page, title: str) -> Locator:
    return page.get_by_role("dialog", name=title, exact=True)


def test_picture_of_the_start(open_demo: Open, take: Callable[[Page, str], None]) -> None:
    page = open_demo("Sara", "Start here")
    expect(page.get_by_role("heading", name="Welcome to Belay")).to_be_visible()
    expect(page.get_by_role("button", name="Propose a deal")).to_be_visible()
    take(page, "start")


def test_pictures_of_a_proposal(open_demo: Open, take: Callable[[Page, str], None]) -> None:
    page = open_demo("Sara")
    write(page, "/deal Acme 300 Summit tent by 18 Jan at 10% off")
    proposal = form(page, "Propose a deal")
    expect(proposal).to_contain_text("Does not fit.")
    expect(proposal.locator("pre")).to_contain_text("needs 154 hours")
    take(page, "proposal")
    close(page)
    write(page, "/deal Acme 116 Summit tent by 18 Jan at a good price")
    expect(proposal).to_contain_text("Not read: “a good price”.")
    expect(proposal.get_by_label("Quantity")).to_have_value("116")
    take(page, "proposal-in-one-line")
    close(page)


def test_pictures_of_a_channel(open_demo: Open, take: Callable[[Page, str], None]) -> None:
    page = open_demo("Olga")
    one = card(page, 12)
    expect(one.get_by_role("button", name="Approve")).to_be_visible()
    expect(one).to_contain_text("A competitor offers 25 % less.")
    to_the_top(page, one)
    take(page, "card")
    dark = open_demo("Olga", scheme="dark")
    expect(card(dark, 14)).to_contain_text("Does not fit.")
    to_the_top(dark, card(dark, 14))
    take(dark, "dark")


def test_picture_of_a_decline_that_comes_too_early(open_demo: Open, take: Callable[[Page, str], None]) -> None:
    page = open_demo("Olga")
    to_the_top(page, card(page, 14))
    card(page, 14).get_by_role("button", name="More actions").click()
    card(page, 14).get_by_role("menuitem", name="Decline…").click()
    refusal = page.get_by_role("dialog").filter(has_text="Counter first")
    expect(refusal.get_by_role("button", name="Counter…")).to_be_visible()
    take(page, "decline")
    close(page)


def test_picture_of_the_numbers(open_demo: Open, take: Callable[[Page, str], None]) -> None:
    page = open_demo("Fiona", "Messages")
    card(page, 12).get_by_role("button", name="More actions").click()
    card(page, 12).get_by_role("menuitem", name="Show the numbers").click()
    numbers = form(page, "#12: the numbers")
    expect(numbers).to_contain_text("Below the floor")
    take(page, "numbers")
    close(page)


def test_picture_of_a_home(open_demo: Open, take: Callable[[Page, str], None]) -> None:
    page = open_demo("Olga", "Home")
    expect(page.get_by_role("heading", name="My turn")).to_be_visible()
    expect(page.get_by_role("button", name="Delivered…")).to_be_visible()
    take(page, "home")


def test_picture_of_the_roles(open_demo: Open, take: Callable[[Page, str], None]) -> None:
    page = open_demo("Lea")
    write(page, "/belay roles")
    roles = form(page, "Roles")
    expect(roles.get_by_text("They propose deals.")).to_be_visible()
    take(page, "roles")
    close(page)


def test_picture_of_a_new_token(open_demo: Open, take: Callable[[Page, str], None]) -> None:
    page = open_demo("Lea")
    write(page, "/belay api")
    form(page, "API").get_by_role("button", name="Make a token…").click()
    token = form(page, "A new token")
    token.get_by_label("What is it for?").fill("Salesforce")
    for scope in ("Read and check deals", "Propose deals", "Answer deals"):
        token.get_by_label(scope).check()
    take(page, "token")
    close(page)


def test_picture_of_another_language(open_demo: Open, demo: Demo, take: Callable[[Page, str], None]) -> None:
    pete = next(person["id"] for person in demo.sandbox.people() if person["name"] == "Pete")
    demo.sandbox.set_locale(pete, "de-DE")
    demo.sandbox.settle()
    page = open_demo("Pete")
    write(page, "/deal Acme 300 Summit tent bis 18. Januar mit 10% Rabatt")
    proposal = form(page, "Deal vorschlagen")
    expect(proposal).to_contain_text("Passt nicht.")
    expect(proposal.get_by_role("button", name="Übernehmen").first).to_be_visible()
    take(page, "german")
    page.get_by_role("dialog").get_by_role("button", name="Close").first.click()
    demo.sandbox.set_locale(pete, "en-US")


def test_pictures_of_a_negotiation(open_demo: Open, take: Callable[[Page, str], None]) -> None:
    olga, sara = open_demo("Olga"), open_demo("Sara", "Messages")
    write(sara, "/deal Acme 300 Summit tent by 18 Jan at 10% off")
    proposal = form(sara, "Propose a deal")
    proposal.get_by_label("What the customer told us").fill("Season opener moved up.")
    proposal.get_by_role("button", name="Post").click()
    expect(card(olga, 19)).to_contain_text("Ways to yes")
    card(olga, 19).get_by_role("button", name="Counter…").click()
    counter = form(olga, "Counter")
    enter(counter, "Quantity", "116")
    expect(counter).not_to_contain_text("Does not fit")
    counter.get_by_role("button", name="Add a line").click()
    expect(counter.get_by_text("Line 2")).to_be_visible()
    counter.get_by_role("combobox", name="Offer").nth(1).fill("summit")
    counter.get_by_role("option", name="Summit tent", exact=True).click()
    counter.get_by_label("Price or discount").nth(1).fill("10%")
    counter.get_by_label("Delivery, in the week of").nth(1).fill("2027-02-01")
    counter.get_by_label("A word to the seller").fill("No overtime needed this way.")
    enter(counter, "Quantity", "184", nth=1)
    expect(counter).to_contain_text("$129,600")
    counter.locator("[data-modal-body]").evaluate("one => one.scrollTo(0, 0)")
    take(olga, "counter")
    counter.get_by_role("button", name="Send and hold").click()

    expect(card(sara, 19)).to_contain_text("Olga changed:")
    expect(card(sara, 19).get_by_role("button", name="Accept")).to_be_visible()
    # the card that asks for an answer stands at the end; its earlier place is given up
    expect(sara.get_by_role("heading", name="#19 ·")).to_have_count(1)
    to_the_top(sara, card(sara, 19))
    take(sara, "answer")

    card(sara, 19).get_by_role("button", name="Counter back…").click()
    back = form(sara, "Counter back")
    enter(back, "Quantity", "150")
    expect(back).to_contain_text("$144,288")
    back.get_by_label("A word to operations").fill("They need 150 for the opening.")
    back.get_by_role("button", name="Send").click()
    expect(card(olga, 19)).to_contain_text("They need 150 for the opening.")
    card(olga, 19).get_by_role("button", name="Counter…").click()
    enter(counter, "Quantity", "130")
    expect(counter).to_contain_text("$135,648")
    counter.get_by_label("A word to the seller").fill("130 with a little overtime.")
    counter.get_by_role("button", name="Send and hold").click()
    expect(card(olga, 19)).to_contain_text("150 tents")
    to_the_top(olga, card(olga, 19))
    card(olga, 19).get_by_role("link", name="replies").click()
    replies = olga.get_by_role("complementary", name="Thread").get_by_role("article")
    expect(replies).to_have_count(5)
    expect(replies.last).to_contain_text("130 with a little overtime.")
    expect(replies.last).to_be_in_viewport()
    to_the_top(olga, card(olga, 19))
    take(olga, "thread")


def enter(where: Locator, label: str, value: str, *, nth: int = 0) -> None:
    """A value and Enter, which asks for the verdict."""
    field = where.get_by_label(label).nth(nth)
    field.fill(value)
    field.press("Enter")


def test_pictures_of_two_weeks_by_the_clock(open_demo: Open, demo: Demo, take: Callable[[Page, str], None]) -> None:
    """Reminders, an escalation, digests with pictures and the scoreboard come by themselves."""
    demo.sandbox.turn(by=timedelta(days=14))
    olga = open_demo("Olga", "Messages")
    expect(olga.get_by_role("heading", name="deals wait for you")).to_be_visible()
    expect(olga.get_by_role("button", name="Snooze until…").first).to_be_visible()
    take(olga, "reminder")
    lea = open_demo("Lea", "Messages")
    overdue = lea.locator("#main article").filter(has_text="operations’ answer, due").last
    expect(overdue).to_contain_text("overdue")
    to_the_top(lea, overdue)
    take(lea, "escalation")
    lea = open_demo("Lea", ALL)
    pipeline = lea.locator("#main article").filter(has_text="Pipeline against capacity").last
    expect(pipeline.get_by_role("img", name="Load of the coming weeks")).to_be_visible()
    expect(pipeline.get_by_role("table")).to_contain_text("Assembly")
    to_the_top(lea, pipeline)
    take(lea, "pipeline")
    board = lea.locator("#main article").filter(has_text="Scoreboard of sales and operations").last
    expect(board.get_by_role("img", name="The last twelve weeks")).to_be_visible()
    to_the_top(lea, board)
    take(lea, "scoreboard")


def test_newcomer_adds_a_digest_of_their_own(open_demo: Open, take: Callable[[Page, str], None]) -> None:
    sara = open_demo("Sara", ALL)
    write(sara, "/belay schedules")
    listed = form(sara, "Schedules")
    expect(listed).to_contain_text("Operations queue in #tents-ops")
    listed.get_by_role("button", name="Add a schedule…").click()
    adding = form(sara, "Add a schedule")
    adding.get_by_role("combobox", name="Where").fill("parts")
    adding.get_by_role("option", name="parts-ops").click()
    adding.get_by_label("When").select_option("On weekdays")
    expect(adding.get_by_role("checkbox", name="Monday")).to_be_checked()
    adding.get_by_role("checkbox", name="Wednesday").check()
    expect(adding).to_contain_text("Next: Dec 9, 2026, 9:00 AM · Dec 14, 2026, 9:00 AM")
    take(sara, "schedule")
    adding.get_by_role("button", name="Save").click()
    saved = form(sara, "Schedules").filter(has_text="Saved.")
    expect(saved).to_contain_text("Operations queue in #parts-ops")
    saved.get_by_role("button", name="Close").first.click()
    expect(listed.get_by_text("every Monday, Wednesday at 9:00")).to_be_visible()
    close(sara)


def decide_and_sign(lea: Page, take: Callable[[Page, str], None]) -> None:
    """Leadership records what was decided, from a way out of the gap, and signs."""
    write(lea, "/sop")
    standing = form(lea, "S&OP")
    standing.get_by_role("button", name="Decide…").click()
    decide = form(lea, "Decide")
    decide.get_by_role("combobox", name="Family").fill("Tent")
    decide.get_by_role("option", name="Tents").click()
    decide.get_by_label("Month").select_option("Jan 2027")
    way = decide.get_by_role("radio", name="more in").first
    way.check()
    expect(decide.get_by_label("What was decided")).to_have_value(re.compile("^Make "))
    take(lea, "decide")
    decide.get_by_label("What was decided").fill("A second shift in sewing for January.")
    decide.get_by_role("combobox", name="Who sees to it").fill("Olg")
    decide.get_by_role("option", name="Olga").click()
    decide.get_by_label("By when").fill("2026-12-21")
    decide.get_by_role("button", name="Record").click()
    recorded = lea.get_by_role("dialog").filter(has_text="Recorded: Olga sees to it.")
    recorded.get_by_role("button", name="Close").first.click()
    standing.get_by_role("button", name="Sign and publish").click()
    lea.get_by_role("button", name="Sign", exact=True).click()
    expect(standing).to_contain_text("Signed, version 1")
    close(lea)


def agree_and_imagine(lea: Page, take: Callable[[Page, str], None]) -> None:
    """The coordinator agrees on a demand with a reason, asks what a second shift would do, and decides from it."""
    write(lea, "/sop consensus")
    consensus = form(lea, "Agree on demand")
    consensus.get_by_role("combobox", name="Family").fill("Tent")
    consensus.get_by_role("option", name="Tents").click()
    expect(consensus).to_contain_text("baseline")
    consensus.get_by_label("To month").select_option("Feb 2027")
    consensus.get_by_label("Units a month").fill("+20%")
    consensus.get_by_label("Why").fill("A trade fair.")
    consensus.get_by_role("button", name="Agree").click()
    expect(consensus).to_contain_text("Agreed. Tents counts with it now.")
    take(lea, "consensus")
    close(lea)

    write(lea, "/sop what-if")
    scenarios = form(lea, "What if")
    scenarios.get_by_role("button", name="New what-if…").click()
    new = form(lea, "What if").filter(has_text="What changes")
    new.get_by_label("What changes").select_option("Capacity of a resource: a shift, a machine down")
    new.get_by_role("combobox", name="Of which family or resource").fill("Sew")
    new.get_by_role("option", name="Sewing").click()
    new.get_by_label("By how much").fill("+100%")
    new.get_by_label("Name").fill("Second shift")
    new.get_by_label("What it assumes").fill("Six people are found by January.")
    new.get_by_role("button", name="Show").click()
    kept = lea.get_by_role("dialog").filter(has_text="Second shift stands beside the plan.")
    kept.get_by_role("button", name="Close").first.click()
    expect(scenarios).to_contain_text("Sewing: capacity +100 % in Dec 2026–May 2028")
    take(lea, "what-if")
    scenarios.get_by_role("button", name="Decide…").click()
    decide = form(lea, "Decide")
    expect(decide.get_by_label("What was decided")).to_have_value(re.compile("^Second shift: Sewing: capacity"))
    decide.get_by_role("combobox", name="Family").fill("Tent")
    decide.get_by_role("option", name="Tents").click()
    decide.get_by_role("combobox", name="Who sees to it").fill("Olg")
    decide.get_by_role("option", name="Olga").click()
    decide.get_by_label("By when").fill("2027-01-08")
    decide.get_by_role("button", name="Record").click()
    recorded = lea.get_by_role("dialog").filter(has_text="Recorded: Olga sees to it.")
    recorded.get_by_role("button", name="Close").first.click()
    close(lea)


def test_month_is_played_from_the_forecast_to_the_published_page(
    open_demo: Open, demo: Demo, take: Callable[[Page, str], None]
) -> None:
    """Sellers and planners answer, leadership decides, signs and publishes: nothing else is needed."""
    sara = open_demo("Sara", "Messages")
    asked = sara.locator("#main article").filter(has_text="S&OP Dec 2026: Demand review").last
    asked.get_by_role("button", name="Submit forecast…").click()
    forecast = form(sara, "Forecast, Dec 2026")
    expect(forecast.get_by_label("Certain, Dec 2026")).to_be_visible()
    take(sara, "forecast")
    forecast.get_by_role("button", name="Agree to all").click()
    expect(sara.get_by_role("dialog")).to_contain_text("Your forecast is in")
    close(sara)

    demo.sandbox.turn(to=DECEMBER.replace(day=10))
    olga = open_demo("Olga", OPS)
    write(olga, "/sop supply")
    supply = form(olga, "Supply, Dec 2026")
    expect(supply).to_contain_text("what brings net stock to its target")
    for family in ("Parts", "Shelters", "Tents"):
        expect(supply.get_by_role("combobox", name="Family")).to_have_value(family)
        if family == "Tents":
            supply.get_by_label("Supply, Jan 2027").fill("200")
            supply.get_by_label("What limits it").fill("A sewing machine is overhauled.")
            take(olga, "supply")
        supply.get_by_role("button", name="Submit").click()
    expect(olga.get_by_role("dialog")).to_contain_text("Your supply plan is in.")
    close(olga)

    demo.sandbox.turn(to=DECEMBER.replace(day=14))
    agree_and_imagine(open_demo("Lea", ALL), take)

    demo.sandbox.turn(to=DECEMBER.replace(day=16))
    otto = open_demo("Otto", ALL)
    write(otto, "/sop page")
    draft = otto.locator("#main article").filter(has_text="S&OP Dec 2026: draft").last
    expect(draft.get_by_role("table")).to_contain_text("Tents: demand")
    expect(draft).to_contain_text("short in ")
    expect(draft).to_contain_text("A sewing machine is overhauled.")
    to_the_top(otto, draft)
    take(otto, "reconciliation")

    lea = open_demo("Lea", ALL)
    decide_and_sign(lea, take)
    published = lea.locator("#main article").filter(has_text="S&OP Dec 2026: signed, version 1").last
    expect(published).to_contain_text("A second shift in sewing for January.")
    expect(published.get_by_role("img").first).to_be_visible()
    to_the_top(lea, published)
    take(lea, "published")
