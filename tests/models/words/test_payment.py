"""How long the customer has to pay."""

import pytest

from models.words.payment import Payment, is_payment, payment_in


@pytest.mark.parametrize(
    ("text", "said", "days"),
    [
        ("200 tents at 450 net 60 by 18 Jan", "net 60", 60),
        ("200 tents, Net 30 days", "Net 30 days", 30),
        ("200 tents, 90 day terms", "90 day terms", 90),
        ("200 tents, 45-day payment terms", "45-day payment terms", 45),
        ("200 tents payable within 60 days", "payable within 60 days", 60),
        ("200 Zelte, zahlbar innerhalb von 30 Tagen", "zahlbar innerhalb von 30 Tagen", 30),
        ("200 Zelte, 30 Tage netto", "30 Tage netto", 30),
    ],
)
def test_payment_is_found_with_its_days(text: str, said: str, days: int) -> None:
    begin = text.index(said)
    assert payment_in(text) == Payment(days, begin, begin + len(said))


@pytest.mark.parametrize(
    "text",
    [
        *("200 tents in 60 days", "net 420", "200 tents at 450 net", "cabinet 30", "200 nets 30"),
        *("net 45 each", "net 30 € per tent", "net 38", "net 30.50", "net 30%"),
    ],
)
def test_dates_and_prices_are_no_payment(text: str) -> None:
    assert payment_in(text) is None


def test_term_of_payment_is_known_by_its_name() -> None:
    names = ("Payment terms", "Zahlungsziel", "Net", "Warranty", "Cabinet", "Penalty")
    assert [is_payment(name) for name in names] == [True, True, True, False, False, False]
