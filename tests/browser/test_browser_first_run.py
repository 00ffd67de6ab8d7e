"""From an empty workspace to the first approved deal: an admin with Slack and a spreadsheet, by what the page shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.cli.demo import Demo, demonstrated
from bot.cli.greeting import greet
from tests.browser.conftest import PATIENCE

COMPANY = Path(__file__).parent / "company.xlsx"
MOST_ACTS = 25


@dataclass
class Hand:
    """Somebody at their screen, whose acts are counted."""

    page: Page
    acts: list[str] = field(default_factory=list)

    def press(self, where: Locator, name: str, *, nth: int = 0) -> None:
        """A button or a link."""
        where.get_by_role("button", name=name, exact=True).nth(nth).click()
        self.acts.append(name)

    def go(self, name: str) -> None:
        """To another place."""
        self.page.get_by_role("navigation", name="Workspace").get_by_role("link", name=name).first.click()
        self.acts.append(name)

    def choose(self, where: Locator, label: str, name: str) -> None:
        """A person in a select."""
        where.get_by_role("combobox", name=label).fill(name)
        where.get_by_role("option", name=name).first.click()
        self.acts.append(f"{label}: {name}")

    def form(self, title: str) -> Locator:
        """A form that is open."""
        return self.page.get_by_role("dialog", name=title, exact=True)

    def guide(self) -> Locator:
        """Belay's message that leads through the set-up."""
        return self.page.locator("#main article").filter(has_text="of 5 done").last


@pytest.fixture(scope="module")
def running() -> Iterator[Demo]:
    with demonstrated(0, is_empty=True) as running:
        greet(running.sandbox, is_empty=True)
        yield running


def opened(chromium: Browser, running: Demo, name: str, where: str) -> Hand:
    person = running.sandbox.person(name)
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    channel = next((each["id"] for each in running.sandbox.channels() if each["name"] == where), "")
    page.goto(f"{running.box.url}/as/{person.id}" + (f"/c/{channel}" if channel else ""))
    return Hand(page)


def test_admin_with_a_spreadsheet_is_at_the_first_approved_deal(chromium: Browser, running: Demo) -> None:
    running.sandbox.settle()
    lea, sara = opened(chromium, running, "Lea", ""), opened(chromium, running, "Sara", "sales-and-ops")
    lea.go("Messages")
    # 1: the company.
    lea.press(lea.guide(), "Bring a spreadsheet…")
    form = lea.form("Bring a file")
    form.get_by_label("The file").set_input_files(COMPANY)
    lea.acts.append("company.xlsx")
    lea.press(form, "Read it")
    expect(form.get_by_text("Desk: a new offer")).to_be_visible()
    lea.press(form, "Take it over")
    expect(lea.page.get_by_text("It is taken over.")).to_be_visible()
    lea.press(lea.page.get_by_role("dialog"), "Close", nth=-1)
    expect(lea.guide()).to_contain_text("4 offers and 2 resources, in USD.")
    # 2: people.
    lea.press(lea.guide(), "Choose people…")
    form = lea.form("Roles")
    lea.choose(form, "Sales", "Sara")
    lea.choose(form, "Operations", "Lea")
    lea.press(form, "Save")
    expect(lea.guide()).to_contain_text("1 in sales, 1 in operations.")
    # 3: a channel.
    lea.press(lea.guide(), "Do it for me…", nth=0)
    lea.press(lea.form("A channel for deals"), "Make it")
    expect(lea.page.get_by_text("The channel is there")).to_be_visible()
    lea.press(lea.page.get_by_role("dialog"), "Close", nth=-1)
    expect(lea.guide()).to_contain_text("Deals have their channel.")
    # 4: a deal of somebody else's, because nobody decides on their own.
    composer = sara.page.locator("#composer-main-text")
    composer.fill("/deal Acme 20 desks by 25 Jan")
    composer.press("Enter")
    sara.acts.append("/deal")
    form = sara.form("Propose a deal")
    expect(form.get_by_text("Fits.")).to_be_visible()
    sara.press(form, "Post")
    expect(form).to_be_hidden()
    lea.go("deals")
    card = lea.page.locator("#main article").filter(has=lea.page.get_by_role("heading", name="#1 ·")).last
    lea.press(card, "Approve")
    lea.press(lea.form("Approve?"), "Approve")
    expect(card).to_contain_text("Approved by Lea")
    acts = [*lea.acts, *sara.acts]
    assert len(acts) <= MOST_ACTS, acts
    # 5: what the channel hears by itself; then the guide says that all is done.
    lea.go("Messages")
    lea.press(lea.guide(), "Do it for me")
    expect(lea.page.locator("#main article").filter(has_text="Belay is set up.").last).to_be_visible()
    assert running.sandbox.violations() == []
