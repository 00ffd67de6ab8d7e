"""Pictures in text: load bars that line up."""

from collections.abc import Sequence

from babel import Locale
from babel.numbers import format_decimal

from handlers.slack.text import clip
from models.base.words import amount_words, week_text
from models.capacity.overview import ResourceWeeks, WeekLoad
from models.deals.card import Cell
from models.promise import Kind

WIDTH = 10
MOST_OVER = 4


def load_rows(cells: Sequence[Cell], locale: Locale) -> list[str]:
    """A row for each cell: how full the week is already, what the deal adds, and how full that makes it."""
    names = [clip(cell.resource, 18) for cell in cells]
    weeks = [week_text(cell.week, locale) for cell in cells]
    rows = []
    for cell, name, week in zip(cells, names, weeks, strict=True):
        label = f"{name:<{max(map(len, names))}}  {week:>{max(map(len, weeks))}}"
        rows.append(f"{label}  {bar(cell):<{WIDTH + MOST_OVER}} {_share(cell, locale)}")
    return rows


def bar(cell: Cell) -> str:
    """Ten marks are the whole week; dark is taken, middle is this deal, light is free. What is over sticks out."""
    if cell.available <= 0:
        return "▒" * (WIDTH + MOST_OVER)
    taken = min(WIDTH, round(WIDTH * cell.load / cell.available))
    filled = min(WIDTH + MOST_OVER, max(taken + 1, round(WIDTH * (cell.load + cell.need) / cell.available)))
    return "▓" * taken + "▒" * (filled - taken) + "░" * max(0, WIDTH - filled)


def week_rows(resource: ResourceWeeks, locale: Locale) -> list[str]:
    """A row for each week of a resource: what it offers, what is committed, held and free, and how full that is."""
    is_time = resource.kind is Kind.TIME
    heads = ("week", "available" if is_time else "arrives", "committed", "held", "free" if is_time else "left")
    table = [heads, *(_week_cells(week, locale) for week in resource.weeks)]
    widths = [max(len(row[n]) for row in table) for n in range(len(heads))]
    lined = ["  ".join(f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True)) for row in table]
    if not is_time:
        return lined
    return lined[:1] + [f"{row}  {_filled(week)}" for row, week in zip(lined[1:], resource.weeks, strict=True)]


def _week_cells(week: WeekLoad, locale: Locale) -> tuple[str, ...]:
    amounts = (week.offered, week.committed, week.held, week.free)
    return (week_text(week.week, locale), *(amount_words(amount, "", locale).strip() for amount in amounts))


def _filled(week: WeekLoad) -> str:
    """Dark is promised, middle is held, light is free."""
    if week.offered <= 0:
        return "closed"
    taken = min(WIDTH, round(WIDTH * week.committed / week.offered))
    both = min(WIDTH, max(taken + bool(week.held), round(WIDTH * week.share)))
    return "▓" * taken + "▒" * (both - taken) + "░" * (WIDTH - both) + f" {round(week.share * 100)} %"


def _share(cell: Cell, locale: Locale) -> str:
    need = amount_words(cell.need, cell.unit, locale)
    if cell.available <= 0:
        return f"needs {need}, none there"
    return f"{format_decimal(round(cell.share * 100), locale=locale)} % · needs {need}"
