"""Section 6 of the promise, worked by hand: what a deal leaves, and where it departs from standard terms."""

from typing import Any

import pytest

from tests.models.promise.conftest import Shop

# Mondays. Today is W0 unless a test turns it.
LAST = "2026-12-28"
W0, W1, W2, W3, W4 = "2027-01-04", "2027-01-11", "2027-01-18", "2027-01-25", "2027-02-01"


def deviation(kind: str, offer: str | None, week: str | None, asked: object, standard: object) -> dict[str, Any]:
    return {"kind": kind, "offer": offer, "week": week, "asked": asked, "standard": standard}


def one_each(resource: str, **fields: Any) -> dict[str, Any]:
    return {"resource": resource, "per_unit": 1, **fields}


# Section 6: margin.


def test_margin_counts_overtime_when_the_verdict_is_overtime(shop: Shop) -> None:
    shop.company["margin_floor"] = "0.30"
    shop.time("Saw", weekly=10, overtime=10, overtime_cost="55.00")
    shop.offer("Chair", one_each("Saw"), unit_cost="60.00", list_price="110.00", max_discount="0.10")
    shop.line("Chair", 20, W0, price="100.00")
    result = shop.check()
    # revenue 2000; cost 20 x 60 + 10 x 55 = 1750; margin 250; floor 0.3 x 2000 = 600; 350 below; list 2200.
    assert result["verdict"] == "overtime"
    assert result["margin"] == {
        "revenue": "2000.00",
        "cost": "1750.00",
        "margin": "250.00",
        "rate": "0.1250",
        "floor": "600.00",
        "below_floor": "350.00",
        "list": "2200.00",
        "leakage": "200.00",
    }
    assert result["deviations"] == [deviation("margin", None, None, "250.00", "600.00")]


def test_margin_without_revenue_has_no_rate(shop: Shop) -> None:
    shop.offer("Installation", standard=False, list_price="50.00", unit_cost="20.00", max_discount=1)
    shop.line("Installation", 3, W0, price=0)
    assert shop.check()["margin"] == {
        "revenue": "0.00",
        "cost": "60.00",
        "margin": "-60.00",
        "rate": None,
        "floor": "0.00",
        "below_floor": "60.00",
        "list": "150.00",
        "leakage": "150.00",
    }


@pytest.mark.parametrize(
    ("price", "cost", "rate"),
    [
        ("3.00", "2.00", "0.3333"),  # 1 / 3
        ("3.00", "1.00", "0.6667"),  # 2 / 3
        ("8.00", "7.99", "0.0013"),  # 0.01 / 8 = 0.00125
        ("1.60", "1.59", "0.0063"),  # 0.01 / 1.60 = 0.00625
        ("16.00", "15.99", "0.0006"),  # 0.000625
        ("200.00", "199.99", "0.0001"),  # 0.00005, half up
        ("200.01", "200.00", "0.0000"),  # 0.0000499975
        ("1.00", "0.00", "1.0000"),
        ("1.00", "1.00", "0.0000"),
        ("1000.00", "1000.01", "0.0000"),  # -0.00001
        ("3.00", "4.00", "-0.3333"),
        ("3.00", "5.00", "-0.6667"),
        ("1.00", "3.00", "-2.0000"),
        ("0.01", "123.45", "-12344.0000"),
    ],
)
def test_margin_rate_has_four_places_rounded_half_up(shop: Shop, price: str, cost: str, rate: str) -> None:
    shop.offer("Chair", list_price=price, unit_cost=cost)
    shop.line("Chair", 1, W0, price=price)
    assert shop.check()["margin"]["rate"] == rate


def test_floor_is_the_offers_own_or_the_companys(shop: Shop) -> None:
    shop.company["margin_floor"] = "0.10"
    shop.offer("Chair", margin_floor="0.25")
    shop.offer("Table")
    shop.offer("Gift", margin_floor=0)
    for offer in ("Chair", "Table", "Gift"):
        shop.line(offer, 1, W0)
    # 0.25 x 100 + 0.10 x 100 + 0 x 100
    assert shop.check()["margin"]["floor"] == "35.00"


def test_floor_is_zero_unless_said(shop: Shop) -> None:
    shop.offer("Chair")
    shop.line("Chair", 1, W0)
    assert shop.check()["margin"]["floor"] == "0.00"


