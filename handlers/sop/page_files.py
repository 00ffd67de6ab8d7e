"""The page as files: a CSV and a workbook with every family and every month."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from babel import Locale

from handlers.slack.sheets import Cell, csv_of, number_in, workbook_of
from models.base.arithmetic import half_up, scaled_text
from models.base.words import HasCurrency
from models.sop.page import Page
from models.sop.way_words import way_out_words

MOST_WITH_WAYS = 200
MEASURES = (
    *("demand", "sales", "contingent", "supply", "shipments", "inventory", "backlog", "net stock", "target"),
    *("investment", "projected"),
)


def page_csv(page: Page, company: HasCurrency, locale: Locale) -> bytes:
    """A row for each family and measure, a column for each month."""
    return csv_of(_rows(page, company.places), locale)


def page_workbook(page: Page, company: HasCurrency, locale: Locale) -> bytes:
    """The same as a workbook, with sheets for gaps, decisions, ways out and lost demand."""
    sheets: dict[str, Iterable[Sequence[Cell]]] = {
        "Plan": ([number_in(cell) for cell in row] for row in _rows(page, company.places)),
        "Gaps": _gaps(page, company.places),
        "Decisions": _decisions(page),
        "Ways out": _ways_out(page, company, locale),
        "Lost demand": _lost(page),
    }
    return workbook_of(sheets)


def _gaps(page: Page, places: int) -> Iterator[Sequence[Cell]]:
    yield ["family", "kind", "first", "last", "worst", "units", "net stock", "waiting", "to the level", "limit"]
    for gap in page.gaps:
        limit = page.limits.get(gap.family, "") if gap.is_short else ""
        months = [_month(page.months[n]) for n in (gap.first, gap.last, gap.worst)]
        money = [float(scaled_text(amount, places)) for amount in (gap.waiting, gap.stock)]
        yield [gap.family, gap.kind.value, *months, gap.units, gap.net, *money, limit]


def _decisions(page: Page) -> Iterator[Sequence[Cell]]:
    yield ["family", "month", "decision", "owner", "due", "closed"]
    for one in page.decided:
        closed = "yes" if one.is_closed else ""
        yield [one.family, _month(one.month), one.text, one.owner, one.due.isoformat(), closed]


def _ways_out(page: Page, company: HasCurrency, locale: Locale) -> Iterator[Sequence[Cell]]:
    yield ["family", "first", "gap", "way out", "units", "net stock", "to make", "on top"]
    for number, gap in enumerate(page.gaps[:MOST_WITH_WAYS]):
        for way in page.ways_out(number):
            words = way_out_words(company, way, locale)[0]
            costs = [float(scaled_text(amount, company.places)) for amount in (way.spend, way.extra)]
            yield [gap.family, _month(page.months[gap.first]), gap.units, words, way.units, way.net, *costs]


def _lost(page: Page) -> Iterator[Sequence[Cell]]:
    yield ["family", "month", "units", "reason", "deal", "customer"]
    for lost in page.lost:
        yield [lost.family, _month(lost.month), lost.units, lost.reason, lost.deal, lost.customer]


def _month(month: date | None) -> str:
    return f"{month:%Y-%m}" if month else ""


def _rows(page: Page, places: int) -> Iterator[list[str]]:
    yield ["family", "measure", *(f"{month:%Y-%m}" for month in page.months)]
    for plan in page.plans:
        months = plan.months
        values = {
            "demand": [str(month.demand) for month in months],
            "sales": [str(units) for units in page.sales.get(plan.family, plan.demand)],
            "contingent": [str(units) for units in page.contingent.get(plan.family, (0,) * len(months))],
            "supply": [str(month.supply) for month in months],
            "shipments": [str(month.shipments) for month in months],
            "inventory": [str(month.inventory) for month in months],
            "backlog": [str(month.backlog) for month in months],
            "net stock": [str(month.net) for month in months],
            "target": [str(units) for units in plan.targets],
            "investment": [scaled_text(half_up(month.investment), places) for month in months],
            "projected": [scaled_text(half_up(month.projected), places) for month in months],
        }
        for measure in MEASURES:
            yield [plan.family, measure, *values[measure]]
