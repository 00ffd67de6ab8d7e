"""Every sentence of sections 4, 5 and 8 of the promise, worked by hand."""

from typing import Any

import pytest

from tests.models.promise.conftest import Door, Shop

# Mondays. Today is W0 unless a test turns it.
LAST = "2026-12-28"
W0, W1, W2, W3, W4 = "2027-01-04", "2027-01-11", "2027-01-18", "2027-01-25", "2027-02-01"


def shortage(resource: str, week: str, needed: str, free: str, short: str) -> dict[str, str]:
    return {"resource": resource, "week": week, "needed": needed, "free": free, "short": short}


def past(resource: str, week: str, needed: str) -> dict[str, str]:
    return {**shortage(resource, week, needed, "0", needed), "reason": "past"}


def bought(resource: str, week: str, quantity: str, cost: str) -> dict[str, str]:
    return {"resource": resource, "week": week, "quantity": quantity, "cost": cost}


def deviation(kind: str, offer: str | None, week: str | None, asked: object, standard: object) -> dict[str, Any]:
    return {"kind": kind, "offer": offer, "week": week, "asked": asked, "standard": standard}


def one_each(resource: str, **fields: Any) -> dict[str, Any]:
    return {"resource": resource, "per_unit": 1, **fields}


# Section 8: the worked example and the door.


def ridgeline_result() -> dict[str, Any]:
    # Assembly, 2 weeks before 18 January: available 320 - committed 258 = 62; needed 0.5 x 200 + 4 = 104; short 42.
    # revenue 200 x 432 = 86400; cost 200 x 290 = 58000; rate 28400 / 86400 = 0.32870...; floor 0.25 x 86400 = 21600.
    # list 200 x 480 = 96000. 432 >= 480 x 0.85 = 408; 18 January is far after 23 November + 2 weeks; 200 >= 10.
    return {
        "verdict": "short",
        "tight": False,
        "shortages": [shortage("Assembly", "2027-01-04", "104", "62", "42")],
        "bottleneck": {"resource": "Assembly", "week": "2027-01-04"},
        "overtime": [],
        "margin": {
            "revenue": "86400.00",
            "cost": "58000.00",
            "margin": "28400.00",
            "rate": "0.3287",
            "floor": "21600.00",
            "below_floor": "0.00",
            "list": "96000.00",
            "leakage": "9600.00",
        },
        "deviations": [],
        "options": [
            # 116 x 0.5 + 4 = 62; the other 84 are one week late: 0.02 x 480 x 84 = 806.40; 62 + 258 is the whole week.
            option(
                "split",
                [(116, "2027-01-18"), (84, "2027-01-25")],
                concession(lateness="806.40"),
                revenue="86400.00",
                tight=True,
            ),
            # All 200 one week late: 0.02 x 480 x 200 = 1920.00; then the week has 400 free for 104.
            option("later", [(200, "2027-01-25")], concession(lateness="1920.00"), revenue="86400.00"),
            # 84 tents less, at the list price: 40320.00. 116 x 432 = 50112, 116 x 290 = 33640, 0.25 x 50112 = 12528.
            {
                **option("partial", [(116, "2027-01-18")], concession(dropped="40320.00"), tight=True),
                "margin": {
                    "revenue": "50112.00",
                    "cost": "33640.00",
                    "margin": "16472.00",
                    "rate": "0.3287",
                    "floor": "12528.00",
                    "below_floor": "0.00",
                    "list": "55680.00",
                    "leakage": "5568.00",
                },
            },
        ],
    }


def concession(*, dropped: str = "0.00", lateness: str = "0.00") -> dict[str, str]:
    # Each example gives up one thing only, so that the total is the larger one.
    total = max(dropped, lateness, key=float)
    return {"dropped": dropped, "lateness": lateness, "price": "0.00", "overtime": "0.00", "total": total}


def option(
    kind: str, parts: list[tuple[int, str]], given: dict[str, str], *, revenue: str = "", tight: bool = False
) -> dict[str, Any]:
    lines = [
        {"offer": "Summit tent", "quantity": quantity, "unit_price": "432.00", "week": week} for quantity, week in parts
    ]
    whole = {
        "revenue": revenue,
        "cost": "58000.00",
        "margin": "28400.00",
        "rate": "0.3287",
        "floor": "21600.00",
        "below_floor": "0.00",
        "list": "96000.00",
        "leakage": "9600.00",
    }
    return {
        "kind": kind,
        "proven": True,
        "verdict": "fits",
        "tight": tight,
        "lines": lines,
        "overtime": [],
        "margin": whole,
        "deviations": [],
        "concession": given,
        "customer_pays_more": None,
    }


def test_worked_example_prints_every_number(door: Door, ridgeline: str, acme: str) -> None:
    assert door.check(ridgeline, acme) == [ridgeline_result()]


