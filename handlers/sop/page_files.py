"""The page as files: a CSV and a workbook with every family and every month."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from babel import Locale

from handlers.slack.sheets import Cell, csv_of, number_in, workbook_of
from handlers.sop.scenario_words import change_text
from models.base.arithmetic import half_up, scaled_text
from models.base.words import HasCurrency
from models.sop.money import money_of
from models.sop.page import Page
from models.sop.way_words import way_out_words

MOST_WITH_WAYS = 200
MEASURES = ("demand", "sales", "contingent", "supply", "shipments", "inventory", "backlog", "net stock", "target")
MONEY = ("investment", "projected")
GAP_MONEY, WAY_MONEY = ("to the level",), ("to make", "on top")


def page_csv(page: Page, company: HasCurrency, locale: Locale, *, has_money: bool = False) -> bytes:
    """A row for each family and measure, a column for each month; money by family is not for everybody."""
    return csv_of(_rows(page, company.places, has_money=has_money), locale)


def page_workbook(page: Page, company: HasCurrency, locale: Locale, *, has_money: bool = False) -> bytes:
    """The same as a workbook, with sheets for gaps, decisions, ways out, capacity and lost demand."""
    sheets: dict[str, Iterable[Sequence[Cell]]] = {
        "Plan": ([number_in(cell) for cell in row] for row in _rows(page, company.places, has_money=has_money)),
        "Gaps": _without_money(_gaps(page, company.places), GAP_MONEY, has_money=has_money),
        "Decisions": _decisions(page),
        "Ways out": _without_money(_ways_out(page, company, locale), WAY_MONEY, has_money=has_money),
        "Utilisation": _utilisation(page),
        "Lost demand": _lost(page),
        "Accuracy": _accuracy(page),
        "Scenarios": _scenarios(page, company.places, locale, has_money=has_money),
        "Assumptions": _assumptions(page),
    }
    if has_money:
        sheets["Money"] = _money(page, company.places)
    return workbook_of(sheets)


def _gaps(page: Page, places: int) -> Iterator[Sequence[Cell]]:
    yield ["family", "kind", "first", "last", "worst", "units", "net stock", "waiting", "to the level", "limit"]
    for gap in page.gaps:
        limit = page.limits.get(gap.family, "") if gap.is_short else ""
        months = [_month(page.months[n]) for n in (gap.first, gap.last, gap.worst)]
        money = [float(scaled_text(amount, places)) for amount in (gap.waiting, gap.stock)]
        yield [gap.family, gap.kind.value, *months, gap.units, gap.net, *money, limit]


def _without_money(
    rows: Iterable[Sequence[Cell]], columns: Collection[str], *, has_money: bool
) -> Iterator[Sequence[Cell]]:
    """The rows without the columns that say what a unit costs."""
    every = iter(rows)
    titles = next(every)
    kept = [n for n, title in enumerate(titles) if has_money or title not in columns]
    for row in (titles, *every):
        yield [row[n] for n in kept]


def _utilisation(page: Page) -> Iterator[Sequence[Cell]]:
    """How full each resource is, in percent of its usual hours, and what it carries and has free in its unit."""
    yield ["resource", "measure", *(_month(month) for month in page.months)]
    months = range(len(page.months))
    for one in page.capacity:
        yield [one.name, "used, in %", *(_percent(one.utilisation(n)) for n in months)]
        yield [one.name, f"load, {one.unit}", *(round(float(one.load[n] / 1000), 1) for n in months)]
        yield [one.name, f"free, {one.unit}", *(round(float(one.free(n) / 1000), 1) for n in months)]


def _accuracy(page: Page) -> Iterator[Sequence[Cell]]:
    """How good the forecasts of each family were, in the months that have closed."""
    yield ["family", "months", "accuracy, in %", "bias, in %", "MASE"]
    for one in page.accuracy:
        shares = [_percent(one.accuracy.accuracy), _percent(one.accuracy.bias)]
        yield [one.name, one.months, *shares, "" if one.mase is None else round(float(one.mase), 2)]


def _scenarios(page: Page, places: int, locale: Locale, *, has_money: bool) -> Iterator[Sequence[Cell]]:
    """The plan's scenarios side by side, with what they change; costs are not for everybody."""
    titles = (
        "scenario",
        "who",
        "assumes",
        "changes",
        "is the plan",
        "gaps",
        "service, in %",
        "fullest, in %",
        "revenue",
    )
    yield [*titles, *(("margin", "mean stock") if has_money else ())]
    for one in page.scenarios:
        outcome = one.outcome
        changes = "; ".join(change_text(change, page.months, locale) for change in one.changes)
        shares = [_percent(outcome.service), _percent(outcome.utilisation)]
        money = [outcome.revenue, *((outcome.margin, outcome.inventory) if has_money else ())]
        amounts = [float(scaled_text(half_up(amount), places)) for amount in money]
        is_plan = "yes" if one.is_adopted else ""
        yield [one.name, one.author, one.assumption, changes, is_plan, len(outcome.gaps), *shares, *amounts]


def _percent(share: Fraction | None) -> Cell:
    return "" if share is None else round(float(100 * share), 1)


def _assumptions(page: Page) -> Iterator[Sequence[Cell]]:
    """What people put in the place of what was filled in, and why."""
    yield ["what", "family", "who", "units", "why"]
    for kind, changes in (("consensus", page.agreed), ("forecast", page.changes)):
        for change in changes:
            yield [kind, change.family, change.seller, change.units, change.reason]


def _money(page: Page, places: int) -> Iterator[Sequence[Cell]]:
    """Revenue, margin and inventory of each family by month."""
    yield ["family", "measure", *(_month(month) for month in page.months)]
    for plan in page.plans:
        months = [money_of(plan, month) for month in plan.months]
        for name in ("revenue", "margin", "inventory"):
            amounts = [float(scaled_text(half_up(getattr(month, name)), places)) for month in months]
            yield [plan.family, name, *amounts]


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


def _rows(page: Page, places: int, *, has_money: bool) -> Iterator[list[str]]:
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
        for measure in (*MEASURES, *MONEY) if has_money else MEASURES:
            yield [plan.family, measure, *values[measure]]
