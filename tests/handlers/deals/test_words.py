"""What is said of deals, whole, by the numbers and dates of the company's country."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.deals.words import change_sentences, line_sentence, price_text
from handlers.slack.text import Bold
from models.base.words import Coinage, company_locale
from models.deals.card import CardLine
from models.deals.changes import Delivery, TermChange

US, DE, CH = (company_locale(country) for country in ("US", "DE", "CH"))
DOLLARS, YEN = Coinage("USD", 2), Coinage("JPY", 0)
JAN_18, JAN_25 = date(2027, 1, 18), date(2027, 1, 25)


@pytest.mark.parametrize(
    ("price", "list_price", "us", "de", "ch"),
    [
        (48_000, 48_000, "$480 each", "480 US$ each", "US$ 480 each"),
        (
            42_050,
            48_000,
            "$420.50 each · 12.4 % off list",
            "420,50 US$ each · 12,4 % off list",
            "US$ 420.50 each · 12.4 % off list",
        ),
        (
            60_000_000,
            48_000,
            "$600,000 each · 124,900 % over list",
            "600.000 US$ each · 124.900 % over list",
            "US$ 600’000 each · 124’900 % over list",
        ),
        (100, 0, "$1 each", "1 US$ each", "US$ 1 each"),
        (0, 48_000, "free of charge", "free of charge", "free of charge"),
    ],
)
def test_price_stands_to_the_list_in_the_country_s_numbers(
    price: int, list_price: int, us: str, de: str, ch: str
) -> None:
    texts = [price_text(price, list_price, DOLLARS, locale).replace("\xa0", " ") for locale in (US, DE, CH)]
    assert texts == [us, de, ch]


def test_price_of_a_currency_without_decimals_has_none() -> None:
    assert price_text(1_500, 2_000, YEN, US) == "¥1,500 each · 25 % off list"


@pytest.mark.parametrize(("is_only", "discount"), [(True, ""), (False, " · 10 % off list")])
def test_only_delivery_leaves_its_discount_to_the_sum(*, is_only: bool, discount: str) -> None:
    entry = CardLine("Summit tent", "tent", 1_000, 43_200, 48_000, JAN_18)
    sentence = (Bold("Summit tent: 1,000 tents"), f", week of Jan 18, $432 each{discount}")
    assert line_sentence(entry, DOLLARS, US, is_only=is_only) == sentence


def test_change_says_weeks_and_prices_only_where_they_differ() -> None:
    before = Delivery(200, 48_000, JAN_18)
    afters = [replace(before, quantity=1), replace(before, week=JAN_25), replace(before, unit_price=43_200)]
    changes = [TermChange("Tent", "tent", (before,), (after,)) for after in afters]
    changes += [TermChange("Tent", "tent", (), (before,)), TermChange("Tent", "tent", (before,), ())]
    assert change_sentences(changes, DOLLARS, US) == [
        (Bold("Tent"), ": 200 tents → ", Bold("1 tent")),
        (Bold("Tent"), ": 200 tents, week of Jan 18 → ", Bold("200 tents, week of Jan 25")),
        (Bold("Tent"), ": 200 tents at $480 → ", Bold("200 tents at $432")),
        (Bold("Tent"), ": nothing → ", Bold("200 tents, week of Jan 18 at $480")),
        (Bold("Tent"), ": 200 tents, week of Jan 18 at $480 → ", Bold("nothing")),
    ]
    many = change_sentences(changes[:1] * 10, DOLLARS, US)
    assert (len(many), many[-1]) == (9, ("And 2 more.",))