def test_several_deals_print_one_line_each_in_the_order_given(door: Door, ridgeline: str, acme: str) -> None:
    # One tent needs 4.5 of the 62 hours; ten need 9. Neither sees the other, nor the 200 between them.
    one = acme.replace('"quantity": 200', '"quantity": 1')
    ten = acme.replace('"quantity": 200', '"quantity": 10')
    results = door.check(ridgeline, ten, acme, one, acme)
    assert [result["verdict"] for result in results] == ["fits", "short", "fits", "short"]
    assert [result["margin"]["revenue"] for result in results] == ["4320.00", "86400.00", "432.00", "86400.00"]
    assert results[1] == results[3] == ridgeline_result()


def test_each_deal_is_checked_alone(shop: Shop) -> None:
    shop.time("Saw", weekly=10)
    shop.offer("Chair", one_each("Saw"))
    shop.line("Chair", 10, W0)
    results = shop.door.check(shop.toml(), shop.json(), shop.json())
    assert [result["verdict"] for result in results] == ["fits", "fits"]


def test_order_of_tables_in_the_company_does_not_matter(door: Door, ridgeline: str, acme: str) -> None:
    head, resources = ridgeline.split("[[resources]]", 1)
    resources, offers = resources.split("[[offers]]", 1)
    offers, commitments = offers.split("[[commitments]]", 1)
    turned = f"[[commitments]]{commitments}\n[[offers]]{offers}\n[[resources]]{resources}\n{head}"
    assert door.check(turned, acme) == [ridgeline_result()]


def test_keys_have_no_more_names_than_the_page_says(shop: Shop) -> None:
    shop.time("Saw", weekly=1, overtime=1)
    shop.offer("Chair", one_each("Saw"))
    shop.line("Chair", 3, W0, price="1.00")
    result = shop.check()
    kinds = ["verdict", "tight", "shortages", "bottleneck", "overtime", "margin", "deviations", "options"]
    assert sorted(result) == sorted(kinds)
    assert result["shortages"] == [shortage("Saw", W0, "3", "2", "1")]


def test_without_json_the_same_is_printed_for_a_person(door: Door, ridgeline: str, acme: str) -> None:
    said = door.run(ridgeline, acme, flags=())
    assert (said.status, said.err) == (0, "")
    for word in ("Assembly", "104", "62", "42"):
        assert word in said.out


# Section 1: weeks.


def test_dates_inside_a_week_name_its_monday(shop: Shop) -> None:
    shop.today = "2027-01-06"
    shop.time("Saw", weekly=10, weeks=[{"week": "2027-01-10", "available": 4}])
    shop.offer("Chair", one_each("Saw"), lead_weeks=1)
    shop.commit("Saw", "2027-01-08", 3)
    shop.line("Chair", 2, "2027-01-07")
    result = shop.check()
    # Every date is in the week of 4 January: 4 available - 3 committed = 1 free of 2 needed.
    assert result["shortages"] == [shortage("Saw", "2027-01-04", "2", "1", "1")]
    assert result["deviations"] == [deviation("lead_time", "Chair", "2027-01-04", "2027-01-04", "2027-01-11")]


def test_week_of_today_may_be_named_by_a_day_before_today(shop: Shop) -> None:
    shop.today = "2027-01-10"
    shop.time("Saw", weekly=2)
    shop.offer("Chair", one_each("Saw"))
    shop.line("Chair", 2, "2027-01-04")
    assert shop.check()["verdict"] == "fits"


def test_sunday_belongs_to_the_week_that_ends(shop: Shop) -> None:
    shop.time("Saw", weekly=2)
    shop.offer("Chair", one_each("Saw"))
    shop.commit("Saw", "2027-01-17", 1)
    shop.line("Chair", 2, "2027-01-11")
    assert shop.check()["shortages"] == [shortage("Saw", W1, "2", "1", "1")]


# Section 4: time.


@pytest.mark.parametrize(
    ("committed", "quantity", "expected"),
    [
        # free 10 - 0 = 10
        (0, 10, ("fits", [], [])),
        # free 10 - 3 = 7
        (3, 7, ("fits", [], [])),
        # 8 - 7 = 1 of overtime, at 2.50
        (3, 8, ("overtime", [bought("Saw", W0, "1", "2.50")], [])),
        # 11 - 7 = 4, all the overtime there is: 4 x 2.50
        (3, 11, ("overtime", [bought("Saw", W0, "4", "10.00")], [])),
        # 12 of 7 + 4
        (3, 12, ("short", [bought("Saw", W0, "4", "10.00")], [shortage("Saw", W0, "12", "11", "1")])),
        # free 0: everything is overtime
        (10, 4, ("overtime", [bought("Saw", W0, "4", "10.00")], [])),
        # overbooked by 1, which eats 1 of the 4: 3 left
        (11, 3, ("overtime", [bought("Saw", W0, "3", "7.50")], [])),
        (11, 4, ("short", [bought("Saw", W0, "3", "7.50")], [shortage("Saw", W0, "4", "3", "1")])),
        # overbooked by 4 and by more: no overtime left, nothing is listed as bought
        (14, 1, ("short", [], [shortage("Saw", W0, "1", "0", "1")])),
        (25, 2, ("short", [], [shortage("Saw", W0, "2", "0", "2")])),
    ],
)
def test_time_cell_takes_free_then_overtime_then_is_short(
    shop: Shop, committed: int, quantity: int, expected: tuple[str, list[dict[str, str]], list[dict[str, str]]]
) -> None:
    shop.time("Saw", weekly=10, overtime=4, overtime_cost="2.50")
    shop.offer("Chair", one_each("Saw"))
    shop.commit("Saw", W0, committed)
    shop.line("Chair", quantity, W0)
    result = shop.check()
    assert (result["verdict"], result["overtime"], result["shortages"]) == expected


