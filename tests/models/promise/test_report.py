"""Sections 1 and 8 of the promise, worked by hand: how numbers are written and read."""

from typing import Any

import pytest

from tests.models.promise.conftest import Shop

# Mondays. Today is W0 unless a test turns it.
LAST = "2026-12-28"
W0, W1, W2, W3, W4 = "2027-01-04", "2027-01-11", "2027-01-18", "2027-01-25", "2027-02-01"


def shortage(resource: str, week: str, needed: str, free: str, short: str) -> dict[str, str]:
    return {"resource": resource, "week": week, "needed": needed, "free": free, "short": short}


def bought(resource: str, week: str, quantity: str, cost: str) -> dict[str, str]:
    return {"resource": resource, "week": week, "quantity": quantity, "cost": cost}


def deviation(kind: str, offer: str | None, week: str | None, asked: object, standard: object) -> dict[str, Any]:
    return {"kind": kind, "offer": offer, "week": week, "asked": asked, "standard": standard}


def one_each(resource: str, **fields: Any) -> dict[str, Any]:
    return {"resource": resource, "per_unit": 1, **fields}


# Section 1 and 8: how numbers are written and read.


@pytest.mark.parametrize(
    ("currency", "price", "cost", "money"),
    [
        ("USD", "1200.50", "200.25", ["12005.00", "2002.50", "10002.50", "0.8332", "3001.25"]),
        ("JPY", "1200", "201", ["12000", "2010", "9990", "0.8325", "3000"]),
        ("KWD", "1200.505", "200.255", ["12005.050", "2002.550", "10002.500", "0.8332", "3001.263"]),
    ],
)
def test_money_has_the_places_of_its_currency(
    shop: Shop, currency: str, price: str, cost: str, money: list[str]
) -> None:
    shop.company |= {"currency": currency, "margin_floor": "0.25"}
    shop.offer("Chair", list_price=price, unit_cost=cost)
    shop.line("Chair", 10, W0, price=price)
    margin = shop.check()["margin"]
    # KWD: 0.25 x 12005.050 = 3001.2625 -> 3001.263; 10002.5 / 12005.05 = 0.83319...
    assert [margin[key] for key in ("revenue", "cost", "margin", "rate", "floor")] == money


def test_yen_round_to_whole_yen(shop: Shop) -> None:
    shop.company |= {"currency": "JPY", "margin_floor": "0.5"}
    shop.time("Saw", overtime=1, overtime_cost=55)
    shop.offer("Chair", {"resource": "Saw", "per_unit": "0.1"}, list_price=999, unit_cost=1, max_discount="0.1")
    shop.line("Chair", 1, W0, price=899)
    result = shop.check()
    # 0.1 x 55 = 5.5 -> 6; 999 x 0.9 = 899.1 -> 900; floor 449.5 -> 450; cost 1 + 6.
    assert result["overtime"] == [bought("Saw", W0, "0.1", "6")]
    assert (result["margin"]["cost"], result["margin"]["floor"]) == ("7", "450")
    assert result["deviations"] == [deviation("discount", "Chair", W0, "899", "900")]


def test_dinars_have_three_places(shop: Shop) -> None:
    shop.company["currency"] = "KWD"
    shop.time("Saw", overtime=1, overtime_cost="0.005")
    shop.offer(
        "Chair", {"resource": "Saw", "per_unit": "0.1"}, list_price="1.005", unit_cost="0.001", max_discount="0.1"
    )
    shop.line("Chair", 1, W0, price="0.904")
    result = shop.check()
    # 0.1 x 0.005 = 0.0005 -> 0.001; 1.005 x 0.9 = 0.9045 -> 0.905; cost 0.001 + 0.001.
    assert result["overtime"] == [bought("Saw", W0, "0.1", "0.001")]
    assert result["margin"]["cost"] == "0.002"
    assert result["deviations"] == [deviation("discount", "Chair", W0, "0.904", "0.905")]


