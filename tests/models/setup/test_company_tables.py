"""Each table of the company goes out and comes back as it was; what a table changes is said."""

import tomllib
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from babel import Locale

from handlers.slack.sheets import csv_of, workbook_of
from models.base.errors import Refused
from models.files import company_in
from models.setup.company_files import known_in
from models.setup.company_tables import COMPANY_KINDS, Cells, differences, find_entry, rows_of, titles_of, with_rows
from models.sheets.fields import Kind
from models.sheets.preview import TableFile, preview
from tests.places import ROOT

TODAY = date(2026, 11, 23)
RIDGELINE = ROOT / "bot" / "cli" / "ridgeline.toml"


def ridgeline() -> dict[str, Any]:
    company = tomllib.loads(RIDGELINE.read_text(), parse_float=Decimal)
    poles = find_entry(company, "offers", "Pole set") or {}
    poles["needs"] = [{"any_of": ["Assembly", "Sewing"], "ahead": 3, "per_unit": Decimal("0.25")}]
    known = [{"name": "Acme", "tier": "A"}, {"name": "Müller & Söhne GmbH", "external_id": "007"}]
    return {"commitments": []} | company | {"customers": known}


@pytest.mark.parametrize("kind", COMPANY_KINDS)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en_US", "de_DE"])
def test_table_that_goes_out_comes_back_as_it_was(kind: Kind, form: str, language: str) -> None:
    before, locale = ridgeline(), Locale.parse(language)
    rows: list[Cells] = [list(titles_of(kind)), *rows_of(before, kind)]
    assert len(rows) > 1
    data = csv_of(rows, locale) if form == "csv" else workbook_of({kind.value: rows})
    read = preview(TableFile.open(data, f"{kind.value}.{form}"), kind, known_in(before, locale, TODAY))
    assert (len(read.rows), read.questions, read.left_out) == (len(rows) - 1, (), [])
    after = with_rows(before, kind, read.rows)
    assert company_in(after, "after") == company_in(before, "before")


def test_table_changes_what_it_names_and_leaves_the_rest() -> None:
    before = ridgeline()
    kept = deepcopy(before)
    after = with_rows(before, Kind.OFFERS, [{"name": "Summit tent", "family": "Tents", "list_price": "512.50"}])
    assert before == kept
    assert differences(before, after) == ["Summit tent: list price 480 → 512.5"]
    after = with_rows(before, Kind.OFFERS, [{"name": "Bivy", "family": "Tents", "list_price": "99", "unit_cost": "40"}])
    assert differences(before, after) == ["Bivy: a new offer (Tents; list price 99; cost 40)"]
    assert (find_entry(after, "offers", "Bivy") or {})["unit"] == "piece"


def test_week_keeps_what_a_table_does_not_say_of_it() -> None:
    company, week = ridgeline(), "2027-01-04"
    closed = {"resource": "Assembly", "week": week, "available": "320", "overtime": "0", "reason": "Public holiday"}
    company = with_rows(company, Kind.WEEKS, [closed])
    company = with_rows(company, Kind.WEEKS, [{"resource": "Assembly", "week": week, "overtime": "20"}])
    (kept,) = [one for one in (find_entry(company, "resources", "Assembly") or {})["weeks"] if str(one["week"]) == week]
    assert (kept["available"], kept["overtime"], kept["reason"]) == (Decimal(320), Decimal(20), "Public holiday")


def test_needs_and_substitutes_of_an_offer_are_replaced_as_a_whole() -> None:
    before = ridgeline()
    need = {"offer": "Summit tent", "resource": "Sewing", "offset": "-2", "per_unit": "1.5"}
    after = with_rows(before, Kind.NEEDS, [need])
    entry = find_entry(after, "offers", "Summit tent") or {}
    written = {"resource": "Sewing", "offset": -2, "per_unit": Decimal("1.5"), "weeks": 1, "fixed": 0}
    assert entry["needs"] == [written]
    (said,) = differences(before, after)
    assert said.endswith("→ Sewing (1.5 each, 2 weeks before)")
    after = with_rows(before, Kind.SUBSTITUTES, [{"offer": "Summit tent", "substitute": "Ridge tent"}])
    assert (find_entry(after, "offers", "Summit tent") or {})["substitutes"] == ["Ridge tent"]


def test_resource_is_time_unless_it_is_said_to_be_stock() -> None:
    rows = [{"name": "Crew", "weekly": "40"}, {"name": "Zips", "kind": "stock", "weekly": "0"}]
    after = with_rows(ridgeline(), Kind.RESOURCES, rows)
    assert find_entry(after, "resources", "Crew") == {"name": "Crew", "kind": "time", "unit": "hour", "weekly": 40}
    assert find_entry(after, "resources", "Zips") == {"name": "Zips", "kind": "stock", "unit": "piece"}
    with pytest.raises(Refused, match="Sewing is no stock"):
        with_rows(after, Kind.STOCK, [{"resource": "Sewing", "on_hand": "4"}])


def test_shares_weeks_and_settings_are_said_as_people_say_them() -> None:
    before = ridgeline()
    after = deepcopy(before)
    after["company"] |= {"margin_floor": Decimal("0.35"), "country": None}
    assert differences(before, after) == ["public holidays of US → none", "lowest margin 30% → 35%"]
    after = with_rows(
        before, Kind.COMMITMENTS, [{"ref": "x", "resource": "Sewing", "week": "2027-01-04", "quantity": "4"}]
    )
    assert differences(before, after) == ["1 new commitment"]
