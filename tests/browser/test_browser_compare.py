"""In the demo: deals that want one week, and promises that a broken machine breaks, sent in at most four clicks."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from bot.cli.demo import Demo, demonstrated
from models.company.policies import set_policy
from models.deals.rows import Deal
from models.policy.standard import former_rules
from models.workspace.workspaces import Workspace
from tests.browser.conftest import PATIENCE
from tests.stage import is_card, lower_week

OPS = "tents-ops"
MOST_CLICKS = 4


@pytest.fixture
def demo() -> Iterator[Demo]:
    with demonstrated(0) as running:
        running.sandbox.configure(trigger_seconds=PATIENCE / 1000, ack_seconds=PATIENCE / 1000)
        running.sandbox.settle()
        yield running


def post(demo: Demo, *asked: tuple[str, str, int], week: str) -> list[int]:
    """Deals for Summit tents in one week, by their numbers; operations look at each, also where it is standard."""
    with demo.bot.database.writing() as session:
        set_policy(session.scalars(select(Workspace)).one(), former_rules(), by=None, now=demo.sandbox.now())
    for seller, customer, tents in asked:
        person = demo.sandbox.person(seller)
        person.command(OPS, f"/deal {customer}, {tents} Summit tent @ 450 on {week}")
        demo.sandbox.settle()
        assert person.submit().ok
        demo.sandbox.settle()
    with demo.bot.database.reading() as session:
        numbers = session.scalars(select(Deal.number).order_by(Deal.number.desc()).limit(len(asked))).all()
    return sorted(numbers)


def states(demo: Demo, numbers: list[int]) -> list[str]:
    demo.sandbox.settle()
    with demo.bot.database.reading() as session:
        rows = session.execute(select(Deal.number, Deal.state).where(Deal.number.in_(numbers)).order_by(Deal.number))
        return [str(state) for _, state in rows]


def opened(chromium: Browser, demo: Demo) -> Page:
    """The operations channel as Olga sees it."""
    olga = next(person["id"] for person in demo.sandbox.people() if person["name"] == "Olga")
    page = chromium.new_context(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce").new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{demo.box.url}/as/{olga}")
    page.get_by_role("navigation", name="Workspace").get_by_role("link", name=OPS).first.click()
    return page


@dataclass
class Hand:
    """Olga at her screen, whose clicks are counted."""

    page: Page
    clicks: int = 0

    def click(self, where: Locator) -> None:
        where.click()
        self.clicks += 1

    def card(self, number: int) -> Locator:
        heading = self.page.get_by_role("heading", name=f"#{number} ·")
        return self.page.locator("#main article").filter(has=heading).last

    def send(self) -> None:
        """What is proposed, once it is known to be the best."""
        form = self.page.get_by_role("dialog", name="Compare", exact=True)
        expect(form.get_by_text("Nothing goes together better.")).to_be_visible()
        self.click(form.get_by_role("button", name="Send these"))
        expect(form.get_by_text("Sent.")).to_be_visible()


def test_three_deals_that_want_one_week_are_answered_from_the_card(chromium: Browser, demo: Demo) -> None:
    asked = (("Sara", "Acme Outdoor", 200), ("Pete", "Borealis", 260), ("Sara", "Scouts", 150))
    numbers = post(demo, *asked, week="2027-03-08")
    olga = Hand(opened(chromium, demo))
    olga.click(olga.card(numbers[0]).get_by_role("button", name="Compare"))
    olga.send()
    assert sorted(states(demo, numbers)) == ["approved", "countered", "countered"]
    assert olga.clicks <= MOST_CLICKS


def test_five_promises_that_a_machine_breaks_are_decided_from_a_card(chromium: Browser, demo: Demo) -> None:
    customers = ("Acme", "Borealis", "Scouts", "Depot", "Alpine")
    numbers = post(demo, *(("Sara", customer, 60) for customer in customers), week="2027-03-08")
    olga = demo.sandbox.person("Olga")
    for number in numbers:
        message = next(m for m in reversed(demo.sandbox.channel(OPS)) if is_card(m, number))
        olga.press("Approve", in_=message)
        demo.sandbox.settle()
    lower_week(demo.sandbox, demo.sandbox.person("Otto"), OPS, "Sewing 15 Feb", 60)
    assert states(demo, numbers) == ["approved"] * 5
    hand = Hand(opened(chromium, demo))
    hand.click(hand.card(numbers[-1]).get_by_role("button", name="More actions"))
    hand.click(hand.page.get_by_role("menuitem", name="Compare with others"))
    hand.send()
    # The 60 hours are taken by what was promised elsewhere.
    assert states(demo, numbers) == ["countered"] * 5
    assert hand.clicks <= MOST_CLICKS