def test_time_resource_without_numbers_has_nothing(shop: Shop) -> None:
    shop.time("Saw")
    shop.offer("Chair", one_each("Saw"))
    shop.line("Chair", 1, W0)
    assert shop.check()["shortages"] == [shortage("Saw", W0, "1", "0", "1")]


def test_time_not_used_in_its_week_is_lost(shop: Shop) -> None:
    shop.time("Saw", weekly=10)
    shop.offer("Chair", one_each("Saw"))
    shop.line("Chair", 11, W1)
    assert shop.check()["shortages"] == [shortage("Saw", W1, "11", "10", "1")]


def test_commitments_of_other_weeks_take_nothing(shop: Shop) -> None:
    shop.time("Saw", weekly=10)
    shop.offer("Chair", one_each("Saw"))
    shop.commit("Saw", W0, 10)
    shop.commit("Saw", W2, 10)
    shop.line("Chair", 10, W1)
    assert shop.check()["verdict"] == "fits"


def test_commitments_of_one_week_add_up(shop: Shop) -> None:
    shop.time("Saw", weekly=10)
    shop.offer("Chair", one_each("Saw"))
    shop.commit("Saw", W0, "2.5")
    shop.commit("Saw", W0, "0.125")
    shop.line("Chair", 8, W0)
    # 10 - 2.625 = 7.375; 8 - 7.375 = 0.625
    assert shop.check()["shortages"] == [shortage("Saw", W0, "8", "7.375", "0.625")]


def test_exception_that_names_available_keeps_the_usual_overtime(shop: Shop) -> None:
    shop.time("Saw", weekly=10, overtime=4, weeks=[{"week": W1, "available": 6}])
    shop.offer("Chair", one_each("Saw"))
    shop.line("Chair", 11, W1)
    # 6 available + 4 overtime = 10
    assert shop.check()["shortages"] == [shortage("Saw", W1, "11", "10", "1")]


def test_exception_that_names_overtime_keeps_the_usual_available(shop: Shop) -> None:
    shop.time("Saw", weekly=10, overtime=4, weeks=[{"week": W1, "overtime": 1}])
    shop.offer("Chair", one_each("Saw"))
    shop.line("Chair", 13, W1)
    # 10 available + 1 overtime = 11
    assert shop.check()["shortages"] == [shortage("Saw", W1, "13", "11", "2")]


def test_exception_can_bring_more_and_holds_for_its_week_alone(shop: Shop) -> None:
    shop.time("Saw", weekly=10, weeks=[{"week": W1, "available": 25, "reason": "Extra shift"}])
    shop.offer("Chair", one_each("Saw"))
    for week in (W0, W1, W2):
        shop.line("Chair", 25, week)
    assert shop.check()["shortages"] == [shortage("Saw", W0, "25", "10", "15"), shortage("Saw", W2, "25", "10", "15")]


def test_country_changes_no_capacity(shop: Shop) -> None:
    shop.company["country"] = "US"
    shop.today = "2026-11-23"
    shop.time("Saw", weekly=10)
    shop.offer("Chair", one_each("Saw"))
    # Thanksgiving is on 26 November 2026.
    shop.line("Chair", 10, "2026-11-23")
    assert shop.check()["verdict"] == "fits"


def test_amounts_are_exact_where_binary_floats_are_not(shop: Shop) -> None:
    shop.time("Saw", weekly="0.3")
    shop.offer("Chair", {"resource": "Saw", "per_unit": "0.1"})
    shop.line("Chair", 3, W0)
    # 3 x 0.1 = 0.3, which binary floats make 0.30000000000000004
    result = shop.check()
    assert (result["verdict"], result["tight"]) == ("fits", True)


# Section 5: need.


def test_need_is_per_unit_for_each_and_fixed_once_a_delivery(shop: Shop) -> None:
    shop.time("Saw", weekly=1)
    shop.offer("Chair", {"resource": "Saw", "per_unit": "0.25", "fixed": "1.5"})
    shop.line("Chair", 10, W0)
    # 0.25 x 10 + 1.5 = 4
    assert shop.check()["shortages"] == [shortage("Saw", W0, "4", "1", "3")]


def test_fixed_need_comes_with_each_delivery(shop: Shop) -> None:
    shop.time("Saw", weekly=1)
    shop.offer("Chair", {"resource": "Saw", "fixed": 3})
    shop.line("Chair", 1, W0)
    shop.line("Chair", 50, W1)
    assert shop.check()["shortages"] == [shortage("Saw", W0, "3", "1", "2"), shortage("Saw", W1, "3", "1", "2")]