def test_floor_is_rounded_half_up_once(shop: Shop) -> None:
    shop.offer("Chair", margin_floor="0.25", list_price="0.01", unit_cost=0)
    shop.offer("Table", margin_floor="0.25", list_price="0.01", unit_cost=0)
    shop.line("Chair", 1, W0, price="0.01")
    shop.line("Table", 1, W0, price="0.01")
    # 0.0025 + 0.0025 = 0.005 -> 0.01; each alone would be 0.00.
    assert shop.check()["margin"]["floor"] == "0.01"


def test_floor_is_not_rounded_up_line_by_line(shop: Shop) -> None:
    shop.offer("Chair", margin_floor="0.5", list_price="0.01", unit_cost=0)
    shop.line("Chair", 1, W0, price="0.01")
    shop.line("Chair", 1, W1, price="0.01")
    # 0.005 + 0.005 = 0.01; each alone would be 0.01.
    assert shop.check()["margin"]["floor"] == "0.01"


def test_floor_share_is_exact_with_many_places(shop: Shop) -> None:
    shop.company["margin_floor"] = "0.12345"
    shop.offer("Chair", list_price="1000.00")
    shop.line("Chair", 1, W0, price="1000.00")
    assert shop.check()["margin"]["floor"] == "123.45"


@pytest.mark.parametrize(
    ("share", "floor"),
    [
        ("0.0050000000000000000000000000000000000000", "0.01"),
        ("0.0049999999999999999999999999999999999999", "0.00"),
    ],
)
def test_floor_is_not_rounded_before_its_time(shop: Shop, share: str, floor: str) -> None:
    shop.offer("Chair", list_price="1.00", unit_cost=0, margin_floor=share)
    shop.line("Chair", 1, W0, price="1.00")
    assert shop.check()["margin"]["floor"] == floor


def test_margin_at_the_floor_is_not_below_it(shop: Shop) -> None:
    shop.company["margin_floor"] = "0.4"
    shop.offer("Chair", unit_cost="60.00")
    shop.line("Chair", 1, W0)
    result = shop.check()
    assert (result["margin"]["margin"], result["margin"]["floor"]) == ("40.00", "40.00")
    assert (result["margin"]["below_floor"], result["deviations"]) == ("0.00", [])


def test_margin_a_cent_under_the_floor_deviates(shop: Shop) -> None:
    shop.company["margin_floor"] = "0.4"
    shop.offer("Chair", unit_cost="60.01")
    shop.line("Chair", 1, W0)
    result = shop.check()
    assert result["margin"]["below_floor"] == "0.01"
    assert result["deviations"] == [deviation("margin", None, None, "39.99", "40.00")]


def test_leakage_is_negative_above_the_list(shop: Shop) -> None:
    shop.offer("Chair", list_price="100.00")
    shop.line("Chair", 2, W0, price="110.00")
    margin = shop.check()["margin"]
    assert (margin["list"], margin["revenue"], margin["leakage"]) == ("200.00", "220.00", "-20.00")


def test_margin_sums_over_all_lines(shop: Shop) -> None:
    shop.offer("Chair", list_price="100.00", unit_cost="60.00", max_discount="0.5")
    shop.offer("Table", list_price="4.35", unit_cost="0.07")
    shop.line("Chair", 3, W0, price="90.00")
    shop.line("Table", 100, W0, price="4.35")
    shop.line("Chair", 1, W1, price="80.00")
    margin = shop.check()["margin"]
    # revenue 270 + 435 + 80 = 785; cost 180 + 7 + 60 = 247; margin 538; 538 / 785 = 0.68535...; list 300 + 435 + 100
    assert (margin["revenue"], margin["cost"], margin["margin"]) == ("785.00", "247.00", "538.00")
    assert (margin["rate"], margin["list"], margin["leakage"]) == ("0.6854", "835.00", "50.00")


# Section 6: deviations.


