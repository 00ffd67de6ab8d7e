"""The company by file: seen, then taken over as a whole; the workbook that is sent comes back the same."""

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from handlers.slack.sheets import workbook_of
from models.setup.exporting import company_document
from models.workspace.workspaces import the_workspace
from tests.stage import OPS, Stage, shown, staged
from tests.world import COMPANY

PRICES = "Produkt;Familie;Listenpreis;Kosten\nSummit tent;Tents;512,50;290\nBivy;Tents;99,90;40\n"


@pytest.fixture
def lea(stage: Stage) -> Any:
    """An admin, before the overview."""
    return opened(stage)


def opened(stage: Stage) -> Any:
    person = stage.person("Lea")
    person.command(OPS, "/belay company")
    stage.sb.settle()
    return person


def brought(stage: Stage, person: Any, name: str, data: bytes) -> str:
    """What stands before a person after they have handed in a file."""
    person.press("Bring a file…")
    stage.sb.settle()
    person.attach("file", (name, data))
    return submitted(stage, person)


def submitted(stage: Stage, person: Any) -> str:
    assert person.submit().ok
    stage.sb.settle()
    return shown(person).as_text()


def document(stage: Stage) -> Any:
    return stage.look(lambda session: company_document(the_workspace(session)))


def test_table_is_seen_then_taken_over_as_a_whole(stage: Stage, lea: Any) -> None:
    before = document(stage)
    seen = brought(stage, lea, "preise.csv", PRICES.encode())
    assert "Columns: Produkt → name; Familie → family" in seen
    assert "• Summit tent: list price 480 → 512.5\n• Bivy: a new offer" in seen
    assert "Nothing has been changed yet." in seen
    assert document(stage) == before
    assert "It is taken over." in submitted(stage, lea)
    prices = {each["name"]: str(each["list_price"]) for each in document(stage)["offers"]}
    assert (prices["Summit tent"], prices["Bivy"]) == ("512.50", "99.90")


def test_workbook_that_was_sent_comes_back_with_what_was_changed_in_it(stage: Stage, lea: Any) -> None:
    lea.press("Send me a workbook")
    stage.sb.settle()
    assert "The company as a workbook" in lea.dm()[-1].as_text()
    (file,) = [each for each in stage.sb.files() if each["name"] == "company-2026-11-23.xlsx"]
    sent = stage.sb.http.get(f"/files/{file['id']}").content
    lea.close()
    before = document(stage)
    assert "Nothing would change." in brought(stage, opened(stage), file["name"], sent)
    # There is nothing to take over: once more, it is read once more.
    assert "Nothing would change." in submitted(stage, lea)
    assert document(stage) == before
    lea.close()
    lea = opened(stage)
    book = load_workbook(io.BytesIO(sent))
    book["Offers"]["D2"] = 500
    book["Customers"].append(["Acme", "A", "Sara"])
    edited = io.BytesIO()
    book.save(edited)
    seen = brought(stage, lea, file["name"], edited.getvalue())
    assert "list price 480 → 500" in seen
    assert "Acme: a new customer" in seen
    submitted(stage, lea)
    assert [each["name"] for each in document(stage)["customers"]] == ["Acme"]


def test_toml_is_taken_over_too(stage: Stage, lea: Any) -> None:
    text = COMPANY.read_text().replace("480.00", "490.00")
    assert "list price 480 → 490" in brought(stage, lea, "company.toml", text.encode())
    assert "It is taken over." in submitted(stage, lea)
    assert "should be" in brought(
        stage, lea, "company.toml", text.replace('currency = "USD"', 'currency = "XX"').encode()
    )


def test_file_without_a_table_or_with_a_wrong_one_changes_nothing(stage: Stage, lea: Any) -> None:
    before = document(stage)
    assert "No table of the company is found in it." in brought(stage, lea, "x.csv", b"a;b\n1;2\n")
    lea.close()
    wrong = b"Offer,Resource,Per unit\nSummit tent,Nobody,1\n"
    assert "Nobody" in brought(stage, opened(stage), "needs.csv", wrong)
    assert document(stage) == before


def test_sample_is_for_a_company_that_has_nothing(tmp_path: Path) -> None:
    empty = tmp_path / "empty.toml"
    empty.write_text('[company]\nname = "Empty"\ncurrency = "USD"\n')
    with staged(f"sqlite:///{tmp_path / 'belay.db'}", "http", company=empty) as stage:
        lea = opened(stage)
        lea.press("Try a sample…")
        stage.sb.settle()
        lea.fill_by_label("Which", "A services firm: consultants by the day")
        assert "Here is Sample consultancy." in submitted(stage, lea)
        assert len(document(stage)["offers"]) == 3
        assert document(stage)["company"]["keeps_stock"] is False
        assert "Try a sample" not in shown(lea).as_text()


