"""What a person types becomes terms: numbers by the person's locale, a price or a discount; what is not one is said."""

from datetime import date

import pytest
from babel import Locale

from handlers.deals.drafts import LineDraft, TermsDraft
from handlers.deals.live_form import draft_of_deal
from handlers.deals.terms import read_price, read_terms
from models.base.errors import BadForm, Refused
from models.company.offers import OfferRow
from models.deals.terms import TermLine, Terms
from models.workspace.workspaces import Workspace
from tests.world import World

US, DE = Locale("en", "US"), Locale("de", "DE")
DOLLARS, YEN = Workspace(name="", currency="USD", places=2), Workspace(name="", currency="JPY", places=0)
DINARS = Workspace(name="", currency="KWD", places=3)
TENT = OfferRow(name="Summit tent", list_price=48_000)
NO_PRICE = "A price for one unit, such as 432, or a discount, such as 10%."
NO_DISCOUNT = "A discount is from 0% to 100%."
NO_QUANTITY = "A whole number of 1 or more, such as 200."


@pytest.mark.parametrize(
    ("locale", "text", "minor"),
    [
        (US, "", 48_000),
        (US, "   ", 48_000),
        (US, "432", 43_200),
        (US, " 432 ", 43_200),
        (US, "432.5", 43_250),
        (US, "432.50", 43_250),
        (US, "1,432.50", 143_250),
        (US, "$432", 43_200),
        (US, "$ 432.00", 43_200),
        (US, "432 $", 43_200),
        (US, "USD 432", 43_200),
        (US, "432 USD", 43_200),
        (US, "0", 0),
        (US, "0.01", 1),
        (US, "10000000000", 1_000_000_000_000),
        (DE, "432", 43_200),
        (DE, "432,5", 43_250),
        (DE, "432,50", 43_250),
        (DE, "1.432,50", 143_250),
        (DE, "1.432", 143_200),
        (DE, "432,50 $", 43_250),
        (DE, "432,50 USD", 43_250),
    ],
)
def test_price_is_read_by_the_locale(locale: Locale, text: str, minor: int) -> None:
    assert read_price(text, DOLLARS, TENT, locale) == minor


@pytest.mark.parametrize(
    ("locale", "text", "minor"),
    [
        (US, "10%", 43_200),
        (US, "10 %", 43_200),
        (US, " 10 % off ", 43_200),
        (US, "10% off", 43_200),
        (US, "12.5%", 42_000),
        (US, "0%", 48_000),
        (US, "100%", 0),
        (US, "100 %", 0),
        # 480.00 × 0.66667 = 320.0016
        (US, "33.333%", 32_000),
        # 480.00 × 0.99999 = 479.9952
        (US, "0.001%", 48_000),
        (DE, "10%", 43_200),
        (DE, "10 %", 43_200),
        (DE, "12,5 %", 42_000),
        (DE, "100,0%", 0),
    ],
)
def test_discount_is_taken_off_the_list_price(locale: Locale, text: str, minor: int) -> None:
    assert read_price(text, DOLLARS, TENT, locale) == minor


@pytest.mark.parametrize(("list_price", "text", "minor"), [(1, "50%", 1), (3, "50%", 2), (999, "0.05%", 999)])
def test_discount_is_rounded_half_up(list_price: int, text: str, minor: int) -> None:
    assert read_price(text, DOLLARS, OfferRow(name="Peg", list_price=list_price), US) == minor


@pytest.mark.parametrize(
    ("workspace", "locale", "text", "minor"),
    [
        (YEN, US, "432", 432),
        (YEN, US, "432.0", 432),
        (YEN, US, "¥50,000", 50_000),
        (YEN, US, "50000 JPY", 50_000),
        (YEN, DE, "50.000", 50_000),
        # 48,000 × 0.999 = 47,952
        (YEN, US, "0.1%", 47_952),
        (YEN, US, "", 48_000),
        (DINARS, US, "1.234", 1_234),
        (DINARS, DE, "1,234", 1_234),
    ],
)
def test_price_has_the_decimals_of_its_currency(workspace: Workspace, locale: Locale, text: str, minor: int) -> None:
    assert read_price(text, workspace, TENT, locale) == minor


