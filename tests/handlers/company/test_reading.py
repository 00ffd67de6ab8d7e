"""A workbook of several sheets: each is read or left out by itself, and what is asked names its sheet."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handlers.slack.sheets import workbook_of
from tests.handlers.company.test_files import brought, document, opened, submitted
from tests.stage import Stage, staged

PRICES: list[Any] = [
    ["Hollin & Daughter - price list"],
    ["Ref", "Piece", "Range", "Timber & fittings (£)", "Selling price (£)", "Margin", "Notes"],
    ["T-180", "Farm table", "Tables", 310, 1150, "73%", "Seats 6"],
    ["B-140", "Plain bench", "Benches", 88, 320, "72.5%", ""],
    ["* Trade customers: 10% off."],
]
WORKSHOP: list[Any] = [
    ["Who and what we have"],
    ["Station", "Who", "Hours per week", "Cost per hour (£)"],
    ["Saw & planer", "Tom", 38, 32],
    ["Total", "", 38, ""],
]
HOURS: list[Any] = [
    ["Hours per piece"],
    ["Piece", "Saw & planer", "Oil & finish", "Total"],
    ["Farm table", 2.5, 3, 5.5],
    ["Plain bench", 0.75, 1, 1.75],
]
STOCK: list[Any] = [["Piece", "In store", "Reserved"], ["Plain bench", 6, 2]]
CUSTOMERS: list[Any] = [
    ["Customer", "Phone", "Terms", "Discount"],
    ["The Crown Inn", "01584 555 010", "30 days", "10%"],
]
ALL = {"Prices 2026": PRICES, "Workshop": WORKSHOP, "Hours": HOURS, "Stock": STOCK, "Customers": CUSTOMERS}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Stage]:
    """A workspace without a company."""
    with staged(f"sqlite:///{tmp_path / 'belay.db'}", "http", company=None) as stage:
        yield stage


def seen(stage: Stage, sheets: dict[str, Any]) -> tuple[Any, str]:
    lea = opened(stage)
    return lea, brought(stage, lea, "joinery.xlsx", workbook_of(sheets))


def test_workbook_of_a_small_firm_is_read_at_once(empty: Stage) -> None:
    lea, told = seen(empty, ALL)
    assert "Prices 2026 · Offers: 2 rows read. Piece → name; Range → family; Timber & fittings (£) → cost;" in told
    assert "Not read: Ref; Margin; Notes." in told
    assert "Left out: row 1 (above the table); row 4 (a total)." in told
    assert "The sheet Stock is not read: it counts finished goods." in told
    assert "Customers: 1 row read. Customer → name. Not read: Phone; Terms; Discount." in told
    assert "The column “Oil & finish” is no resource that is known: what is it?: A new resource: Oil & finish" in told
    assert "• Oil & finish: a new resource (no hours a week yet)" in told
    assert "needs Saw & planer (2.5 each), Oil & finish (3 each))" in told
    assert not any(ours in told for ours in ("list_price", "unit_cost", "margin_floor", "lead_weeks", "per_unit"))
    assert "It is taken over." in submitted(empty, lea)
    kept = document(empty)
    assert [each["name"] for each in kept["resources"]] == ["Saw & planer", "Oil & finish"]
    assert [len(each["needs"]) for each in kept["offers"]] == [2, 2]
    assert empty.sb.violations() == []


def test_sheet_that_is_asked_about_can_be_left_out(empty: Stage) -> None:
    unclear = [["Thing", "Selling price"], ["Farm table", "on request"]]
    lea, told = seen(empty, {"Prices": unclear, "Workshop": WORKSHOP})
    assert "Prices: Which column has the names?: Thing" in told
    assert "Prices: Row 2: list price: “on request” is no number." in told
    assert "Prices: Which column is “Cost”?" in told
    lea.fill_by_label("Prices: Which column is “Cost”?", "Leave this sheet out")
    lea.fill_by_label("Prices: Row 2: list price: “on request” is no number.", "Leave it out")
    told = submitted(empty, lea)
    assert "The sheet Prices is not read: you leave it out." in told
    assert "• Saw & planer: a new resource" in told
    submitted(empty, lea)
    # So it is in the next file of this shape.
    assert (
        "The sheet Prices is not read: you leave it out." in seen(empty, {"Prices": unclear, "Workshop": WORKSHOP})[1]
    )


def test_what_is_wrong_in_one_sheet_does_not_end_the_others(empty: Stage) -> None:
    twice = [["Name", "Price", "Cost"], ["Farm table", 1150, 310]]
    stock = [["Name", "In stock"], ["Saw & planer", 4]]
    lea, told = seen(empty, {"Prices": twice, "Workshop": WORKSHOP, "Stock": stock})
    assert "Stock: Saw & planer is no stock, so it has nothing on hand." in told
    lea.fill_by_label("Stock: Saw & planer is no stock, so it has nothing on hand.", "Leave this sheet out")
    assert "• Farm table: a new offer" in submitted(empty, lea)


def test_columns_are_chosen_for_the_sheets_that_are_chosen(empty: Stage) -> None:
    lea, _ = seen(empty, ALL)
    lea.fill_by_label("If a sheet or a column is something else, choose the sheet here", ["Prices 2026", "Stock"])
    told = submitted(empty, lea)
    assert "What “Stock” holds (optional): Leave this sheet out" in told
    assert "Prices 2026: Margin (optional): Not read" in told
    lea.fill_by_label("Prices 2026: Ref", "Name")
    lea.fill_by_label("Prices 2026: Piece", "Not read")
    lea.fill_by_label("What “Stock” holds", "Stock of what offers need")
    told = submitted(empty, lea)
    assert "Prices 2026 · Offers: 2 rows read. Ref → name;" in told
    assert "Stock: Row 2: there is no resource “Plain bench”: which one is it?" in told


def test_sheet_that_says_too_little_is_what_its_person_says(empty: Stage) -> None:
    lea, told = seen(empty, {"Tabelle1": [["Was", "Std"], ["Säge", 40]]})
    assert "No table of the company is found in it." in told
    assert "[ Send me a workbook ]" in told
    lea.fill_by_label("What “Tabelle1” holds", "Resources: people and machines, with their week")
    told = submitted(empty, lea)
    assert "Which column has the names?: Was" in told
    assert "• Säge: a new resource (in a usual week 40)" in told
    assert "It is taken over." in submitted(empty, lea)
    # So it is in the next file of this shape.
    assert "in a usual week 40 → 38" in seen(empty, {"Tabelle1": [["Was", "Std"], ["Säge", 38]]})[1]


def test_what_stands_in_two_sheets_is_asked(empty: Stage) -> None:
    titles = ["Item", "Price", "Cost"]
    lea, told = seen(empty, {"2025": [titles, ["Table", 1100, 300]], "2026": [titles, ["Table", 1150, 310]]})
    assert "2026: Table stands in the sheet 2025, too: what counts?: What this sheet says" in told
    assert "list price 1150" in told
    lea.fill_by_label("2026: Table stands in the sheet 2025, too: what counts?", "Leave this sheet out")
    assert "list price 1100" in submitted(empty, lea)


def test_price_list_may_say_what_each_offer_takes(empty: Stage) -> None:
    prices = [["Item", "Range", "Price", "Cost", "Saw", "Weight"], ["Table", "Tables", 1150, 310, 2, 40]]
    _, told = seen(empty, {"Prices": prices, "Workshop": [["Machine", "Hours per week"], ["Saw", 38]]})
    assert "Prices (needs) · What each offer needs: 1 row read." in told
    assert "• Table: a new offer (Tables; list price 1150; cost 310; needs Saw (2 each))" in told


def test_what_a_sheet_was_said_to_be_stays_said(empty: Stage) -> None:
    unclear = [["Was", "Std"], ["Säge", 40]]
    lea, told = seen(empty, {"Tabelle1": unclear, "Tabelle2": [["a", "b"], ["c", "d"]]})
    assert "No table of the company is found in it." in told
    lea.fill_by_label("What “Tabelle1” holds", "Resources: people and machines, with their week")
    assert "• Säge: a new resource (in a usual week 40)" in submitted(empty, lea)
    assert "It is taken over." in submitted(empty, lea)


PRINTED: list[Any] = [
    ["All prices in EUR per 1,000 pcs"],
    ["Article", "Group", "Net price / 1,000", "Material / 1,000", "Min. order"],
    ["Folding box", "Boxes", 185, 62.5, 2000],
    ["Brochure", "Brochures", 410, 150, 500],
]
PRESSES: list[Any] = [["Machine", "Hours / week"], ["Press", 76]]
RUNS: list[Any] = [["Minutes per 1,000 pcs"], ["Article", "Press"], ["Folding box", 18], ["Brochure", 60]]
PRINT_SHOP = {"Prices": PRINTED, "Machines": PRESSES, "Run times": RUNS}
ONE_UNIT = "“Prices” says “per 1,000 pcs”: what is one unit?"


def test_prices_for_a_thousand_pieces_are_no_prices_of_one(empty: Stage) -> None:
    lea, told = seen(empty, PRINT_SHOP)
    question = f"{ONE_UNIT} Divided by 1,000, parts of the smallest coin would be lost."
    assert f"{question}: A unit is 1,000 pcs; smallest quantities are divided" in told
    assert "Prices and costs are for 1,000 pcs, as they stand. A unit is 1,000 pcs." in told
    assert "Smallest quantities are divided by 1,000. Rounded up to whole units: Brochure (1,000)." in told
    assert "Times are for 1,000 pcs, as they stand." in told
    assert "It is taken over." in submitted(empty, lea)
    kept = document(empty)
    assert [(each["unit"], str(each["list_price"]), each["min_lot"]) for each in kept["offers"]] == [
        ("1,000 pcs", "185.00", 2),
        ("1,000 pcs", "410.00", 1),
    ]
    assert [str(need["per_unit"]) for each in kept["offers"] for need in each["needs"]] == ["0.300", "1.000"]
    # So it is in the next workbook of this shape.
    _, told = seen(empty, PRINT_SHOP)
    assert "Nothing would change." in told
    assert "Nothing has been changed yet." not in told


def test_prices_may_be_per_piece_whatever_the_file_says(empty: Stage) -> None:
    lea, _ = seen(empty, PRINT_SHOP)
    lea.fill_by_label(f"{ONE_UNIT} Divided by 1,000, parts of the smallest coin would be lost.", "They are per piece")
    told = submitted(empty, lea)
    assert "Prices and costs are taken as for one piece, although “per 1,000 pcs” is said." in told
    assert "list price 185; cost 62.5; smallest quantity 2000" in told


def test_prices_are_divided_where_nothing_is_lost(empty: Stage) -> None:
    prices = [["Artikel", "Preis je 100 Stück", "Kosten je 100 Stück", "Mindestmenge"], ["Box", 150, 60, 200]]
    lea, told = seen(empty, {"Preise": prices, "Machines": PRESSES, "Runs": [["Artikel", "Press"], ["Box", 2]]})
    sentence = "“Preise” says “per 100 Stück”: what is one unit?"
    assert f"{sentence}: A unit is 100 Stück; smallest quantities are divided" in told
    assert "Runs: Times: are they for 100 Stück, or for one piece?: <>" in told
    lea.fill_by_label(sentence, "Divide prices, costs and times by 100")
    lea.fill_by_label("Runs: Times: are they for 100 Stück, or for one piece?", "For one piece")
    told = submitted(empty, lea)
    assert "Prices and costs are divided by 100: they are for one piece." in told
    assert "list price 1.5; cost 0.6; smallest quantity 200; needs Press (2 each)" in told


def test_words_that_are_no_kind_are_not_asked_where_hours_say_enough(empty: Stage) -> None:
    machines = [["Machine", "Type", "Hours / week"], ["Press", "offset press", 76], ["Stitcher", "finishing", 30]]
    _, told = seen(empty, {"Machines": machines, "Other": [["a", "b"], ["c", "d"]]})
    assert "Not read: Type." in told
    assert "• Press: a new resource (in a usual week 76)" in told
    assert "what is" not in told


@pytest.mark.parametrize("title", ["Cust. no.", "Kundennummer", "Customer number", "Account no.", "Debitor", "Kd.-Nr."])
def test_number_of_a_customer_is_that_in_other_tools(empty: Stage, title: str) -> None:
    customers = [[title, "Company", "Town"], [10012, "Brauerei Lindner", "Bamberg"]]
    lea, _ = seen(empty, {"Customers": customers, "Other": [["a", "b"], ["c", "d"]]})
    assert "It is taken over." in submitted(empty, lea)
    assert [each["external_id"] for each in document(empty)["customers"]] == ["10012"]


def test_only_column_that_may_be_it_is_likely_and_offers_have_their_place(empty: Stage) -> None:
    prices = [["Item", "Price", "Board"], *([f"Box {number}", 20, 5] for number in range(14))]
    machines = [["Machine", "Hours per week"], *([f"Press {number}", 38] for number in range(14))]
    _, told = seen(empty, {"Prices": prices, "Machines": machines})
    assert "Prices: Which column is “Cost”?: Board" in told
    assert told.count(": a new offer") == told.count(": a new resource") == 12
    assert "and 4 more" in told


def test_times_for_a_thousand_pieces_are_not_those_of_an_offer_that_is_sold_by_the_piece(empty: Stage) -> None:
    prices = [["Item", "Price", "Cost"], ["Folding box", 1, 0], ["Brochure", 2, 1]]
    lea, _ = seen(empty, {"Prices": prices, "Machines": PRESSES})
    submitted(empty, lea)
    _, told = seen(empty, {"Run times": RUNS, "Other": [["a", "b"], ["c", "d"]]})
    assert "parts of the times would be lost. To sell by 1,000 pcs, bring the price list in the same workbook." in told
    assert "Nothing would change." not in told


def test_unit_that_changes_without_what_it_takes_is_said(empty: Stage) -> None:
    per_piece = [["Item", "Price", "Cost"], ["Folding box", 1, 0], ["Brochure", 2, 1]]
    lea, _ = seen(empty, {"Prices": per_piece, "Machines": PRESSES, "Hours": [["Item", "Press"], ["Brochure", 1]]})
    assert "It is taken over." in submitted(empty, lea)
    _, told = seen(empty, {"Prices": PRINTED, "Machines": PRESSES})
    assert "The unit changes. What they need is said nowhere in it" in told
    assert "now for the new unit: Brochure." in told


def test_unit_of_each_offer_counts_where_a_title_says_only_a_number(empty: Stage) -> None:
    prices: list[Any] = [
        ["Item", "Unit", "Price / 100", "Cost / 100"],
        ["Cable", "meter", 30, 10],
        ["Plug", "pcs", 12, 4],
    ]
    lea = opened(empty)
    told = brought(empty, lea, "cables.xlsx", workbook_of({"Prices": prices}))
    assert "• Cable: a new offer (unit 100 meters; Products; list price 30" in told
    assert "• Plug: a new offer (unit 100 pieces; Products; list price 12" in told