def test_needs_on_one_cell_add_up_across_lines_and_offsets(shop: Shop) -> None:
    shop.time("Saw", weekly=20)
    shop.offer("Chair", {"resource": "Saw", "per_unit": 2, "fixed": 1})
    shop.offer("Table", {"resource": "Saw", "per_unit": 5, "offset": -1})
    shop.offer("Repair", {"resource": "Saw", "fixed": "0.5", "offset": 1})
    shop.line("Chair", 3, W1)
    shop.line("Table", 4, W2)
    shop.line("Repair", 1, W0)
    # All in W1: 2 x 3 + 1 = 7, 5 x 4 = 20, and 0.5: 27.5 of 20.
    assert shop.check()["shortages"] == [shortage("Saw", W1, "27.5", "20", "7.5")]


def test_two_needs_of_one_offer_on_one_resource_add_up(shop: Shop) -> None:
    shop.time("Saw", weekly=10)
    shop.offer("Chair", {"resource": "Saw", "per_unit": 2}, {"resource": "Saw", "per_unit": 1, "fixed": 3})
    shop.line("Chair", 4, W0)
    # 2 x 4 + 1 x 4 + 3 = 15
    assert shop.check()["shortages"] == [shortage("Saw", W0, "15", "10", "5")]


def test_need_of_several_weeks_takes_the_same_in_each_from_the_offset_on(shop: Shop) -> None:
    shop.time("Saw", weekly=5)
    shop.offer("Chair", {"resource": "Saw", "per_unit": 1, "fixed": 2, "offset": -2, "weeks": 3})
    shop.line("Chair", 4, W3)
    # W3 - 2 = W1, W2, W3: 1 x 4 + 2 = 6 in each, and nothing in W0 or W4.
    assert shop.check()["shortages"] == [
        shortage("Saw", W1, "6", "5", "1"),
        shortage("Saw", W2, "6", "5", "1"),
        shortage("Saw", W3, "6", "5", "1"),
    ]


def test_need_with_a_later_offset_falls_after_the_delivery(shop: Shop) -> None:
    shop.time("Saw", weekly=5)
    shop.offer("Chair", one_each("Saw", offset=2))
    shop.line("Chair", 6, W0)
    assert shop.check()["shortages"] == [shortage("Saw", W2, "6", "5", "1")]


def test_need_of_zero_is_no_need(shop: Shop) -> None:
    shop.time("Saw", weekly=0)
    shop.stock("Legs", on_hand=0)
    shop.offer("Chair", {"resource": "Saw"}, {"resource": "Saw", "offset": -3}, {"resource": "Legs", "offset": -3})
    shop.commit("Saw", W0, 5)
    shop.commit("Legs", W0, 5)
    shop.line("Chair", 9, W0)
    result = shop.check()
    # Nothing is needed of an overbooked week, of a week in the past or of stock that is not there.
    assert (result["verdict"], result["tight"], result["shortages"]) == ("fits", False, [])


def test_offer_without_needs_always_fits(shop: Shop) -> None:
    shop.offer("Advice")
    shop.line("Advice", 1000000, W0)
    result = shop.check()
    assert (result["verdict"], result["tight"], result["bottleneck"]) == ("fits", False, None)


# Section 6: the past.


def test_need_before_this_week_is_short_by_the_whole(shop: Shop) -> None:
    shop.time("Saw", weekly=100, overtime=100)
    shop.offer("Chair", one_each("Saw", offset=-1))
    shop.line("Chair", 5, W0)
    result = shop.check()
    assert result["verdict"] == "short"
    assert result["shortages"] == [past("Saw", LAST, "5")]
    assert result["bottleneck"] == {"resource": "Saw", "week": LAST}
    assert result["overtime"] == []


def test_past_begins_before_the_monday_of_today(shop: Shop) -> None:
    shop.today = "2027-01-10"
    shop.time("Saw", weekly=100)
    shop.offer("Chair", one_each("Saw", offset=-1, weeks=2))
    shop.line("Chair", 5, W0)
    # 28 December is past; 4 January is the week of today and has 100 free.
    assert shop.check()["shortages"] == [past("Saw", LAST, "5")]


def test_past_needs_add_up_in_their_cell(shop: Shop) -> None:
    shop.time("Saw", weekly=100)
    shop.offer("Chair", one_each("Saw", offset=-1))
    shop.offer("Table", {"resource": "Saw", "per_unit": 2, "fixed": "0.25", "offset": -2})
    shop.line("Chair", 5, W0)
    shop.line("Table", 3, W1)
    # 5 + 2 x 3 + 0.25 = 11.25
    assert shop.check()["shortages"] == [past("Saw", LAST, "11.25")]


def test_past_need_of_stock_is_short_by_the_whole_and_stays_out_of_the_sum(shop: Shop) -> None:
    shop.stock("Legs", on_hand=4)
    shop.offer("Chair", one_each("Legs", offset=-1, weeks=2))
    shop.line("Chair", 4, W0)
    # 4 in 28 December are past; in W0 the sum is 4 (not 8) of 4.
    assert shop.check()["shortages"] == [past("Legs", LAST, "4")]


