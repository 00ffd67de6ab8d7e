"""The page as CSV and workbook."""

import io
from datetime import date
from fractions import Fraction
from zipfile import ZipFile

from babel import Locale
from openpyxl import load_workbook

from handlers.sop.page_files import page_csv, page_workbook
from models.base.words import Coinage
from models.sop.gaps import ranked_gaps
from models.sop.identities import FamilyPlan
from models.sop.page import Lost, Page


def test_workbook_holds_no_formulas_and_every_family() -> None:
    plan = FamilyPlan("=HYPERLINK(1)", Fraction(1000), Fraction(1600), 30, 0, (100,) * 18, (80,) * 18)
    months = tuple(date(2027, 1 + n % 12, 1) for n in range(18))
    lost = (Lost("@Tents", months[0], 5, "lost: price", 1, "+Ac\x0bme"),)
    page = Page(1, months[0], "signed", 1, months, (plan,), {}, tuple(ranked_gaps([plan])), (), lost, {}, {}, ())
    text = page_csv(page, Coinage("USD", 2), Locale("en", "US"), has_money=True).decode("utf-8-sig").splitlines()
    assert text[1].startswith("'=HYPERLINK(1),demand,100,100")
    assert "investment,-200.00" in text[10]
    book = load_workbook(io.BytesIO(page_workbook(page, Coinage("USD", 2), Locale("en", "US"))))
    made = ZipFile(io.BytesIO(page_workbook(page, Coinage("USD", 2), Locale("en", "US"))))
    assert {entry.date_time[0] for entry in made.infolist()} == {1980}
    assert b"dcterms" not in made.read("docProps/core.xml").split(b">", 2)[2]
    sheets = "Plan, Gaps, Decisions, Ways out, Utilisation, Lost demand, Accuracy, Scenarios, Assumptions"
    assert ", ".join(book.sheetnames) == sheets
    assert book["Plan"]["A2"].value == "'=HYPERLINK(1)"
    assert book["Plan"]["C2"].value == 100
    assert [cell.value for cell in book["Lost demand"][2]][:1] == ["'@Tents"]
    assert book["Lost demand"]["F2"].value == "'+Acme"


def test_published_files_tell_no_money_by_which_a_unit_cost_is_found() -> None:
    plan = FamilyPlan("Tents", Fraction(1000), Fraction(1600), 0, 0, (100,) * 18, (80,) * 18)
    months = tuple(date(2027, 1 + n % 12, 1) for n in range(18))
    page = Page(1, months[0], "signed", 1, months, (plan,), {}, tuple(ranked_gaps([plan])), (), (), {}, {}, ())
    dollars, english = Coinage("USD", 2), Locale("en", "US")
    measures = {line.split(",")[1] for line in page_csv(page, dollars, english).decode().splitlines()}
    assert not measures & {"investment", "projected"}
    book = load_workbook(io.BytesIO(page_workbook(page, dollars, english)))
    titles = {cell.value for sheet in book for cell in sheet[1]}
    assert not titles & {"to the level", "to make", "on top"}
    assert "Money" not in book.sheetnames
    full = load_workbook(io.BytesIO(page_workbook(page, dollars, english, has_money=True)))
    assert {"to the level", "to make", "on top"} <= {cell.value for sheet in full for cell in sheet[1]}