@pytest.mark.parametrize(
    ("fixed", "weekly", "printed"),
    [
        ("100", "0", ["100", "0", "100"]),
        ("100.000", "90.50", ["100", "90.5", "9.5"]),
        ("1000000000", "0.001", ["1000000000", "0.001", "999999999.999"]),
        ("1200", "200", ["1200", "200", "1000"]),
        ("0.010", "0.0", ["0.01", "0", "0.01"]),
    ],
)
def test_amounts_are_plain_and_without_trailing_zeros(shop: Shop, fixed: str, weekly: str, printed: list[str]) -> None:
    shop.time("Saw", weekly=weekly)
    shop.offer("Chair", {"resource": "Saw", "fixed": fixed})
    shop.line("Chair", 1, W0)
    assert shop.check()["shortages"] == [shortage("Saw", W0, *printed)]


@pytest.mark.parametrize("price", ["4.35", '"4.35"', '"4.350"', "4.3500"])
def test_price_may_be_a_number_or_a_plain_string(shop: Shop, price: str) -> None:
    shop.offer("Chair", list_price="4.35", unit_cost=0)
    deal = '{"customer": "Acme", "today": "2027-01-04", "lines": [{"offer": "Chair", "quantity": 100, "week": "%s", '
    (result,) = shop.door.check(shop.toml(), deal % W0 + f'"unit_price": {price}}}]}}')
    assert (result["margin"]["revenue"], result["deviations"]) == ("435.00", [])


@pytest.mark.parametrize("quantity", ["7", '"7"', "7.0", '"7.00"'])
def test_quantity_may_be_a_number_or_a_plain_string_that_is_whole(shop: Shop, quantity: str) -> None:
    shop.offer("Chair", min_lot=8)
    deal = '{"customer": "Acme", "today": "2027-01-04", "lines": [{"offer": "Chair", "unit_price": 100, "week": "%s", '
    (result,) = shop.door.check(shop.toml(), deal % W0 + f'"quantity": {quantity}}}]}}')
    assert result["margin"]["revenue"] == "700.00"
    assert result["deviations"] == [deviation("lot", "Chair", W0, 7, 8)]


def test_prices_in_yen_may_carry_zeros_after_the_point(shop: Shop) -> None:
    shop.company["currency"] = "JPY"
    shop.offer("Chair", list_price="1500.00", unit_cost="0.0")
    shop.line("Chair", 2, W0, price="1500.000")
    assert shop.check()["margin"]["revenue"] == "3000"


def test_large_numbers_stay_exact(shop: Shop) -> None:
    shop.offer("Chair", list_price="9999999999.99", unit_cost="0.01")
    shop.line("Chair", 999999999, W0, price="9999999999.99")
    margin = shop.check()["margin"]
    # 9999999999.99 x 1000000000 - 9999999999.99 = 9999999989990000000.01; cost 9999999.99
    assert margin["revenue"] == "9999999989990000000.01"
    assert (margin["cost"], margin["margin"]) == ("9999999.99", "9999999989980000000.02")


def test_line_at_no_price_is_allowed(shop: Shop) -> None:
    shop.offer("Chair")
    shop.offer("Installation", standard=False, list_price=0, unit_cost=0)
    shop.line("Chair", 1, W0)
    shop.line("Installation", 1, W0, price="0")
    result = shop.check()
    assert result["margin"]["revenue"] == "100.00"
    assert result["deviations"] == [deviation("not_standard", "Installation", W0, None, None)]


def test_names_keep_their_letters(shop: Shop) -> None:
    name = "S\u00e4ge \u201eN\u00b0 1\u201c"
    shop.time(name)
    shop.offer("St\u00fchle", one_each(name), standard=False)
    shop.line("St\u00fchle", 1, W0)
    result = shop.check()
    assert result["bottleneck"] == {"resource": name, "week": W0}
    assert result["deviations"] == [deviation("not_standard", "St\u00fchle", W0, None, None)]