def test_past_and_present_shortage_of_one_stock_are_both_listed(shop: Shop) -> None:
    shop.stock("Legs", on_hand=3)
    shop.offer("Chair", one_each("Legs", offset=-1, weeks=2))
    shop.line("Chair", 4, W0)
    assert shop.check()["shortages"] == [past("Legs", LAST, "4"), shortage("Legs", W0, "4", "3", "1")]


# Section 4 and 6: stock.


def test_stock_that_just_suffices_fits_and_is_never_tight(shop: Shop) -> None:
    shop.stock("Legs", on_hand=12)
    shop.offer("Chair", {"resource": "Legs", "per_unit": 4})
    shop.line("Chair", 3, W0)
    result = shop.check()
    assert (result["verdict"], result["tight"], result["shortages"]) == ("fits", False, [])


def test_stock_has_no_overtime(shop: Shop) -> None:
    shop.stock("Legs", on_hand="11.999")
    shop.offer("Chair", {"resource": "Legs", "per_unit": 4})
    shop.line("Chair", 3, W0)
    result = shop.check()
    assert result["shortages"] == [shortage("Legs", W0, "12", "11.999", "0.001")]
    assert result["overtime"] == []


def test_stock_keeps_what_is_not_used(shop: Shop) -> None:
    shop.stock("Legs", on_hand=10)
    shop.offer("Chair", one_each("Legs"))
    shop.line("Chair", 10, "2029-01-01")
    assert shop.check()["verdict"] == "fits"


def test_stock_stays_after_the_last_week_with_data(shop: Shop) -> None:
    shop.stock("Legs", on_hand=10, receipts=[{"week": W1, "quantity": 5}])
    shop.commit("Legs", W2, 3)
    shop.offer("Chair", one_each("Legs"))
    shop.line("Chair", 13, "2028-01-03")
    # 10 + 5 - 3 = 12 from W2 on
    assert shop.check()["shortages"] == [shortage("Legs", "2028-01-03", "13", "12", "1")]


def test_stock_needs_of_earlier_weeks_count(shop: Shop) -> None:
    shop.stock("Legs", on_hand=10)
    shop.offer("Chair", one_each("Legs"))
    for week, quantity in ((W0, 4), (W1, 4), (W2, 4)):
        shop.line("Chair", quantity, week)
    # cum 4, 8, 12 of 10
    assert shop.check()["shortages"] == [shortage("Legs", W2, "12", "10", "2")]


def test_stock_sum_does_not_depend_on_the_order_of_lines(shop: Shop) -> None:
    shop.stock("Legs", on_hand=10)
    shop.offer("Chair", one_each("Legs"))
    for week, quantity in ((W2, 4), (W0, 4), (W1, 4)):
        shop.line("Chair", quantity, week)
    assert shop.check()["shortages"] == [shortage("Legs", W2, "12", "10", "2")]


def test_receipt_in_the_week_of_need_helps(shop: Shop) -> None:
    shop.stock("Legs", receipts=[{"week": "2027-01-15", "quantity": 10}])
    shop.offer("Chair", one_each("Legs"))
    shop.line("Chair", 10, W1)
    assert shop.check()["verdict"] == "fits"


def test_receipt_after_the_week_of_need_comes_too_late(shop: Shop) -> None:
    shop.stock("Legs", receipts=[{"week": W2, "quantity": 10}])
    shop.offer("Chair", one_each("Legs"))
    shop.line("Chair", 10, W1)
    assert shop.check()["shortages"] == [shortage("Legs", W1, "10", "0", "10")]


def test_receipts_of_one_week_add_up(shop: Shop) -> None:
    receipts = [{"week": W1, "quantity": 4}, {"week": W1, "quantity": 4}, {"week": "2027-01-13", "quantity": "1.5"}]
    shop.stock("Legs", on_hand=1, receipts=receipts)
    shop.offer("Chair", one_each("Legs"))
    shop.line("Chair", 11, W1)
    # 1 + 4 + 4 + 1.5 = 10.5
    assert shop.check()["shortages"] == [shortage("Legs", W1, "11", "10.5", "0.5")]


def test_later_commitments_hold_the_stock_that_they_need(shop: Shop) -> None:
    shop.stock("Legs", on_hand=100)
    shop.commit("Legs", W4, 95)
    shop.offer("Chair", one_each("Legs"))
    shop.line("Chair", 10, W0)
    # Position 100 up to W3, 5 from W4 on, where the sum is still 10.
    assert shop.check()["shortages"] == [shortage("Legs", W4, "10", "5", "5")]


def test_stock_overdrawn_before_the_first_need_does_not_matter(shop: Shop) -> None:
    shop.stock("Legs", receipts=[{"week": W1, "quantity": 60}])
    shop.commit("Legs", W0, 50)
    shop.offer("Chair", one_each("Legs"))
    shop.line("Chair", 10, W1)
    # Position -50 in W0, where nothing is needed yet, then 10.
    assert shop.check()["verdict"] == "fits"


def test_overdrawn_stock_offers_nothing_rather_than_less(shop: Shop) -> None:
    shop.stock("Legs", on_hand=2)
    shop.commit("Legs", W0, 30)
    shop.offer("Chair", one_each("Legs"))
    shop.line("Chair", 5, W0)
    # Position -28 counts as 0: short 5, not 33.
    assert shop.check()["shortages"] == [shortage("Legs", W0, "5", "0", "5")]