def test_column_is_read_as_its_person_says_and_so_in_the_next_file(stage: Stage, lea: Any) -> None:
    def prices(second: str) -> bytes:
        return f"Product,Family,Price,Cost,Street\nSummit tent,Tents,{second},290,512.50\n".encode()

    assert "list price 480 → 500" in brought(stage, lea, "a.csv", prices("500"))
    lea.fill_by_label("Price", "Not read")
    lea.fill_by_label("Street", "List price")
    seen = submitted(stage, lea)
    assert "Street → list price" in seen
    assert "list price 480 → 512.5" in seen
    assert "It is taken over." in submitted(stage, lea)
    assert "Street → list price" in brought(stage, lea, "b.csv", prices("600"))
    # What was remembered can be chosen otherwise, too.
    lea.fill_by_label("Street", "Not read")
    lea.fill_by_label("Price", "List price")
    assert "list price 512.5 → 600" in submitted(stage, lea)
    assert stage.sb.violations() == []


def test_table_with_other_titles_is_read_afresh(stage: Stage, lea: Any) -> None:
    brought(stage, lea, "a.csv", b"Product,Family,Price,Cost,Street\nSummit tent,Tents,500,290,512.50\n")
    lea.fill_by_label("Price", "Not read")
    lea.fill_by_label("Street", "List price")
    submitted(stage, lea)
    submitted(stage, lea)
    seen = brought(stage, lea, "b.csv", b"Product,Family,Price,Cost\nSummit tent,Tents,700,290\n")
    assert "list price 512.5 → 700" in seen


def test_sheet_that_is_not_read_is_said_and_so_is_the_currency(tmp_path: Path) -> None:
    with staged(f"sqlite:///{tmp_path / 'belay.db'}", "http", company=None) as stage:
        lea = opened(stage)
        sheets: dict[str, Any] = {
            "Preise": [
                ["Produkt", "Familie", "Listenpreis (€)", "Kosten"],
                ["Tisch", "Möbel", "1.290,00 €", "700,00 €"],
            ],
            "Anlagen": [["Maschine", "Stunden pro Woche"], ["Säge", "40"]],
            "Notizen": [["Bitte lesen", "Wer"], ["alles neu", "Olga"]],
        }
        seen = brought(stage, lea, "firma.xlsx", workbook_of(sheets))
        assert "The sheet Notizen is not read" in seen
        assert "• currency USD → EUR" in seen
        assert "• Säge: a new resource (in a usual week 40)" in seen
        assert "• Tisch: a new offer (Möbel; list price 1290; cost 700)" in seen
        assert "It is taken over." in submitted(stage, lea)
        assert (document(stage)["company"]["currency"], document(stage)["offers"][0]["list_price"]) == ("EUR", 1290)


def test_names_in_other_capitals_are_the_same(stage: Stage, lea: Any) -> None:
    prices = b"Product,Family,Price,Cost\nsummit TENT,tents,500,290\nBivy,TENTS,90,40\n"
    seen = brought(stage, lea, "a.csv", prices)
    assert "Summit tent: list price 480 → 500" in seen
    assert "summit TENT" not in seen
    submitted(stage, lea)
    assert {each["family"] for each in document(stage)["offers"] if each["name"] == "Bivy"} == {"Tents"}


def test_small_firm_needs_no_families_and_is_told_what_is_missing(tmp_path: Path) -> None:
    with staged(f"sqlite:///{tmp_path / 'belay.db'}", "http", company=None) as stage:
        lea = opened(stage)
        sheets: dict[str, Any] = {
            "Price list": [["Ovens 2027"], ["Item", "List price"], ["Deck oven", "€ 7,900"]],
            "Workshop": [["Who / machine", "Hours a week"], ["Assembly", 38]],
            "Takes": [["Item", "Who / machine", "Hours each"], ["Deck oven", "Assembly", 6]],
        }
        seen = brought(stage, lea, "firm.xlsx", workbook_of(sheets))
        assert "Price list: Which column is “Cost”?" in seen
        assert "No family is said: each new one gets “Products”." in seen
        lea.close()
        sheets["Price list"] = [["Ovens 2027"], ["Item", "List price", "Material cost"], ["Deck oven", "€ 7,900", 4100]]
        seen = brought(stage, opened(stage), "firm.xlsx", workbook_of(sheets))
        assert "• Assembly: a new resource (in a usual week 38)" in seen
        assert "• Deck oven: a new offer (Products; list price 7900; cost 4100; needs Assembly (6 each))" in seen
        submitted(stage, lea)
        (offer,) = document(stage)["offers"]
        assert (offer["family"], offer["unit_cost"], offer["needs"][0]["resource"]) == ("Products", 4100, "Assembly")
