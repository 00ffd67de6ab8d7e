"""Pictures in text: load bars that line up."""

from collections.abc import Sequence

from babel import Locale
from babel.numbers import format_decimal

from handlers.phrases import clip
from models.deals.sheet import Cell
from models.words import amount_words, week_text

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


def _share(cell: Cell, locale: Locale) -> str:
    need = amount_words(cell.need, cell.unit, locale)
    if cell.available <= 0:
        return f"needs {need}, none there"
    return f"{format_decimal(round(cell.share * 100), locale=locale)} % · needs {need}"