def test_stock_is_short_at_the_largest_gap(shop: Shop) -> None:
    shop.stock("Legs", on_hand=2, receipts=[{"week": W2, "quantity": 6}])
    shop.offer("Chair", one_each("Legs"))
    shop.line("Chair", 5, W1)
    shop.line("Chair", 7, W3)
    # W1 and W2: 5 - 2 = 3, then 5 <= 8; W3: 12 - 8 = 4. One shortage, the largest.
    assert shop.check()["shortages"] == [shortage("Legs", W3, "12", "8", "4")]


def test_largest_gap_can_come_before_smaller_ones(shop: Shop) -> None:
    shop.stock("Legs", on_hand=2, receipts=[{"week": W2, "quantity": 6}])
    shop.offer("Chair", one_each("Legs"))
    shop.line("Chair", 9, W1)
    shop.line("Chair", 2, W3)
    # W1: 9 - 2 = 7; W2: 9 - 8 = 1; W3: 11 - 8 = 3.
    assert shop.check()["shortages"] == [shortage("Legs", W1, "9", "2", "7")]


def test_first_week_of_the_largest_gap_is_named(shop: Shop) -> None:
    shop.stock("Legs", on_hand=4, receipts=[{"week": W2, "quantity": 3}])
    shop.offer("Chair", one_each("Legs"))
    shop.line("Chair", 6, W1)
    shop.line("Chair", 3, W2)
    # W1: 6 - 4 = 2; W2: 9 - 7 = 2, and so it stays.
    assert shop.check()["shortages"] == [shortage("Legs", W1, "6", "4", "2")]


def test_stock_counted_earlier_changes_from_the_week_of_its_count_on(shop: Shop) -> None:
    receipts = [{"week": "2026-12-14", "quantity": 1000}, {"week": "2026-12-28", "quantity": 5}]
    shop.stock("Legs", on_hand=10, as_of="2026-12-23", receipts=receipts)
    shop.commit("Legs", "2026-12-20", 1000)
    shop.commit("Legs", "2026-12-21", 3)
    shop.commit("Legs", "2026-12-30", 4)
    shop.offer("Chair", one_each("Legs"))
    shop.line("Chair", 9, W0)
    # Counted in the week of 21 December: 10 - 3 + 5 - 4 = 8; what is dated before that week is in the count already.
    assert shop.check()["shortages"] == [shortage("Legs", W0, "9", "8", "1")]


def test_stock_without_a_day_is_counted_today(shop: Shop) -> None:
    shop.today = "2027-01-07"
    receipts = [{"week": LAST, "quantity": 1000}, {"week": W0, "quantity": 2}]
    shop.stock("Legs", on_hand=10, receipts=receipts)
    shop.commit("Legs", "2027-01-03", 1000)
    shop.commit("Legs", "2027-01-04", 5)
    shop.offer("Chair", one_each("Legs"))
    shop.line("Chair", 8, W0)
    # 10 + 2 - 5 = 7: the week of today counts, the week before does not.
    assert shop.check()["shortages"] == [shortage("Legs", W0, "8", "7", "1")]


# Section 6: verdict and tight.


def test_overtime_verdict_is_lost_when_anything_is_short(shop: Shop) -> None:
    shop.time("Saw", weekly=10, overtime=5, overtime_cost="20.00")
    shop.stock("Legs", on_hand=11)
    shop.offer("Chair", one_each("Saw"), one_each("Legs"))
    shop.line("Chair", 12, W0)
    result = shop.check()
    # 12 hours of 10: 2 of overtime for 40.00, listed; 12 legs of 11: short, so the 40.00 is no cost: 12 x 60 = 720.
    assert result["verdict"] == "short"
    assert result["overtime"] == [bought("Saw", W0, "2", "40.00")]
    assert result["shortages"] == [shortage("Legs", W0, "12", "11", "1")]
    assert result["margin"]["cost"] == "720.00"


@pytest.mark.parametrize(
    ("committed", "quantity", "tight"),
    [
        # 0.90 x 10 = 9
        (4, 5, True),
        (4, 4, False),
        ("3.999", 5, False),
        ("4.001", 5, True),
        (0, 9, True),
        (0, 10, True),
    ],
)
def test_tight_from_nine_tenths_on_as_standard(shop: Shop, committed: object, quantity: int, tight: bool) -> None:
    shop.time("Saw", weekly=10)
    shop.offer("Chair", one_each("Saw"))
    shop.commit("Saw", W0, committed)
    shop.line("Chair", quantity, W0)
    result = shop.check()
    assert (result["verdict"], result["tight"]) == ("fits", tight)


@pytest.mark.parametrize(
    ("tight_at", "quantity", "tight"), [("0.7", 7, True), ("0.7", 6, False), ("0.70001", 7, False), ("1.0", 10, True)]
)
def test_tight_begins_where_the_company_says(shop: Shop, tight_at: str, quantity: int, tight: bool) -> None:
    shop.company["tight_at"] = tight_at
    shop.time("Saw", weekly=10)
    shop.offer("Chair", one_each("Saw"))
    shop.line("Chair", quantity, W0)
    assert shop.check()["tight"] is tight


