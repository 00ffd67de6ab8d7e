"""The page as files: a CSV and a workbook with every family and every month."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from babel import Locale
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from models.arithmetic import half_up, scaled_text
from models.sop.page import Page
from models.sop.way_words import way_out_words
from models.words import HasCurrency

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
MOST_WITH_WAYS = 200
MEASURES = ("demand", "contingent", "supply", "shipments", "inventory", "backlog", "investment", "projected")


def page_csv(page: Page, company: HasCurrency, _locale: Locale) -> bytes:
    """A row for each family and measure, a column for each month."""
    return csv_of(_rows(page, company.places))


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as spreadsheets read them."""
    into = io.StringIO()
    writer = csv.writer(into, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
    return into.getvalue().encode("utf-8-sig")


def page_workbook(page: Page, company: HasCurrency, locale: Locale) -> bytes:
    """The same as a workbook, with a sheet for gaps and one for lost demand."""
    book, places = Workbook(), company.places
    sheet = book.create_sheet("Plan", 0)
    book.remove(book.worksheets[1])
    for row in _rows(page, places):
        sheet.append([_number(cell) for cell in row])
    gaps = book.create_sheet("Gaps")
    gaps.append(["family", "month", "units", "money", "limit"])
    for gap in page.gaps:
        money = float(scaled_text(gap.money, places))
        limit = _safe(page.limits.get(gap.family, "")) if gap.units > 0 else ""
        gaps.append([_safe(gap.family), f"{page.months[gap.month]:%Y-%m}", gap.units, money, limit])
    decided = book.create_sheet("Decisions")
    decided.append(["family", "month", "decision", "owner", "due", "closed"])
    for one in page.decided:
        month = f"{one.month:%Y-%m}" if one.month else ""
        closed = "yes" if one.is_closed else ""
        decided.append([_safe(one.family), month, _safe(one.text), _safe(one.owner), f"{one.due}", closed])
    ways = book.create_sheet("Ways out")
    ways.append(["family", "month", "gap", "way out", "units", "to make", "on top"])
    for number, gap in enumerate(page.gaps[:MOST_WITH_WAYS]):
        for way in page.ways_out(number):
            said = _safe(way_out_words(company, way, locale)[0])
            costs = [float(scaled_text(amount, places)) for amount in (way.spend, way.extra)]
            ways.append([_safe(gap.family), f"{page.months[gap.month]:%Y-%m}", gap.units, said, way.units, *costs])
    lost = book.create_sheet("Lost demand")
    lost.append(["family", "month", "units", "reason", "deal", "customer"])
    for gone in page.lost:
        month = f"{gone.month:%Y-%m}"
        lost.append([_safe(gone.family), month, gone.units, _safe(gone.reason), gone.deal, _safe(gone.customer)])
    for each in book.worksheets:
        for cell in each[1]:
            cell.font = Font(bold=True)
        each.freeze_panes = "A2"
        each.column_dimensions[get_column_letter(1)].width = 28
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _rows(page: Page, places: int) -> Iterator[list[str]]:
    yield ["family", "measure", *(f"{month:%Y-%m}" for month in page.months)]
    for plan in page.plans:
        months = plan.months
        values = {
            "demand": [str(month.demand) for month in months],
            "contingent": [str(units) for units in page.contingent.get(plan.family, (0,) * len(months))],
            "supply": [str(month.supply) for month in months],
            "shipments": [str(month.shipments) for month in months],
            "inventory": [str(month.inventory) for month in months],
            "backlog": [str(month.backlog) for month in months],
            "investment": [scaled_text(half_up(month.investment), places) for month in months],
            "projected": [scaled_text(half_up(month.projected), places) for month in months],
        }
        for measure in MEASURES:
            yield [plan.family, measure, *values[measure]]


def _safe(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe; a number is a number."""
    cell = ILLEGAL_CHARACTERS_RE.sub("", cell)
    return f"'{cell}" if cell.startswith(DANGEROUS) and not _is_number(cell) else cell


def _number(cell: str) -> str | float:
    return float(cell) if _is_number(cell) else _safe(cell)


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdecimal() and cell.isascii()
