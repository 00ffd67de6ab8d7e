"""From an empty workspace to the first approved deal: an admin with Slack and a spreadsheet, by what the page shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Locator, Page, expect

from bot.cli.demo import Demo, demonstrated
from bot.cli.greeting import greet
from tests.browser.conftest import PATIENCE

COMPANY = Path(__file__).parent / "company.xlsx"
MOST_ACTS = 25
# The workbook of a joinery in its own words: nothing of it is asked about.
FEWEST_ACTS = 20


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


@pytest.fixture
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


def first_deal(lea: Hand, sara: Hand, file: Path, sees: str, deal: str) -> Locator:
    """From the guide's message to the first deal that is approved; its card."""
    lea.go("Messages")
    # 1: the company.
    lea.press(lea.guide(), "Bring a spreadsheet…")
    form = lea.form("Bring a file")
    form.get_by_label("The file").set_input_files(file)
    lea.acts.append(file.name)
    lea.press(form, "Read it")
    expect(form.get_by_text(sees)).to_be_visible()
    lea.press(form, "Take it over")
    expect(lea.page.get_by_text("It is taken over.")).to_be_visible()
    lea.press(lea.page.get_by_role("dialog"), "Close", nth=-1)
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
    composer.fill(deal)
    composer.press("Enter")
    sara.acts.append("/deal")
    form = sara.form("Propose a deal")
    expect(form.get_by_text("Fits.")).to_be_visible()
    sara.press(form, "Post")
    expect(form).to_be_hidden()
    # It fits within standard terms: nobody has to press anything.
    lea.go("deals")
    card = lea.page.locator("#main article").filter(has=lea.page.get_by_role("heading", name="#1 ·")).last
    expect(card).to_contain_text("Approved on the spot")
    return card


def test_admin_with_a_spreadsheet_is_at_the_first_approved_deal(chromium: Browser, running: Demo) -> None:
    running.sandbox.settle()
    lea, sara = opened(chromium, running, "Lea", ""), opened(chromium, running, "Sara", "sales-and-ops")
    first_deal(lea, sara, COMPANY, "Desk: a new offer", "/deal Acme 20 desks by 25 Jan")
    acts = [*lea.acts, *sara.acts]
    assert len(acts) <= MOST_ACTS, acts
    # 5: what the channel hears by itself; then the guide says that all is done.
    lea.go("Messages")
    expect(lea.guide()).to_contain_text("4 offers and 2 resources, in USD.")
    lea.press(lea.guide(), "Do it for me")
    expect(lea.page.locator("#main article").filter(has_text="Belay is set up.").last).to_be_visible()
    assert running.sandbox.violations() == []


PIECES = (("Farmhouse table", "Tables", 310, 1150, 2.5, 7), ("Plain bench", "Benches", 88, 320, 0.75, 2))
OTHERS: dict[str, list[list[object]]] = {
    "Workshop": [
        ["Who and what we have"],
        [],
        ["Station", "Who", "Hours per week", "Cost per hour (£)", "Remarks"],
        ["Saw & planer", "Tom", 38, 32, "Shared on Fridays"],
        ["Bench joinery", "Mick, Aoife", 74, 36, "Two people"],
        ["Total", "", 112],
        ["Workshop closed 3-14 August"],
    ],
    "Stock": [["Finished pieces in the store"], [], ["Piece", "In store", "Reserved"], ["Plain bench", 6, 2]],
    "Customers": [["Customer", "Phone", "Terms", "Discount"], ["The Crown Inn", "01584 555 010", "30 days", "10%"]],
}


def joinery(path: Path) -> Path:
    """A workbook as a joiner keeps it: titles above, notes and totals below, and other words than ours."""
    book = Workbook()
    prices = book.active
    assert prices is not None
    prices.title = "Price list 2026"
    prices.append(["Hollin & Daughter Joinery - price list"])
    prices.append(["All prices ex VAT. Bespoke sizes on request."])
    prices.append(["Piece", "Range", "Timber & fittings (£)", "Selling price (£)", "Margin", "Notes"])
    hours = book.create_sheet("Hours per piece")
    hours.append(["Piece", "Saw & planer", "Bench joinery", "Total"])
    for name, family, cost, price, sawing, joining in PIECES:
        prices.append([name, family, cost, price, f"{(price - cost) / price:.0%}", "Bespoke, too"])
        hours.append([name, sawing, joining, sawing + joining])
    prices.append(["* Trade customers: 10% off from 10 pieces."])
    for title, rows in OTHERS.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_joiner_s_own_workbook_needs_no_more_acts(chromium: Browser, running: Demo, tmp_path: Path) -> None:
    running.sandbox.settle()
    lea, sara = opened(chromium, running, "Lea", ""), opened(chromium, running, "Sara", "sales-and-ops")
    file = joinery(tmp_path / "Joinery.xlsx")
    first_deal(lea, sara, file, "Plain bench: a new offer", "/deal The Crown Inn 4 Plain bench by 25 Jan")
    acts = [*lea.acts, *sara.acts]
    assert len(acts) <= FEWEST_ACTS, acts
    lea.go("Messages")
    expect(lea.guide()).to_contain_text("2 offers and 2 resources, in GBP.")
    assert running.sandbox.violations() == []


def print_shop(path: Path) -> Path:
    """A workbook whose prices, costs and times are for a thousand pieces."""
    book = Workbook()
    prices = book.active
    assert prices is not None
    prices.title = "Price list 2026"
    prices.append(["All prices in EUR per 1,000 pcs. Valid from 1 January 2026."])
    prices.append(["Art. no.", "Article", "Group", "Net price / 1,000", "Material / 1,000", "Min. order"])
    prices.append(["FB-110", "Folding box small", "Folding boxes", 185, 62.5, 2000])
    prices.append(["BR-320", "Brochure A5 16pp", "Brochures", 410, 150, 500])
    sheets: dict[str, list[list[object]]] = {
        "Machines": [["Machine", "Type", "Hours / week"], ["SM74", "offset press", 76], ["Gluer", "finishing", 38]],
        "Run times": [
            ["Minutes per 1,000 pcs incl. average make-ready"],
            ["Article", "SM74", "Gluer"],
            ["Folding box small", 18, 12],
            ["Brochure A5 16pp", 60, None],
        ],
        "Customers": [["Cust. no.", "Company", "Town"], [10012, "Brauerei Lindner", "Bamberg"]],
    }
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_print_shop_s_thousands_need_no_more_acts(chromium: Browser, running: Demo, tmp_path: Path) -> None:
    running.sandbox.settle()
    lea, sara = opened(chromium, running, "Lea", ""), opened(chromium, running, "Sara", "sales-and-ops")
    file = print_shop(tmp_path / "Prices and machines.xlsx")
    sees = "Folding box small: a new offer (unit 1,000 pcs; Folding boxes; list price 185; cost 62.5"
    card = first_deal(lea, sara, file, sees, "/deal 20 Folding box small for Brauerei Lindner by Jan 25")
    acts = [*lea.acts, *sara.acts]
    assert len(acts) <= FEWEST_ACTS, acts
    expect(card).to_contain_text("20 × 1,000 pcs")
    lea.go("Messages")
    expect(lea.guide()).to_contain_text("2 offers and 2 resources, in EUR.")
    assert running.sandbox.violations() == []