def test_tight_at_is_exact_with_many_places(shop: Shop) -> None:
    shop.company["tight_at"] = "0.9000000000000000000000000000000000000001"
    shop.time("Saw", weekly=10)
    shop.offer("Chair", one_each("Saw"))
    shop.line("Chair", 9, W0)
    # 9 is less than 9.000000000000000000000000000000000000001
    assert shop.check()["tight"] is False


def test_tight_measures_the_week_as_it_is(shop: Shop) -> None:
    shop.time("Saw", weekly=100, weeks=[{"week": W1, "available": 10}])
    shop.offer("Chair", one_each("Saw"))
    shop.line("Chair", 9, W1)
    assert shop.check()["tight"] is True


def test_tight_leaves_overtime_out_of_what_is_available(shop: Shop) -> None:
    shop.time("Saw", weekly=10, overtime=90)
    shop.offer("Chair", one_each("Saw"))
    shop.line("Chair", 9, W0)
    result = shop.check()
    assert (result["verdict"], result["tight"]) == ("fits", True)


def test_tight_looks_at_touched_cells_only(shop: Shop) -> None:
    shop.time("Saw", weekly=10)
    shop.time("Drill", weekly=10)
    shop.offer("Chair", one_each("Saw"), {"resource": "Drill"})
    for resource, week in (("Saw", W0), ("Saw", W2), ("Drill", W1)):
        shop.commit(resource, week, 10)
    shop.line("Chair", 8, W1)
    assert shop.check()["tight"] is False


def test_one_tight_cell_makes_the_deal_tight(shop: Shop) -> None:
    shop.time("Saw", weekly=100)
    shop.time("Drill", weekly=1)
    shop.offer("Chair", one_each("Saw"), {"resource": "Drill", "fixed": "0.9"})
    shop.line("Chair", 1, W0)
    assert shop.check()["tight"] is True


def test_only_a_deal_that_fits_is_tight(shop: Shop) -> None:
    shop.time("Saw", weekly=10, overtime=1)
    shop.offer("Chair", one_each("Saw"))
    shop.line("Chair", 11, W0)
    overtime = shop.check()
    shop.lines[0]["quantity"] = 12
    short = shop.check()
    assert [(each["verdict"], each["tight"]) for each in (overtime, short)] == [("overtime", False), ("short", False)]


def test_week_with_nothing_available_is_overtime_or_short_but_never_tight(shop: Shop) -> None:
    shop.time("Saw", weekly=0, overtime=2)
    shop.offer("Chair", one_each("Saw"))
    shop.line("Chair", 2, W0)
    result = shop.check()
    assert (result["verdict"], result["tight"]) == ("overtime", False)


# Section 6: the bottleneck.


def test_bottleneck_is_the_largest_share_that_is_missing(shop: Shop) -> None:
    shop.time("Saw", weekly=60)
    shop.time("Drill", weekly=4)
    shop.offer("Chair", {"resource": "Saw", "per_unit": 10}, one_each("Drill", offset=1))
    shop.line("Chair", 10, W0)
    result = shop.check()
    # Saw 40 of 100 = 0.4; Drill 6 of 10 = 0.6
    assert result["shortages"] == [shortage("Saw", W0, "100", "60", "40"), shortage("Drill", W1, "10", "4", "6")]
    assert result["bottleneck"] == {"resource": "Drill", "week": W1}


def test_bottleneck_on_a_tie_is_the_earliest_week(shop: Shop) -> None:
    shop.time("Alpha", weekly=2)
    shop.time("Zulu", weekly=4)
    shop.offer("Chair", one_each("Alpha", offset=1), {"resource": "Zulu", "per_unit": 2})
    shop.line("Chair", 3, W0)
    # Alpha 1 of 3 in W1, Zulu 2 of 6 in W0: both a third.
    assert shop.check()["bottleneck"] == {"resource": "Zulu", "week": W0}


def test_bottleneck_in_one_week_on_a_tie_is_the_first_name_by_code_point(shop: Shop) -> None:
    for name, weekly in (("\u00c9tabli", 2), ("apple", 4), ("Zulu", 20)):
        shop.time(name, weekly=weekly)
    shop.offer("Chair", one_each("\u00c9tabli"), one_each("apple", fixed=3), {"resource": "Zulu", "per_unit": 10})
    shop.line("Chair", 3, W0)
    result = shop.check()
    # 1 of 3, 2 of 6, 10 of 30. By code point Z < a < É.
    assert result["bottleneck"] == {"resource": "Zulu", "week": W0}
    assert [each["resource"] for each in result["shortages"]] == ["Zulu", "apple", "\u00c9tabli"]


def test_bottleneck_compares_shares_exactly(shop: Shop) -> None:
    shop.time("Saw", weekly="666666.667")
    shop.time("Drill", weekly=2)
    shop.offer("Chair", {"resource": "Saw", "fixed": 1000000}, {"resource": "Drill", "fixed": 3, "offset": 1})
    shop.line("Chair", 1, W0)
    # Saw 333333.333 of 1000000 is a little under the third that Drill lacks.
    assert shop.check()["bottleneck"] == {"resource": "Drill", "week": W1}