@pytest.mark.parametrize(
    ("list_price", "max_discount", "price", "standard"),
    [
        # 480 x 0.85 = 408
        ("480.00", "0.15", "408.00", None),
        ("480.00", "0.15", "407.99", "408.00"),
        # 9.99 x 0.85 = 8.4915, rounded up
        ("9.99", "0.15", "8.50", None),
        ("9.99", "0.15", "8.49", "8.50"),
        # 9.99 x (1 - 0.001) = 9.98001, rounded up to the list price
        ("9.99", "0.001", "9.98", "9.99"),
        # no discount as standard
        ("100.00", "0", "99.99", "100.00"),
        ("100.00", "0", "100.00", None),
        ("100.00", "0", "100.01", None),
        # 480 x 0.85000...0001 is a little more than 408
        ("480.00", "0.1499999999999999999999999999999999999999", "408.00", "408.01"),
        # 0.07 x 0.7 = 0.049
        ("0.07", "0.3", "0.05", None),
        ("0.07", "0.3", "0.04", "0.05"),
        # 3 x 0.1 = 0.3 exactly
        ("3.00", "0.9", "0.30", None),
        ("3.00", "0.9", "0.29", "0.30"),
    ],
)
def test_discount_deviates_below_the_limit_rounded_up(
    shop: Shop, list_price: str, max_discount: str, price: str, standard: str | None
) -> None:
    shop.offer("Chair", list_price=list_price, max_discount=max_discount, unit_cost=0)
    shop.line("Chair", 1, W0, price=price)
    asked = [] if standard is None else [deviation("discount", "Chair", W0, price, standard)]
    assert shop.check()["deviations"] == asked


@pytest.mark.parametrize(("week", "early"), [(W0, True), (W1, True), ("2027-01-17", True), (W2, False), (W3, False)])
def test_lead_time_deviates_before_the_standard_week(shop: Shop, week: str, early: bool) -> None:
    shop.offer("Chair", lead_weeks=2)
    shop.line("Chair", 1, week)
    monday = {"2027-01-17": W1}.get(week, week)
    asked = [deviation("lead_time", "Chair", monday, monday, W2)] if early else []
    assert shop.check()["deviations"] == asked


def test_offer_outside_the_catalogue_deviates(shop: Shop) -> None:
    shop.offer("Installation", standard=False)
    shop.line("Installation", 1, W1)
    assert shop.check()["deviations"] == [deviation("not_standard", "Installation", W1, None, None)]


@pytest.mark.parametrize(("quantity", "under"), [(1, True), (9, True), (10, False), (11, False)])
def test_lot_deviates_under_the_smallest_delivery(shop: Shop, quantity: int, under: bool) -> None:
    shop.offer("Chair", min_lot=10)
    shop.line("Chair", quantity, W0)
    asked = [deviation("lot", "Chair", W0, quantity, 10)] if under else []
    assert shop.check()["deviations"] == asked


def test_lot_is_measured_for_each_delivery(shop: Shop) -> None:
    shop.offer("Chair", min_lot=10)
    shop.line("Chair", 9, W0)
    shop.line("Chair", 9, W1)
    expected = [deviation("lot", "Chair", W0, 9, 10), deviation("lot", "Chair", W1, 9, 10)]
    assert shop.check()["deviations"] == expected


def test_deviations_go_line_by_line_in_the_order_of_the_kinds_and_margin_last(shop: Shop) -> None:
    shop.company["margin_floor"] = "0.5"
    terms = {"standard": False, "max_discount": "0.1", "lead_weeks": 3, "min_lot": 5}
    shop.offer("Zebra", **terms)
    shop.offer("Ant", **terms)
    shop.line("Zebra", 2, W1, price="89.99")
    shop.line("Ant", 1, W0, price="0.00")
    shop.line("Zebra", 5, W4, price="90.00")
    # revenue 2 x 89.99 + 0 + 5 x 90 = 629.98; cost 8 x 60 = 480; margin 149.98; floor 314.99.
    assert shop.check()["deviations"] == [
        deviation("discount", "Zebra", W1, "89.99", "90.00"),
        deviation("lead_time", "Zebra", W1, W1, W3),
        deviation("not_standard", "Zebra", W1, None, None),
        deviation("lot", "Zebra", W1, 2, 5),
        deviation("discount", "Ant", W0, "0.00", "90.00"),
        deviation("lead_time", "Ant", W0, W0, W3),
        deviation("not_standard", "Ant", W0, None, None),
        deviation("lot", "Ant", W0, 1, 5),
        deviation("not_standard", "Zebra", W4, None, None),
        deviation("margin", None, None, "149.98", "314.99"),
    ]


def test_margin_deviation_shows_a_loss_as_negative_money(shop: Shop) -> None:
    shop.offer("Chair", max_discount="0.5")
    shop.line("Chair", 2, W0, price="50.00")
    # 100 - 120 = -20 under a floor of 0
    assert shop.check()["deviations"] == [deviation("margin", None, None, "-20.00", "0.00")]


def test_shortage_is_no_deviation(shop: Shop) -> None:
    shop.time("Saw")
    shop.offer("Chair", one_each("Saw"))
    shop.line("Chair", 1, W0)
    result = shop.check()
    assert (result["verdict"], result["deviations"]) == ("short", [])