@pytest.mark.parametrize(
    ("workspace", "locale", "text", "sentence"),
    [
        (DOLLARS, US, "101%", NO_DISCOUNT),
        (DOLLARS, US, "100.001%", NO_DISCOUNT),
        (DOLLARS, US, "12,5%", NO_DISCOUNT),
        (DOLLARS, US, "1.5.5%", NO_DISCOUNT),
        (DOLLARS, US, "-5%", NO_PRICE),
        (DOLLARS, US, "10%%", NO_PRICE),
        (DOLLARS, US, "%", NO_PRICE),
        (DOLLARS, US, "10% over", NO_PRICE),
        (DOLLARS, US, "-5", NO_PRICE),
        (DOLLARS, US, "-0.01", NO_PRICE),
        (DOLLARS, US, "432.505", NO_PRICE),
        (DOLLARS, US, "432,50", NO_PRICE),
        (DOLLARS, US, "1.432,50", NO_PRICE),
        (DOLLARS, US, "1 432", NO_PRICE),
        (DOLLARS, US, "€432", NO_PRICE),
        (DOLLARS, US, "432 EUR", NO_PRICE),
        (DOLLARS, US, "$", NO_PRICE),
        (DOLLARS, US, "free", NO_PRICE),
        (DOLLARS, US, "432 each", NO_PRICE),
        (DOLLARS, US, "1/2", NO_PRICE),
        (DOLLARS, US, "10000000000.01", NO_PRICE),
        pytest.param(DOLLARS, US, "9" * 3000, NO_PRICE, id="3,000 digits"),
        (DOLLARS, US, "<!channel>", NO_PRICE),
        (DOLLARS, US, "inf", NO_PRICE),
        (DOLLARS, US, "NaN", NO_PRICE),
        (DOLLARS, US, "sNaN", NO_PRICE),
        (DOLLARS, US, "1e999999", NO_PRICE),
        (DOLLARS, DE, "12.5%", NO_DISCOUNT),
        (DOLLARS, DE, "10.000%", NO_DISCOUNT),
        (DOLLARS, DE, "432.50", NO_PRICE),
        (DOLLARS, DE, "1,432.50", NO_PRICE),
        (DOLLARS, DE, "432,505", NO_PRICE),
        (YEN, US, "432.5", NO_PRICE),
        (YEN, DE, "432,50", NO_PRICE),
        (YEN, US, "$432", NO_PRICE),
        (YEN, US, "1000000000001", NO_PRICE),
    ],
)
def test_price_that_is_none_is_refused(workspace: Workspace, locale: Locale, text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_price(text, workspace, TENT, locale)
    assert refused.value.sentence == sentence


def test_terms_are_read_line_by_line(world: World) -> None:
    summit, ridge = world.offer("Summit tent").id, world.offer("Ridge tent").id
    draft = TermsDraft(
        lines=(
            LineDraft(str(summit), "Summit tent", "1.000", "12,5 %", "2027-01-21"),
            LineDraft(),
            LineDraft(str(ridge), "Ridge tent", "5", "", "2027-01-17"),
            LineDraft(str(ridge), "Ridge tent", "5", "0", "2027-01-18"),
        ),
        note="As agreed.",
    )
    # A Thursday belongs to the week of its Monday, a Sunday to the week before.
    assert read_terms(world.workspace, draft, DE) == Terms(
        (
            TermLine(summit, 1_000, 42_000, date(2027, 1, 18)),
            TermLine(ridge, 5, 30_000, date(2027, 1, 11)),
            TermLine(ridge, 5, 0, date(2027, 1, 18)),
        ),
        "As agreed.",
    )


def test_terms_name_each_mistake_under_its_field(world: World) -> None:
    summit = str(world.offer("Summit tent").id)
    table = {
        (LineDraft(),): {
            "offer.0": "Choose an offer.",
            "quantity.0": NO_QUANTITY,
            "date.0": "Choose a date.",
        },
        (LineDraft(), LineDraft(offer=summit)): {"quantity.1": NO_QUANTITY, "date.1": "Choose a date."},
        (LineDraft(summit, "Summit tent", "0", "101%", "soon"), LineDraft(summit, "Summit tent", "5", "x", "")): {
            "quantity.0": NO_QUANTITY,
            "date.0": "Choose a date.",
            "price.0": NO_DISCOUNT,
            "date.1": "Choose a date.",
            "price.1": NO_PRICE,
        },
        (LineDraft("999999", "Gone", "5", "x", "2027-01-18"),): {
            "offer.0": "That offer is not in the catalogue any more. Choose another one."
        },
        (LineDraft("Summit tent", "Summit tent", "5", "", "2027-01-18"),): {"offer.0": "Choose an offer."},
    }
    said = {}
    for lines in table:
        with pytest.raises(BadForm) as refused:
            read_terms(world.workspace, TermsDraft(lines=lines), US)
        said[lines] = refused.value.errors
    assert said == table


@pytest.mark.parametrize("locale", [US, DE], ids=str)
def test_terms_of_a_deal_come_back_unchanged_from_the_form(world: World, locale: Locale) -> None:
    deal = world.propose(
        ("Summit tent", 1_000_000_000, 1_000_000_000_000, date(2027, 1, 18)),
        ("Ridge tent", 1, 0, date(2027, 1, 18)),
        ("Pole set", 12_345, 3_999, date(2027, 2, 1)),
    )
    draft = draft_of_deal(deal, locale)
    assert [line.price for line in draft.lines] == {
        US: ["10000000000.00", "0.00", "39.99"],
        DE: ["10000000000,00", "0,00", "39,99"],
    }[locale]
    terms = read_terms(world.workspace, draft, locale)
    assert [(line.quantity, line.unit_price, line.week) for line in terms.lines] == [
        (1_000_000_000, 1_000_000_000_000, date(2027, 1, 18)),
        (1, 0, date(2027, 1, 18)),
        (12_345, 3_999, date(2027, 2, 1)),
    ]