def test_past_need_lacks_the_whole_and_wins_by_its_week(shop: Shop) -> None:
    shop.time("Saw", weekly=0)
    shop.time("Drill", weekly=100)
    shop.offer("Chair", one_each("Saw"), one_each("Drill", offset=-1))
    shop.line("Chair", 2, W0)
    result = shop.check()
    assert result["shortages"] == [past("Drill", LAST, "2"), shortage("Saw", W0, "2", "0", "2")]
    assert result["bottleneck"] == {"resource": "Drill", "week": LAST}


def test_stock_share_is_taken_of_the_sum(shop: Shop) -> None:
    shop.stock("Legs", on_hand=10)
    shop.time("Saw", weekly=3)
    shop.offer("Chair", one_each("Legs"))
    shop.offer("Table", {"resource": "Saw", "fixed": 4})
    shop.line("Chair", 8, W0)
    shop.line("Chair", 4, W1)
    shop.line("Table", 1, W0)
    # Legs 2 of the sum 12 (a sixth, not 2 of 4); Saw 1 of 4.
    assert shop.check()["bottleneck"] == {"resource": "Saw", "week": W0}


def test_bottleneck_is_null_when_nothing_is_short(shop: Shop) -> None:
    shop.time("Saw", weekly=1, overtime=9)
    shop.offer("Chair", one_each("Saw"))
    shop.line("Chair", 5, W0)
    result = shop.check()
    assert (result["verdict"], result["bottleneck"]) == ("overtime", None)


# Section 6 and 8: overtime and the order of lists.


def test_overtime_goes_by_week_then_by_code_point(shop: Shop) -> None:
    for name in ("saw", "Saw", "Band saw"):
        shop.time(name, weekly=1, overtime=10, overtime_cost="1.00")
    shop.offer("Table", *(one_each(name) for name in ("saw", "Saw", "Band saw")))
    shop.line("Table", 3, W1)
    shop.line("Table", 2, W0)
    # 3 - 1 = 2 in W1, 2 - 1 = 1 in W0, for each.
    assert shop.check()["overtime"] == [
        bought("Band saw", W0, "1", "1.00"),
        bought("Saw", W0, "1", "1.00"),
        bought("saw", W0, "1", "1.00"),
        bought("Band saw", W1, "2", "2.00"),
        bought("Saw", W1, "2", "2.00"),
        bought("saw", W1, "2", "2.00"),
    ]


def test_shortages_go_by_week_then_by_code_point_whatever_their_kind(shop: Shop) -> None:
    shop.time("Saw", weekly=1)
    shop.stock("Legs", on_hand=1)
    shop.time("Drill", weekly=1)
    shop.offer("Chair", one_each("Saw", offset=1), one_each("Legs", offset=1), one_each("Drill", offset=-1, weeks=2))
    shop.line("Chair", 2, W0)
    assert shop.check()["shortages"] == [
        past("Drill", LAST, "2"),
        shortage("Drill", W0, "2", "1", "1"),
        shortage("Legs", W1, "2", "1", "1"),
        shortage("Saw", W1, "2", "1", "1"),
    ]


def test_overtime_cost_is_rounded_half_up_for_each_cell(shop: Shop) -> None:
    shop.time("Saw", overtime=10, overtime_cost="0.33")
    shop.offer("Chair", {"resource": "Saw", "per_unit": "0.5"}, unit_cost="0.00")
    shop.line("Chair", 1, W0)
    shop.line("Chair", 3, W1)
    shop.line("Chair", 5, W2)
    result = shop.check()
    # 0.5 x 0.33 = 0.165 -> 0.17; 1.5 x 0.33 = 0.495 -> 0.50; 2.5 x 0.33 = 0.825 -> 0.83. The sum is 1.50, though
    # 4.5 x 0.33 = 1.485 would have been 1.49.
    assert result["overtime"] == [
        bought("Saw", W0, "0.5", "0.17"),
        bought("Saw", W1, "1.5", "0.50"),
        bought("Saw", W2, "2.5", "0.83"),
    ]
    assert result["margin"]["cost"] == "1.50"


def test_overtime_cost_below_half_rounds_down(shop: Shop) -> None:
    shop.time("Saw", overtime=1, overtime_cost="0.01")
    shop.offer("Chair", {"resource": "Saw", "per_unit": "0.499"})
    shop.line("Chair", 1, W0)
    # 0.499 x 0.01 = 0.00499
    assert shop.check()["overtime"] == [bought("Saw", W0, "0.499", "0.00")]


def test_overtime_without_a_cost_is_overtime_all_the_same(shop: Shop) -> None:
    shop.time("Saw", overtime=1)
    shop.offer("Chair", one_each("Saw"))
    shop.line("Chair", 1, W0)
    result = shop.check()
    assert (result["verdict"], result["overtime"]) == ("overtime", [bought("Saw", W0, "1", "0.00")])
